"""Reads provision numbers (第七十条, 第293条之一, 第10条、第11条第二款第(三)项).

Works on folded text and writes provisions in the notation of the reference data:
``42``, ``293之1``, ``50.1`` (paragraph), ``42(5)`` (item), ``50.1(5)``, ``667-680``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DIGITS = {"〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4}
DIGITS |= {"五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
TENS = {"十": 10, "百": 100, "千": 1000}

_NUMBER = r"(?:\d{1,4}|[〇○零一二两三四五六七八九十百千]{1,9})"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_LIST_MARK = r"(?:以及|[、,，和及与或])"
_RANGE_MARK = r"(?:至|到|[-—–~]{1,2})"

_PROVISION = re.compile(
    rf"(第)?({_NUMBER})(?:条(?:之({_SMALL})(?!般|切|间|些|类|下|外))?|之({_SMALL})条)"
)
_RANGE = re.compile(rf"(第)?({_NUMBER})条?{_RANGE_MARK}第?({_NUMBER})条")
_LISTED = re.compile(rf"(第)?({_NUMBER})(?=(?:{_LIST_MARK}第?{_NUMBER}){{1,6}}条)")
_PART = re.compile(
    rf"(?:{_LIST_MARK}(?=[第(]))?第?\(?({_NUMBER})\)?((?:(?:{_LIST_MARK}|{_RANGE_MARK})第?\(?{_NUMBER}\)?){{0,6}})"
    r"(款|项|目)"
)
_NEXT = re.compile(_LIST_MARK)
_WRITTEN = re.compile(r"(\d+)(?:之(\d+))?(?:\.(\d+))?(?:\((\d+)\))?")

SMALLEST_BARE = 10
"""Without 第 a smaller number counts things (刑法三条 is "three rules"); by judgement."""


@dataclass(frozen=True, slots=True)
class Provisions:
    """The provisions of one citation, in order, and where their text ends."""

    numbers: tuple[str, ...]
    end: int


def parse_number(text: str) -> int:
    """The value of an Arabic or Chinese numeral below 10,000; raises ValueError otherwise."""
    if text.isdecimal():
        return int(text)
    if not any(character in TENS for character in text):
        return int("".join(str(_digit(character)) for character in text))
    total, digit = 0, None
    for character in text:
        unit = TENS.get(character)
        if unit is None:
            digit = _digit(character)
        else:
            total += unit * (1 if digit is None else digit)
            digit = None
    return total + (digit or 0)


def find_provisions(text: str, start: int) -> Provisions | None:
    """The provisions written at ``start`` of folded text; ``None`` when there are none."""
    numbers: list[str] = []
    end = at = start
    while True:
        found = _one(text, at, first=not numbers)
        if found is None:
            break
        numbers.extend(found.numbers)
        end = found.end
        mark = _NEXT.match(text, end)
        if mark is None:
            break
        at = mark.end()
    return Provisions(tuple(dict.fromkeys(numbers)), end) if numbers else None


def main_number(provision: str) -> str:
    """The number without paragraph and item: ``42`` for ``42.1(5)``."""
    written = _WRITTEN.match(provision)
    if written is None:
        return provision
    return written[1] + (f"之{written[2]}" if written[2] else "")


def covered(provision: str) -> tuple[str, ...]:
    """The numbers that a range covers, or the provision alone."""
    low, dash, high = provision.partition("-")
    if not dash or not low.isdecimal() or not high.isdecimal():
        return (provision,)
    return tuple(str(number) for number in range(int(low), min(int(high), int(low) + 99) + 1))


def spoken(provision: str) -> str:
    """A provision in words for a reader: 第50条第1款第1项, 第667条至第680条."""
    low, dash, high = provision.partition("-")
    if dash:
        return f"{spoken(low)}至{spoken(high)}"
    written = _WRITTEN.fullmatch(provision)
    if written is None:
        return provision
    number, sub, paragraph, item = written.groups()
    parts = [f"第{number}条"]
    if sub:
        parts.append(f"之{sub}")
    if paragraph:
        parts.append(f"第{paragraph}款")
    if item:
        parts.append(f"第{item}项")
    return "".join(parts)


def _digit(character: str) -> int:
    if character.isdecimal():
        return int(character)
    if character not in DIGITS:
        raise ValueError(f"{character!r} is no numeral; write 0-9 or 一 to 千")
    return DIGITS[character]


def _one(text: str, at: int, *, first: bool) -> Provisions | None:
    """One range, one provision with its paragraphs and items, or one bare list number."""
    found = _RANGE.match(text, at)
    if found and _is_plausible(found[1], found[2], first=first):
        low, high = parse_number(found[2]), parse_number(found[3])
        if 0 < low < high:
            return Provisions((f"{low}-{high}",), found.end())
    found = _PROVISION.match(text, at)
    if found and _is_plausible(found[1], found[2], first=first):
        number = str(parse_number(found[2]))
        sub = found[3] or found[4]
        if sub:
            number += f"之{parse_number(sub)}"
        return _with_parts(text, found.end(), number)
    found = _LISTED.match(text, at)
    if found and _is_plausible(found[1], found[2], first=first):
        return Provisions((str(parse_number(found[2])),), found.end())
    return None


def _is_plausible(ordinal: str | None, number: str, *, first: bool) -> bool:
    value = parse_number(number)
    return value > 0 and (ordinal is not None or not first or value >= SMALLEST_BARE)


def _with_parts(text: str, end: int, number: str) -> Provisions:
    """The provision with the paragraphs and items that follow it."""
    paragraph = ""
    written: list[str] = []
    while part := _PART.match(text, end):
        values = [parse_number(part[1])]
        values += [parse_number(one) for one in re.findall(_NUMBER, part[2])]
        if part[3] == "款":
            paragraph = f".{values[0]}"
            written = [*(w for w in written if "(" in w), *(f"{number}.{v}" for v in values)]
        elif part[3] == "项":
            written = [w for w in written if w != number + paragraph]
            written += [f"{number}{paragraph}({value})" for value in values]
        end = part.end()
    return Provisions(tuple(written) or (number,), end)
