"""A parsed page as a sequence of lines: what a reader sees, top to bottom, and where it stands.

The tree is walked once. Block elements and line breaks end a line; rows of data tables and
list items become lines of their own kind; text inside links keeps its address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.addresses import Addresses
from crawler.extraction.elements import (
    BOILERPLATE_TAGS,
    BOLD,
    CELLS,
    INLINE,
    SKIPPED,
    STARTERS,
)
from crawler.extraction.hidden import Styles
from crawler.extraction.line_text import SEAM, part_labels, tidy
from crawler.extraction.nesting import Nesting
from crawler.extraction.nodes import MOST_LINES, MOST_NODES, Node, Outline
from crawler.linklists.line import Line
from crawler.model import BlockType, Link
from crawler.pagewords import PageWords, bare

_CELL = "\x00"  # stands between cells while a row is read; no parsed text holds it
NAMES_KEPT = 4096  # classes and ids whose meaning is kept: pages of one site share them
_OWN_NUMBER = re.compile(
    r"[\d０-９]{1,3}\s*[.、．)）:：]|[一二三四五六七八九十]{1,3}、|[(（①-⑳]|第[一二三四五六七八九十\d]"
)


@dataclass(frozen=True, slots=True)
class _Hint:
    """What an element's class and id say about its content."""

    boilerplate: bool
    article: bool


def find_outline(
    root: HtmlElement, url: str | None, words: PageWords, *, noscript: bool = False
) -> Outline:
    """The lines of the parsed page. Never raises; a page without text has no lines.

    ``noscript`` tells whether to read what only readers without scripts see.
    """
    walk = _Walk(root, url, words)
    walk.skipped = SKIPPED - {"noscript"} if noscript else SKIPPED
    return walk.run()


class _Walk:
    """One pass over a tree: the state between its start and end events."""

    def __init__(self, root: HtmlElement, url: str | None, words: PageWords) -> None:
        self._root = root
        self._words = words
        self._addresses = Addresses(root, url)
        self.skipped = SKIPPED
        self._outline = Outline()
        self._styles = Styles(root)
        self._open: list[int] = []  # indices of the open block elements
        self._parts: list[str] = []
        self._links: list[tuple[int, int, str]] = []  # parts from, to; address
        self._link: tuple[int, str] | None = None
        self._bold_from: int | None = None
        self._bold: list[tuple[int, int]] = []
        self._nesting = Nesting()
        self._span_end = 0  # number of parts when a span ended last

    def run(self) -> Outline:
        walk = etree.iterwalk(self._root, events=("start", "end"))
        nodes, lines, add = self._outline.nodes, self._outline.lines, self._add
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if tag in INLINE:
                    if not self._start_inline(element, tag):
                        walk.skip_subtree()
                        continue
                elif tag in self.skipped or not isinstance(tag, str):
                    if tag != "button" or self._nesting.level is None:
                        walk.skip_subtree()
                        continue
                else:
                    if len(nodes) > MOST_NODES or len(lines) > MOST_LINES:
                        self._outline.cut = True
                        break
                    self._start_block(element, tag)
                text = element.text
            else:
                if tag in INLINE:
                    self._end_inline(tag)
                elif tag not in self.skipped and isinstance(tag, str):
                    self._end_block(tag)
                text = element.tail
            if text and (self._parts or not text.isspace()):
                add(text)
        self._flush()
        return self._outline

    def _add(self, text: str) -> None:
        if self._nesting.pre and not self._nesting.row and "\n" in text:
            first, *rest = text.split("\n")
            self._parts.append(first)
            for line in rest:
                self._flush()
                self._parts.append(line)
            return
        self._parts.append(text)

    def _start_inline(self, element: HtmlElement, tag: str) -> bool:
        """Whether the element's text is visible."""
        names = element.keys()
        if names and (
            self._styles.is_hidden(element, names)
            or ("class" in names and _is_tool(self._words, element.get("class")))
        ):
            return False
        if tag == "span":
            if self._parts and self._span_end == len(self._parts):
                self._parts.append(SEAM)
        elif tag == "a":
            href = element.get("href")
            if href is not None:
                self._close_link()
                self._link = (len(self._parts), href)
        elif tag in BOLD and self._bold_from is None:
            self._bold_from = len(self._parts)
        return True

    def _end_inline(self, tag: str) -> None:
        if tag == "span":
            self._span_end = len(self._parts)
        elif tag == "a":
            self._close_link()
        elif tag in BOLD:
            self._close_bold()

    def _close_link(self) -> None:
        if self._link is not None:
            self._links.append((self._link[0], len(self._parts), self._link[1]))
            self._link = None

    def _close_bold(self) -> None:
        if self._bold_from is not None:
            self._bold.append((self._bold_from, len(self._parts)))
            self._bold_from = None

    def _start_block(self, element: HtmlElement, tag: str) -> None:
        if self._nesting.row:
            if self._parts:
                apart = tag in CELLS and any(part.strip() for part in self._parts)
                self._parts.append(_CELL if apart else " ")
            if tag == "br":
                return
        elif self._parts:
            self._flush()
        if tag == "br":
            return
        self._open_node(element, tag)
        if tag in STARTERS:
            self._nesting.start(element, tag, len(self._open))

    def _end_block(self, tag: str) -> None:
        if tag == "br":
            return
        if self._nesting.row and self._nesting.row < len(self._open):
            if self._parts:
                self._parts.append(" ")
        else:
            if self._parts:
                self._flush()
            self._nesting.row = 0
        self._open.pop()
        if tag in STARTERS:
            self._nesting.end(tag)

    def _open_node(self, element: HtmlElement, tag: str) -> None:
        nodes = self._outline.nodes
        parent = self._open[-1] if self._open else -1
        boilerplate, article = tag in BOILERPLATE_TAGS, tag in ("article", "main")
        hidden = -1
        name = ""
        names = element.keys()
        if names:
            name = element.get("class", "")
            whole = f"{name} {element.get('id', '')}"
            if whole != " ":
                hint = _find_hint(self._words, whole)
                boilerplate = boilerplate or hint.boilerplate
                article = article or hint.article
            if self._styles.is_hidden(element, names):
                hidden = len(nodes)
        shape, last = tag, f"{tag}.{name}"
        if parent >= 0:
            above = nodes[parent]
            boilerplate = (boilerplate or above.boilerplate) and tag != "body"
            if hidden < 0:
                hidden = above.hidden
            shape = f"{above.last}>{last}"
        nodes.append(Node(parent, tag, element, shape, last, boilerplate, article, hidden))
        self._open.append(len(nodes) - 1)

    def _without_tool(self, text: str, links: list[Link], size: int) -> tuple[str, list[Link], int]:
        """A heading without the link behind it with which readers edit or share its section."""
        label = links[-1].text
        rest = text.removesuffix(label).rstrip()
        if rest and rest != text and bare(label) in self._words.navigation:
            return rest, links[:-1], size - len(label)
        return text, links, size

    def _flush(self) -> None:
        """Ends the current line; links and bold type that are open go on in the next one."""
        if not self._parts:
            return
        parts = self._parts
        link, bold = self._link, self._bold_from is not None
        self._close_link()
        self._close_bold()
        text = "".join(parts)
        if SEAM in text and not self._nesting.row:
            text = part_labels(text)
        text = tidy(text)
        if self._nesting.row and text:
            cells = [cell.strip() for cell in text.split(_CELL)]
            text = " | ".join(cell for cell in cells if cell)
        if text:
            self._emit(text, parts)
        self._parts = []
        self._links = []
        self._bold = []
        if link is not None:
            self._link = (0, link[1])
        if bold:
            self._bold_from = 0

    def _emit(self, text: str, parts: list[str]) -> None:
        node_at = self._open[-1] if self._open else -1
        node = self._outline.nodes[node_at]
        links: list[Link] = []
        link_size = 0
        for start, end, href in self._links:
            label = tidy("".join(parts[start:end]).replace(_CELL, " "))
            if label:
                link_size += len(label)
                address = self._addresses.resolve(href)
                if address:
                    links.append(Link(label, address))
        bold_size = 0
        for start, end in self._bold:
            bold_size += len(tidy("".join(parts[start:end])))
        kind = self._nesting.take_kind()
        if kind is BlockType.HEADING and links:
            text, links, link_size = self._without_tool(text, links, link_size)
        if self._nesting.prefix:
            if not _OWN_NUMBER.match(text):
                text = self._nesting.prefix + text
            self._nesting.prefix = ""
        linked = link_size * 3 > len(text)
        bold = bold_size * 10 > len(text) * 9
        self._outline.lines.append(
            Line(
                text=text,
                type=kind,
                links=tuple(links),
                level=self._nesting.level if kind is BlockType.HEADING else None,
                node=node_at,
                shape=node.shape + (">a" if linked else "") + (">b" if bold else ""),
                link_size=link_size,
                bold_size=bold_size,
                boilerplate=node.boilerplate,
                hidden=node.hidden >= 0,
            )
        )


@lru_cache(maxsize=NAMES_KEPT)
def _find_hint(words: PageWords, whole: str) -> _Hint:
    lower = whole.lower()
    article = words.article_class.search(lower) is not None
    boilerplate = words.boilerplate_class.search(lower) is not None
    foreign = words.foreign_class.search(lower) is not None
    return _Hint(foreign or (boilerplate and not article), article and not foreign)


@lru_cache(maxsize=NAMES_KEPT)
def _is_tool(words: PageWords, name: str) -> bool:
    return words.tool_class.search(name.lower()) is not None
