"""Normalisation with a way back: folded text, and the original offsets of each character.

Folding makes names comparable: NFKC per code point, lower case, traditional characters
to simplified ones (OpenCC's character dictionary), invisible characters dropped, and
white space dropped where it touches a Chinese character, since such a space carries no
meaning. Line breaks stay: a name never continues on the next block.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

_LIMIT = 0x110000
_DROP = 0xFFFFFFFF  # the character vanishes
_EXPAND = 0xFFFFFFFE  # the character becomes several

_CJK_RANGES = (
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFD),
)


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text, and for each of its code points the original code point it came from.

    ``offsets`` is ``None`` when folding moved nothing, so that position equals position.
    """

    text: str
    original_length: int
    offsets: Sequence[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original half-open span that the folded span ``start:end`` came from."""
        if self.offsets is None:
            return start, end
        if start == end:
            at = self.offsets[start] if start < len(self.offsets) else self.original_length
            return int(at), int(at)
        return int(self.offsets[start]), int(self.offsets[end - 1]) + 1


@dataclass(frozen=True, slots=True)
class _Tables:
    fold: npt.NDArray[np.uint32]
    expansions: dict[int, str]
    is_space: npt.NDArray[np.bool_]
    is_cjk: npt.NDArray[np.bool_]


def fold(text: str) -> Folded:
    """The folded form of ``text``. Never raises; the empty string folds to itself."""
    if not text:
        return Folded("", 0, None)
    tables = _tables()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    folded = tables.fold[codes]
    kept = folded != _DROP
    spaces = tables.is_space[codes]
    if spaces.any():
        kept &= ~_meaningless_spaces(codes, spaces, kept, tables)
    if (folded == _EXPAND).any():
        return _fold_with_expansions(text, codes, folded, kept, tables)
    if kept.all():
        return Folded(_decode(folded), len(text), None)
    offsets = np.flatnonzero(kept)
    return Folded(_decode(folded[kept]), len(text), offsets.tolist())


def is_cjk(character: str) -> bool:
    """Whether the character is a Chinese (or kana) character."""
    code = ord(character)
    return any(low <= code <= high for low, high in _CJK_RANGES)


def _decode(codes: npt.NDArray[np.uint32]) -> str:
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")


def _meaningless_spaces(
    codes: npt.NDArray[np.uint32],
    spaces: npt.NDArray[np.bool_],
    kept: npt.NDArray[np.bool_],
    tables: _Tables,
) -> npt.NDArray[np.bool_]:
    """Spaces with a Chinese character on either side, other spaces and nothings skipped.

    A space at an edge of the text or beside a line break touches nothing on that side.
    """
    solid = kept & ~spaces
    index = np.arange(len(codes))
    before = np.maximum.accumulate(np.where(solid, index, -1))
    after = np.minimum.accumulate(np.where(solid, index, len(codes))[::-1])[::-1]
    cjk = np.append(tables.is_cjk[codes], False)  # index -1 and len() both read False
    return spaces & (cjk[before] | cjk[after])


def _fold_with_expansions(
    text: str,
    codes: npt.NDArray[np.uint32],
    folded: npt.NDArray[np.uint32],
    kept: npt.NDArray[np.bool_],
    tables: _Tables,
) -> Folded:
    parts: list[str] = []
    offsets: list[int] = []
    for at in np.flatnonzero(kept).tolist():
        value = int(folded[at])
        part = tables.expansions[int(codes[at])] if value == _EXPAND else chr(value)
        parts.append(part)
        offsets.extend([at] * len(part))
    return Folded("".join(parts), len(text), offsets)


@cache
def _tables() -> _Tables:
    """The constant folding tables: a function of Unicode and OpenCC alone."""
    table = np.arange(_LIMIT, dtype=np.uint32)
    expansions: dict[int, str] = {}
    space = np.zeros(_LIMIT, dtype=np.bool_)
    cjk = np.zeros(_LIMIT, dtype=np.bool_)
    for low, high in _CJK_RANGES:
        cjk[low : high + 1] = True
    simplified = _simplified_characters()
    for code in range(0x30000):
        if 0xD800 <= code < 0xE000:
            continue
        character = chr(code)
        category = unicodedata.category(character)
        if category in {"Cn", "Co"}:
            continue
        if category == "Cf" or 0xFE00 <= code <= 0xFE0F or code == 0x034F:
            table[code] = _DROP
            continue
        if category == "Zs" or character in "\t\u000b\u000c":
            space[code] = True
            table[code] = 0x20
            continue
        form = unicodedata.normalize("NFKC", character).lower()
        form = "".join(simplified.get(one, one) for one in form)
        if form != character:
            if len(form) == 1:
                table[code] = ord(form)
            else:
                table[code] = _EXPAND
                expansions[code] = form
    return _Tables(table, expansions, space, cjk)


def _simplified_characters() -> dict[str, str]:
    """Traditional character -> simplified character, one to one."""
    from opencc import OpenCC

    candidates = "\n".join(
        chr(code) for low, high in _CJK_RANGES[3:] for code in range(low, min(high, 0x2FFFF) + 1)
    )
    converted = OpenCC("t2s").convert(candidates)
    pairs = zip(candidates.split("\n"), converted.split("\n"), strict=True)
    return {old: new for old, new in pairs if old != new and len(new) == 1}
