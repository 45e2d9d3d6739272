"""Parts a run into the article's own items and other pages' titles.

A list of other pages put right behind the article's own list has its shape, above all in
plain text. Each line then tells by its words which of the two it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from crawler.linklists.above import ASKING, COLONS, LONGEST_HEADING, weigh_before
from crawler.linklists.context import Context, share_of
from crawler.linklists.evidence import BARE_RUN
from crawler.linklists.few import is_marked
from crawler.linklists.hosts import leads_away
from crawler.linklists.line import Line
from crawler.linklists.shapes import ends_in_day, has_counter, is_linked
from crawler.linklists.stray import are_unspoken, find_share

# Logarithms of how much more often a title of another page has the trait than an article's own
# item has, measured on 1,570 own items and 2,089 titles of generated and handmade pages.
MARKED = 1.2
UNMARKED = -1.5
STRANGE = 0.5
FAMILIAR = -1.0
PAUSED = -1.0
SHORT = -1.5
NAMED = 2.5  # a lender of whom the article says nothing

STRANGE_SHARE = 0.06  # of the line's pairs of characters stand in the article's text, or less
FAMILIAR_SHARE = 0.20  # or more
# Lines at an end of a run are the article's own from this sum on. A line alone seldom reaches it:
# one title in a hundred is as plain and speaks of what the article does.
OWN = -3.0
# Lines between own ones are titles of other pages from this sum on.
PEAK = 2.0

# Lines at the beginning of a run behind the text, which nothing announces, take this in the mean.
OWN_MEAN = -1.75
OWN_MEAN_BELOW = -1.1  # the same for lines at the end of a run

LIKELY = -1.0  # a line likelier to be a title is no sign of own items, whatever else it is
SHORT_LINE = 7  # code points without punctuation, or less
LONGEST_COUNT = 24  # code points without punctuation of a line that announces a number of items
COUNTED_MARKED = 0.34  # share of the announced items that may have the marks of titles
ENDING_MARKED = 0.67  # the same where the run ends with them; any where they are all of it
FEWEST_TURNED = 2  # links to official sites, and to other pages, in one run
COUNTS = {sign: at for at, sign in enumerate("二三四五六七八九", 2)} | {"两": 2}

FEWEST_ALONE = 3  # items of a list that nothing announces
FEWEST_OWN = 2  # items of a list that the text announces
FEWEST_ASKED = 2  # questions behind what announces them
MOST_ASKING = 0.34  # of the lines before it end like questions
_PAUSE = re.compile("[，,]")
_COUNTED = re.compile(r"[\s(（]{0,2}(\d{1,3}|[①-⑳])")
_BULLET = re.compile(r"[^\w\s《“\"「]+")


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
    if all(ends_in_day(lines[at].text) or has_counter(lines[at].text) for at in entries):
        return ()  # items of the article's own have neither
    if _are_numbered(lines, entries):
        return ()  # what is numbered through is of one kind
    strange = are_unspoken(lines, entries, context, find_share(entries, context))
    if strange and not headed and weigh_before(lines, entries[0], context) >= 0:
        return ()  # none of them is the article's
    values = [_weigh(lines[at], at, context) for at in entries]
    top = context.bared[entries[0]]
    if len(top) <= LONGEST_HEADING and context.words.heading_mark.search(top):
        values[0] = max(values[0], 0.0)  # it may be the list's heading
    first = 0 if headed else _find_cut(values)
    # Behind the article's text there is nothing of its own to keep, but a last line or two.
    ended = entries[-1] > context.last_text
    if (
        ended
        and sum(values[:first]) > OWN_MEAN * first
        and weigh_before(lines, entries[0], context) >= 0
    ):
        first = 0
    # So few items that nothing announces are titles without marks, if they are not quite plain.
    if (
        first < FEWEST_ALONE
        and sum(values[:first]) > OWN * first
        and weigh_before(lines, entries[0], context) >= 0
    ):
        first = 0
    above = entries[-1] < context.first_text
    if above and weigh_before(lines, entries[0], context) >= 0:
        first = 0  # the article has not begun
    last = count if ended else count - _find_cut(values[::-1])
    if sum(values[last:]) > OWN_MEAN_BELOW * (count - last):
        last = count
    if above and last < count - 1:
        last = count  # so are items above the text, but for a heading
    if last <= first:
        first, last = _find_peak(values)
    if last - first == count:
        return ()
    return entries[first], entries[last - 1] + 1


def _are_numbered(lines: Sequence[Line], entries: Sequence[int]) -> bool:
    """Whether the lines are numbered through from one on."""
    numbers = [_COUNTED.match(lines[at].text) for at in entries]
    return all(
        number is not None and int(unicodedata.normalize("NFKC", number[1])) == place
        for place, number in enumerate(numbers, 1)
    )


def find_turns(lines: Sequence[Line], entries: Sequence[int], context: Context) -> tuple[int, ...]:
    """The indices at which links to official sites become links to other pages, or back.

    Empty unless both are several and each stands in one piece.
    """
    if not all(is_linked(lines[at]) for at in entries):
        return ()
    away = [leads_away(lines[at], context.words, context.host) for at in entries]
    # One line may hold a whole list.
    links = Counter[bool]()
    for at, is_official in zip(entries, away, strict=True):
        links[is_official] += len(lines[at].links)
    if min(links[True], links[False]) < FEWEST_TURNED:
        return ()
    turns = [place for place in range(1, len(away)) if away[place] != away[place - 1]]
    return tuple(entries[place] for place in turns) if len(turns) <= 2 else ()


def find_counted(
    lines: Sequence[Line], entries: Sequence[int], context: Context
) -> list[tuple[int, int]]:
    """The bounds of the bare lines that announce a number of items, each with so many behind it.

    In order and apart.
    """
    found: list[tuple[int, int]] = []
    limit = len(entries)
    above = _count_above(lines, entries, context)
    for place in range(limit - 1, above - 1, -1):
        at = entries[place]
        bared = context.bared[at]
        said = _count_said(bared, context) if len(bared) <= LONGEST_COUNT else 0
        end = place + 1 + said
        if not said or is_linked(lines[at]) or end > limit:
            continue
        items = entries[place + 1 : end]
        mark = context.words.title_mark
        marked = sum(mark.search(context.bared[one]) is not None for one in items)
        most = ENDING_MARKED if end == limit else COUNTED_MARKED
        if marked <= most * len(items) or (place == 0 and end == len(entries)):
            found.append((at, items[-1] + 1))
            limit = place
    if above:
        found.append((entries[0], entries[above - 1] + 1))
    return found[::-1]


def _count_said(bared: str, context: Context) -> int:
    """The number of items that a line announces at its end, at least two; 0 when it does not."""
    said = context.words.counted.search(bared)
    return (COUNTS.get(said[1]) or int(said[1])) if said else 0


def _count_above(lines: Sequence[Line], entries: Sequence[int], context: Context) -> int:
    """How many of the first entries the text right above announces by their number: 问三个问题：

    None of them names what the titles behind them speak of, as questions of the article's seldom
    do.
    """
    at = entries[0] - 1
    if at < 0 or at in context.found or not lines[at].text.endswith(COLONS):
        return 0
    count = _count_said(context.bared[at], context)
    items = entries[:count]
    if not FEWEST_OWN <= count < len(entries) or any(is_linked(lines[one]) for one in items):
        return 0
    named = any(context.words.trade.search(context.bared[one]) for one in items)
    return 0 if named else count


def find_asked(
    lines: Sequence[Line], entries: Sequence[int], context: Context
) -> list[tuple[int, int]]:
    """The bounds of the bare lines that announce questions, each with the questions behind it.

    Nothing where the lines before it end like questions, too.
    """
    asking = [lines[at].text.endswith(ASKING) for at in entries]
    before = 0  # questions before the line
    for place, at in enumerate(entries):
        bared = context.bared[at]
        before += place > 0 and asking[place - 1]
        if (
            asking[place]
            or len(bared) > LONGEST_HEADING
            or not context.words.lead_in.search(bared)
            or context.words.heading_mark.search(bared)
            or context.words.title_mark.search(bared)
            or is_linked(lines[at])
        ):
            continue
        end = place + 1
        while end < len(entries) and asking[end]:
            end += 1
        if end > place + 1 and _begin_alike(lines, entries, place):
            continue  # an item among items
        if end - place > FEWEST_ASKED and before <= MOST_ASKING * place:
            return [(at, entries[end - 1] + 1)]
    return []


def _begin_alike(lines: Sequence[Line], entries: Sequence[int], place: int) -> bool:
    """Whether a line begins with the same bullet as the one behind it."""
    one, other = (_BULLET.match(lines[entries[at]].text) for at in (place, place + 1))
    return one is not None and other is not None and one[0] == other[0]


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


def _find_peak(values: Sequence[float]) -> tuple[int, int]:
    """The bounds of the neighbouring values with the highest sum; all when none is high."""
    begin, end, most = find_window(values)
    return (begin, end) if most > PEAK else (0, len(values))


def find_window(values: Sequence[float]) -> tuple[int, int, float]:
    """The bounds of the neighbouring values with the highest sum, and that sum."""
    best, most, begin, total = (0, 0), 0.0, 0, 0.0
    for at, value in enumerate(values):
        if total <= 0:
            begin, total = at, 0.0
        total += value
        if total > most:
            best, most = (begin, at + 1), total
    return *best, most


def _weigh(line: Line, at: int, context: Context) -> float:
    """The value of a line with what its neighbours and the names in it tell."""
    value = _value(line, context.bared[at], context) + NAMED * context.named.get(at, 0.0)
    if value >= 0 or context.likeness.get(at, LIKELY) <= LIKELY:
        return value
    return 0.0 if share_of(context.bared[at], context.grams) <= STRANGE_SHARE else value


def _value(line: Line, bared: str, context: Context) -> float:
    """How much the line looks like another page's title; below zero like an own item."""
    if is_marked(bared, context.words):
        value = MARKED
    else:
        value = UNMARKED + (SHORT if len(bared) <= SHORT_LINE else 0.0)
    share = share_of(bared, context.grams)
    if share <= STRANGE_SHARE:
        value += STRANGE
    elif share >= FAMILIAR_SHARE:
        value += FAMILIAR
    return value + (PAUSED if _PAUSE.search(line.text) else 0.0)
