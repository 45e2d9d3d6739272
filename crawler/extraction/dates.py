"""Calendar dates as Chinese pages write them; nothing here knows where they stand."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

# The web in China began in 1994; an earlier date is what an article is about.
EARLIEST = date(1995, 1, 1)

_DIGITS = {character: str(value) for value, character in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"○": "0", "零": "0", "Ｏ": "0", "O": "0", "o": "0"}
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}

_NUMERIC = re.compile(
    r"(?<![\d.])((?:19|20)\d\d)\s*(?:"
    + "|".join(
        (
            r"-\s*(?P<m1>0?[1-9]|1[0-2])\s*-\s*(?P<d1>0[1-9]|[12]\d|3[01]|[1-9])",
            # A year above its day: 2024 04/05.
            r"\s(?P<m5>0[1-9]|1[0-2])\s?/\s?(?P<d5>0[1-9]|[12]\d|3[01])",
            r"/\s*(?P<m2>0?[1-9]|1[0-2])\s*/\s*(?P<d2>0[1-9]|[12]\d|3[01]|[1-9])",
            r"\.\s*(?P<m3>0?[1-9]|1[0-2])\s*\.\s*(?P<d3>0[1-9]|[12]\d|3[01]|[1-9])",
            r"年\s*(?P<m4>0?[1-9]|1[0-2])\s*月\s*(?P<d4>0[1-9]|[12]\d|3[01]|[1-9])\s*日?",
        )
    )
    # A time may follow without a space: 2024-04-0511:45.
    + r")(?=\d\d:\d\d|\D|$)"
)
# A year of two digits, only where a time of day follows (24-04-05 11:45) or a label stands before
# it (日期:24/04/05).
_SHORT_YEAR = re.compile(
    r"(?<![\d./-])([0-3]\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?=\s+[0-2]?\d:[0-5]\d)"
    r"|(?:(?<=[期间間布佈表新]:)|(?<=[期间間布佈表新]: ))"
    r"([0-3]\d)(?P<mark>[-/.])(0[1-9]|1[0-2])(?P=mark)(0[1-9]|[12]\d|3[01])(?![\d./-])"
)
_CHINESE = re.compile(
    r"([二一][〇○零OＯo一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_ROC = re.compile(r"(?:民國|民国)\s*(\d{2,3})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?")
_ENGLISH = re.compile(
    r"\b(?:(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+"
    # The day of the week may stand between: Mar 18 週二 2025.
    r"(?:\(?(?:(?:周|週|星期|礼拜|禮拜)[一二三四五六日天]|(?i:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})\)?\s+)?"
    r"(?P<year>(?:19|20)\d\d)(?=\d\d:\d\d|\b)"
    r"|(?P<day2>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month2>[A-Za-z]{3,9})\.?,?\s+(?P<year2>(?:19|20)\d\d)\b)"
)
_COMPACT = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=\d{6}(?!\d)|\D|$)"
)
_WEEKDAY_AFTER = re.compile(r"\s?[(（]?(?:星期|周|週|礼拜|禮拜)[一二三四五六日天][)）]?")
_TIME_AFTER = re.compile(
    r"[\sT]{0,4}\d{1,2}\s*[:：时點点]\s*\d{1,2}(?:\s*[:：分]\s*\d{1,2})?(?:秒|分)?(?:[.:]\d+)?"
    r"(?:\s*(?:[ap]m|z|[+-]\d\d:?\d\d))?",
    re.IGNORECASE,
)

_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_FOLD |= {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text and the span it takes, weekday and time of day included."""

    day: date
    start: int
    end: int


def fold_line(text: str) -> str:
    """The text with ASCII for full-width forms and small letters; every offset stays."""
    return text.translate(_FOLD)


def find_dates(text: str) -> Iterator[Found]:
    """The full dates in a text, in order of position within each notation.

    A date without a year is not a full date.
    """
    for match in _NUMERIC.finditer(text):
        groups = [group for group in match.groups() if group]
        yield from _found(text, match, *groups)
    for match in _SHORT_YEAR.finditer(text):
        year, month, day = match.group(1, 2, 3) if match[1] else match.group(4, 6, 7)
        yield from _found(text, match, f"20{year}", month, day)
    if "年" in text or "民" in text:
        for match in _CHINESE.finditer(text):
            year = "".join(_DIGITS[character] for character in match[1])
            yield from _found(text, match, year, *map(_small_number, match.group(2, 3)))
        for match in _ROC.finditer(text):
            yield from _found(text, match, str(int(match[1]) + 1911), match[2], match[3])
    if text.isascii() or any(character.isascii() and character.isalpha() for character in text):
        for match in _ENGLISH.finditer(text):
            month = _MONTHS.get((match["month"] or match["month2"])[:3].lower())
            if month:
                year, day = match["year"] or match["year2"], match["day"] or match["day2"]
                yield from _found(text, match, year, str(month), day)


def parse_machine_date(value: str) -> date | None:
    """The day of a machine-readable value: ISO 8601, a compact or usual form, an epoch.

    The local date as written: a time zone never moves it.
    """
    value = value.strip()[:60]
    for found in find_dates(value):
        return found.day
    if match := _COMPACT.search(value):
        return make_date(*match.groups())
    return None


def make_date(year: str, month: str, day: str) -> date | None:
    """The day, ``None`` when there is no such day or it lies before the web."""
    try:
        made = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return made if made >= EARLIEST else None


_URL_PATTERNS = (
    re.compile(
        r"/((?:19|20)\d\d)[/_-](0?[1-9]|1[0-2])[/_-](0[1-9]|[12]\d|3[01]|[1-9])(?=[/_.-]|$)"
    ),
    re.compile(r"[/_-]((?:19|20)\d\d)-?(0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"),
    re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"),
    re.compile(r"(?<=/t)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[_./])"),
    re.compile(
        r"[/_=-]((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=\d{6}(?:\D|$)|[/_.A-Z-]|$)"
    ),
)


def find_url_date(url: str) -> date | None:
    """The day that an address contains, ``None`` unless it has year, month and day."""
    path = url.partition("://")[2].partition("#")[0] or url
    for pattern in _URL_PATTERNS:
        if (match := pattern.search(path)) and (made := make_date(*match.groups())):
            return made
    return None


def _small_number(text: str) -> str:
    """一 to 三十一 in digits."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(ones, "")
    return str(10 * int(_DIGITS.get(tens, "1")) + int(_DIGITS.get(ones, "0")))


def _found(text: str, match: re.Match[str], year: str, month: str, day: str) -> Iterator[Found]:
    made = make_date(year, month, day)
    if made is None:
        return
    end = match.end()
    for after in (_WEEKDAY_AFTER, _TIME_AFTER):
        if found := after.match(text, end):
            end = found.end()
    yield Found(made, match.start(), end)
