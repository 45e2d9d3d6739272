"""Finds the lists of other pages that stand around an article, outside the element that holds it.

They are no part of the text whatever they are, so that one look at their lines is enough.
"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.linklists.line import Line
from crawler.linklists.shapes import is_linked
from crawler.model import RemovalReason

FEWEST_LINKS = 3
FEWEST_BARE = 5  # lines of one shape without links
SHORTEST_TITLE = 8  # code points, of links in the mean; menus have shorter labels
LONGEST_BARE = 60
LONGEST_GAP = 3  # lines of a card between two titles: excerpt, category, date
CARDS_SHARE = 0.5  # of the lines of a list are titles; with fewer they are cards
_SENTENCE_ENDS = ("。", "；")  # no titles of other pages end so


def find_lists_around(
    lines: Sequence[Line], start: int, end: int
) -> list[tuple[int, RemovalReason]]:
    """The indices of such lines from ``start`` to ``end`` (half-open), in order, with reasons."""
    found: list[tuple[int, RemovalReason]] = []
    links: list[int] = []
    bare: list[int] = []
    shape = ""  # of the bare lines
    for at in range(start, end):
        line = lines[at]
        linked = line.link_size > 0 and is_linked(line)
        if bare and (linked or line.shape != shape):
            if _add_bare(found, lines, links, bare):
                links = []
            bare = []
        if line.hidden:
            continue
        if linked:
            if links and at - links[-1] > LONGEST_GAP + 1:
                _add(found, lines, links, at)
                links = []
            links.append(at)
        elif (
            not line.boilerplate
            and SHORTEST_TITLE <= len(line.text) <= LONGEST_BARE
            and not line.text.endswith(_SENTENCE_ENDS)
        ):
            bare.append(at)
            shape = line.shape
    if not _add_bare(found, lines, links, bare):
        _add(found, lines, links, end)
    return found


def _add_bare(
    found: list[tuple[int, RemovalReason]], lines: Sequence[Line], links: list[int], bare: list[int]
) -> bool:
    """Adds bare lines, and the links above them, when they are enough for a list."""
    if len(bare) < FEWEST_BARE:
        return False
    _add(found, lines, links, bare[0])
    found.extend((at, RemovalReason.LINK_LIST) for at in bare)
    return True


def _add(
    found: list[tuple[int, RemovalReason]], lines: Sequence[Line], links: list[int], end: int
) -> None:
    """Adds the lines of a list, when the links are one; none of them stands behind ``end``."""
    sizes = [len(lines[at].text) for at in links]
    if sum(sizes) < SHORTEST_TITLE * len(links):  # a menu, or a list beside one
        titles = [place for place, size in enumerate(sizes) if size >= SHORTEST_TITLE]
        low, high = (titles[0], titles[-1] + 1) if titles else (0, 0)
        links, sizes = links[low:high], sizes[low:high]
    count = len(links)
    if count < FEWEST_LINKS or sum(sizes) < SHORTEST_TITLE * count:
        return
    first, last = links[0], links[-1]
    if count < CARDS_SHARE * (last - first + 1):
        last = min(end - 1, last + links[1] - first - 1)  # the last one ends as the first does
        found.extend([(at, RemovalReason.CARDS) for at in range(first, last + 1)])
        return
    for at in range(first, last + 1):
        heads = lines[at].link_size == 0
        found.append((at, RemovalReason.LIST_HEADING if heads else RemovalReason.LINK_LIST))
