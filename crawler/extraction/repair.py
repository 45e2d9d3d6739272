"""Damaged bytes: the text around a stray or missing byte, exactly as it was.

UTF-8 finds its way back at the next character by itself. The double-byte encodings do not:
after one stray byte every following pair is read a byte off until the next ASCII
character. There, all ways to pair the bytes of a damaged stretch are compared, and the one
that makes frequent characters out of most bytes wins.
"""

from __future__ import annotations

import re
from functools import cache

from crawler.wordlists import load_table

# Costs of reading one character in a damaged stretch, in arbitrary units. Only their order
# matters: a frequent character is believed before a rare one, dropping a byte comes last.
COST_FREQUENT = 0.0
COST_ORDINARY = 1.0  # the encoding's first, common plane
COST_RARE = 3.0
COST_FOUR_BYTES = 8.0
COST_DROPPED = 6.0

SAMPLE = 4000  # non-ASCII characters that decide about a page; a tenth would do

LONGEST_STRETCH = 20_000  # bytes: longer damaged stretches are read without repair
MOST_REPAIRED = 200_000  # bytes searched in one page, some 0.3 s; real damage is a few lines

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_STRETCH = re.compile(rb"[^<>\r\n]+")
_UTF8_RUN = re.compile(rb"(?:[\x00-\x7f]|[\xe2-\xef][\x80-\xbf]{2})+")


def common_share(text: str) -> float:
    """The share, 0 to 1, of frequent characters among a sample of the non-ASCII ones."""
    sample = _NOT_ASCII.findall(text[: SAMPLE * 100])[:SAMPLE]
    if not sample:
        return 0.0
    frequent = frequent_characters()
    return sum(character in frequent for character in sample) / len(sample)


@cache
def frequent_characters() -> frozenset[str]:
    """Frequent Chinese characters and punctuation marks, a constant table."""
    table = load_table("characters")
    return frozenset("".join(table.values())) - {"\n"}


def repair_utf8(body: bytes) -> str:
    """Mostly valid UTF-8 as text; stretches that are plausible GBK are read as such."""
    parts: list[str] = []
    end = 0
    for stretch in _STRETCH.finditer(body):
        piece = stretch.group()
        if piece.isascii():
            continue
        try:
            text = piece.decode("utf-8")
        except UnicodeDecodeError:
            text = _read_foreign(piece)
        parts.append(body[end : stretch.start()].decode("ascii"))
        parts.append(text)
        end = stretch.end()
    parts.append(body[end:].decode("ascii", "replace"))
    return "".join(parts)


def _read_foreign(piece: bytes) -> str:
    lenient = piece.decode("utf-8", "replace")
    odd = len(_NOT_ASCII.findall(lenient))
    broken = lenient.count("\ufffd")
    if broken > odd - broken:
        as_gbk = piece.decode("gb18030", "replace")
        if "\ufffd" not in as_gbk and common_share(as_gbk) > 0.5:
            return as_gbk
    return lenient


def repair_double_byte(body: bytes, codec: str) -> str:
    """Mostly valid text of a double-byte encoding; only damaged stretches are searched."""
    parts: list[str] = []
    end = 0
    budget = MOST_REPAIRED
    for stretch in _STRETCH.finditer(body):
        piece = stretch.group()
        if piece.isascii():
            continue
        parts.append(body[end : stretch.start()].decode("ascii", "replace"))
        end = stretch.end()
        try:
            text = piece.decode(codec)
        except UnicodeDecodeError:
            budget -= len(piece)
            is_searched = budget >= 0 and len(piece) <= LONGEST_STRETCH
            text = _read_cheapest(piece, codec) if is_searched else piece.decode(codec, "replace")
        parts.append(_unless_utf8(piece, text))
    parts.append(body[end:].decode("ascii", "replace"))
    return "".join(parts)


def _unless_utf8(piece: bytes, text: str) -> str:
    """The stretch read as UTF-8 when it is that, and more plausible than ``text``."""
    if _UTF8_RUN.fullmatch(piece):
        as_utf8 = piece.decode("utf-8", "replace")
        if common_share(as_utf8) > common_share(text):
            return as_utf8
    return text


def _read_cheapest(piece: bytes, codec: str) -> str:
    """The reading of least cost, by dynamic programming over byte positions.

    Each byte that belongs to no character becomes U+FFFD.
    """
    size = len(piece)
    costs = [float("inf")] * (size + 1)
    costs[0] = 0.0
    steps: list[tuple[int, str]] = [(0, "")] * (size + 1)
    for at in range(size):
        here = costs[at]
        for width, character, cost in _readings(piece, at, codec):
            if here + cost < costs[at + width]:
                costs[at + width] = here + cost
                steps[at + width] = (at, character)
    characters: list[str] = []
    at = size
    while at > 0:
        at, character = steps[at]
        characters.append(character)
    return "".join(reversed(characters))


def _readings(piece: bytes, at: int, codec: str) -> list[tuple[int, str, float]]:
    """Width, character and cost of each way to read on at a byte."""
    lead = piece[at]
    if lead < 0x80:
        return [(1, chr(lead), 0.0)]
    ways = [(1, "\ufffd", COST_DROPPED)]
    for width in (2, 4) if codec == "gb18030" else (2,):
        unit = piece[at : at + width]
        if len(unit) < width or (width == 4 and not 0x30 <= unit[1] <= 0x39):
            continue
        try:
            character = unit.decode(codec)
        except UnicodeDecodeError:
            continue
        if width == 4:
            ways.append((4, character, COST_FOUR_BYTES))
        elif len(character) == 1:
            ways.append((2, character, _cost(character, unit, codec)))
    return ways


def _cost(character: str, unit: bytes, codec: str) -> float:
    if character in frequent_characters():
        return COST_FREQUENT
    lead, trail = unit
    if codec == "gb18030":
        is_ordinary = (0xB0 <= lead <= 0xD7 or lead <= 0xA3) and lead > 0xA0 and trail > 0xA0
    else:
        is_ordinary = 0xA1 <= lead <= 0xC6
    return COST_ORDINARY if is_ordinary else COST_RARE
