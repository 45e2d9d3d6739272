"""The addresses a page names that its source allows to follow."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

from lxml import etree, html
from scrapy.linkextractors import IGNORED_EXTENSIONS
from w3lib.url import canonicalize_url, safe_url_string

from crawler.sources import Source

MAX_URL = 1000
"""Longer addresses are made by programs, mostly by calendars and filters without end."""

MAX_SEGMENT_REPEATS = 3
"""A path such as /a/b/a/b/a/b/a comes from relative links that a server resolves wrongly."""

MAX_LINKS = 2000
"""A page with more links is a trap or an archive whose pages are reached by other ways."""

# Paths that resolving leaves as they are: no empty segment, none that begins with a dot.
_PATH = r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?"
_ROOTED = re.compile(_PATH)
# Addresses that are their own canonical spelling: most links are, and spelling one costs as much
# as reading ten. No query, no escapes, no capital letter in the host.
_PLAIN = re.compile(
    r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::(?:[1-9][0-9]{1,3}|[1-5][0-9]{4}))?(?:/|"
    + _PATH
    + ")"
)

_HEAD = 2000  # bytes in which a sitemap says that it is one; comments may stand before

_IGNORED = frozenset(f".{extension}" for extension in IGNORED_EXTENSIONS)
_XML_LINKS = frozenset({"loc", "link", "guid"})


class LinkRules:
    """What a source allows to follow; compiled once for each source."""

    def __init__(self, source: Source) -> None:
        self._hosts = frozenset(host.lower() for host in source.hosts)
        self._follow = tuple(re.compile(one) for one in source.follow)
        self._deny = tuple(re.compile(one) for one in source.deny)

    def is_allowed(self, url: str) -> bool:
        """Whether the address may be fetched for this source."""
        if any(pattern.search(url) for pattern in self._deny):
            return False  # asked first, since it is cheaper than taking the address apart
        try:
            parts = urlsplit(url)
            host = parts.hostname
        except ValueError:
            return False
        if parts.scheme not in {"http", "https"} or host not in self._hosts:
            return False
        if len(url) > MAX_URL or _has_ignored_suffix(parts.path) or _repeats(parts.path):
            return False
        return not self._follow or any(pattern.search(url) for pattern in self._follow)

    def is_list_allowed(self, url: str) -> bool:
        """Whether the address of a sitemap may be fetched: ``follow`` speaks of articles."""
        try:
            parts = urlsplit(url)
            host = parts.hostname
        except ValueError:
            return False
        allowed = parts.scheme in {"http", "https"} and host in self._hosts
        return (
            allowed
            and len(url) <= MAX_URL
            and not any(pattern.search(url) for pattern in self._deny)
        )


def find_links(body: bytes, encoding: str | None, url: str) -> tuple[str, ...]:
    """The canonical web addresses that the page names, in order, each once, at most 2,000.

    Reads HTML, sitemaps and feeds. Empty when the bytes hold no link. Never raises.
    """
    found: dict[str, None] = {}
    for address in _addresses(body, encoding, url):
        canonical = canonical_url(address)
        if canonical is not None:
            found[canonical] = None
            if len(found) >= MAX_LINKS:
                break
    return tuple(found)


def is_sitemap_index(body: bytes) -> bool:
    """Whether the bytes are a sitemap that names other sitemaps."""
    return b"<sitemapindex" in body[:_HEAD].lstrip()


def is_list(body: bytes) -> bool:
    """Whether the bytes are a sitemap or a feed."""
    head = body[:_HEAD].lstrip()
    return any(mark in head for mark in (b"<urlset", b"<sitemapindex", b"<rss", b"<feed"))


def unpack(body: bytes, limit: int) -> bytes | None:
    """What gzipped bytes unpack to; ``None`` when they are broken or exceed the limit."""
    unpacker = zlib.decompressobj(wbits=31)  # gzip
    try:
        found = unpacker.decompress(body, limit + 1)
    except zlib.error:
        return None
    return found if unpacker.eof and len(found) <= limit else None


def canonical_url(address: str) -> str | None:
    """The one spelling of an address, without fragment; ``None`` when it is not of the web."""
    if _PLAIN.fullmatch(address):
        return address
    try:
        canonical = str(canonicalize_url(safe_url_string(address.strip())))
        parts = urlsplit(canonical)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return None
        parts.port  # noqa: B018 - raises ValueError for a port that is no number
    except (ValueError, UnicodeError):
        return None
    return canonical


def _addresses(body: bytes, encoding: str | None, url: str) -> Iterator[str]:
    if is_list(body):
        return _feed_addresses(body)
    try:
        parser = html.HTMLParser(encoding=encoding)
    except LookupError:
        parser = html.HTMLParser()
    try:
        tree = html.document_fromstring(body, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return iter(())
    return _html_addresses(tree, url)


def _html_addresses(tree: html.HtmlElement, url: str) -> Iterator[str]:
    base = url
    for element in tree.iter("base"):
        base = join(url, element.get("href") or "") or url
        break
    root = _root(base)
    for element in tree.iter("a", "area"):
        href = element.get("href")
        if href and "nofollow" not in (element.get("rel") or ""):
            rooted = root and _ROOTED.fullmatch(href)
            joined = root + href if rooted else join(base, href)
            if joined is not None:
                yield joined


def _root(base: str) -> str:
    """The address of the host's root without its slash; empty when ``base`` is unusual."""
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def _feed_addresses(body: bytes) -> Iterator[str]:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        tree = etree.fromstring(body, parser=parser)
    except etree.LxmlError:
        return
    if tree is None:
        return
    for element in tree.iter():
        if isinstance(element.tag, str) and etree.QName(element).localname in _XML_LINKS:
            yield element.get("href") or element.text or ""


def join(base: str, href: str) -> str | None:
    """The absolute address; ``None`` when ``href`` is broken beyond reading."""
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return None


def _has_ignored_suffix(path: str) -> bool:
    name = path.rsplit("/", 1)[-1].lower()
    return "." in name and f".{name.rsplit('.', 1)[-1]}" in _IGNORED


def _repeats(path: str) -> bool:
    segments = [segment for segment in path.split("/") if segment]
    return any(count > MAX_SEGMENT_REPEATS for count in _counts(segments))


def _counts(segments: Iterable[str]) -> Iterable[int]:
    counts: dict[str, int] = {}
    for segment in segments:
        counts[segment] = counts.get(segment, 0) + 1
    return counts.values()
