"""Where a page shows its title."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.lines import find_nodes, is_foreign
from crawler.extraction.title_segments import letters

MOST_PLACES = 20  # texts that begin alike which are looked at
START = re.compile(r"\w{1,3}")  # letters without punctuation, by which the texts are found
_SHOWN = etree.XPath("//body//text()[contains(., $start) and string-length(.) < 400]")


def find_shown(tree: HtmlElement, title: str, *, linked: bool = True) -> HtmlElement | None:
    """The element whose own text is the title; where ``linked``, a link for want of others."""
    fallback: HtmlElement | None = None
    key = letters(title)
    start = START.search(title)
    for text in find_nodes(_SHOWN, tree, start=start[0])[:MOST_PLACES] if start else ():
        owner = text.getparent()
        element = owner.getparent() if text.is_tail else owner
        if element is None or element.tag in ("script", "style", "option"):
            continue
        if letters(str(text)) != key:
            continue
        is_linked = any(one.tag == "a" for one in (element, *element.iterancestors()))
        if not is_linked and not is_foreign(element):
            return element
        if linked and fallback is None:
            fallback = element
    return fallback
