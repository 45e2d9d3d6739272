"""Lenders that one of two copies names and the other does not, having another name there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from crawler.dedup.alignment import ANCHOR, Alignment, Match, Replacement, align
from crawler.dedup.facts import ChangedFact
from crawler.dedup.fingerprint import LENDER_MARK, Fingerprint, bare_text
from crawler.dedup.standins import is_standin

_LEAST_NAME, LONGEST_NAME = 2, 8  # code points
_LEAST_CLAUSE = 6  # code points of a clause that stands for one with a lender's name
_LEAST_NAMED = 2  # times that an article names a lender which its copy cannot have lost by chance


def find_replaced_names(
    first: Fingerprint, second: Fingerprint, alignment: Alignment
) -> Iterator[ChangedFact]:
    """Known lenders of one text that the other names nowhere, and what stands in their place.

    What stands there is a name when it is short and no word for a lender; in a sentence that
    was said in other words it may be anything, so the article must be about the lender. An
    article that has a lender's name in its title alone is told by the title.
    """
    yield from _replaced(first, second, alignment)
    back = _replaced(second, first, _turned(alignment))
    yield from (ChangedFact(one.second, one.first) for one in back)


def surface_at(fingerprint: Fingerprint, span: tuple[int, int]) -> str:
    """The name behind the first mark in the span; what no text has when there is none."""
    at = fingerprint.bare.find(LENDER_MARK, *span)
    if at < 0:
        return LENDER_MARK
    return bare_text(fingerprint.surfaces[fingerprint.bare.count(LENDER_MARK, 0, at)], ())


def _turned(alignment: Alignment) -> Alignment:
    """The alignment as it is when the second text is the first."""
    return Alignment(
        tuple(Match(one.second, one.first, one.length) for one in alignment.matches),
        tuple(Replacement(one.second, one.first) for one in alignment.replacements),
        tuple(Replacement(one.second, one.first) for one in alignment.rewritten),
    )


def _replaced(
    named: Fingerprint, other: Fingerprint, alignment: Alignment
) -> Iterable[ChangedFact]:
    lost = _lost_names(named, other)
    if lost:
        yield from _replaced_by_names(named, other, alignment, lost)
        yield from _replaced_in_clauses(named, other, alignment, lost)
    if named.about and not other.about and not named.about & {*named.named, *other.named}:
        yield from _replaced_in_title(named.title, other.title)


def _replaced_by_names(
    named: Fingerprint, other: Fingerprint, alignment: Alignment, lost: Mapping[str, int]
) -> Iterable[ChangedFact]:
    """Names for which the other text has a short piece that may be a name."""
    for one in alignment.replacements:
        ours, theirs = _core(named.bare[slice(*one.first)], other.bare[slice(*one.second)])
        name = surface_at(named, one.first)
        if ours == LENDER_MARK and name in lost and _is_name(theirs) and theirs not in named.bare:
            yield ChangedFact(name, theirs)
    for match in alignment.matches:
        if match.length < ANCHOR or match.second < _LEAST_NAME:
            continue
        name = surface_at(named, (match.first - 1, match.first))
        before = other.bare[max(0, match.second - _LEAST_CLAUSE) : match.second]
        if match.first and name in lost and not is_standin(before):
            yield ChangedFact(name, before)


def _replaced_in_clauses(
    named: Fingerprint, other: Fingerprint, alignment: Alignment, lost: Mapping[str, int]
) -> Iterable[ChangedFact]:
    """Names in clauses that the other text says in other words, without them."""
    gained = _lost_names(other, named)
    for one in alignment.rewritten:
        name, theirs = surface_at(named, one.first), other.bare[slice(*one.second)]
        if lost.get(name, 0) >= _LEAST_NAMED and len(theirs) >= _LEAST_CLAUSE:
            yield ChangedFact(name, theirs)
        elif name in lost and surface_at(other, one.second) in gained:
            yield ChangedFact(name, surface_at(other, one.second))


def _lost_names(named: Fingerprint, other: Fingerprint) -> dict[str, int]:
    """Names of lenders that the other text does not name, and how often ours names them.

    Those that the article is about count in the title too.
    """
    forms: dict[str, set[str]] = {}
    for lender, surface in zip(named.named, named.surfaces, strict=True):
        forms.setdefault(lender, set()).add(bare_text(surface, ()))
    times = Counter(named.named)
    known = {*other.named, *other.about}
    lost: dict[str, int] = {}
    for lender, surfaces in forms.items():
        if lender in known or any(one in other.bare or one in other.title for one in surfaces):
            continue
        titled = any(one in named.title for one in surfaces)
        about = times[lender] + titled if lender in named.about else 1
        lost |= dict.fromkeys(surfaces, about)
    return lost


def _replaced_in_title(ours: str, theirs: str) -> Iterable[ChangedFact]:
    """The name that is all that two titles differ in."""
    replacements = align(ours, theirs).replacements
    if len(replacements) == 1:
        (one,) = replacements
        mine, other = _core(ours[slice(*one.first)], theirs[slice(*one.second)])
        rest = len(ours) - len(mine)
        if rest == len(theirs) - len(other) and len(mine) <= LONGEST_NAME and _is_name(other):
            yield ChangedFact(mine, other)


def _core(ours: str, theirs: str) -> tuple[str, str]:
    """The two pieces without what both begin and end with."""
    while ours and theirs and ours[0] == theirs[0]:
        ours, theirs = ours[1:], theirs[1:]
    while ours and theirs and ours[-1] == theirs[-1]:
        ours, theirs = ours[:-1], theirs[:-1]
    return ours, theirs


def _is_name(piece: str) -> bool:
    return (
        _LEAST_NAME <= len(piece) <= LONGEST_NAME
        and LENDER_MARK not in piece
        and not is_standin(piece)
    )
