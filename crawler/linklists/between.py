"""Finds titles that stand amid or behind the lines of a list of other pages and look like them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from crawler.linklists.context import Context, share_of
from crawler.linklists.few import STRAY_COHESION, is_marked
from crawler.linklists.line import Line
from crawler.linklists.shapes import is_linked, is_title_like
from crawler.model import RemovalReason

LONGEST_STRETCH = 8  # lines between two that went
LONGEST_END = 3  # lines behind the last one
FEWEST_GONE = 3  # lines of such a list, before others go with its end


def find_between(lines: Sequence[Line], context: Context) -> list[int]:
    """The indices of titles amid the lines that went, some of which may be links and some not.

    The lines on both sides, or the list they end, look like them. Without a mark of titles
    they go only beside links, where the article says next to nothing of them.
    """
    gone = [at for at in range(len(lines)) if context.found.get(at) is RemovalReason.LINK_LIST]
    taken: list[int] = []
    for before, after in pairwise(gone):
        stretch = range(before + 1, after)
        if len(stretch) <= LONGEST_STRETCH and _are_alike(lines, range(before, after + 1), context):
            linked = is_linked(lines[before]) or is_linked(lines[after])
            taken.extend(
                at
                for at in stretch
                if _is_marked(at, context) or (linked and _is_strange(at, context))
            )
    if len(gone) < FEWEST_GONE:
        return taken
    end = range(gone[-1] + 1, len(lines))
    behind = range(gone[-FEWEST_GONE], len(lines))
    if len(end) <= LONGEST_END and _are_alike(lines, behind, context):
        taken.extend(at for at in end if _is_marked(at, context) and _is_strange(at, context))
    return taken


def _are_alike(lines: Sequence[Line], places: range, context: Context) -> bool:
    """Whether the lines look like one another but for links, and those left read like titles."""
    looks = {lines[at].shape.removesuffix(">a") for at in places}
    return len(looks) == 1 and all(at in context.found or is_title_like(lines[at]) for at in places)


def _is_marked(at: int, context: Context) -> bool:
    return is_marked(context.bared[at], context.words)


def _is_strange(at: int, context: Context) -> bool:
    return share_of(context.bared[at], context.grams) <= STRAY_COHESION
