"""A page's block elements and lines, as an outline holds them."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.html import HtmlElement

from crawler.linklists.line import Line

# A page beyond these takes more than a second; the shared pages stay under a tenth of them.
MOST_NODES = 60_000
MOST_LINES = 25_000


@dataclass(slots=True)
class Node:
    """A block element: its place in the page, and what its name says about its content.

    ``boilerplate`` is inherited. ``hidden`` is the number of the innermost hidden element
    around it, -1 when a reader can see it.
    """

    parent: int
    tag: str
    element: HtmlElement
    shape: str
    last: str
    boilerplate: bool = False
    article: bool = False
    hidden: int = -1


@dataclass(slots=True)
class Outline:
    """The lines of a page in reading order, and the block elements they stand in.

    ``cut`` tells that the page had more than this program looks at.
    """

    lines: list[Line] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    cut: bool = False
