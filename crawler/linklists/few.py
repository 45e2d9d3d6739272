"""Tells a few bare lines that are other pages' titles from an article's headings and captions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.linklists.line import Line
from crawler.linklists.shapes import ITEM_NUMBER, find_titles

FEWEST_BARE = 3  # titles; two take more evidence
STRAY_COHESION = 0.12  # share of pairs of characters that the article has, too
MOSTLY = 0.6  # of the titles have marks of titles
# The article says next to nothing of them: one of two has marks, or one of three.
ALIEN, HALF_MARKED, FEW_MARKED = 0.06, 0.5, 0.3
_PAUSE = re.compile("[，,、]")


def are_titles(lines: Sequence[Line], entries: list[int], marked: float, share: float) -> bool:
    """Whether a few bare lines are titles: all by their marks, or most, and none a sentence."""
    titles = [ITEM_NUMBER.sub("", one, 1) for at in entries for one in find_titles(lines[at])]
    few = len(titles) < FEWEST_BARE
    if share > STRAY_COHESION or any(map(_PAUSE.search, titles)):
        return marked == 1 and not few
    least = HALF_MARKED if few else FEW_MARKED
    if share > ALIEN:
        least = 1.0 if few else MOSTLY
    return len(titles) > 1 and marked >= least
