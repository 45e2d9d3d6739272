"""Normalisation with a way back: folded text, and the original offsets of each character.

Folding makes names comparable: NFKC per code point, lower case, traditional characters
to simplified ones (OpenCC's character dictionary), invisible characters dropped, and
white space dropped where it touches a Chinese character, since such a space carries no
meaning. Line breaks stay: a name never continues on the next block.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, islice

import numpy as np
import numpy.typing as npt

_LIMIT = 0x110000
_DROP = 0xFFFFFFFF  # the character vanishes
_EXPAND = 0xFFFFFFFE  # the character becomes several
_SPACE = 0x20
_FOLDS_KEPT = 8
_LONGEST_KEPT = 100_000
"""Longer texts are rare, and would hold memory."""
_MOST_BEGINNINGS = (
    40  # to look for each of more takes as long as the pattern, which has a Latin word
)

_CJK_RANGES = (
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFD),
)


# All but the ideographs and syllables that no normalisation changes: three quarters fewer.
_ODD = ((0, 0x3400), (0x4DC0, 0x4E00), (0xA000, 0xAC00), (0xD7A4, 0x20000), (0x2F800, 0x30000))


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
    is_cjk: npt.NDArray[np.bool_]
    changing: frozenset[str]  # the characters that do not always stay


def fold(text: str) -> Folded:
    """The folded form of ``text``. Never raises; the empty string folds to itself."""
    return _fold(text) if len(text) > _LONGEST_KEPT else _fold_kept(text)


def _fold(text: str) -> Folded:
    if not text:
        return Folded("", 0, None)
    tables = _tables()
    if tables.changing.isdisjoint(text):  # most names and words, at a tenth of the cost
        return Folded(text, len(text), None)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    folded = tables.fold.take(codes)
    kept = folded != _DROP
    at_spaces = np.flatnonzero(folded == _SPACE)
    if len(at_spaces):
        kept[at_spaces] = ~_is_meaningless(at_spaces, codes, kept & (folded != _SPACE), tables)
    if kept.all() and not (folded == _EXPAND).any():
        return Folded(_decode(folded), len(text), None)
    offsets = np.flatnonzero(kept)
    folded = folded[offsets]
    if (folded == _EXPAND).any():
        folded, offsets = _expand(folded, offsets, codes, tables)
    return Folded(_decode(folded), len(text), _plain(offsets))


# Each step of a page folds the same text and title.
_fold_kept = lru_cache(maxsize=_FOLDS_KEPT)(_fold)


def fold_each(texts: Sequence[str]) -> list[str]:
    """Each text folded, in order; together they cost little more than one alone."""
    lines = iter(fold("\n".join(texts)).text.split("\n"))  # folding keeps every line break
    return ["\n".join(islice(lines, text.count("\n") + 1)) for text in texts]


@lru_cache(maxsize=256)
def unfolded_pattern(folded: str) -> re.Pattern[str]:
    """What finds in any text a place that may fold to ``folded``, which is folded itself.

    Where it finds nothing the folded text does not hold ``folded``; that spares folding it.
    """
    origins = _origins()
    gap = f"[{origins.vanishing}]*"
    # A space may be any gap; as a part of its own it would divide a long one in many ways.
    solid = (one for one in folded if one != " ")
    places = (f"[{re.escape(one + origins.alike.get(one, ''))}]" for one in solid)
    expanding = "".join(origins.expanding.get(one, "") for one in folded)
    alone = f"|[{re.escape(expanding)}]" if expanding else ""
    return re.compile(gap.join(places) + alone)


def may_hold(text: str, folded: str) -> bool:
    """Whether ``text``, once folded, may hold ``folded``, which is folded itself; a no is certain.

    The pattern is asked only where a place can begin: searching takes it 40 times as long.
    """
    if folded in text:
        return True
    pattern = unfolded_pattern(folded)
    beginnings = _beginnings(folded)
    if not 0 < len(beginnings) <= _MOST_BEGINNINGS:
        return pattern.search(text) is not None
    for sign in beginnings:
        at = text.find(sign)
        while at >= 0:
            if pattern.match(text, at):
                return True
            at = text.find(sign, at + 1)
    return False


@lru_cache(maxsize=256)
def _beginnings(folded: str) -> str:
    """The characters with which a place can begin that ``unfolded_pattern`` finds."""
    origins = _origins()
    first = folded.lstrip(" ")[:1]
    expanding = (origins.expanding.get(one, "") for one in folded)
    return "".join(dict.fromkeys(chain(first, origins.alike.get(first, ""), *expanding)))


def is_in_number(text: str, start: int, end: int) -> bool:
    """Whether the digits ``text[start:end]`` are part of a longer number (110 in 81103)."""
    return text[start - 1 : start].isdecimal() or text[end : end + 1].isdecimal()


def sentence_after(text: str, start: int, reach: int, ends: str = "。;!?\n") -> str:
    """The text from ``start`` to the end of its sentence, at most ``reach`` code points."""
    piece = text[start : start + reach]
    for mark in ends:
        at = piece.find(mark)
        if at >= 0:
            piece = piece[:at]
    return piece


def sentence_before(text: str, end: int, reach: int, ends: str = "。;!?\n") -> str:
    """The text from the start of the sentence up to ``end``, at most ``reach`` code points."""
    piece = text[max(0, end - reach) : end]
    return piece[max(piece.rfind(mark) for mark in ends) + 1 :]


def is_cjk(character: str) -> bool:
    """Whether the character is a Chinese (or kana) character."""
    code = ord(character)
    return any(low <= code <= high for low, high in _CJK_RANGES)


def _decode(codes: npt.NDArray[np.uint32]) -> str:
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")


def _plain(offsets: npt.NDArray[np.int64]) -> array[int]:
    """The same numbers in a plain array, whose items are Python integers."""
    plain = array("q")
    plain.frombytes(offsets.astype("=i8", copy=False).tobytes())
    return plain


def _is_meaningless(
    at_spaces: npt.NDArray[np.int64],
    codes: npt.NDArray[np.uint32],
    solid: npt.NDArray[np.bool_],
    tables: _Tables,
) -> npt.NDArray[np.bool_]:
    """For each space, whether a Chinese character is next to it, past spaces and nothings.

    A space at an edge of the text or beside a line break touches nothing on that side.
    """
    where = np.flatnonzero(solid)
    after = where.searchsorted(at_spaces)
    # What is no Chinese character stands for each edge of the text.
    beside = np.append(codes[where], _SPACE)
    touching: npt.NDArray[np.bool_] = tables.is_cjk[beside[[after - 1, after]]].any(axis=0)
    return touching


def _expand(
    folded: npt.NDArray[np.uint32],
    offsets: npt.NDArray[np.int64],
    codes: npt.NDArray[np.uint32],
    tables: _Tables,
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    """Both arrays with each character that becomes several written out."""
    places = np.flatnonzero(folded == _EXPAND)
    forms = [tables.expansions[int(code)] for code in codes[offsets[places]]]
    lengths = np.ones(len(folded), dtype=np.int64)
    lengths[places] = [len(form) for form in forms]
    starts = np.cumsum(lengths) - lengths
    written = np.repeat(folded, lengths)
    for start, form in zip(starts[places].tolist(), forms, strict=True):
        written[start : start + len(form)] = [ord(character) for character in form]
    return written, np.repeat(offsets, lengths)


@cache
def _tables() -> _Tables:
    """The constant folding tables: a function of Unicode and OpenCC alone."""
    table = np.arange(_LIMIT, dtype=np.uint32)
    expansions: dict[int, str] = {}
    cjk = np.zeros(_LIMIT, dtype=np.bool_)
    for low, high in _CJK_RANGES:
        cjk[low : high + 1] = True
    simplified = simplified_characters()
    for old, new in simplified.items():
        table[ord(old)] = ord(new)
    for code in chain(*(range(low, high) for low, high in _ODD)):
        if 0xD800 <= code < 0xE000:  # half a pair: not a character, and no library takes it
            table[code] = 0xFFFD
            continue
        character = chr(code)
        category = unicodedata.category(character)
        if category in {"Cn", "Co"}:
            continue
        if category == "Cf" or 0xFE00 <= code <= 0xFE0F or code == 0x034F:
            table[code] = _DROP
            continue
        if category == "Zs" or character in "\t\u000b\u000c":
            table[code] = _SPACE
            continue
        form = unicodedata.normalize("NFKC", character).lower()
        form = "".join(simplified.get(one, one) for one in form)
        if form != character:
            if len(form) == 1:
                table[code] = ord(form)
            else:
                table[code] = _EXPAND
                expansions[code] = form
    changed = np.flatnonzero(table != np.arange(_LIMIT, dtype=np.uint32))
    changing = frozenset([" ", *map(chr, changed.tolist())])
    return _Tables(table, expansions, cjk, changing)


@dataclass(frozen=True, slots=True)
class _Origins:
    """What folds to a character: others like it, and those that become it and more.

    ``vanishing`` are the characters that folding drops, somewhere or everywhere, for a
    regular expression's class.
    """

    alike: dict[str, str]
    expanding: dict[str, str]
    vanishing: str


@cache
def _origins() -> _Origins:
    tables = _tables()
    alike: dict[str, str] = {}
    changed = np.flatnonzero((tables.fold != np.arange(_LIMIT)) & (tables.fold < _LIMIT))
    for code, form in zip(changed.tolist(), tables.fold[changed].tolist(), strict=True):
        alike[chr(form)] = alike.get(chr(form), "") + chr(code)
    expanding: dict[str, str] = {}
    for code, expansion in tables.expansions.items():
        for one in set(expansion):
            expanding[one] = expanding.get(one, "") + chr(code)
    dropped = np.flatnonzero((tables.fold == _DROP) | (tables.fold == _SPACE))
    return _Origins(alike, expanding, re.escape("".join(map(chr, dropped.tolist()))))


# Characters that OpenCC converts only inside certain words, or knows as regional variants.
# Comparing text needs one form for each, whichever word it stands in.
_BY_CONTEXT = {
    "瞭": "了", "著": "着", "衞": "卫", "藉": "借", "覆": "复", "甦": "苏", "揹": "背", "敍": "叙",
    "枱": "台", "鉅": "巨", "乾": "干", "綫": "线", "裏": "里", "麽": "么", "妳": "你", "祇": "只",
}  # fmt: skip


@cache
def simplified_characters() -> Mapping[str, str]:
    """Traditional character -> simplified character, one to one; OpenCC's dictionary."""
    from opencc import OpenCC

    candidates = "\n".join(
        chr(code) for low, high in _CJK_RANGES[3:] for code in range(low, min(high, 0x2FFFF) + 1)
    )
    converted = OpenCC("t2s").convert(candidates)
    pairs = zip(candidates.split("\n"), converted.split("\n"), strict=True)
    simplified = {old: new for old, new in pairs if old != new and len(new) == 1}
    return simplified | _BY_CONTEXT
