"""The measure of extraction: shingle F1 against gold text, and leaks of lines that must not appear.

Texts are compared after NFKC, in lower case, without punctuation; tokens are single Chinese
characters or whole words; what is compared are multisets of shingles of four tokens.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

SHINGLE = 4
_TOKEN = re.compile(
    r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]|[^\W_㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]+"
)
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, each 0 to 1."""

    precision: float
    recall: float
    f1: float


def find_tokens(text: str) -> list[str]:
    """Single Chinese characters and whole words, in order, folded."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).lower())


def squash(text: str) -> str:
    """The text folded, without punctuation and white space."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).lower())


def compare(predicted: str, gold: str) -> Score:
    """How well ``predicted`` agrees with ``gold``; two empty texts agree fully."""
    ours, theirs = _shingles(predicted), _shingles(gold)
    common = sum((ours & theirs).values())
    size_ours, size_theirs = ours.total(), theirs.total()
    if size_ours + size_theirs == 0:
        return Score(1.0, 1.0, 1.0)
    return Score(
        common / size_ours if size_ours else 0.0,
        common / size_theirs if size_theirs else 0.0,
        2 * common / (size_ours + size_theirs),
    )


def find_leaks(predicted: str, spam: list[str]) -> list[str]:
    """The spam lines whose squashed text occurs in the squashed prediction."""
    squashed = squash(predicted)
    return [line for line in spam if (needle := squash(line)) and needle in squashed]


def find_missing(predicted: str, wanted: list[str]) -> list[str]:
    """The wanted lines whose squashed text does not occur in the squashed prediction."""
    squashed = squash(predicted)
    return [line for line in wanted if squash(line) not in squashed]


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = find_tokens(text)
    if not tokens:
        return Counter()
    if len(tokens) < SHINGLE:
        return Counter([tuple(tokens)])
    return Counter(zip(*(tokens[start:] for start in range(SHINGLE)), strict=False))
