"""What the lists, tables, quotes and headings around a place make of its lines."""

from __future__ import annotations

from lxml.html import HtmlElement

from crawler.extraction.elements import BULLETED, HEADINGS
from crawler.extraction.tables import is_data_table
from crawler.model import BlockType


class Nesting:
    """The elements open at one place of a walk that give lines their kind.

    ``row`` is the number of open block elements down to the data row, 0 outside of rows;
    ``prefix`` the number that the next line gets from its list; ``item`` tells whether the
    next line begins an item; ``level`` is that of the open heading.
    """

    __slots__ = ("_lists", "_tables", "item", "level", "pre", "prefix", "quote", "row")

    def __init__(self) -> None:
        self._lists: list[int | None] = []  # next number of each open list
        self._tables: list[bool] = []  # whether each open table holds data
        self.prefix = ""
        self.item = False
        self.row = 0
        self.level: int | None = None
        self.quote = 0
        self.pre = 0

    def start(self, element: HtmlElement, tag: str, depth: int) -> None:
        """Enters an element; ``depth`` counts the open block elements, itself included."""
        if tag == "li":
            self._start_item(element)
        elif tag == "ol":
            plain = "list-style" in element.get("style", "")
            self._lists.append(None if plain else _whole(element.get("start"), 1))
        elif tag in BULLETED:
            self._lists.append(None)
        elif tag == "blockquote":
            self.quote += 1
        elif tag == "pre":
            self.pre += 1
        elif tag == "table":
            self._tables.append(not self.row and is_data_table(element))
        elif tag == "tr":
            if self._tables and self._tables[-1]:
                self.row = depth
        else:
            self.level = HEADINGS[tag]

    def _start_item(self, element: HtmlElement) -> None:
        self.item = True
        self.prefix = ""
        number = self._lists[-1] if self._lists else None
        if number is not None:
            number = _whole(element.get("value"), number)
            self._lists[-1] = number + 1
            self.prefix = f"{number}. "

    def end(self, tag: str) -> None:
        """Leaves an element."""
        if tag == "li":
            self.item = False
            self.prefix = ""
        elif tag == "ol" or tag in BULLETED:
            if self._lists:
                self._lists.pop()
            self.item = False
        elif tag == "table":
            self._tables.pop()
        elif tag == "blockquote":
            self.quote -= 1
        elif tag == "pre":
            self.pre -= 1
        elif tag in HEADINGS:
            self.level = None

    def take_kind(self) -> BlockType:
        """The kind of the line that ends here; an item's later lines are paragraphs."""
        if self.row:
            return BlockType.TABLE_ROW
        if self.level is not None:
            return BlockType.HEADING
        if self.item:
            self.item = False
            return BlockType.LIST_ITEM
        return BlockType.QUOTE if self.quote else BlockType.PARAGRAPH


def _whole(value: str | None, default: int) -> int:
    if value is None:
        return default
    value = value.strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else default
