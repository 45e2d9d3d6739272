"""Tells a few bare lines that are other pages' titles from an article's headings and captions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.linklists.line import Line
from crawler.linklists.shapes import ITEM_NUMBER, find_titles
from crawler.pagewords import PageWords

FEWEST_BARE = 3  # titles; two take more evidence
STRAY_COHESION = 0.12  # share of pairs of characters that the article has, too
MOSTLY = 0.6  # of the titles have marks of titles
# The article says next to nothing of them: one of two has marks, or one of three.
ALIEN, HALF_MARKED, FEW_MARKED = 0.06, 0.5, 0.3
_PAUSE = re.compile("[，,、]")


def is_marked(title: str, words: PageWords) -> bool:
    """Whether a title has a mark of titles, apart from the end of a body's name."""
    return words.title_mark.search(words.name_end.sub(r"\1", title)) is not None


def are_set_apart(lines: Sequence[Line], entries: Sequence[int]) -> bool:
    """Whether the lines stand in another kind of element than those around them."""
    beside = [at for at in (entries[0] - 1, entries[-1] + 1) if 0 <= at < len(lines)]
    return all(lines[at].shape != lines[entries[0]].shape for at in beside)


def find_least(lines: Sequence[Line], entries: Sequence[int], count: int, share: float) -> float:
    """The share of ``count`` strange titles that has marks of titles, at least.

    Fewer are enough where the article says next to nothing of them and they stand in another
    kind of element than the lines around.
    """
    few = count < FEWEST_BARE
    if share <= ALIEN and are_set_apart(lines, entries):
        return HALF_MARKED if few else FEW_MARKED
    return 1.0 if few else MOSTLY


def are_titles(lines: Sequence[Line], entries: list[int], marked: float, share: float) -> bool:
    """Whether a few bare lines are titles: all by their marks, or most, and none a sentence."""
    titles = [ITEM_NUMBER.sub("", one, 1) for at in entries for one in find_titles(lines[at])]
    count = len(titles)
    if share > STRAY_COHESION or any(map(_PAUSE.search, titles)):
        return marked == 1 and count >= FEWEST_BARE
    return count > 1 and marked >= find_least(lines, entries, count, share)
