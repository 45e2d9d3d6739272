"""Tells headings of lists of other pages from an article's own, by their words and places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from crawler.linklists.above import ASKING, COLONS, LONGEST_HEADING, ends_in_colon, points_away
from crawler.linklists.context import Context, share_of
from crawler.linklists.few import is_marked
from crawler.linklists.hosts import leads_away
from crawler.linklists.line import Line, Style, style_of
from crawler.linklists.own_headings import find_styles, keep_headings
from crawler.linklists.runs import Run
from crawler.linklists.shapes import ITEMS, NUMBER, are_columns, is_date, is_linked, is_title_like
from crawler.model import BlockType, RemovalReason
from crawler.pagewords import PageWords

FOREIGN_SHARE = 0.4  # of the pairs of characters of a title below a heading in doubt, at most
ODD_SHARE = 0.2  # of the pairs of characters of such a heading, at most
UNLIKE_SHARE = 0.5  # the same where the article's own headings look otherwise
LONGEST_ODD = 12  # code points without punctuation of a heading of unknown words

_SENTENCE = re.compile("[。！？?!，,；;：:]")


def find_headings(lines: Sequence[Line], run: Run, context: Context) -> list[int]:
    """The places inside a run's stretch at which a list of its own begins, or one ends.

    Below a heading in doubt only titles that are plainly other pages' belong to it.
    """
    places: list[int] = []
    for at in range(run.start, run.end):
        if is_list_heading(lines[at], context.bared[at], context.words):
            places.append(at)
        elif context.bared[at] in context.words.heading_weak:
            end = at + 1
            while end < run.end and _is_plainly_foreign(lines[end], end, context):
                end += 1
            places.extend((at, end) if end > at + 1 else (at,))
    return sorted(set(places))


def is_list_heading(line: Line, bared: str, words: PageWords) -> bool:
    """Whether the line is a heading that such lists have."""
    if len(line.text) > 24:
        return False
    if bared in words.heading_whole or words.heading_framed.fullmatch(bared):
        return True
    return len(bared) <= 14 and bared.startswith(words.heading_starts)


def heads(lines: Sequence[Line], at: int, run: Run, context: Context) -> bool:
    """Whether a line is the heading of the entries of a run behind it.

    One that may be the article's own is, where the titles below it are plainly other pages'.
    """
    if is_list_heading(lines[at], context.bared[at], context.words):
        return True
    if context.bared[at] not in context.words.heading_weak:
        return False
    below = [one for one in run.entries if one > at]
    return bool(below) and all(_is_plainly_foreign(lines[one], one, context) for one in below)


def heads_official(lines: Sequence[Line], run: Run, context: Context) -> bool:
    """Whether a run is a heading of such lists over links all of which lead to official sites.

    Such links are the article's own references, whatever it calls them, but not a site's friends.
    """
    inside = is_list_heading(lines[run.start], context.bared[run.start], context.words)
    start = run.start + inside
    above = max(0, start - 1)
    if not inside and not is_list_heading(lines[above], context.bared[above], context.words):
        return False
    entries = [at for at in run.entries if at >= start]
    if not entries or context.words.friends.search(context.bared[above]):
        return False
    return all(leads_away(lines[at], context.words, context.host) for at in entries)


def _is_plainly_foreign(line: Line, at: int, context: Context) -> bool:
    """Whether a line has the marks of a title, asks nothing, and the article speaks of less."""
    bared = context.bared[at]
    if is_linked(line):
        return True
    return (
        not line.text.endswith(ASKING)
        and is_marked(bared, context.words)
        and share_of(bared, context.grams) <= FOREIGN_SHARE
    )


def drop_headings(lines: Sequence[Line], context: Context, found: dict[int, RemovalReason]) -> None:
    """Headings of such lists go with them; those that say so plainly go alone, too."""
    for at in range(len(lines) - 1):
        # The columns' heads of a table that went.
        if at not in found and at + 1 in found and are_columns(lines[at], context.words):
            found[at] = RemovalReason.LINK_LIST
    keep_headings(lines, context, found)
    kept = [at for at in range(len(lines)) if at not in found and not is_date(lines[at])]
    shapes = Counter(_place_of(lines[at]) for at in kept)
    first, last = (kept[0], kept[-1]) if kept else (-1, -1)  # none where only days are left
    heads = find_styles(lines, found)
    for at, line in enumerate(lines):
        if at in found:
            continue
        bared = context.bared[at]
        above = at + 1 in found and found[at + 1] is not RemovalReason.LIST_HEADING
        alone = bared in context.words.heading_whole and not _stays_official(lines, at + 1, context)
        if alone or (
            above
            and not _leads(lines, at, context)
            and not _is_own_section(line, bared, context, heads, ending=at == last)
            and (
                _may_head(line, bared, context.words)
                or _announces_nothing(lines, at, context, opening=at == first)
                or _is_heading_of_none(lines, at, context, heads, ending=at == last)
                or _is_odd_heading(
                    line,
                    bared,
                    context,
                    alone=shapes[_place_of(line)] == 1
                    or at == first
                    or _is_behind_colon(lines, at),
                    ending=at == last,
                )
            )
        ):
            found[at] = RemovalReason.LIST_HEADING


def _stays_official(lines: Sequence[Line], at: int, context: Context) -> bool:
    """Whether links to official sites stand there, which stay."""
    if at >= len(lines) or at in context.found:
        return False
    return leads_away(lines[at], context.words, context.host)


def _leads(lines: Sequence[Line], at: int, context: Context) -> bool:
    """Whether the line announces the items that stand below a list which went."""
    line, bared = lines[at], context.bared[at]
    if not ends_in_colon(line) or not context.words.lead_in.search(bared):
        return False
    below = _find_below(lines, at, context)
    items = lines[below : below + 2]
    if len(items) < 2 or items[0].shape != items[1].shape or not all(map(is_title_like, items)):
        return False
    if items[0].type is BlockType.LIST_ITEM:
        return True
    away = points_away(line, bared, context.words)
    return items[0].type is not BlockType.HEADING and not away


def _find_below(lines: Sequence[Line], at: int, context: Context) -> int:
    """The index of the first line below that stays; past the end where none does."""
    below = at + 1
    while below < len(lines) and below in context.found:
        below += 1
    return below


def _is_behind_colon(lines: Sequence[Line], at: int) -> bool:
    """Whether the line stands right below one that announces what cannot be this line."""
    return at > 0 and ends_in_colon(lines[at - 1])


def _announces_nothing(lines: Sequence[Line], at: int, context: Context, *, opening: bool) -> bool:
    """Whether a word or two before a colon have no list but the one that went, or open the text.

    Nothing in them announces a list of the article's own or is what the article speaks of, and
    text follows that list.
    """
    line, bared = lines[at], context.bared[at]
    if len(bared) > LONGEST_ODD or not ends_in_colon(line):
        return False
    if NUMBER.match(line.text) or context.words.lead_in.search(bared):
        return False
    if opening:
        return True
    below = _find_below(lines, at, context)
    followed = below < len(lines) and not is_title_like(lines[below])
    return followed and share_of(bared, context.grams) <= ODD_SHARE


def _may_head(line: Line, bared: str, words: PageWords) -> bool:
    """Whether a line right above a list of other pages is its heading."""
    if is_list_heading(line, bared, words) or bared in words.heading_weak:
        return True
    if points_away(line, bared, words):
        return True
    return (
        len(bared) <= LONGEST_HEADING
        and line.type not in ITEMS
        and not line.text.endswith("。")
        and words.heading_mark.search(bared) is not None
        and NUMBER.match(line.text) is None
    )


def _is_own_section(
    line: Line, bared: str, context: Context, heads: Counter[Style], *, ending: bool
) -> bool:
    """Whether a heading looks like the article's ``heads``, and says what the text does."""
    set_off = line.type is BlockType.HEADING or style_of(line).bold
    if ending or line.type in ITEMS or not heads[style_of(line)]:
        return False
    listed = is_list_heading(line, bared, context.words) or bared in context.words.heading_weak
    if listed or (not set_off and points_away(line, bared, context.words)):
        return False
    return share_of(bared, context.grams) > (ODD_SHARE if set_off else FOREIGN_SHARE)


def _is_heading_of_none(
    lines: Sequence[Line],
    at: int,
    context: Context,
    heads: Counter[Style],
    *,
    ending: bool,
) -> bool:
    """Whether a short line between a sentence and such a list heads nothing of the article.

    It looks unlike the article's ``heads``, or the article says nothing of what it says.
    """
    line, bared = lines[at], context.bared[at]
    if (
        len(bared) > LONGEST_ODD
        or line.links
        or line.type in ITEMS
        or _SENTENCE.search(line.text)
        or NUMBER.match(line.text)
    ):
        return False
    above = at - 1
    while above >= 0 and above in context.found:
        above -= 1
    if above >= 0 and is_title_like(lines[above]):
        return False  # the last of several short lines
    share = share_of(bared, context.grams)
    if heads and not heads[style_of(line)]:
        return share <= UNLIKE_SHARE
    if ending:
        return share <= ODD_SHARE
    return (
        not share and bool(heads) and line.type is not BlockType.HEADING and not style_of(line).bold
    )


def _place_of(line: Line) -> str:
    """The kind of element that the line's own element stands in; the line's indent in dumps."""
    return line.shape.partition(">")[0]


def _is_odd_heading(line: Line, bared: str, context: Context, *, alone: bool, ending: bool) -> bool:
    """Whether a line right above such a list is its heading, whatever it says.

    It stands where none of the lines does that stay, or above them all (``alone``), and says
    nothing which the article speaks of, or no line stays below it (``ending``).
    """
    text = line.text.rstrip()
    said = text[:-1] if (ending or alone) and text.endswith(COLONS) else text
    if len(bared) > LONGEST_ODD or _SENTENCE.search(said) or NUMBER.match(line.text):
        return False
    if ending:
        return alone or line.type is BlockType.HEADING or line.bold_size > 0
    return (alone or line.text.startswith("【")) and not share_of(bared, context.grams)
