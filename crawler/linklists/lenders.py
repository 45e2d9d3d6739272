"""Tells which bare lines name a lender and say something of it, as other pages' titles do.

An article's own items seldom name one: whom they speak of is known from the text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from crawler.linklists.above import COLONS
from crawler.linklists.context import Context
from crawler.linklists.line import Line

SHORTEST_NAME, LONGEST_NAME = 3, 8  # code points of a lender's name
SHORTEST_SAID = 2  # code points that such a line says beside the name; a list of names has none
STRANGER, KNOWN = 1.0, 0.6  # a lender of whom the article says nothing, and one of whom it does

# In the unit of the weights in ``evidence``: where all lines of a run name strangers.
NAMED = 3.0
LEAST_SHARE = 0.4  # of a run's lines, at least
FEWEST = 3
UNMARKED, DEEDS_SHARE = 0.1, 0.6
MARKED = 0.5  # of the lines have marks of titles, or the evidence is less


def find_names(bared: str, lenders: frozenset[str]) -> list[str]:
    """The lenders' names in a bared text, those that begin first before others."""
    heads = _find_heads(lenders)
    return [
        name
        for begin in range(len(bared) - SHORTEST_NAME + 1)
        if bared[begin : begin + SHORTEST_NAME] in heads
        for end in range(begin + SHORTEST_NAME, min(len(bared), begin + LONGEST_NAME) + 1)
        if (name := bared[begin:end]) in lenders
    ]


@lru_cache(maxsize=4)  # of one table, and of those that tests make
def _find_heads(lenders: frozenset[str]) -> frozenset[str]:
    """How the names begin: looking for a whole one at every place takes five times as long."""
    return frozenset(name[:SHORTEST_NAME] for name in lenders)


def weigh_names(bared: str, names: Sequence[str], known: Callable[[str], bool]) -> float:
    """How much a line with these names reads like a title, 0 to 1; ``known`` are the article's."""
    if not names or len(bared) < max(map(len, names)) + SHORTEST_SAID:
        return 0.0
    return KNOWN if all(map(known, names)) else STRANGER


def weigh_named(
    lines: Sequence[Line],
    entries: Sequence[int],
    context: Context,
    marked: float,
    titles: Sequence[str] = (),
) -> float:
    """Evidence from the lenders that the lines of a run name; ``marked`` of them look like titles.

    Without such marks they may say what each lender did. ``titles`` are those in the lines; one
    line may hold all.
    """
    if len(entries) == 1 < len(titles):
        return _weigh_row(titles, context.words.lenders, marked)
    values = [
        value
        for at in entries
        if (value := context.named.get(at, 0.0)) and not any(map(lines[at].text.count, COLONS))
    ]
    if len(values) < FEWEST or len(values) < LEAST_SHARE * len(entries):
        return 0.0
    return NAMED * min(1.0, marked / MARKED) * sum(values) / len(entries)


def are_deeds(entries: Sequence[int], context: Context, marked: float) -> bool:
    """Whether the lines say what each lender did: most name one, next to none looks like a title.

    The article's text need not name any of them.
    """
    named = sum(context.named.get(at, 0.0) > 0 for at in entries)
    return len(entries) >= FEWEST and marked <= UNMARKED and named >= DEEDS_SHARE * len(entries)


def _weigh_row(titles: Sequence[str], lenders: frozenset[str], marked: float) -> float:
    """The same for the titles of one line, whose lenders the article may name."""
    named = sum(1 for title in titles if weigh_names(title, find_names(title, lenders), bool))
    if named < FEWEST or named < LEAST_SHARE * len(titles):
        return 0.0
    return NAMED * KNOWN * min(1.0, marked / MARKED) * named / len(titles)
