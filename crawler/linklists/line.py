"""One line of a page as the reader sees it, with what its place in the page says about it."""

from __future__ import annotations

from typing import NamedTuple

from crawler.model import Block, BlockType, Link


class Line(NamedTuple):
    """One line of a page, from the document tree or from a plain-text dump.

    ``node`` numbers the smallest block element around the line, -1 in dumps; lines of equal
    ``shape`` look alike. ``link_size`` and ``bold_size`` are code points of ``text`` inside
    links and bold type. A tuple, since a page has hundreds and a frozen data class takes
    twice as long to make.
    """

    text: str
    type: BlockType = BlockType.PARAGRAPH
    links: tuple[Link, ...] = ()
    level: int | None = None
    node: int = -1
    shape: str = ""
    link_size: int = 0
    bold_size: int = 0
    boilerplate: bool = False
    hidden: bool = False

    @property
    def link_share(self) -> float:
        """Code points inside links, 0 to 1."""
        return self.link_size / len(self.text) if self.text else 0.0

    @property
    def is_bold(self) -> bool:
        """Whether nearly all of the line is in bold type."""
        return self.bold_size * 10 > len(self.text) * 9

    def to_block(self) -> Block:
        """The line as a block of an article."""
        return Block(self.type, self.text, self.links, self.level)


class Style(NamedTuple):
    """What a line looks like: its element, and whether it is in bold."""

    shape: str
    bold: bool


def style_of(line: Line) -> Style:
    """How the line looks."""
    return Style(line.shape, line.is_bold)
