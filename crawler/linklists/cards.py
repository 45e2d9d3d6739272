"""Finds cards: groups of lines of one pattern, as lists of other pages with excerpts have."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.linklists.line import Line
from crawler.linklists.runs import Run, is_date, is_linked, is_title_like

SHORTEST_PATTERN = 2  # lines of a card
LONGEST_PATTERN = 6
FEWEST_CARDS = 3
LONGEST_SCRAP = 6  # code points of a category or counter
LONGEST_EXCERPT = 160  # code points


def find_cards(lines: Sequence[Line]) -> list[Run]:
    """The stretches in which lines of the same shapes repeat, each time with a linked title.

    A title without a link counts where every card has a date. Runs are in order and apart.
    """
    shapes = [line.shape for line in lines]
    runs: list[Run] = []
    at = 0
    while at + SHORTEST_PATTERN * FEWEST_CARDS <= len(lines):
        run = _find_at(lines, shapes, at)
        if run is None:
            at += 1
        else:
            runs.append(run)
            at = run.end
    return runs


def _find_at(lines: Sequence[Line], shapes: list[str], start: int) -> Run | None:
    if not is_title_like(lines[start]) and not is_date(lines[start]):
        return None
    for size in range(SHORTEST_PATTERN, LONGEST_PATTERN + 1):
        pattern = shapes[start : start + size]
        if (
            len(set(pattern)) < SHORTEST_PATTERN
            or pattern != shapes[start + size : start + 2 * size]
        ):
            continue
        end = start + size
        while shapes[end : end + size] == pattern:
            end += size
        if (end - start) // size >= FEWEST_CARDS and _are_cards(lines[start:end], size):
            titles = _title_places(lines[start:end], size)
            entries = tuple(at for at in range(start, end) if (at - start) % size in titles)
            first, last = _widen(lines, pattern, start, end)
            return Run(first, last, entries, cards=True)
    return None


def _widen(lines: Sequence[Line], pattern: list[str], start: int, end: int) -> tuple[int, int]:
    """The bounds with what is left of a card at either end: a title or excerpt, a date."""
    place = 0
    while (
        place < len(pattern)
        and end < len(lines)
        and lines[end].shape == pattern[place]
        and (
            place > 0 or is_linked(lines[end - 1]) or is_linked(lines[end]) or _is_scrap(lines[end])
        )
    ):
        end, place = end + 1, place + 1
    place = len(pattern) - 1
    while (
        place > 0
        and start > 0
        and lines[start - 1].shape == pattern[place]
        and _is_scrap(lines[start - 1])
    ):
        start, place = start - 1, place - 1
    return start, end


def _is_scrap(line: Line) -> bool:
    return is_date(line) or len(line.text) <= LONGEST_SCRAP


def _title_places(lines: Sequence[Line], size: int) -> set[int]:
    """The places in the pattern that hold the titles: linked ones before bare ones."""
    linked = {place for place in range(size) if all(map(is_linked, lines[place::size]))}
    if linked:
        return linked
    bare = [
        place
        for place in range(size)
        if all(is_title_like(line) and not is_date(line) for line in lines[place::size])
    ]
    return set(bare[:1])


def _are_cards(lines: Sequence[Line], size: int) -> bool:
    if any(len(line.text) > LONGEST_EXCERPT for line in lines):
        return False
    if not _title_places(lines, size):
        return False
    if any(all(map(is_linked, lines[place::size])) for place in range(size)):
        return True
    return any(all(map(is_date, lines[place::size])) for place in range(size))
