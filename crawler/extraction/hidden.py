"""Tells which elements a reader cannot see, by their attributes and the page's own styles."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

LONGEST_STYLE = 2_000  # code points of a style attribute that are read
LONGEST_RULE = 2_000  # code points
MOST_LEVELS = 40  # elements around white type in which its ground is looked for
LONGEST_SHEET = 300_000  # code points; page styles longer than this are whole frameworks

_HIDDEN_STYLE = re.compile(
    r"display:none|visibility:hidden|font-size:(?:0(?![.\d])|1px)|text-indent:-\d{3}"
    r"|(?:left|top):-\d{4}|(?:^|;)left:-\d{3}|opacity:0(?![.\d])"
    r"|(?:^|;)(?:max-)?height:0(?![.\d])|clip:rect\(0|(?:^|;)color:transparent"
)
_WHITE = re.compile(r"(?:^|;)color:(?:#fff(?:fff)?|white|rgba?\(255,255,255[^)]*\))(?:;|$)")
_HIDDEN_RULE = re.compile(
    r"display:none|visibility:hidden|font-size:0(?![.\d])|text-indent:-\d{3}|left:-\d{4}"
    r"|opacity:0(?![.\d])"
)
_CLASS_SELECTOR = re.compile(r"[\w-]{0,20}\.([\w-]{1,60})")


class Styles:
    """What hides elements on one page."""

    def __init__(self, root: HtmlElement) -> None:
        self._classes = _find_hidden_classes(root)
        self._named: dict[str, bool] = {}

    def is_hidden(self, element: HtmlElement, names: list[str]) -> bool:
        """Whether the element itself is hidden; ``names`` are those of its attributes."""
        if "hidden" in names:
            return True
        if "style" in names:
            if _hides(element.get("style", "")) or _is_white(element):
                return True
        elif "color" in names and _is_white(element):
            return True
        return bool(self._classes) and "class" in names and self._hides_class(element.get("class"))

    def _hides_class(self, name: str) -> bool:
        known = self._named.get(name)
        if known is None:
            known = self._named[name] = not self._classes.isdisjoint(name.split())
        return known


@lru_cache(maxsize=1024)  # pages of one site share them
def _hides(style: str) -> bool:
    return _HIDDEN_STYLE.search(_without_space(style[:LONGEST_STYLE].lower())) is not None


def _without_space(text: str) -> str:
    return "".join(text.split())  # a fifth of what a pattern takes


def _is_white(element: HtmlElement) -> bool:
    """Whether the element stands out of a text as white type on nothing.

    Headings are white on a box's own colour or picture, in the element or around it.
    """
    said = f"{element.get('style', '')};color:{element.get('color', '')}".lower()
    if "fff" not in said and "white" not in said and "255" not in said:
        return False
    if element.tag not in ("span", "font", "i", "em", "b", "p") or not _WHITE.search(
        _without_space(said[:LONGEST_STYLE])
    ):
        return False
    for node in (element, *islice(element.iterancestors(), MOST_LEVELS)):
        if node.get("bgcolor") or "background" in node.get("style", ""):
            return False
    above = element.getparent()
    return above is not None and bool((above.text or "").strip() or (element.tail or "").strip())


def _find_hidden_classes(root: HtmlElement) -> frozenset[str]:
    """The classes that the page's own style sheets hide with a plain class selector."""
    found: set[str] = set()
    for style in root.iter("style"):
        sheet = _without_space((style.text or "")[:LONGEST_SHEET])
        for hit in _HIDDEN_RULE.finditer(sheet):
            first = max(0, hit.start() - LONGEST_RULE)
            begin = sheet.rfind("{", first, hit.start() + 1)
            if begin < 0 or sheet.find("}", begin, hit.start()) >= 0:
                continue
            start = (
                max(first - 1, sheet.rfind("}", first, begin), sheet.rfind("/", first, begin)) + 1
            )
            for selector in sheet[start:begin].split(","):
                match = _CLASS_SELECTOR.fullmatch(selector)
                if match:
                    found.add(match[1])
    return frozenset(found)
