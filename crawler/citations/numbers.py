"""Tells a hotline number from the same digits inside a longer number, an amount or an address."""

from __future__ import annotations

import re

from crawler.citations.words import Words
from crawler.text import is_cjk

_AREA_CODE = re.compile(r"(?:(?<![\d.])(?:0\d{2,3}[-–—]?|\+86-?)|区号[-–—+加 ]?)$")
"""An area code, or the word for whichever the caller has (区号+12348)."""

_JOINED_BEFORE = re.compile(r"[\d@#_/a-z-]$|\d\.$|\.$(?<=[a-z]\.)")
_JOINED_AFTER = re.compile(r"\d|\.\d|[-–—]\d|[a-z_@]|\.[a-z]")
_THOUSANDS_AFTER = re.compile(r",\d{3}(?!\d)")
_THOUSANDS_BEFORE = re.compile(r"\d,$")
_LISTED_BEFORE = re.compile(
    r"(?<!\d)(?:12\d{3}|95\d{3}|96110|1[12][0-9])(?:[、或和及与跟/]|或者|还是|以及)$"
)
_LISTED_AFTER = re.compile(
    r"(?:[、或和及与跟/]|或者|还是|以及)(?:12\d{3}|96110|11[09]|12[02])(?!\d)"
)
_AFTER_HOTLINE = re.compile(r"(?<![\d,])(?:123\d{2}|96110|12110|11[09]|12[02]),$")
_BEFORE_SHORT = re.compile(r",(?:11[09]|12[02])(?![\d.,])")
"""120,110 is read as two numbers to call: an amount of just these digits has its unit."""

_CLAUSE_BEFORE = re.compile(r"(?:^|[\n。;!?]|[^\d\n],)$")
_CLAUSE_AFTER = re.compile(r"[,。;!?\n](?!\d)|:(?![\d ])|$")
"""A short number that is a clause of its own, as in 有人堵门,110。"""

_EDGES = ("", "\n")
"""Between them a number is a page's, a chapter's or a cell's."""

JOINT = 3
"""Signs before digits that tell whether they are part of something, a line break among them."""
_AREA_REACH = 8
_CUE_REACH = 14

_MARKS = ":;(+-–—【[「『=、,“\"' "
_VERBS = _MARKS + "是为"
_PAUSES = frozenset(",、")
_OTHER_NUMBERS = ("number_cues", "tail_cues")
_SIGNS = _VERBS + "号码"

_DIALLED_TIMES = re.compile(r"[打拨报叫][了过]?[一两二三四五六七八九十几多好\d]{1,3}[次回遍通]$")
"""打了两次110: how often it was called stands between."""

_FIRST_STEP = re.compile(
    r"(?:第[一二三]步|首先|第一(?:个电话|反应|件事|时间))[^,。;:!?\d\n]{0,5}是$"
)
"""第一步永远是110: what to do is told by the number."""

SHORT_NUMBER = 3
"""Numbers of so few digits (110, 120) count things far more often than they are dialled."""


def is_called(text: str, start: int, end: int, words: Words) -> bool:
    """Whether the folded digits ``text[start:end]`` stand as a whole number to call."""
    before = text[max(0, start - _AREA_REACH) : start]
    if _JOINED_BEFORE.search(before[-JOINT:]) and not (
        _AREA_CODE.search(before) or _LISTED_BEFORE.search(before)
    ):
        return False
    if _JOINED_AFTER.match(text, end) or is_counted(text, end, words):
        return False
    if before.endswith("第") or is_numbered(text, start, end):
        return False
    if any(is_cued_number(group, text, start, end, words) for group in _OTHER_NUMBERS):
        return False
    if end - start <= SHORT_NUMBER:
        if words.starts("counted_by", text, end):
            return False
        if _AFTER_HOTLINE.search(before):
            return True
        if _THOUSANDS_BEFORE.search(before):
            return False
        pair = _BEFORE_SHORT.match(text, end)
        if pair is not None and not is_counted(text, pair.end(), words):
            return True
        if _THOUSANDS_AFTER.match(text, end):
            return False
        alone = text[start - 1 : start] in _EDGES and text[end : end + 1] in _EDGES
        if not alone and _CLAUSE_BEFORE.search(before) and _CLAUSE_AFTER.match(text, end):
            return True
        if (
            _DIALLED_TIMES.search(before)
            or _FIRST_STEP.search(text[max(0, start - _CUE_REACH) : start])
            or _LISTED_BEFORE.search(before)
            or _LISTED_AFTER.match(text, end)
        ):
            return True
        said = end + int(text.startswith("(", end))  # 110(报警)
        return has_cue("call_cues_before", text, start, words) or words.starts(
            "call_cues_after", text, said
        )
    return True


def is_cued_number(group: str, text: str, start: int, end: int, words: Words) -> bool:
    """Whether a word of the group tells what number the digits are (订单号:, 尾号).

    Behind a pause, digits that words follow at once begin a clause: 12368查案号,12348问法律.
    """
    if text[start - 1 : start] in _PAUSES and is_cjk(text[end : end + 1] or " "):
        return False
    return has_cue(group, text, start, words)


def is_counted(text: str, end: int, words: Words) -> bool:
    """Whether a unit follows the digits that end at ``end``, so that they are an amount."""
    return words.starts("counted_by", text, end) and not words.starts(
        "counted_by_exceptions", text, end
    )


def has_cue(group: str, text: str, start: int, words: Words) -> bool:
    """Whether a word of the group stands before the digits, a few signs between them."""
    before = text[max(0, start - _CUE_REACH) : start]
    unsigned = before.rstrip(_SIGNS)
    if words.ends(group, unsigned, len(unsigned)):
        return True
    if len(unsigned) == len(before):  # nothing between, as nearly always
        return False
    unmarked = before.rstrip(_VERBS)  # 订单号: and 订单号为 keep their 号
    return words.ends(group, before, len(before)) or words.ends(group, unmarked, len(unmarked))


def is_numbered(text: str, start: int, end: int) -> bool:
    """Whether the digits are the number of a document: 〔2020〕12315号."""
    return text.startswith("号", end) and text[start - 1 : start] in {"〕", "]", ")", "】"}
