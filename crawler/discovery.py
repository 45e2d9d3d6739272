"""A proposal for a source, from its start page and robots.txt: feeds, sitemaps, patterns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

import orjson
from lxml import etree, html

from crawler.sources import Source, SourceTrust
from crawler.spiders.links import canonical_url

_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml"})
_MIN_SHARE = 0.3  # of the page's own links must share a shape before it becomes a pattern
_MIN_LINKS = 5
_DIGITS = re.compile(r"\d+")
_UNSAFE = re.compile(r"[^a-z0-9]+")


def find_feeds(body: bytes, url: str) -> tuple[str, ...]:
    """The feeds the page announces, in order; empty when it announces none."""
    try:
        tree = html.document_fromstring(body)
    except (etree.LxmlError, ValueError):
        return ()
    found = [
        urljoin(url, link.get("href", ""))
        for link in tree.iter("link")
        if "alternate" in (link.get("rel") or "") and link.get("type") in _FEED_TYPES
    ]
    return tuple(dict.fromkeys(one for one in map(canonical_url, found) if one))


def find_sitemaps(robots: bytes) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names, in order."""
    lines = robots.decode("utf-8", "replace").splitlines()
    named = [line.split(":", 1)[1] for line in lines if line.strip().lower().startswith("sitemap:")]
    return tuple(dict.fromkeys(one for one in map(canonical_url, named) if one))


def find_pattern(links: Sequence[str], host: str) -> str | None:
    """The regular expression of the article addresses among the links; ``None`` when unclear.

    Article addresses of one site have one shape: the same folders, numbers in the same places.
    """
    own = [urlsplit(link).path for link in links if urlsplit(link).hostname == host]
    shapes = Counter(_DIGITS.sub("0", path) for path in own if _DIGITS.search(path))
    if not shapes:
        return None
    shape, count = shapes.most_common(1)[0]
    if count < _MIN_LINKS or count < _MIN_SHARE * len(own):
        return None
    return "^https?://[^/]+" + re.escape(shape).replace("0", r"\d+") + "$"


def guess_trust(host: str) -> SourceTrust:
    """Official for government and court hosts; otherwise the curator decides."""
    official = host.endswith((".gov.cn", ".court.gov.cn")) or host == "gov.cn"
    return SourceTrust.OFFICIAL if official else SourceTrust.FARM


def source_id(host: str) -> str:
    """An id made of the host name."""
    return _UNSAFE.sub("-", host.lower().removeprefix("www.")).strip("-") or "source"


def write_entry(source: Source) -> str:
    """The source as a ``[[source]]`` of a file of sources, only what differs from the default."""
    lines = ["[[source]]"]
    blank = Source("", "", SourceTrust.FARM, ())
    for key in source.__slots__:
        value = getattr(source, key)
        if key in {"id", "name", "trust", "start"} or value != getattr(blank, key):
            lines.append(f"{key} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    """A value of ours in TOML: JSON's strings, numbers and lists are TOML's too."""
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    return orjson.dumps(value).decode()
