"""Tells an article's own list by what follows: the text takes up its items one after another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set

from crawler.linklists.context import Context, grams_of
from crawler.linklists.headings import is_list_heading
from crawler.linklists.line import Line
from crawler.linklists.shapes import is_date, is_title_like, is_unanswered
from crawler.linklists.stretches import COUNTS
from crawler.model import BlockType
from crawler.pagewords import bare

FEWEST_TAKEN = 3  # items of a list
TAKEN_SHARE = 0.6  # of the items are taken up
MOST_TAKEN = 60  # neighbouring lines that are looked at
OPENING = 16  # code points without punctuation at the beginning of a line
LINES_BELOW = 60  # the text that is looked through
_STOP = "。"
LONGEST_STATUTE = 80  # code points of a line that names one
_STATUTE = re.compile(
    r"(?:[\d一二三四五六七八九十]{1,3}[.、．]|[(（][\d一二三四五六七八九十]{1,3}[)）]|\W)?\s*[^\W\d]{0,16}"
    r"《([^《》]{2,60}(?:《[^《》]{2,30}》[^《》]{0,40})?)》(?:[(（][^()（）]{1,24}[)）])?"
    r"(?:第[\d一二三四五六七八九十百千零〇之条款项、第至和]{1,30})?[;；,，、]?"
)
_REFERENCE = re.compile(r"\s*[\[［]([1-9]\d?)[\]］]\s*\S")
_BODY = re.compile(r"\W{0,2}[^\W\d]{4,20}关于")


def find_taken(lines: Sequence[Line], context: Context) -> set[int]:
    """The indices of the bare lines that the text below takes up, and of those among them.

    Sentences begin with words of one line after another, which no other line has and which are
    no marks of titles. A sentence takes up one line at most. As many as it counts right above it
    are an article's own, too, unless one names what other pages speak of.
    """
    found = find_named(lines, context)
    openings: dict[int, Set[str]] = {}
    at = 0
    while at <= context.last_text:
        end = at
        while end < len(lines) and end - at < MOST_TAKEN and _is_bare(lines, end, context):
            end += 1
        recalled = range(end - _count_recalled(end, context), end)
        if (
            recalled
            and at <= recalled.start
            and not any(_names_trade(one, context) for one in recalled)
        ):
            found.update(recalled)
        elif end - at >= FEWEST_TAKEN:
            taken = _find_flags(lines, range(at, end), context, openings)
            begin, stop = _find_window(taken)
            found.update(range(at + begin, at + stop))
        at = max(end, at + 1)
    return found


def find_named(lines: Sequence[Line], context: Context) -> set[int]:
    """The indices of the bare lines that each are the name of a statute, as texts refer to them.

    It stands in book marks, perhaps behind the body that gave it and before a provision of it;
    a name without these, as bodies write it, counts beside such a line.
    """
    named = [_names_statute(line, context) for line in lines]
    found = {at for at, is_named in enumerate(named) if is_named}
    found |= _find_references(lines)
    heads = context.words.own_heads
    found.update(at for at, one in enumerate(context.bared) if one in heads and not lines[at].links)
    for at, line in enumerate(lines if any(named) else ()):
        if at in found or line.links or len(line.text) > LONGEST_STATUTE:
            continue
        beside = (at > 0 and named[at - 1]) or (at + 1 < len(lines) and named[at + 1])
        if beside and _BODY.match(line.text) and context.words.paper_end.search(context.bared[at]):
            found.add(at)
    return found


def _find_references(lines: Sequence[Line]) -> set[int]:
    """The lines numbered through in brackets as works that a text cites: [1] …, [2] …."""
    found: set[int] = set()
    for at in range(1, len(lines)):
        number = _REFERENCE.match(lines[at].text)
        before = number and _REFERENCE.match(lines[at - 1].text)
        if number and before and int(number[1]) == int(before[1]) + 1:
            found.update((at - 1, at))
    return found


def _names_statute(line: Line, context: Context) -> bool:
    if "》" not in line.text or line.links or len(line.text) > LONGEST_STATUTE:
        return False
    if line.type is BlockType.TABLE_ROW:
        return False
    name = _STATUTE.fullmatch(line.text)
    return name is not None and context.words.paper_end.search(bare(name[1])) is not None


def _count_recalled(at: int, context: Context) -> int:
    """How many lines above it the text means, at least two: 以上四项有一项对不上……; 0 if none."""
    said = context.words.recalled.match(context.bared[at]) if at <= context.last_text else None
    return (COUNTS.get(said[1]) or int(said[1])) if said else 0


def _names_trade(at: int, context: Context) -> bool:
    """Whether a line names what other pages' titles speak of, as an article's items seldom do."""
    return context.words.trade.search(context.bared[at]) is not None


def _is_bare(lines: Sequence[Line], at: int, context: Context) -> bool:
    line = lines[at]
    return (
        not line.links
        and line.type is not BlockType.TABLE_ROW
        and (is_title_like(line) or is_unanswered(lines, at))
        and not is_date(line)
        and not is_list_heading(line, context.bared[at], context.words)
    )


def _find_flags(
    lines: Sequence[Line], entries: range, context: Context, openings: dict[int, Set[str]]
) -> list[bool]:
    """Whether each entry is taken up, in their order, by a sentence of its own behind them."""
    own = [_find_said(context.bared[at], context) for at in entries]
    often = Counter(gram for grams in own for gram in grams)
    place, last = entries.stop, min(entries.stop + LINES_BELOW, context.last_text + 1)
    flags: list[bool] = []
    for grams in own:
        rare = {gram for gram in grams if often[gram] == 1}
        hit = -1
        for at in range(place, last):
            if at not in openings:
                said = context.bared[at][:OPENING] if _STOP in lines[at].text else ""
                openings[at] = grams_of(said)
            if not rare.isdisjoint(openings[at]):
                hit = at
                break
        flags.append(hit >= 0)
        place = hit + 1 if hit >= 0 else place
    return flags


def _find_window(flags: list[bool]) -> tuple[int, int]:
    """The bounds of the longest stretch most of which is taken up; one entry is not left over."""
    places = [at for at, flag in enumerate(flags) if flag]
    best = (0, 0)
    for low, begin in enumerate(places):
        for high in range(len(places) - 1, low + FEWEST_TAKEN - 2, -1):
            end = places[high] + 1
            if end - begin <= best[1] - best[0]:
                break
            if high - low + 1 >= TAKEN_SHARE * (end - begin):
                best = (begin, end)
                break
    begin, end = best
    if end:
        begin = 0 if begin == 1 else begin
        end = len(flags) if end == len(flags) - 1 else end
    return begin, end


def _find_said(bared: str, context: Context) -> set[str]:
    """The pairs of characters of what an entry says beside the marks of titles."""
    parts = context.words.title_mark.sub("\n", bared).split("\n")
    return {gram for part in parts for gram in grams_of(part)}
