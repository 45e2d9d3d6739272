"""The verdict on a pair of articles, with its reasons."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from crawler.dedup.alignment import Alignment, align, is_reworded
from crawler.dedup.differences import find_swapped_names
from crawler.dedup.facts import ChangedFact, find_changed_facts
from crawler.dedup.fingerprint import LENDER_MARK, Fingerprint
from crawler.dedup.overlap import most_common

WHOLE = 0.88
"""Share of the smaller article that must stand in the other for both to say the same, when
nothing else speaks for it. Copies keep .9 and more; sharers of boilerplate paragraphs have
an article of their own beside it. Re-measure pair F1 and merged sharers after a change."""

SCATTERED = 0.62
"""The same share when what differs is scattered in short pieces (spins, deletions) or the
titles agree, and no long stretch of own content stands on both sides."""

REWORDED = 0.8
"""The same share when sentences said in other words count too. Copies with half of their
sentences reworded keep .85 and more; re-measure merged sharers after a change."""

SIBLING = 0.5
"""Share above which two articles about different lenders count as one template."""

_DOUBT = 0.02
"""By so much the bound may fall short of an alignment whose replacements overlap; measured on
32,000 pairs it did so once, by .003."""

_LITTLE = 0.12  # share of a text that may stand in such stretches

OWN_STRETCH = 60
"""Code points: a longer stretch that only one text has is content of its own."""


class Relation(StrEnum):
    """What two articles are to each other."""

    SAME = "same"
    SIBLING = "sibling"  # the same template for another lender or fact
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The relation of two articles and why.

    ``containment`` is the share (0 to 1) of the smaller text that stands in the larger one,
    ``resemblance`` the share of both together that they have in common; both are upper bounds
    when the texts have so little in common that they were not aligned. ``reason`` is a fixed
    word; ``changed`` names the facts or names that were exchanged.
    """

    relation: Relation
    reason: str
    containment: float
    resemblance: float
    changed: tuple[ChangedFact, ...] = ()


@dataclass(frozen=True, slots=True)
class _Overlap:
    """``own`` is the share of the one text, of both the less, that stands in long stretches
    which the other does not have; ``reworded`` the containment when sentences said in other
    words count, and ``own_reworded`` what is own then."""

    containment: float
    resemblance: float
    own: float
    reworded: float
    own_reworded: float


def compare(
    first: Fingerprint, second: Fingerprint, places: frozenset[str] = frozenset()
) -> Verdict:
    """The verdict on two articles; the same whichever comes first. Never raises.

    ``places`` are names of places besides those that the dictionary knows as such.
    """
    if (first.digest, first.title) > (second.digest, second.title):
        first, second = second, first
    if not first.bare or not second.bare:
        return Verdict(Relation.DIFFERENT, "empty", 0.0, 0.0)
    if first.digest == second.digest:
        return Verdict(Relation.SAME, "identical", 1.0, 1.0)
    most = most_common(first.bare, second.bare)
    if most < SIBLING - _DOUBT:
        return Verdict(Relation.DIFFERENT, "other_text", most, most)
    alignment = align(first.bare, second.bare)
    overlap = _overlap(alignment, first.bare, second.bare)
    similar = _is_similar(overlap)
    if not similar and overlap.containment < SIBLING:
        return Verdict(Relation.DIFFERENT, "other_text", overlap.containment, overlap.resemblance)
    changed, reason = _find_conflict(first, second, alignment, places)
    if reason:
        return Verdict(Relation.SIBLING, reason, overlap.containment, overlap.resemblance, changed)
    if not similar:
        return Verdict(
            Relation.DIFFERENT, "shared_passages", overlap.containment, overlap.resemblance
        )
    reason = "contained" if overlap.resemblance < SCATTERED else "resembles"
    return Verdict(Relation.SAME, reason, overlap.containment, overlap.resemblance)


def _overlap(alignment: Alignment, first: str, second: str) -> _Overlap:
    """How much of each text the other has; a replaced piece counts as half."""
    ours = [(match.first, match.first + match.length) for match in alignment.matches]
    theirs = [(match.second, match.second + match.length) for match in alignment.matches]
    replaced_first = sum(r.first[1] - r.first[0] for r in alignment.replacements)
    replaced_second = sum(r.second[1] - r.second[0] for r in alignment.replacements)
    covered_first, own_first = _coverage(ours, len(first))
    covered_second, own_second = _coverage(theirs, len(second))
    union = len(first) + len(second) - min(covered_first, covered_second)
    reworded = [one for one in alignment.rewritten if is_reworded(first, second, one)]
    with_first, left_first = _coverage([*ours, *(one.first for one in reworded)], len(first))
    with_second, left_second = _coverage([*theirs, *(one.second for one in reworded)], len(second))
    return _Overlap(
        containment=min(
            1.0,
            max(
                (covered_first + replaced_first / 2) / len(first),
                (covered_second + replaced_second / 2) / len(second),
            ),
        ),
        resemblance=min(covered_first, covered_second) / union,
        own=min(own_first / len(first), own_second / len(second)),
        reworded=max(with_first / len(first), with_second / len(second)) if reworded else 0.0,
        own_reworded=min(left_first / len(first), left_second / len(second)),
    )


def _coverage(spans: list[tuple[int, int]], length: int) -> tuple[int, int]:
    """Covered code points, and code points in long uncovered stretches."""
    covered = own = end = 0
    for start, stop in sorted(spans):
        if start - end > OWN_STRETCH:
            own += start - end
        covered += max(0, stop - max(start, end))
        end = max(end, stop)
    if length - end > OWN_STRETCH:
        own += length - end
    return covered, own


def _is_similar(overlap: _Overlap) -> bool:
    if overlap.containment >= WHOLE:
        return True
    if overlap.containment >= SCATTERED and overlap.own < _LITTLE:
        return True
    reworded = overlap.containment >= SIBLING and overlap.reworded >= REWORDED
    return reworded and overlap.own_reworded < _LITTLE


def _find_conflict(
    first: Fingerprint, second: Fingerprint, alignment: Alignment, places: frozenset[str]
) -> tuple[tuple[ChangedFact, ...], str]:
    """What was exchanged between two copies of one template, and the reason's word.

    The names that stand at matching places decide before the sets the articles are about:
    those sets are an estimate, a name in the same sentence of both copies is not.
    """
    agreed, disagreed = _compare_named(first, second, alignment)
    # Passages in another order may be matched with their like, but all names are there.
    if disagreed and Counter(first.named) != Counter(second.named):
        return tuple(dict.fromkeys(disagreed)), "other_lender"
    apart = first.about and second.about and not first.about & second.about
    if apart and not agreed & (first.about | second.about):
        changed = ChangedFact(" ".join(sorted(first.about)), " ".join(sorted(second.about)))
        return (changed,), "other_lender"
    swapped = find_swapped_names(first, second, alignment)
    if swapped:
        return swapped, "other_name"
    facts = find_changed_facts(first.bare, second.bare, alignment, places)
    if facts:
        return facts, "other_fact"
    return (), ""


def _compare_named(
    first: Fingerprint, second: Fingerprint, alignment: Alignment
) -> tuple[set[str], list[ChangedFact]]:
    """Lenders named at matching places in both, and the pairs that differ there."""
    named_first, named_second = _marks(first), _marks(second)
    around_first, around_second = _neighbourhoods(first), _neighbourhoods(second)
    agreed: set[str] = set()
    disagreed: list[ChangedFact] = []
    for match in alignment.matches:
        at = first.bare.find(LENDER_MARK, match.first, match.first + match.length)
        while at >= 0:
            other = match.second + at - match.first
            ours, theirs = named_first[at], named_second[other]
            if ours == theirs:
                agreed.add(ours)
            elif (
                _neighbourhood(first.bare, at, ours) not in around_second
                and _neighbourhood(second.bare, other, theirs) not in around_first
            ):
                disagreed.append(ChangedFact(ours, theirs))
            at = first.bare.find(LENDER_MARK, at + 1, match.first + match.length)
    return agreed, disagreed


def _neighbourhoods(fingerprint: Fingerprint) -> set[tuple[str, str]]:
    return {
        _neighbourhood(fingerprint.bare, at, lender) for at, lender in _marks(fingerprint).items()
    }


def _neighbourhood(bare: str, at: int, lender: str) -> tuple[str, str]:
    return lender, bare[max(0, at - 5) : at + 6]


def _marks(fingerprint: Fingerprint) -> dict[int, str]:
    """Position of each lender mark in the bare text -> lender id."""
    positions: dict[int, str] = {}
    at = -1
    for lender in fingerprint.named:
        at = fingerprint.bare.find(LENDER_MARK, at + 1)
        if at < 0:
            break
        positions[at] = lender
    return positions
