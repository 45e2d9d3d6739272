"""How much the words beside a provision's number speak for one version of a law or another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log

from crawler.citations.provisions import covered, main_number
from crawler.vocabulary import Statute

MOVED = 4.0
"""What words that say where a number went weigh, against rare pairs of about two each."""

BESIDE = 0.6
"""What the sentences before and after weigh against the citation's own."""

_IDEOGRAPHS = re.compile(r"[\u4e00-\u9fff]{2}|\d%|[A-Z]{2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """What the text says beside a citation.

    ``hint`` is about the version (2012修正, 新), ``around`` the sentence it stands in, ``beside``
    the sentences before and after. ``moved`` is above 0 where the text says that the number is
    another one now, below where it says that it was another one before.
    """

    hint: str = ""
    around: str = ""
    beside: str = ""
    moved: int = 0


def find_lean(old: Statute, present: Statute, numbers: Iterable[str], said: Said) -> float:
    """How much more the text fits the numbers of the present version than those of the old."""
    readings = _readings(old, present)
    own, beside = _pairs(said.around), _pairs(said.beside)
    lean = 0.0
    for number in numbers:
        now, then = readings.now.get(number, frozenset()), readings.then.get(number, frozenset())
        for sign, some in ((1, now - then), (-1, then - now)):
            lean += sign * readings.weigh(some & own)
            lean += sign * BESIDE * readings.weigh(some & (beside - own))
    return lean - MOVED * said.moved


def moved_to(pairs: Mapping[str, str], provisions: tuple[str, ...]) -> tuple[str, ...]:
    """The new provisions of the cited old ones, as far as the map has them."""
    moved: dict[str, None] = {}
    for given in provisions:
        for one in covered(given):
            new = pairs.get(one) or pairs.get(without_paragraph(one)) or pairs.get(main_number(one))
            if new is not None:
                moved[new] = None
    return tuple(moved)


def without_paragraph(provision: str) -> str:
    """The provision as reference data may write it: 42(5) for 42.1(5)."""
    return re.sub(r"\.\d+", "", provision)


@dataclass(frozen=True, slots=True)
class _Readings:
    """What each number speaks of in the present version and in the old, as pairs of characters.

    A pair that many provisions share weighs less.
    """

    now: Mapping[str, frozenset[str]]
    then: Mapping[str, frozenset[str]]
    rarity: Mapping[str, float]

    def weigh(self, pairs: Iterable[str]) -> float:
        return sum(self.rarity[pair] for pair in pairs)


@lru_cache(maxsize=64)
def _readings(old: Statute, present: Statute) -> _Readings:
    now = _gists(present)
    then = dict(_gists(old))
    for _, pairs in old.provision_map:
        for number, new in pairs:
            main = main_number(number)
            gist = then.get(main, frozenset())
            then[main] = gist.union(*(now.get(main_number(one), ()) for one in covered(new)))
    times = Counter(pair for gist in (*now.values(), *then.values()) for pair in gist)
    most = 1 + len(now) + len(then)
    return _Readings(now, then, {pair: log(most / count) / 2 for pair, count in times.items()})


def _gists(statute: Statute) -> dict[str, frozenset[str]]:
    """What the reference data says that each provision speaks of."""
    gists: dict[str, frozenset[str]] = {}
    told = [
        *((key, f"{topic} {gist}") for key, topic, gist in statute.key_provisions),
        *statute.provision_words,
    ]
    for key, words in told:
        for one in covered(key):
            main = main_number(one)
            gists[main] = gists.get(main, frozenset()) | _pairs(words)
    return gists


def _pairs(text: str) -> frozenset[str]:
    """The neighbouring pairs of Chinese characters, of letters, and of a digit and a percent."""
    lower = text.lower()
    return frozenset(
        pair for at in range(len(lower) - 1) if _IDEOGRAPHS.match(pair := lower[at : at + 2])
    )
