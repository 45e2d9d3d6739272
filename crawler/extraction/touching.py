"""Parts a paragraph from the titles of other pages that touch its last sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.linklists.headings import is_list_heading
from crawler.linklists.line import Line
from crawler.linklists.seams import find_parts, width
from crawler.linklists.shapes import is_excerpt, is_linked, is_title_like
from crawler.model import Block, BlockType
from crawler.pagewords import bare, page_words

SHORTEST_TITLE = 6  # width of a title that touches
FEWEST_BELOW = 2  # lines like titles below it
LONGEST_TAIL = 2000  # code points behind the last sentence
LONGEST_HEADING = 16  # code points of a heading that touches
SHORTEST_HEAD = 4  # code points of the sentences before it

_STOP = re.compile("[。！!]”?|[？?]”")
_ENDS = re.compile(r"[。！!：:；;，,、…”]$")


def part_touching(lines: Sequence[Line]) -> tuple[list[Line], frozenset[int]]:
    """The lines with such titles as lines of their own, and the indices of these.

    What is kept of them is to be joined to the line before.
    """
    parted: list[Line] = []
    touching: set[int] = set()
    for at, line in enumerate(lines):
        pair = None if line.type is BlockType.TABLE_ROW else _part(lines, at)
        if pair is not None:
            parted.append(pair[0])
            touching.add(len(parted))
            line = pair[1]
        parted.append(line)
    return parted, frozenset(touching)


def repeat(keys: Sequence[int], touching: frozenset[int]) -> list[int]:
    """What ran parallel to the lines, running parallel to the parted ones."""
    rest = iter(keys)
    repeated: list[int] = []
    for at in range(len(keys) + len(touching)):
        repeated.append(repeated[-1] if at in touching else next(rest))
    return repeated


def join(block: Block, tail: Block) -> Block:
    """A block with the words that were parted from it."""
    return Block(block.type, f"{block.text}{tail.text}", block.links + tail.links, block.level)


def _part(lines: Sequence[Line], at: int) -> tuple[Line, Line] | None:
    """A line's sentences and the titles behind them, apart; ``None`` where none touch."""
    line = lines[at]
    tail = (
        _find_link(lines, at) if line.links else _find_heading(lines, at) or _find_tail(lines, at)
    )
    if not tail:
        return None
    head = line.text[: len(line.text) - len(tail)].rstrip()
    size = len(tail) if line.links else 0
    first = line._replace(
        text=head,
        links=line.links[:-1],
        link_size=max(0, line.link_size - size),
        bold_size=min(line.bold_size, len(head)),
    )
    shape = lines[at + 1].shape if size else line.shape
    last = line._replace(text=tail, links=line.links[-1:], link_size=size, bold_size=0, shape=shape)
    return first, last


def _find_link(lines: Sequence[Line], at: int) -> str:
    """The link that stands behind a line's last sentence, above other links; else nothing.

    A paragraph that no mark of its own ends, and the list behind it, are one element.
    """
    line = lines[at]
    tail = line.links[-1].text
    head = line.text[: len(line.text) - len(tail)].rstrip()
    if not line.text.endswith(tail) or len(head) <= SHORTEST_HEAD or not head.endswith("。"):
        return ""
    return tail if width(tail) >= SHORTEST_TITLE and _are_links_below(lines, at) else ""


def _find_heading(lines: Sequence[Line], at: int) -> str:
    """The heading of a list of links that stands behind a line's last sentence; else nothing."""
    text = lines[at].text
    end = max(text.rfind("。"), text.rfind("！")) + 1
    tail = text[end:].strip()
    if end <= SHORTEST_HEAD or not tail or len(tail) > LONGEST_HEADING:
        return ""
    heading = is_list_heading(lines[at]._replace(text=tail), bare(tail), page_words())
    return tail if heading and _are_links_below(lines, at) else ""


def _are_links_below(lines: Sequence[Line], at: int) -> bool:
    below = lines[at + 1 : at + 1 + FEWEST_BELOW]
    return len(below) == FEWEST_BELOW and all(map(is_linked, below))


def _find_tail(lines: Sequence[Line], at: int) -> str:
    """What stands behind a line's last sentence, when it may be titles; else nothing."""
    line = lines[at]
    if is_excerpt(line):
        return ""
    end = max((stop.end() for stop in _STOP.finditer(line.text)), default=0)
    tail = line.text[end:].strip()
    if end <= SHORTEST_HEAD or not tail or len(tail) > LONGEST_TAIL or _ENDS.search(tail):
        return ""
    if find_parts(tail):
        return tail
    below = lines[at + 1 : at + 1 + FEWEST_BELOW]
    if width(tail) < SHORTEST_TITLE or len(below) < FEWEST_BELOW:
        return ""
    alike = all(one.shape == line.shape and not one.links for one in below)
    return tail if alike and all(map(is_title_like, (line._replace(text=tail), *below))) else ""
