"""What a page says about itself: title, publication date, author and source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lxml.html import HtmlElement

from crawler.extraction.bylines import find_byline
from crawler.extraction.head import read_head
from crawler.extraction.lines import Line
from crawler.extraction.prominent import find_prominent
from crawler.extraction.published import find_published, near_lines, opening_lines
from crawler.extraction.titles import find_title


@dataclass(frozen=True, slots=True)
class Metadata:
    """A page's own title without the site's name, its publication date, author and source.

    Each is ``None`` when the page does not say.
    """

    title: str | None = None
    published: date | None = None
    author: str | None = None
    source: str | None = None


def extract_metadata(
    tree: HtmlElement,
    url: str | None = None,
    *,
    main: HtmlElement | None = None,
    text: HtmlElement | None = None,
    markup: str = "",
    not_after: date | None = None,
) -> Metadata:
    """What the parsed page says about itself. Never raises and leaves the tree unchanged.

    ``main`` is the element that holds the article's text, when known; it stands in for a
    title that is not shown. ``text`` is the part of it with most of the text: a date beside it
    comes before those of other answers. ``markup`` is the page's text, searched for comments
    that the tree does not hold. Dates after ``not_after`` are implausible.
    """
    head = read_head(tree, markup)
    title = find_prominent(tree, main, find_title(tree, head))
    shown = title.element if title else None
    near: list[Line] = []
    if title is not None and shown is not None:
        near = near_lines(shown, title.text)
    elif main is not None:
        near = opening_lines(main)
    home = shown if shown is not None else main
    days = find_published(tree, head, url or _own_url(tree), home, near, text)
    published = next((day for day in days if not_after is None or day <= not_after), None)
    author, source = find_byline(tree, head, [line.parted for line in near], shown)
    return Metadata(title.text if title else None, published, author, source)


def _own_url(tree: HtmlElement) -> str | None:
    """The address by which the page calls itself."""
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            return str(link.get("href"))
    for meta in tree.iter("meta"):
        if meta.get("property") == "og:url" and meta.get("content"):
            return str(meta.get("content"))
    return None
