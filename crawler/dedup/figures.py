"""Figures in bare text as what they amount to: rates, sums, periods, years, articles of a law.

A copy may write 两万七 as 27000元 and 24% as 百分之二十四, or call a day 天 or 日. So figures
are compared by kind and value, however they are written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from crawler.citations.provisions import DIGITS, TENS

_MYRIADS = {"万": 10_000, "亿": 100_000_000}

# Marks are gone from bare text: of 两万七四十天 the first number ends before 四.
_DIGIT = "[一二两三四五六七八九]"
_CHINESE = (
    f"(?:(?:{_DIGIT}?十|{_DIGIT}[百千万亿])(?:{_DIGIT}?[十百千万亿]|零)*{_DIGIT}?"
    "|[零〇一二两三四五六七八九]+)"
)
_POINT = "点[零一二三四五六七八九]+"
_NUMBER = rf"(?:[0-9]+(?:\.[0-9]+)?[百千万亿]*|{_CHINESE}(?:{_POINT}(?=[万元倍%]))?)"
_START = "(?=[0-9第半零〇一二两三四五六七八九十百千万亿])"  # most characters begin no figure
_UNIT = (
    "%|个?工作日|[天日]|号(?![码线楼])|周(?![岁年边围转末])|个?星期|个?月|年|个?小时|分钟|期|倍|折|岁|次"
    "|分利|万元|元|块|(?=[^个人名家条张字位部款本件份米斤公里]|$)"
)
_FIGURE = re.compile(
    f"{_START}(?:"
    rf"(?P<parts>[百千万])分之(?P<ratio>[0-9]+(?:\.[0-9]+)?|{_CHINESE}(?:{_POINT})?)"
    rf"|第(?P<article>{_NUMBER})条"
    rf"|(?P<hour>{_NUMBER})点(?:(?P<minute>{_NUMBER})分(?!之)|(?=[前后整钟到]))"
    rf"|(?:(?<=早)|(?<=晚)|(?<=午)|(?<=晨)|(?<=[早晚]上)|(?<=夜里))(?P<clock>{_NUMBER})点"
    r"|(?P<half>半)(?P<of>年|个月)"
    rf"|(?P<number>{_NUMBER})(?:多|余|来|出头)?(?P<unit>{_UNIT}))"
)

_DAYS = {
    **dict.fromkeys(("天", "日", "号"), 1.0),
    **dict.fromkeys(("周", "星期"), 7.0),
    "个月": 30.0,
    "小时": 1 / 24,
    "分钟": 1 / 1440,
}
_YEAR = 360.0  # days, so that a year is twelve months and half a year six
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_PARTS = {"百": 1.0, "千": 10.0, "万": 100.0}
_MOST_TIMES = 50  # more often happens to readers' counters, not in rules
_LEAST_SUM = 100  # a sum without its unit is written with 百, 千 or 万


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at ``start:end`` of bare text: its kind, and its value in the kind's unit.

    Kinds are rate (per cent), sum (yuan), days, month (of the year), year, clock (hours),
    article (of a law), and the units that stand for themselves.
    """

    kind: str
    value: float
    start: int
    end: int


@lru_cache(maxsize=512)
def find_figures(bare: str) -> tuple[Figure, ...]:
    """The figures of bare text that say something by themselves, in order, not overlapping."""
    found = (_read(match) for match in _FIGURE.finditer(bare))
    return tuple(figure for figure in found if figure is not None)


def parse_number(text: str) -> float:
    """The value of a number written in Arabic or Chinese figures, in bare text."""
    head = re.match(r"[0-9]+(?:\.[0-9]+)?", text)
    if head:
        value = float(head[0])
        for unit in text[head.end() :]:
            value *= TENS.get(unit) or _MYRIADS[unit]
        return value
    whole, _, fraction = text.partition("点")
    return float(f"{_whole(whole)}." + "".join(str(DIGITS[digit]) for digit in fraction))


def _whole(text: str) -> int:
    """The value of a Chinese whole number, 三万六 for 36,000 included."""
    if all(character in DIGITS for character in text):
        return int("".join(str(DIGITS[character]) for character in text))
    total = section = digit = 0
    last = 1
    for character in text:
        if character in DIGITS:
            digit = DIGITS[character]
            last = last if digit else 1  # after 零 the digit stands for itself
            continue
        if character in TENS:
            last = TENS[character]
            section += (digit or 1) * last
        else:
            last = _MYRIADS[character]
            total += (section + digit or 1) * last
            section = 0
        digit = 0
    return total + section + digit * (last // 10 if last > 10 else 1)


def _read(match: re.Match[str]) -> Figure | None:
    found = _amount(match.groupdict())
    return found and Figure(found[0], round(found[1], 4), match.start(), match.end())


def _amount(named: dict[str, str | None]) -> tuple[str, float] | None:
    """The kind of a figure and its value in the kind's unit; ``None`` when it says nothing."""
    parts, article, clock = named["parts"], named["article"], named["hour"] or named["clock"]
    if parts:
        return "rate", parse_number(named["ratio"] or "") / _PARTS[parts]
    if article:
        return "article", parse_number(article)
    if clock:
        return "clock", parse_number(clock) + parse_number(named["minute"] or "0") / 60
    if named["half"]:
        return "days", _YEAR / 2 if named["of"] == "年" else _DAYS["个月"] / 2
    number = named["number"] or ""
    return _counted(number, parse_number(number), named["unit"] or "")


def _counted(number: str, value: float, unit: str) -> tuple[str, float] | None:
    days = _DAYS.get(unit) or _DAYS.get(unit.removeprefix("个"))
    if days:
        return "days", value * days
    match unit:
        case "%":
            return "rate", value
        case "年" if _FIRST_YEAR <= value <= _LAST_YEAR:
            return "year", value
        case "年":
            return "days", value * _YEAR
        case "月":
            return "month", value
        case "工作日" | "个工作日":
            return "workdays", value
        case "元" | "块":
            return "sum", value
        case "万元":
            return "sum", value * _MYRIADS["万"]
        case "次" if value > _MOST_TIMES:
            return None
        case "":
            big = value >= _LEAST_SUM and number[-1] not in "亿" and set(number) & set("百千万")
            return ("sum", value) if big else None
        case _:
            return unit, value
