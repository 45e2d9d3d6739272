"""Where two bare texts agree: matching blocks that survive reordering, and what was replaced.

A block is a stretch that stands in both texts. Two blocks that follow each other closely in
both texts enclose a replacement: the short piece of the one that stands for the short piece
of the other. Pieces that stand alone in one text are its own content.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from crawler.dedup.fingerprint import SHINGLE

MAX_REPLACEMENT = 14
"""Code points of the longest piece taken for a replacement: longer ones are other sentences.
Synonym spins replace 1 to 6 characters; two neighbours may melt into one piece."""

_MAX_OCCURRENCES = 12  # positions tried for a shingle that stands more than once


@dataclass(frozen=True, slots=True)
class Match:
    """``length`` code points that stand at ``first`` in one text and ``second`` in the other."""

    first: int
    second: int
    length: int


@dataclass(frozen=True, slots=True)
class Replacement:
    """Half-open spans in the two texts between blocks that follow each other in both."""

    first: tuple[int, int]
    second: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Blocks in order of the first text, and the replacements between them."""

    matches: tuple[Match, ...]
    replacements: tuple[Replacement, ...]


def align(first: str, second: str) -> Alignment:
    """The alignment of two bare texts. Linear in their length; empty texts give no blocks."""
    positions = _positions(second)
    matches: list[Match] = []
    used_until = 0
    at = 0
    limit = len(first) - SHINGLE
    expected = 0
    while at <= limit:
        found = positions.get(first[at : at + SHINGLE])
        if not found:
            at += 1
            continue
        match = _longest(first, second, at, found, expected)
        back = _extend_back(first, second, match, used_until)
        matches.append(back)
        at = used_until = back.first + back.length
        expected = back.second + back.length
    # Both texts begin and end at the same place, so a piece there can be a replacement too.
    edges = [Match(0, 0, 0), *matches, Match(len(first), len(second), 0)]
    return Alignment(tuple(matches), tuple(_replacements(edges)))


def _positions(text: str) -> dict[str, list[int]]:
    positions: dict[str, list[int]] = defaultdict(list)
    for at in range(len(text) - SHINGLE + 1):
        found = positions[text[at : at + SHINGLE]]
        if len(found) < _MAX_OCCURRENCES:
            found.append(at)
    return dict(positions)


def _longest(first: str, second: str, at: int, found: list[int], expected: int) -> Match:
    """The longest block that starts here; among equals the one nearest to where we expect it."""
    best = Match(at, found[0], 0)
    best_rank = (-1, 0)
    for other in found:
        length = _common_length(first, second, at, other)
        near = 0 <= other - expected <= MAX_REPLACEMENT
        rank = (length + (8 if near else 0), -abs(other - expected))
        if rank > best_rank:
            best, best_rank = Match(at, other, length), rank
    return best


def _common_length(first: str, second: str, at: int, other: int) -> int:
    limit = min(len(first) - at, len(second) - other)
    length = SHINGLE
    while length < limit and first[at + length] == second[other + length]:
        length += 1
    return length


def _extend_back(first: str, second: str, match: Match, floor: int) -> Match:
    """The block extended to the left over code points that no block has yet."""
    start, other = match.first, match.second
    while start > floor and other > 0 and first[start - 1] == second[other - 1]:
        start -= 1
        other -= 1
    return Match(start, other, match.length + match.first - start)


def _replacements(matches: list[Match]) -> list[Replacement]:
    found: list[Replacement] = []
    for left, right in pairwise(matches):
        a0, b0 = left.first + left.length, left.second + left.length
        a1, b1 = right.first, right.second
        # Extending to the left may have moved the right block over the left one's end.
        if b1 < b0:
            overlap = b0 - b1
            if overlap > SHINGLE or overlap >= right.length:
                continue
            a1, b1 = a1 + overlap, b0
        ours, theirs = a1 - a0, b1 - b0
        if min(ours, theirs) >= 0 and 0 < max(ours, theirs) <= MAX_REPLACEMENT:
            found.append(Replacement((a0, a1), (b0, b1)))
    return found
