"""Lenders by what a person types: a name, the start of one, pinyin, or a misspelling."""

from __future__ import annotations

from dataclasses import dataclass

from pypinyin import lazy_pinyin
from rapidfuzz import fuzz, process

from crawler.text import fold, is_cjk
from crawler.vocabulary import Lexicon

_LIKE_PINYIN = 88
"""Least similarity (0 to 100) of Latin input to a name's pinyin: one slip in nine letters.
At 80 zhaolian (招联) would also be 兆联. Re-measure with the rows of test_names.py."""

_LIKE_NAME = 74
"""The same for Chinese input: one wrong character of four gives 75, of three 67."""

_SHORTEST_PINYIN = 4  # letters; shorter ones are syllables of half the names
_SHORTEST_NAME = 3  # characters; a wrong one of two could be anything, but for its sound: 借贝


@dataclass(frozen=True, slots=True)
class Guess:
    """A lender that may be meant, and by which of its names."""

    lender: str
    surface: str


class LenderNames:
    """Finds lenders by their names. Built once; safe between threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._surfaces: dict[str, Guess] = {}
        self._of_lender: dict[str, tuple[str, ...]] = {}
        self._pinyin: dict[str, Guess] = {}
        self._initials: dict[str, list[Guess]] = {}
        for lender in lexicon.lenders:
            folded = tuple(dict.fromkeys(fold(one).text for one in lender.surfaces))
            self._of_lender[lender.id] = folded
            for name, surface in zip(folded, lender.surfaces, strict=False):
                guess = Guess(lender.id, surface)
                self._surfaces.setdefault(name, guess)
                self._pinyin.setdefault(_pinyin(name), guess)
                self._initials.setdefault(_initials(name), []).append(guess)

    def find_exact(self, term: str) -> str | None:
        """The id of the lender with this (folded) name."""
        found = self._surfaces.get(term)
        return found.lender if found else None

    def surfaces(self, lender: str) -> tuple[str, ...]:
        """The lender's folded names."""
        return self._of_lender.get(lender, ())

    def find_longest(self, text: str) -> list[tuple[int, int]]:
        """The spans of the lenders' names in folded text, longest first at each place."""
        spans: list[tuple[int, int]] = []
        at = 0
        longest = max(map(len, self._surfaces), default=0)
        while at < len(text):
            reach = min(longest, len(text) - at)
            size = next((n for n in range(reach, 1, -1) if text[at : at + n] in self._surfaces), 0)
            if size:
                spans.append((at, at + size))
            at += size or 1
        return spans

    def guess(self, term: str, limit: int = 3) -> list[Guess]:
        """Lenders with a name that sounds or looks like the (folded) term, likeliest first."""
        latin = term.replace(" ", "").replace("'", "")
        if latin.isascii():
            return self._guess_latin(latin, limit) if latin.isalnum() else []
        if not any(map(is_cjk, term)):
            return []
        same = self._pinyin.get(_pinyin(term))
        if len(term) < _SHORTEST_NAME:
            return [same] if same and not set(term).isdisjoint(fold(same.surface).text) else []
        if same:
            return [same]
        found = process.extract(
            term, self._surfaces.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE_NAME, limit=limit
        )
        return _distinct([self._surfaces[name] for name, _score, _at in found])

    def complete(self, start: str, limit: int = 8) -> list[Guess]:
        """Lenders whose name, or its pinyin, begins with or contains the (folded) start."""
        begins = [one for name, one in self._surfaces.items() if name.startswith(start)]
        inside = [one for name, one in self._surfaces.items() if start in name]
        sounds: list[Guess] = []
        if start.isascii() and start.isalnum():
            sounds = [one for key, one in self._pinyin.items() if key.startswith(start)]
            sounds += self._initials.get(start, [])
        found = _distinct([*begins, *inside, *sounds])
        return (found or self.guess(start, limit))[:limit]

    def _guess_latin(self, term: str, limit: int) -> list[Guess]:
        if len(term) < _SHORTEST_PINYIN:
            return []
        if term in self._pinyin:
            return [self._pinyin[term]]
        if term in self._initials:
            return _distinct(self._initials[term])[:limit]
        found = process.extract(
            term, self._pinyin.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE_PINYIN, limit=limit
        )
        return _distinct([self._pinyin[key] for key, _score, _at in found])


def _distinct(guesses: list[Guess]) -> list[Guess]:
    first: dict[str, Guess] = {}
    for guess in guesses:
        first.setdefault(guess.lender, guess)
    return list(first.values())


def _pinyin(name: str) -> str:
    return "".join(lazy_pinyin(name)).lower()


def _initials(name: str) -> str:
    return "".join(one[:1] for one in lazy_pinyin(name)).lower()
