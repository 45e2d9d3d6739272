"""Facts that two copies of one template give differently: figures and places.

A short piece that was exchanged shows its fact at once. A sentence that was said in other
words as well shows it only when each text has a figure or a place there that the other has
nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import rjieba

from crawler.dedup.alignment import ANCHOR, Alignment, Replacement
from crawler.dedup.figures import Figure, find_figures

_PLACE = "ns"  # the dictionary's class of place names
REACH = 6  # code points of context read on each side of a replaced piece
_SLIPS_IN = 150  # code points with a slip of one character: a text read by a machine
_FEW_SLIPS = 3
_ONE = re.compile(r"[一1半](?![0-9十百千万亿.])")


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """What one article has and what the other has in its place."""

    first: str
    second: str


def find_changed_facts(
    first: str, second: str, alignment: Alignment, places: frozenset[str]
) -> tuple[ChangedFact, ...]:
    """Places, years, rates, sums, periods and articles that differ at matching places."""
    texts = _Texts(first, second, places, _is_noisy(first, second, alignment))
    facts: list[ChangedFact] = []
    for one in alignment.replacements:
        if not (
            stands_elsewhere(first, one.first, second)
            or stands_elsewhere(second, one.second, first)
        ):
            facts += texts.changed_figures(one)
            facts += texts.changed_places(one)
    for one in alignment.rewritten:
        facts += texts.other_figures(one)
        facts += texts.other_places(one)
    for one in _borders(alignment):
        facts += [fact for fact in texts.other_figures(one) if not _is_cut(fact)]
        facts += texts.other_places(one)
    return tuple(dict.fromkeys(facts))


def stands_elsewhere(text: str, span: tuple[int, int], other: str) -> bool:
    """Whether the other text has this piece with its neighbourhood too.

    Then the piece was not exchanged: a similar sentence was matched in its place, as
    happens in enumerations of which one copy keeps only a part.
    """
    return text[max(0, span[0] - REACH) : span[1] + REACH] in other


def _borders(alignment: Alignment) -> Iterable[Replacement]:
    """The ends of each block of some length, wherever the neighbouring blocks went."""
    for match in alignment.matches:
        if match.length >= ANCHOR:
            for first, second in (
                (match.first, match.second),
                (match.first + match.length, match.second + match.length),
            ):
                yield Replacement((first, first), (second, second))


def _is_noisy(first: str, second: str, alignment: Alignment) -> bool:
    """Whether single characters are lost, added and mistaken all over one of the texts."""
    slips = sum(
        max(one.first[1] - one.first[0], one.second[1] - one.second[0]) == 1
        for one in alignment.replacements
    )
    return slips >= _FEW_SLIPS and slips * _SLIPS_IN >= min(len(first), len(second))


@dataclass(frozen=True, slots=True)
class _Texts:
    """Two bare texts, and the names that are places besides those of the dictionary."""

    first: str
    second: str
    places: frozenset[str]
    noisy: bool

    def changed_figures(self, one: Replacement) -> Iterable[ChangedFact]:
        """Figures of one kind that a short piece cuts through or touches in both texts.

        Of passages in another order both texts have both figures.
        """
        ours, theirs = _touched(self.first, one.first), _touched(self.second, one.second)
        if _lacks(self.second, ours) or _lacks(self.first, theirs):
            return self._unlike(ours, theirs)
        return ()

    def other_figures(self, one: Replacement) -> Iterable[ChangedFact]:
        """Figures of one kind at a place, each of which only one of the whole texts has."""
        ours = _alone(self.first, one.first, self.second)
        return self._unlike(ours, _alone(self.second, one.second, self.first)) if ours else ()

    def changed_places(self, one: Replacement) -> Iterable[ChangedFact]:
        """The first place names that a short piece cuts through or holds in both texts."""
        ours = self._places(self.first, one.first)
        theirs = self._places(self.second, one.second)
        if ours and theirs and (ours[0] not in self.second or theirs[0] not in self.first):
            yield ChangedFact(ours[0], theirs[0])

    def other_places(self, one: Replacement) -> Iterable[ChangedFact]:
        """Place names at a place, each of which only one of the whole texts has."""
        ours = [name for name in self._places(self.first, one.first) if name not in self.second]
        theirs = [name for name in self._places(self.second, one.second) if name not in self.first]
        if ours and theirs:
            yield ChangedFact(ours[0], theirs[0])

    def _unlike(self, ours: Sequence[Figure], theirs: Sequence[Figure]) -> Iterable[ChangedFact]:
        """For each kind the first figures that only one side has, when both have such."""
        for kind in sorted({one.kind for one in ours} & {one.kind for one in theirs}):
            left, right = _only(ours, theirs, kind), _only(theirs, ours, kind)
            if left and right:
                changed = ChangedFact(
                    self.first[left.start : left.end], self.second[right.start : right.end]
                )
                if not (self.noisy and _is_slip(changed)):
                    yield changed

    def _places(self, text: str, span: tuple[int, int]) -> list[str]:
        start, end = (span[0] - 1, span[1] + 1) if span[0] == span[1] else span
        return [
            name
            for name, at, until in _find_places(text, self.places)
            if at < end and until > start
        ]


def _only(ours: Sequence[Figure], theirs: Sequence[Figure], kind: str) -> Figure | None:
    """The first of our figures of this kind whose value none of theirs has."""
    values = {one.value for one in theirs if one.kind == kind}
    return next((one for one in ours if one.kind == kind and one.value not in values), None)


def _touched(text: str, span: tuple[int, int]) -> list[Figure]:
    """The figures that the span touches."""
    return [one for one in find_figures(text) if one.start <= span[1] and one.end >= span[0]]


def _lacks(text: str, figures: Sequence[Figure]) -> bool:
    """Whether the text has one of the amounts nowhere."""
    return any((one.kind, one.value) not in _amounts(text) for one in figures)


def _alone(text: str, span: tuple[int, int], other: str) -> list[Figure]:
    """The figures that the span touches and whose amount the other text has nowhere.

    One day or one year is said where a copy says something else, so one does not count here.
    """
    return [
        one
        for one in _touched(text, span)
        if not _ONE.match(text, one.start) and (one.kind, one.value) not in _amounts(other)
    ]


@lru_cache(maxsize=512)
def _amounts(text: str) -> frozenset[tuple[str, float]]:
    """Kind and value of every figure in the text."""
    return frozenset((one.kind, one.value) for one in find_figures(text))


def _is_cut(changed: ChangedFact) -> bool:
    """Whether one figure is the end or the beginning of the other.

    Where a text begins in the middle of a figure, or two passages meet, it shows so.
    """
    short, long = sorted((changed.first, changed.second), key=len)
    return long.endswith(short) or long.startswith(short)


def _is_slip(changed: ChangedFact) -> bool:
    """Whether one figure is the other without one character."""
    short, long = sorted((changed.first, changed.second), key=len)
    return len(long) == len(short) + 1 and any(
        long[:at] + long[at + 1 :] == short for at in range(len(long))
    )


@lru_cache(maxsize=512)
def _find_places(text: str, places: frozenset[str]) -> tuple[tuple[str, int, int], ...]:
    """The names of places in the text, those given and those of the dictionary, and their spans."""
    found, at = [], 0
    for word, kind in rjieba.tag(text, False):
        if kind == _PLACE:
            found.append((str(word), at, at + len(word)))
        at += len(word)
    given = ((one[0], one.start(), one.end()) for one in _names_of(places).finditer(text))
    return tuple(sorted({*found, *given}, key=lambda one: (one[1], one[2])))


@lru_cache(maxsize=4)
def _names_of(places: frozenset[str]) -> re.Pattern[str]:
    """Finds the given places, which the dictionary may split or take for part of a word."""
    return re.compile("|".join(sorted(map(re.escape, places), key=len, reverse=True)) or "(?!)")
