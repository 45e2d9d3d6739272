"""How much an article is worded like guidance: a linear model of pairs of characters.

Word groups tell why a page is refused, but no list has all the words of adverts; how a text
is worded as a whole is told by many weak signs. ``seeds/wording.toml`` holds the weights.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from crawler.vocabulary import WordingWeights

_Codes = npt.NDArray[np.uint64]

SCALE = 20
"""Steps of the stored weights for one unit of the model's logit; finer ones change no verdict."""


class Wording:
    """Scores texts; holds the weights and nothing of any article."""

    def __init__(self, weights: WordingWeights) -> None:
        by_code = {
            int(pairs_of(pair)[0]): weight / SCALE
            for weight, pairs in weights.weights
            for pair in pairs
        }
        self._codes = np.array(sorted(by_code), dtype=np.uint64)
        self._weights = np.array([by_code[int(code)] for code in self._codes])
        self._bias = weights.bias / SCALE

    def score(self, text: str) -> float:
        """Above 0 like guidance, below like what is refused; the logit of a balanced choice.

        ``text`` is folded, the title on a line of its own. Each pair counts once, and the sum
        is divided by the root of the number of known pairs, so that long texts compare.
        """
        if not self._codes.size:
            return 0.0
        found = pairs_of(text)
        at = np.searchsorted(self._codes, found)
        at[at == self._codes.size] = 0
        known = at[self._codes[at] == found]
        return self._bias + float(self._weights[known].sum()) / math.sqrt(max(1, known.size))


def pairs_of(text: str) -> _Codes:
    """The different pairs of neighbouring Chinese characters, letters, digits and percent signs.

    Each as one number, ascending; all digits are the same digit. Signs and lines divide.
    """
    signs = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    digits = (signs >= ord("0")) & (signs <= ord("9"))
    signs = np.where(digits, np.uint64(ord("0")), signs)
    whole = (
        ((signs >= 0x4E00) & (signs <= 0x9FFF))
        | ((signs >= ord("a")) & (signs <= ord("z")))
        | digits
        | (signs == ord("%"))
    )
    pairs = (signs[:-1] << np.uint64(32)) | signs[1:]
    return np.unique(pairs[whole[:-1] & whole[1:]])
