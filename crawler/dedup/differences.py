"""What was exchanged between two copies of one template: names of lenders, places, figures.

A synonym spin exchanges ordinary words for ordinary words. A template stamped out for
another lender exchanges one name for another, each time; a template for another city, year
or rate exchanges a fact. The word list and its word classes come from the jieba dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import rjieba

from crawler.dedup.alignment import Alignment, Replacement, align
from crawler.dedup.facts import REACH, ChangedFact
from crawler.dedup.fingerprint import LENDER_MARK, Fingerprint
from crawler.dedup.naming import LONGEST_NAME, find_replaced_names, surface_at
from crawler.text import is_cjk

_NAME = 3  # code points; two characters exchanged twice are a word that was spun
_MIN_SWAPS = 2  # a name is exchanged each time it stands; one exchange may be a slip


def find_swapped_names(
    first: Fingerprint, second: Fingerprint, alignment: Alignment
) -> tuple[ChangedFact, ...]:
    """Names that are exchanged consistently: unknown lenders on either or both sides.

    An exchange counts once for each place, and once more when each title has its name.
    A known lender's mark that was exchanged for other words counts when that happens at
    least twice, or once when the articles are about other lenders. Ordinary words exchanged
    for ordinary words are a spin and do not count.
    """
    mark_times = _MIN_SWAPS if first.about == second.about else 1
    swapped = [*_swapped_in_titles(first, second), *find_replaced_names(first, second, alignment)]
    for places in _exchanges(first.bare, second.bare, alignment):
        if _keeps_name(first, second, places[0]):
            continue
        ours, theirs = _shared_words(first.bare, second.bare, places)
        in_titles = ours in first.title and theirs in second.title
        if LENDER_MARK in ours + theirs:
            needed = mark_times if _is_name_sized(ours, theirs) else _MIN_SWAPS
        else:
            needed = _MIN_SWAPS if max(len(ours), len(theirs)) >= _NAME else _MIN_SWAPS + 1
        if len(places) + in_titles >= needed and _is_swap(first, second, ours, theirs):
            swapped.append(ChangedFact(ours, theirs))
    return tuple(dict.fromkeys(swapped))


def _is_name_sized(ours: str, theirs: str) -> bool:
    """Whether little more than a mark and a name were exchanged: a rewritten clause is more."""
    return max(len(ours), len(theirs)) <= LONGEST_NAME


def _exchanges(first: str, second: str, alignment: Alignment) -> list[list[Replacement]]:
    """The replacements of a piece by another one, those of the same pieces together."""
    exchanged: dict[tuple[str, str], list[Replacement]] = {}
    for replacement in alignment.replacements:
        pair = first[slice(*replacement.first)], second[slice(*replacement.second)]
        if all(pair):
            exchanged.setdefault(pair, []).append(replacement)
    return list(exchanged.values())


def _swapped_in_titles(first: Fingerprint, second: Fingerprint) -> Iterable[ChangedFact]:
    """Names exchanged between two titles that are alike, when each text has its own name.

    A new title for the same text may share words with the old one too.
    """
    alignment = align(first.title, second.title)
    common = sum(match.length for match in alignment.matches)
    if common < max(4, 0.4 * min(len(first.title), len(second.title))):
        return
    for places in _exchanges(first.title, second.title, alignment):
        ours, theirs = _shared_words(first.title, second.title, places)
        if ours in first.bare and theirs in second.bare and _is_swap(first, second, ours, theirs):
            yield ChangedFact(ours, theirs)


def _keeps_name(first: Fingerprint, second: Fingerprint, place: Replacement) -> bool:
    """Whether one text spells out the name that is a mark in the other.

    An ambiguous name counts as a lender's only in its context; an excerpt may lack that.
    """
    ours, theirs = first.bare[slice(*place.first)], second.bare[slice(*place.second)]
    return surface_at(first, place.first) in _without_marks(theirs) or surface_at(
        second, place.second
    ) in _without_marks(ours)


def _without_marks(piece: str) -> str:
    return piece.replace(LENDER_MARK, "")


def _is_swap(first: Fingerprint, second: Fingerprint, ours: str, theirs: str) -> bool:
    if LENDER_MARK in ours or LENDER_MARK in theirs:
        return ours.count(LENDER_MARK) != theirs.count(LENDER_MARK)
    if ours in second.bare or theirs in first.bare:
        return False
    return not _is_spin(ours, theirs)


def _is_spin(ours: str, theirs: str) -> bool:
    """Whether ordinary words stand for ordinary words; words that both have do not count.

    Latin words for Latin words count as ordinary: they number parts and files.
    """
    one, two = rjieba.cut(ours, False), rjieba.cut(theirs, False)
    own = [word for word in one if word not in two]
    other = [word for word in two if word not in one]
    if not any(is_cjk(character) for word in (*own, *other) for character in word):
        return True
    return _are_ordinary(own) and _are_ordinary(other)


def _are_ordinary(words: Sequence[str]) -> bool:
    """Whether the dictionary has the words, with at most one single character.

    Names made up for a product fall apart into single characters.
    """
    singles = sum(len(word) == 1 for word in words)
    return singles <= 1 and all(len(word) == 1 or rjieba.has_word(word) for word in words)


def _shared_words(first: str, second: str, places: list[Replacement]) -> tuple[str, str]:
    """The exchanged pieces, widened by the words they cut through at every place alike."""
    left = min(
        max(_cuts(first, place.first)[0], _cuts(second, place.second)[0]) for place in places
    )
    right = min(
        max(_cuts(first, place.first)[1], _cuts(second, place.second)[1]) for place in places
    )
    (a0, a1), (b0, b1) = places[0].first, places[0].second
    left = min(left, a0, b0)
    return first[a0 - left : a1 + right], second[b0 - left : b1 + right]


def _cuts(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start = max(0, span[0] - REACH)
    window = text[start : span[1] + REACH]
    left = right = 0
    at = start
    for word in rjieba.cut(window, False):
        end = at + len(word)
        if at < span[0] < end:
            left = span[0] - at
        if at < span[1] < end:
            right = end - span[1]
        at = end
    return left, right
