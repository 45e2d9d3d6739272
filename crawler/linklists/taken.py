"""Tells an article's own list by what follows: the text takes up its items one after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from crawler.linklists.context import Context, grams_of
from crawler.linklists.line import Line

FEWEST_TAKEN = 3  # items of a list
TAKEN_SHARE = 0.6  # of the items are taken up
OPENING = 16  # code points without punctuation at the beginning of a line
LINES_BELOW = 60  # the text that is looked through
_STOP = "。"


def are_taken_up(lines: Sequence[Line], entries: Sequence[int], end: int, context: Context) -> bool:
    """Whether sentences from ``end`` on begin with words of the entries, of one after another.

    Only words count that no other entry has, and that are no marks of titles. A sentence takes
    up one entry at most.
    """
    if len(entries) < FEWEST_TAKEN or end > context.last_text:
        return False
    own = [_find_said(context.bared[at], context) for at in entries]
    often = Counter(gram for grams in own for gram in grams)
    openings = [
        grams_of(context.bared[at][:OPENING])
        for at in range(end, min(end + LINES_BELOW, len(lines)))
        if _STOP in lines[at].text
    ]
    taken = place = 0
    for grams in own:
        rare = {gram for gram in grams if often[gram] == 1}
        for at in range(place, len(openings)):
            if not rare.isdisjoint(openings[at]):
                taken, place = taken + 1, at + 1
                break
    return taken >= max(FEWEST_TAKEN, TAKEN_SHARE * len(entries))


def _find_said(bared: str, context: Context) -> set[str]:
    """The pairs of characters of what an entry says beside the marks of titles."""
    parts = context.words.title_mark.sub("\n", bared).split("\n")
    return {gram for part in parts for gram in grams_of(part)}
