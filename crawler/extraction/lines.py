"""The lines a reader sees around an element, without building the lines of the whole page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, cast

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.meta_words import meta_words

_SKIPPED = frozenset(
    ["script", "style", "noscript", "template", "select", "textarea", "iframe", "svg", "object"]
)
INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "em", "font"),
        *("i", "img", "input", "ins", "kbd", "label", "mark", "nobr", "q", "s", "small", "span"),
        *("strong", "sub", "sup", "time", "u", "var", "wbr"),
    )
)
_DATED = frozenset(["time", "span", "em", "abbr", "i", "small", "font"])
# Neighbours of these kinds are apart for a reader, by their styles.
_APART = frozenset(["span", "em", "i", "a", "time", "label", "small", "cite", "strong", "b"])
SHORT = 100  # code points: a date with words around it
LONGEST_CARD = 600  # code points of an entry in a list of other pages, blanks included
_HAS_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d\D")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_FOREIGN_TAGS = frozenset(["aside", "footer", "nav"])


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, the element its first character stands in, and how much is linked.

    ``linked`` is the share, 0 to 1, of characters inside links, ``parts`` the texts of the
    elements that it consists of, as the page has them.
    """

    text: str
    element: HtmlElement
    linked: float
    parts: tuple[str, ...] = ()

    @property
    def parted(self) -> str:
        """The text with a line break wherever an element begins or ends."""
        parts = (" ".join(part.split()) for part in self.parts)
        return "\n".join(filter(None, parts)) or self.text


@dataclass(slots=True)
class _Builder:
    """The line under construction."""

    parts: list[str]
    element: HtmlElement | None = None
    linked: int = 0

    def add(self, text: str | None, element: HtmlElement, *, is_linked: bool) -> None:
        if not text:
            return
        if self.element is None and text.strip():
            self.element = element
        if is_linked:
            self.linked += len(text.strip())
        self.parts.append(text)

    def finish(self) -> Line | None:
        text = " ".join("".join(self.parts).split())
        element, linked, parts = self.element, self.linked, tuple(self.parts)
        self.parts.clear()
        self.element, self.linked = None, 0
        if not text or element is None:
            return None
        return Line(text, element, min(1.0, linked / len(text)), parts)


def lines_in(root: HtmlElement) -> Iterator[Line]:
    """The lines inside an element, its own tail left out, in document order."""
    builder = _Builder([])
    stack: list[tuple[HtmlElement, bool]] = [(root, True)]
    links = 0
    while stack:
        element, is_opening = stack.pop()
        tag = element.tag
        if is_opening:
            if isinstance(tag, str) and tag not in _SKIPPED:
                if tag not in INLINE and (line := builder.finish()):
                    yield line
                links += tag == "a"
                if tag in _APART and _touches(element):
                    builder.add(" ", element, is_linked=links > 0)
                text, is_whole = _own_text(element, tag)
                builder.add(text, element, is_linked=links > 0)
                stack.append((element, False))
                if not is_whole:
                    stack.extend((child, True) for child in reversed(element))
            elif element is not root:
                builder.add(element.tail, element.getparent(), is_linked=links > 0)
            continue
        links -= tag == "a"
        if tag not in INLINE and (line := builder.finish()):
            yield line
        if element is not root:
            builder.add(element.tail, element.getparent(), is_linked=links > 0)
    if line := builder.finish():
        yield line


def _touches(element: HtmlElement) -> bool:
    """Whether nothing but markup separates the element from the inline one before it."""
    before = element.getprevious()
    return before is not None and before.tag in _APART and not before.tail


def _own_text(element: HtmlElement, tag: str) -> tuple[str | None, bool]:
    """An element's first text, and whether that stands for all of its content.

    A date in an attribute replaces a content such as "3 days ago".
    """
    if tag in _DATED:
        said = element.get("datetime") or element.get("title")
        is_dated = said and len(said) < 60 and _HAS_YEAR.search(said)
        shown = short_text(element, SHORT) if is_dated else None
        if shown is not None and not _HAS_YEAR.search(shown):
            return said, True
    return element.text, False


def lines_after(start: HtmlElement) -> Iterator[Line]:
    """The lines behind an element to the end of the page, in document order."""
    node = start
    while node is not None and node.tag != "body":
        if node.tail and (text := " ".join(node.tail.split())):
            yield Line(text, node.getparent(), 0.0)
        inline: list[Line] = []
        for sibling in node.itersiblings():
            # A run of inline siblings makes one line, as a reader sees it.
            is_inline = sibling.tag in INLINE or not isinstance(sibling.tag, str)
            if isinstance(sibling.tag, str):
                found = lines_in(sibling)
                if is_inline:
                    inline.extend(found)
                else:
                    yield from _joined(inline)
                    yield from found
            if sibling.tail and (text := " ".join(sibling.tail.split())):
                inline.append(Line(text, sibling.getparent(), 0.0))
        yield from _joined(inline)
        node = node.getparent()


def lines_before(start: HtmlElement, limit: int, levels: int = 4) -> list[Line]:
    """At most ``limit`` lines in front of an element, the nearest first.

    Looked for beside the element and those around it, ``levels`` in all.
    """
    lines: list[Line] = []
    node = start
    for _ in range(levels):
        for sibling in node.itersiblings(preceding=True):
            if sibling.tail and (text := " ".join(sibling.tail.split())):
                lines.append(Line(text, node.getparent(), 0.0))
            if isinstance(sibling.tag, str):
                lines.extend(reversed(list(lines_in(sibling))))
            if len(lines) >= limit:
                return lines[:limit]
        node = node.getparent()
        if node is None or node.tag == "body":
            break
    return lines


def _joined(lines: list[Line]) -> Iterator[Line]:
    if lines:
        linked = sum(line.linked * len(line.text) for line in lines)
        text = "  ".join(line.text for line in lines)
        parts = tuple(part for line in lines for part in line.parts or (line.text,))
        yield Line(text, lines[0].element, linked / len(text), parts)
        lines.clear()


class Home:
    """The elements around elements of the article; made once for the lines of a page."""

    def __init__(self, *elements: HtmlElement | None) -> None:
        self.around = frozenset(
            around for one in elements if one is not None for around in one.iterancestors()
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """The words in the names of these elements."""
        return frozenset(word for one in self.around for word in class_words(one))


NOWHERE = Home(None)


def is_foreign(element: HtmlElement, home: Home = NOWHERE) -> bool:
    """Whether the element stands in a part of the page that shows other things.

    Elements around the article are never foreign, and the words in their names tell nothing:
    page builders call everything a widget.
    """
    foreign = meta_words().foreign_classes
    node: HtmlElement | None = element
    while node is not None and node not in home.around and node.tag not in ("body", "html"):
        if node.tag in _FOREIGN_TAGS:
            return True
        names = foreign.intersection(class_words(node))
        if names and not names <= home.words:
            return True
        node = node.getparent()
    return False


def is_banner(element: HtmlElement) -> bool:
    """Whether the element stands in the site's own head or logo."""
    words = meta_words()
    node: HtmlElement | None = element
    while node is not None and node.tag not in ("article", "main", "body", "html"):
        names = class_words(node)
        if not words.banner_classes.isdisjoint(names) or node.tag == "header":
            return words.article_classes.isdisjoint(names)
        node = node.getparent()
    return False


def find_nodes(path: etree.XPath, tree: HtmlElement, **variables: str) -> list[Any]:
    """The elements or texts that a path selects; texts know their element."""
    return cast("list[Any]", path(tree, **variables))


def short_text(element: HtmlElement, limit: int) -> str | None:
    """The element's text, ``None`` when it is longer than ``limit`` code points or scattered."""
    parts: list[str] = []
    size = 0
    for text in element.itertext():
        size += len(text) + 1
        if size > limit:
            return None
        parts.append(str(text))
    return "".join(parts)


def class_words(element: HtmlElement) -> tuple[str, ...]:
    """The words of the element's class and id names, lower case.

    An id such as ``__next`` is the root that a framework draws whole pages in.
    """
    own = element.get("id") or ""
    return words_of(f"{element.get('class') or ''} {'' if own.startswith('__') else own}")


@lru_cache(maxsize=1024)  # each dated line asks for the names of all around it
def words_of(names: str) -> tuple[str, ...]:
    """The words of class or id names, lower case: ``art``, ``title``, ``arttitle`` of ArtTitle."""
    return (*(word.lower() for word in _WORD.findall(names)), *names.lower().split())


def is_repeated(element: HtmlElement, home: Home) -> bool:
    """Whether the element is one of several alike that carry dates: a list of other pages."""
    node: HtmlElement | None = element
    for _ in range(6):
        if node is None or node in home.around or node.tag in ("body", "html"):
            return False
        if short_text(node, LONGEST_CARD) is None:
            # The first post of a thread, with its text: no entry, whatever follows it.
            return False
        alike = 0
        for sibling in _neighbours(node):
            # What holds the title is no entry, though a year may stand in it.
            if sibling.get("class") == node.get("class") and sibling not in home.around:
                text = short_text(sibling, LONGEST_CARD)
                alike += text is not None and _HAS_YEAR.search(text) is not None
        if alike >= 2:
            return True
        node = node.getparent()
    return False


def _neighbours(node: HtmlElement) -> Iterator[HtmlElement]:
    """Up to three siblings of the same tag on either side."""
    for preceding in (False, True):
        # Filtered here because a broken page's tag may be no name that lxml accepts.
        alike = (one for one in node.itersiblings(preceding=preceding) if one.tag == node.tag)
        yield from islice(alike, 3)
