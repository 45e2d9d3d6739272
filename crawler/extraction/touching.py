"""Parts a paragraph from the titles of other pages that touch its last sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.linklists.line import Line
from crawler.linklists.seams import find_parts, width
from crawler.linklists.shapes import is_excerpt, is_title_like
from crawler.model import Block, BlockType

SHORTEST_TITLE = 6  # width of a title that touches
FEWEST_BELOW = 2  # lines like titles below it
LONGEST_TAIL = 2000  # code points behind the last sentence
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
        tail = "" if line.links or line.type is BlockType.TABLE_ROW else _find_tail(lines, at)
        if tail:
            head = line.text[: len(line.text) - len(tail)].rstrip()
            parted.append(line._replace(text=head, bold_size=min(line.bold_size, len(head))))
            touching.add(len(parted))
            line = line._replace(text=tail, bold_size=0)
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
    return Block(block.type, f"{block.text}{tail.text}", block.links, block.level)


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
