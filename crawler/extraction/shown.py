"""Where a page shows its title."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.ballot import LONGEST_MARK
from crawler.extraction.lines import find_nodes, is_foreign
from crawler.extraction.title_segments import letters

SHORTEST_BEGUN, BEGUN_SHARE = 8, 0.5  # letters that the document title begins with, of its own
LONGEST_ABOVE = 60  # letters of a line above the date
MOST_PLACES = 20  # texts that begin alike which are looked at
START = re.compile(r"\w{1,3}")  # letters without punctuation, by which the texts are found
_MARK = re.compile(r"\s*(?:[【\[(（][^】\])）]{1,6}[】\])）])?")
_DATED = etree.XPath(
    "//body//text()[string-length(.) < 300 and (contains(., '日期') or contains(., '时间'))]"
)
_LABELLED = re.compile(r"(?:日期|时间)\s{0,3}[:：]\s{0,3}(?:19|20)\d\d")
_BEFORE = etree.XPath("preceding::text()[normalize-space(.)][1]")
_UNSEEN = ("script", "style", "option")
_SHOWN = etree.XPath("//body//text()[contains(., $start) and string-length(.) < 400]")


def find_begun(tree: HtmlElement, document: str) -> tuple[str, HtmlElement] | None:
    """The longest text that the page shows and its document title begins with, and its element.

    It is most of that title, perhaps behind a mark as 【图片】, and no link.
    """
    key, best = letters(document), None
    start = START.search(document, _MARK.match(document).end())  # type: ignore[union-attr]  # matches empty
    longest = max(SHORTEST_BEGUN, BEGUN_SHARE * len(key)) - 1
    for text in find_nodes(_SHOWN, tree, start=start[0])[:MOST_PLACES] if start else ():
        own = letters(str(text))
        element = text.getparent()
        if len(own) <= longest or text.is_tail or not 0 <= key.find(own) <= LONGEST_MARK:
            continue
        if element.tag in _UNSEEN or is_foreign(element) or _is_linked(element):
            continue
        best, longest = (" ".join(str(text).split()), element), len(own)
    return best


def find_above_date(tree: HtmlElement) -> tuple[str, HtmlElement] | None:
    """The line right above the one that states the day of publication, and its element.

    It is as long as titles are, and no link or sentence.
    """
    for text in find_nodes(_DATED, tree)[:MOST_PLACES]:
        owner = text.getparent()
        if text.is_tail or owner.tag in _UNSEEN or _LABELLED.search(text) is None:
            continue
        for before in find_nodes(_BEFORE, owner):
            title, element = " ".join(str(before).split()), before.getparent()
            size = len(letters(title))
            if before.is_tail or not SHORTEST_BEGUN <= size <= LONGEST_ABOVE or "。" in title:
                continue
            if element is None or element.tag in _UNSEEN:
                continue
            if not is_foreign(element) and not _is_linked(element):
                return title, element
    return None


def _is_linked(element: HtmlElement) -> bool:
    return any(one.tag == "a" for one in (element, *element.iterancestors()))


def find_shown(tree: HtmlElement, title: str, *, linked: bool = True) -> HtmlElement | None:
    """The element whose own text is the title; where ``linked``, a link for want of others."""
    fallback: HtmlElement | None = None
    key = letters(title)
    start = START.search(title)
    for text in find_nodes(_SHOWN, tree, start=start[0])[:MOST_PLACES] if start else ():
        owner = text.getparent()
        element = owner.getparent() if text.is_tail else owner
        if element is None or element.tag in _UNSEEN:
            continue
        if letters(str(text)) != key:
            continue
        is_linked = _is_linked(element)
        if not is_linked and not is_foreign(element):
            return element
        if linked and fallback is None:
            fallback = element
    return fallback
