"""Finds lists of other pages some lines of which are links and some are not.

Each kind alone is too little to judge, and parts the other. Here the lines are judged as one list,
by how much the words of all of them are titles'.
"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.linklists.above import weigh_before
from crawler.linklists.context import Context
from crawler.linklists.hosts import leads_away
from crawler.linklists.likeness import value_of
from crawler.linklists.line import Line
from crawler.linklists.shapes import is_date, is_linked, is_title_like
from crawler.linklists.stretches import find_window
from crawler.model import BlockType, RemovalReason

FEWEST = 3  # lines of such a list
# What speaks for a line being a title beside its words: that it is a link, that rules dropped it.
LINKED, GONE = 2.0, 3.0
LIKELY = 0.5  # the value of a line that is as likely of one kind as of the other
MOST = 4.0  # that one line tells, for or against
ENOUGH = 6.0  # the sum for all


def find_mixed(lines: Sequence[Line], context: Context) -> list[int]:
    """The indices of the lines of such lists that no rule has dropped."""
    found: list[int] = []
    done = 0
    for at in sorted(context.likeness):  # few lines of a page are bare, fewer stand beside a link
        if at < done or not any(
            map(is_linked, (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]))
        ):
            continue
        begin, end = at, at + 1
        while begin > done and _goes_on(lines, at, begin - 1, context):
            begin -= 1
        while end < len(lines) and _goes_on(lines, at, end, context):
            end += 1
        done = end
        if end - begin >= FEWEST:
            found.extend(_find_titles(lines, range(begin, end), context))
    return [one for one in found if one not in context.found]


def _goes_on(lines: Sequence[Line], first: int, at: int, context: Context) -> bool:
    """Whether a line may stand in one list with the first one, like it but for its link."""
    line = lines[at]
    if at in context.found and context.found[at] is not RemovalReason.LINK_LIST:
        return False
    return (
        line.shape.removesuffix(">a") == lines[first].shape.removesuffix(">a")
        and line.type is not BlockType.TABLE_ROW
        and is_title_like(line)
        and not is_date(line)
        and (is_linked(line) or at in context.likeness or at in context.found)
        and not leads_away(line, context.words, context.host)
    )


def _find_titles(lines: Sequence[Line], places: range, context: Context) -> range:
    """The neighbouring lines that together are likeliest titles, some of them links."""
    none = range(0)
    linked = [is_linked(lines[at]) for at in places]
    if len(set(linked)) < 2:
        return none
    values = value_of([context.bared[at] for at in places], context)
    told = [
        max(-MOST, min(MOST, value - LIKELY + LINKED * is_link + GONE * (at in context.found)))
        for at, value, is_link in zip(places, values, linked, strict=True)
    ]
    begin, end, most = find_window(told)
    titles = places[begin:end]
    if most < ENOUGH or len(titles) < FEWEST or len(set(linked[begin:end])) < 2:
        return none
    return none if weigh_before(lines, titles.start, context) < 0 else titles
