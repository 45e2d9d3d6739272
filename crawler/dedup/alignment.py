"""Where two bare texts agree: matching blocks that survive reordering, and what was replaced.

A block is a stretch that stands in both texts. Two blocks that follow each other closely in
both texts enclose a replacement: the short piece of the one that stands for the short piece
of the other. Pieces that stand alone in one text are its own content.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from crawler.dedup.fingerprint import SHINGLE

MAX_REPLACEMENT = 14
"""Code points of the longest piece taken for a replacement: longer ones are other sentences.
Synonym spins replace 1 to 6 characters; two neighbours may melt into one piece."""

MAX_REWRITE = 160
"""Code points of the longest piece taken for a sentence said in other words. Sentences of advice
have 20 to 60; two that follow each other may be rewritten both."""

ANCHOR = 8  # code points of a block that tells where the text around it belongs
_ALIKE, _LONGER_BY = 0.28, 800
"""Share of characters that a sentence and its rewording have in common, and the code points of
length that ask for all of it: of sentences reworded by hand 95 in 100 have more, of neighbouring
sentences 3 in 100; two reports of one event share .33 of 80 code points and .38 of 110."""

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
    """Blocks in order of the first text, and the replacements between them.

    ``rewritten`` are the longer pieces between two blocks of some length, with whatever short
    blocks lie inside: what stands there is likely the same in other words.
    """

    matches: tuple[Match, ...]
    replacements: tuple[Replacement, ...]
    rewritten: tuple[Replacement, ...]


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
    if not matches:
        return Alignment((), (), ())
    # Both texts begin and end at the same place, so a piece there can be a replacement too.
    edges = [Match(0, 0, 0), *matches, Match(len(first), len(second), 0)]
    return Alignment(
        tuple(matches),
        tuple(_enclosed(edges, MAX_REPLACEMENT)),
        tuple(_rewritten(first, second, matches)),
    )


def _rewritten(first: str, second: str, matches: list[Match]) -> Iterable[Replacement]:
    """Pieces between blocks of some length that are longer than a replacement on either side.

    Before the first such block and behind the last one anything may stand, so that only
    pieces with like characters count there.
    """
    anchors = [match for match in matches if match.length >= ANCHOR]
    for one in _enclosed(anchors, MAX_REWRITE):
        if _is_long(one):
            yield one
    if anchors:
        yield from _before(first, second, anchors[0])
        yield from _behind(first, second, anchors[-1])


def _before(first: str, second: str, block: Match) -> Iterable[Replacement]:
    """What stands before the first block of two texts, when it is alike."""
    reach = min(block.first, block.second, MAX_REWRITE) + ANCHOR
    start, other = max(0, block.first - reach), max(0, block.second - reach)
    one = Replacement((start, block.first), (other, block.second))
    if is_reworded(first, second, one):
        yield one


def _behind(first: str, second: str, block: Match) -> Iterable[Replacement]:
    """What stands behind the last block of two texts, when it is alike."""
    start, other = block.first + block.length, block.second + block.length
    reach = min(len(first) - start, len(second) - other, MAX_REWRITE) + ANCHOR
    end, until = min(len(first), start + reach), min(len(second), other + reach)
    one = Replacement((start, end), (other, until))
    if is_reworded(first, second, one):
        yield one


def is_reworded(first: str, second: str, one: Replacement) -> bool:
    """Whether two pieces say the same in other words, judged by the characters they share."""
    ours, theirs = first[slice(*one.first)], second[slice(*one.second)]
    return likeness(ours, theirs) >= _ALIKE + (len(ours) + len(theirs)) / 2 / _LONGER_BY


def likeness(ours: str, theirs: str) -> float:
    """The share (0 to 1) of the characters of both texts that stand in both, each counted once."""
    return 2 * (Counter(ours) & Counter(theirs)).total() / max(1, len(ours) + len(theirs))


def _is_long(one: Replacement) -> bool:
    """Whether both texts have a piece there, and one of them more than a replacement's."""
    ours, theirs = one.first[1] - one.first[0], one.second[1] - one.second[0]
    return min(ours, theirs) > 0 and max(ours, theirs) > MAX_REPLACEMENT


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


def _enclosed(matches: list[Match], longest: int) -> list[Replacement]:
    """The pieces of at most this length between blocks that follow each other in both texts."""
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
        if min(ours, theirs) >= 0 and 0 < max(ours, theirs) <= longest:
            found.append(Replacement((a0, a1), (b0, b1)))
    return found
