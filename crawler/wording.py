"""How much an article is worded like guidance: a linear model of characters and pairs of them.

Word groups tell what a page speaks of, but no list has all the words of adverts, or of those who
tell a story; how a text is worded as a whole is told by many weak signs. ``seeds/wording.toml``
holds the weights.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from crawler.vocabulary import TopicWeights, WordingWeights

_Codes = npt.NDArray[np.uint64]

SCALE = 20
"""Steps of the stored weights for one unit of the model's logit; finer ones change no verdict."""

TOPIC_SCALE = 100
"""The same for one unit of how much a text is worded like those on a topic."""


class Pairs:
    """Finds the pairs that weights know; the place of each is its number, from 1."""

    def __init__(self, pairs: Sequence[str]) -> None:
        signs = sorted({sign for pair in pairs for sign in pair})
        numbers = {sign: number for number, sign in enumerate(signs, start=1)}
        self._size = len(signs) + 1
        self._numbers = np.array([numbers.get(chr(kind), 0) for kind in _KINDS], dtype=np.int64)
        self._places = np.zeros(self._size * self._size, dtype=np.int32)
        for place, pair in enumerate(pairs, start=1):
            self._places[numbers[pair[0]] * self._size + numbers[pair[1]]] = place

    def find(self, text: str) -> npt.NDArray[np.int32]:
        """The places of the different known pairs in a folded text, ascending."""
        numbers = self._numbers[_signs(text)]
        found = np.unique(self._places[numbers[:-1] * self._size + numbers[1:]])
        return found[found > 0]


class Wording:
    """Scores texts; holds the weights and nothing of any article."""

    def __init__(self, weights: WordingWeights) -> None:
        stored = [(weight, part) for weight, parts in weights.weights for part in parts]
        pairs = [(weight, part) for weight, part in stored if len(part) > 1]
        self._pairs = Pairs([part for _, part in pairs])
        self._weights = np.array([0.0, *(weight / SCALE for weight, _ in pairs)])
        signs = {part: weight for weight, part in stored if len(part) == 1}
        places = {sign: place for place, sign in enumerate(signs, start=1)}
        self._signs = np.array([places.get(chr(kind), 0) for kind in _KINDS], dtype=np.int64)
        self._of_signs = np.array([0.0, *(weight / SCALE for weight in signs.values())])
        self._bias = weights.bias / SCALE

    def score(self, text: str) -> float:
        """Above 0 like guidance, below like what is refused; the logit of a balanced choice.

        ``text`` is folded, the title on a line of its own. Each character and each pair counts
        once, and the sums of both are divided by the root of how many are known, so that long
        texts compare.
        """
        known = self._pairs.find(text)
        has = np.bincount(self._signs[_signs(text)], minlength=len(self._of_signs)) > 0
        has[0] = False
        of_pairs = float(self._weights[known].sum()) / math.sqrt(max(1, known.size))
        of_signs = float(self._of_signs[has].sum()) / math.sqrt(max(1, int(has.sum())))
        return self._bias + of_pairs + of_signs


class TopicWording:
    """How much a text is worded like those on each topic; holds the weights alone."""

    def __init__(self, weights: Sequence[TopicWeights], topics: Sequence[str]) -> None:
        columns = {topic: number for number, topic in enumerate(topics)}
        stored = [one for one in weights if one.topic in columns]
        pairs = sorted({pair for one in stored for _, some in one.weights for pair in some})
        places = {pair: place for place, pair in enumerate(pairs, start=1)}
        self._pairs = Pairs(pairs)
        self._weights = np.zeros((len(pairs) + 1, len(topics)), dtype=np.float32)
        for one in stored:
            for weight, some in one.weights:
                for pair in some:
                    self._weights[places[pair], columns[one.topic]] = weight / TOPIC_SCALE

    def score(self, text: str) -> npt.NDArray[np.float32]:
        """For each topic about 1 in a text worded like its articles, about 0 in any other.

        ``text`` is folded, the title on a line of its own.
        """
        known = self._pairs.find(text)
        summed: npt.NDArray[np.float32] = self._weights[known].sum(axis=0)
        return summed / np.float32(math.sqrt(max(1, known.size)))


def pairs_of(text: str) -> _Codes:
    """The different pairs of neighbouring Chinese characters, letters, digits and percent signs.

    Each as one number, ascending; all digits are the same digit. Signs and lines divide.
    """
    kinds = _KINDS[_signs(text)]
    pairs: _Codes = (kinds[:-1] << np.uint64(32)) | kinds[1:]
    return np.unique(pairs[(kinds[:-1] != 0) & (kinds[1:] != 0)])


def signs_of(text: str) -> _Codes:
    """The different Chinese characters, letters, digits and percent signs, ascending.

    All digits are the same digit.
    """
    signs: _Codes = np.unique(_KINDS[_signs(text)])
    known: _Codes = signs[signs != 0]
    return known


def _signs(text: str) -> npt.NDArray[np.uint32]:
    """The code points, those above the basic plane as its last one."""
    signs = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    return np.minimum(signs, np.uint32(0xFFFF))


def _make_kinds() -> _Codes:
    """By code point, the sign it counts as, 0 for one that divides; the last for all above."""
    kinds = np.zeros(0x10000, dtype=np.uint64)
    for first, last in (("a", "z"), ("%", "%"), ("\u4e00", "\u9fff")):
        kinds[ord(first) : ord(last) + 1] = np.arange(ord(first), ord(last) + 1)
    kinds[ord("0") : ord("9") + 1] = ord("0")
    return kinds


_KINDS = _make_kinds()
