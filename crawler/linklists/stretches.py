"""Parts a run of bare lines into the article's own items and other pages' titles.

A list of other pages put right behind the article's own list has its shape, above all in
plain text. Each line then tells by its words which of the two it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.linklists.evidence import BARE_RUN, LONGEST_HEADING, Context, share_of
from crawler.linklists.line import Line
from crawler.linklists.runs import is_linked

# Logarithms of how much more often a title of another page has the trait than an article's own
# item has, measured on 1,570 own items and 2,089 titles of generated and handmade pages.
MARKED = 1.2
UNMARKED = -1.5
STRANGE = 0.5
FAMILIAR = -1.0
PAUSED = -1.0
SHORT = -1.5

STRANGE_SHARE = 0.06  # of the line's pairs of characters stand in the article's text, or less
FAMILIAR_SHARE = 0.20  # or more
# Lines at an end of a run are the article's own from this sum on. A line alone seldom reaches it:
# one title in a hundred is as plain and speaks of what the article does.
OWN = -3.0

SHORT_LINE = 7  # code points without punctuation, or less

_PAUSE = re.compile("[，,]")


def find_stretch(
    lines: Sequence[Line], entries: Sequence[int], context: Context, *, headed: bool
) -> tuple[int, ...]:
    """The indices at which titles of other pages begin and end among own items.

    Empty unless the lines before or behind the titles are clearly the article's own. Nothing
    is parted from the heading of such a list.
    """
    count = len(entries)
    if count <= BARE_RUN or any(is_linked(lines[at]) for at in entries):
        return ()
    values = [_value(lines[at], context.bared[at], context) for at in entries]
    top = context.bared[entries[0]]
    if len(top) <= LONGEST_HEADING and context.words.heading_mark.search(top):
        values[0] = max(values[0], 0.0)  # it may be the list's heading
    first = 0 if headed else _find_cut(values)
    # Behind the article's text there is nothing of its own to keep.
    ended = entries[-1] > context.last_text
    last = count if ended else count - _find_cut(values[::-1])
    if last - first < BARE_RUN or last - first == count:
        return ()
    return entries[first], entries[last - 1] + 1


def _find_cut(values: Sequence[float]) -> int:
    """How many values at the beginning are an own stretch's.

    Going on behind a line that looks like a title takes as much as beginning does.
    """
    total = lowest = 0.0
    cut = 0
    for at, value in enumerate(values):
        total += value
        goes_on = at == cut and value < 0 and lowest < 0
        if total <= lowest + (0.0 if goes_on else OWN):
            cut, lowest = at + 1, total
    return cut


def _value(line: Line, bared: str, context: Context) -> float:
    """How much the line looks like another page's title; below zero like an own item."""
    if context.words.title_mark.search(bared):
        value = MARKED
    else:
        value = UNMARKED + (SHORT if len(bared) <= SHORT_LINE else 0.0)
    share = share_of(bared, context.grams)
    if share <= STRANGE_SHARE:
        value += STRANGE
    elif share >= FAMILIAR_SHARE:
        value += FAMILIAR
    return value + (PAUSED if _PAUSE.search(line.text) else 0.0)
