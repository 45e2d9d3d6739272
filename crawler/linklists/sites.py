"""What the pages of one host teach about each other: titles, and lines that repeat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from crawler.linklists.line import Line
from crawler.linklists.shapes import is_title_like
from crawler.model import Article, SiteKnowledge
from crawler.text import fold_each

# Pages on which a line must stand, and their share of all: an article's own heading may come
# up twice, a site's furniture is on most pages.
FEWEST_PAGES = 3
SMALLEST_SHARE = 0.5


def learn_site(articles: Iterable[Article]) -> SiteKnowledge:
    """The knowledge that articles of one host give for reading its other pages.

    Only short lines that are no sentences count as repeated: copies of an article on the
    same host share its sentences, and those must stay.
    """
    titles: set[str] = set()
    pages: Counter[str] = Counter()
    count = 0
    for article in articles:
        count += 1
        lines = {block.text for block in article.blocks if is_title_like(Line(block.text))}
        title, *folded = fold_each([article.title or "", *lines])
        if title:
            titles.add(title)
        pages.update(set(folded))
    fewest = max(FEWEST_PAGES, SMALLEST_SHARE * count)
    repeated = frozenset(line for line, number in pages.items() if number >= fewest)
    return SiteKnowledge(repeated, frozenset(titles))
