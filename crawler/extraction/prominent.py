"""The title of a page whose document title names the site alone: the line above the text in large
or bold type, as pages laid out by tables have it."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from crawler.extraction.dates import find_dates, fold_line
from crawler.extraction.lines import Line, lines_before
from crawler.extraction.meta_words import meta_words
from crawler.extraction.title_segments import SHORTEST_TITLE, is_site, letters, split_title
from crawler.extraction.titles import Title, document_title

LINES_ABOVE = 8  # between the title and the text: byline, rule, font size
LEVELS = 8  # elements around the text beside which the line may stand
TYPE_LEVELS = 3  # elements around the line that may set its type
LONGEST_TITLE = 60  # code points
LARGE_FONT = 4  # of the sizes 1 to 7
_BOLD = frozenset(("b", "strong", "big", "h1", "h2", "h3", "h4"))
_LARGE = re.compile(
    r"font-size:\s*(?:(?:1[89]|[2-9]\d)(?:\.\d+)?(?:px|pt)|(?:x-)?large)|bold", re.I
)


def find_prominent(
    tree: HtmlElement, main: HtmlElement | None, title: Title | None
) -> Title | None:
    """The title, or the line above the text in its place where it only names the site."""
    if main is None or not _is_doubtful(tree, main, title):
        return title
    for line in lines_before(main, LINES_ABOVE, LEVELS):
        if _is_title(line):
            return Title(line.text, line.element)
    return title


def _is_doubtful(tree: HtmlElement, main: HtmlElement, title: Title | None) -> bool:
    """Whether the document title tells no more than the site's name, and no heading does."""
    if not all(one.is_site for one in split_title(document_title(tree), frozenset())):
        return False
    if title is None or title.element is None:
        return True
    if is_site(title.text, frozenset()) and not letters(title.text).endswith(
        meta_words().kind_endings
    ):
        return True
    return any(one is main for one in title.element.iterancestors())


def _is_title(line: Line) -> bool:
    text = line.text
    if line.linked >= 0.5 or not len(letters(text)) > SHORTEST_TITLE or len(text) > LONGEST_TITLE:
        return False
    if any(find_dates(fold_line(text))) or meta_words().label.match(fold_line(text)):
        return False
    return not is_site(text, frozenset()) and _stands_out(line.element)


def _stands_out(element: HtmlElement) -> bool:
    node: HtmlElement | None = element
    for _ in range(TYPE_LEVELS):
        if node is None or node.tag == "body":
            return False
        size = (node.get("size") or "").lstrip("+") if node.tag == "font" else ""
        is_large = size.isdigit() and (int(size) >= LARGE_FONT or "+" in node.get("size", ""))
        if node.tag in _BOLD or is_large or _LARGE.search(node.get("style") or ""):
            return True
        node = node.getparent()
    return False
