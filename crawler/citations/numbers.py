"""Tells a hotline number from the same digits inside a longer number, an amount or an address."""

from __future__ import annotations

import re

from crawler.citations.words import Words

_AREA_CODE = re.compile(r"(?<![\d.])(?:0\d{2,3}[-–—]?|\+86-?)$")
_JOINED_BEFORE = re.compile(r"[\d@#_/a-z-]$|\d\.$|\.$(?<=[a-z]\.)")
_JOINED_AFTER = re.compile(r"\d|\.\d|,\d{3}(?!\d)|[-–—]\d|[a-z_@]|\.[a-z]")
_THOUSANDS_BEFORE = re.compile(r"\d,$")
_AREA_REACH = 8

SHORT_NUMBER = 3
"""Numbers of so few digits (110, 120) count things far more often than they are dialled."""


def is_called(text: str, start: int, end: int, words: Words) -> bool:
    """Whether the folded digits ``text[start:end]`` stand as a whole number to call."""
    before = text[max(0, start - _AREA_REACH) : start]
    if _JOINED_BEFORE.search(before) and not _AREA_CODE.search(before):
        return False
    if _JOINED_AFTER.match(text, end) or words.starts("counted_by", text, end):
        return False
    if before.endswith("第"):
        return False
    if end - start <= SHORT_NUMBER:
        if _THOUSANDS_BEFORE.search(before):
            return False
        return words.ends("call_cues_before", text, start) or words.starts(
            "call_cues_after", text, end
        )
    return True
