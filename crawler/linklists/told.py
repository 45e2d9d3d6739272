"""Whether the words of several bare lines tell by themselves that they are other pages' titles."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.linklists.above import ANNOUNCED, ASKING, SENTENCE_ENDS, weigh_before
from crawler.linklists.context import Context, share_of
from crawler.linklists.few import ALIEN, STRAY_COHESION, is_marked
from crawler.linklists.likeness import value_of
from crawler.linklists.line import Line
from crawler.linklists.stray import find_share

FEWEST = 2  # lines; the words of one alone tell too little
# From such a mean of the lines' likeness on. No own list of the labelled and the real pages has
# it; an article's own questions come nearer than other items of its own, and so do those that a
# sentence announces.
LIKELY, LIKELY_ASKED = 0.5, 1.5
# The likeness counts a heading above as an announcement. One that names no list is as often that
# of the text below the lines: own items below it have less than this, where they are several or
# share little with the article.
LIKELY_HEADED, SEVERAL = -1.0, 4
HEADED_MARKED = 0.6  # of the lines below one amid the text have marks of titles
# One of fewer may be the article's beside titles: it has less than this likeness, or the article
# says that much of it.
LEAST, OWN_SHARE = -1.0, 0.7
LIKELY_CELLS = 0.5  # the same mean of titles in cells, of which the article says next to nothing
ASKED_SHARE = 0.8  # of the lines end so: a list of questions


def are_told(lines: Sequence[Line], entries: Sequence[int], context: Context) -> bool:
    """Whether the lines are likelier other pages' titles than items of the article's own.

    What words before a colon announce is the article's own.
    """
    if len(entries) < FEWEST or any(at not in context.likeness for at in entries):
        return False
    values = [context.likeness[at] for at in entries]
    mean = sum(values) / len(values)
    before = weigh_before(lines, entries[0], context) if mean > LIKELY_HEADED else ANNOUNCED
    if before <= ANNOUNCED:
        return False
    asking = sum(lines[at].text.rstrip().endswith(ASKING) for at in entries)
    if asking >= ASKED_SHARE * len(entries):
        return mean > LIKELY_ASKED
    above = lines[context.find_begin(entries[0]) - 1].text.rstrip() if before < 0 else ""
    if above.endswith(SENTENCE_ENDS):
        return mean > LIKELY_ASKED  # a sentence announces them
    several = len(entries) >= SEVERAL
    if mean > LIKELY and (several or not _may_hold_own(entries, values, context)):
        return True
    strange = several or find_share(entries, context) <= STRAY_COHESION
    if not (before < 0 and strange and _is_plain(entries[0], context)):
        return False
    marked = sum(is_marked(context.bared[at], context.words) for at in entries)
    return entries[-1] > context.last_text or marked >= HEADED_MARKED * len(entries)


def are_told_in_cells(titles: Sequence[str], context: Context) -> bool:
    """The same for the titles in a table's cells, folded."""
    count = len(titles)
    if count < SEVERAL or sum(share_of(one, context.grams) for one in titles) > ALIEN * count:
        return False
    return sum(value_of(titles, context)) > LIKELY_CELLS * count


def _may_hold_own(entries: Sequence[int], values: Sequence[float], context: Context) -> bool:
    shares = (share_of(context.bared[at], context.grams) for at in entries)
    return min(values) <= LEAST or max(shares) >= OWN_SHARE


def _is_plain(start: int, context: Context) -> bool:
    """Whether the heading right above names no list."""
    above = context.bared[context.find_begin(start) - 1]
    return not context.words.lead_in.search(above) and not context.words.counted.search(above)
