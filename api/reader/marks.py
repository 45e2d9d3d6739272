"""An article's blocks cut where something is to be marked in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a block: plain text, a citation, or a phone number that is hidden."""

    text: str
    citation: Json | None = None
    number: int = 0  # of the citation in the list below the article, from 1
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    citation: Json | None = None
    number: int = 0


def number_citations(citations: Sequence[Json]) -> tuple[list[Json], list[int]]:
    """Each different citation once, and for every one given its number (from 1) among them."""
    numbers: dict[tuple[object, ...], int] = {}
    different: list[Json] = []
    found: list[int] = []
    for one in citations:
        key = one["target"] or one["text"], one["provision"], one["status"]
        if key not in numbers:
            different.append(one)
            numbers[key] = len(different)
        found.append(numbers[key])
    return different, found


def cut_blocks(
    texts: Sequence[str], citations: Sequence[Json], contacts: Iterable[Json]
) -> list[list[Segment]]:
    """For each text its segments; offsets count code points of the texts joined by line breaks."""
    _, numbers = number_citations(citations)
    marks = [
        _Mark(one["start"], one["end"], one, number)
        for one, number in zip(citations, numbers, strict=True)
    ]
    taken = [(one.start, one.end) for one in marks]
    for one in contacts:
        span = one["start"], one["end"]
        if one["status"] == "unverified" and not any(_overlap(span, other) for other in taken):
            marks.append(_Mark(*span))
    marks.sort(key=lambda mark: mark.start)
    pieces: list[list[Segment]] = []
    offset = 0
    for text in texts:
        pieces.append(_cut(text, offset, marks))
        offset += len(text) + 1
    return pieces


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _cut(text: str, offset: int, marks: Sequence[_Mark]) -> list[Segment]:
    segments: list[Segment] = []
    at = 0
    for mark in marks:
        start, end = mark.start - offset, mark.end - offset
        if start < at or end > len(text):
            continue
        if start > at:
            segments.append(Segment(text[at:start]))
        hidden = mark.citation is None
        segments.append(Segment(text[start:end], mark.citation, mark.number, hidden))
        at = end
    if at < len(text) or not segments:
        segments.append(Segment(text[at:]))
    return segments
