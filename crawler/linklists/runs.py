"""Finds runs of lines that look like titles of other pages, cards included."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from unicodedata import category

from crawler.linklists.line import Line
from crawler.linklists.shapes import (
    CELLS,
    ITEM_NUMBER,
    ends_in_day,
    find_spaced,
    has_telephone,
    is_date,
    is_excerpt,
    is_linked,
    is_title_like,
    is_unanswered,
    share_stroke,
)
from crawler.model import BlockType

PAIR = 2  # titles in one line

BULLETS = (
    "·",
    "•",
    "●",
    "◆",
    "■",
    "▪",
    "▶",
    "○",
    "★",
    "☆",
    "※",
    "-",
    "*",
    ">",
    "»",
    "—",
    "–",
    "→",
    "☞",
    "👉",
)


_FIRST = re.compile(r"\s*(?:1\s*[、．.)）](?!\d)|[(（]1[)）]|①)")
SYMBOL = "So"  # the category of pictures, stars and boxes


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring lines ``start`` to ``end`` (half-open) that may be a list of titles.

    ``entries`` are the indices of the titles among them; the rest are their excerpts,
    categories and dates. ``cards`` tells whether there are such.
    """

    start: int
    end: int
    entries: tuple[int, ...]
    cards: bool


def find_runs(lines: Sequence[Line], gone: Container[int] = ()) -> list[Run]:
    """All maximal runs of title-like lines and cards, in order; they do not overlap.

    No run reaches over an index in ``gone``.
    """
    runs: list[Run] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and end not in gone and _is_entry(lines, end):
            end += 1
        if end == at:
            at += 1
            continue
        runs.extend(_split(lines, at, end))
        at = end
    return runs


def _is_entry(lines: Sequence[Line], at: int) -> bool:
    line = lines[at]
    return is_title_like(line) or is_excerpt(line) or is_date(line) or is_unanswered(lines, at)


def _split(lines: Sequence[Line], start: int, end: int) -> list[Run]:
    """The stretch as runs: cards as one, titles divided where their shape changes."""
    dates = sum(is_date(lines[at]) for at in range(start, end))
    excerpts = sum(is_excerpt(lines[at]) for at in range(start, end))
    if dates + excerpts >= 3 and (excerpts >= 2 or dates >= 3):
        first, last = _find_card_bounds(lines, start, end)
        entries = tuple(at for at in range(first, last) if not is_date(lines[at]))
        cards = Run(first, last, entries, cards=True)
        return [*_divide(lines, start, first), cards, *_divide(lines, last, end)]
    return _divide(lines, start, end)


def _find_card_bounds(lines: Sequence[Line], start: int, end: int) -> tuple[int, int]:
    """Where the cards begin, with the first one's title, and where the last one ends."""
    parts = [at for at in range(start, end) if is_date(lines[at]) or is_excerpt(lines[at])]
    first, last = parts[0], parts[-1] + 1
    while (
        first > start
        and not is_date(lines[first - 1])
        and (lines[first - 1].type is BlockType.TABLE_ROW)
        == (lines[first].type is BlockType.TABLE_ROW)
        and (first == parts[0] or is_linked(lines[first - 1]) or ends_in_day(lines[first - 1].text))
    ):
        first -= 1
    shapes = {lines[at].shape for at in range(first, last)}
    while (
        last < end
        and lines[last].shape in shapes
        and (is_linked(lines[last]) or ends_in_day(lines[last].text))
    ):
        last += 1
    return first, last


def _divide(lines: Sequence[Line], start: int, end: int) -> list[Run]:
    """The stretch divided where the lines' shape changes."""
    if start == end:
        return []
    runs: list[Run] = []
    begin = start
    for at in range(start + 1, end + 1):
        if at == end or is_apart(lines[at], lines[begin]) or _starts_anew(lines, at):
            runs.append(Run(begin, at, tuple(range(begin, at)), cards=False))
            begin = at
    return runs


def _starts_anew(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the first item of a list that touches the list above it."""
    return _FIRST.match(lines[at].text) is not None and bool(
        ITEM_NUMBER.match(lines[at - 1].text) and not _FIRST.match(lines[at - 1].text)
    )


def is_apart(one: Line, other: Line) -> bool:
    """Whether two lines are of different lists by how they look and begin."""
    rows = (one.type is BlockType.TABLE_ROW, other.type is BlockType.TABLE_ROW)
    if rows[0] is not rows[1] and not all(map(CELLS.search, (one.text, other.text))):
        return True  # the last row of a dump's table may have fewer cells
    # How much of a table's row is a link differs with the title's length.
    linked = rows[0] and is_linked(one) and is_linked(other)
    if linked or (one.links and other.links and one.links[-1].text == other.links[-1].text):
        apart = one.shape.removesuffix(">a") != other.shape.removesuffix(">a")
    else:
        apart = one.shape != other.shape
    if apart:
        return True
    # A space in a title may part it in two; more titles in a line are another list's.
    if _is_row(one) != _is_row(other) and not share_stroke(one, other):
        return True
    if one.links or other.links:
        return False
    return _marks_of(one.text) != _marks_of(other.text)


def _is_row(line: Line) -> bool:
    return len(find_spaced(line)) > PAIR


def _marks_of(text: str) -> tuple[bool, bool, bool, bool, bool]:
    """Whether a line has an item's number or bullet, a number to call, book marks or an address."""
    return (
        ITEM_NUMBER.match(text) is not None,
        text.startswith(BULLETS) or category(text[:1] or " ") == SYMBOL,
        has_telephone(text),
        text.startswith("《") and text.endswith("》"),
        "://" in text,
    )
