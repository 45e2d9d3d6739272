"""For machines: the sitemap, the Atom feed of new guidance, and robots.txt."""

from __future__ import annotations

from flask import Response, render_template, request

from api.guidance import listed_items
from api.knowledge import services
from api.reader.locale import Locale, load_texts
from api.reader.page import link, root
from api.responses import Body, encode, send
from crawler.store import GuidanceFilter, Reader

_MAX_AGE = 900  # seconds
_MOST_ADDRESSES = 40_000  # a sitemap may have 50,000
_ENTRIES = 30


def sitemap() -> Response:
    """The addresses of all pages."""
    known = services()
    site = root()

    def build(reader: Reader) -> Body:
        listed = reader.list_guidance(GuidanceFilter(), _MOST_ADDRESSES)
        text = render_template(
            "reader/sitemap.xml",
            root=_origin(site),
            link=link,
            lenders=known.references.lexicon.lenders,
            topics=known.references.topics,
            pages=listed,
        )
        return encode(text.encode(), "application/xml")

    return send(known.answer(build), max_age=_MAX_AGE)


def feed() -> Response:
    """The newest guidance as an Atom feed."""
    known = services()
    site = root()

    def build(reader: Reader) -> Body:
        listed = reader.list_guidance(GuidanceFilter(), _ENTRIES)
        text = render_template(
            "reader/feed.xml",
            root=_origin(site),
            link=link,
            words=Locale("zh", load_texts("zh"), known),
            items=listed_items(reader, listed, known),
        )
        return encode(text.encode(), "application/atom+xml")

    return send(known.answer(build), max_age=_MAX_AGE)


def robots() -> Response:
    """What crawlers may fetch: everything but searches."""
    lines = [
        "User-agent: *",
        f"Disallow: {link('search')}",
        f"Sitemap: {_origin(root())}{link('sitemap')}",
    ]
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _origin(site: str) -> str:
    """The site without the path prefix, which ``link`` brings."""
    return site.removesuffix(request.script_root)
