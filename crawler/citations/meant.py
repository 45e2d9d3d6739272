"""Tells whether words are the name of a statute of this country, or a part of something else."""

from __future__ import annotations

import re

from crawler.citations.brackets import is_quoted
from crawler.citations.words import Words
from crawler.text import is_cjk

_NUMBERED = re.compile(r"[\d〕\])】年第]")


def is_foreign(text: str, start: int, words: Words) -> bool:
    """Whether the statute at ``start`` is another country's: 美国《破产法》, 日本的《民法典》."""
    if text.endswith("的", 0, start):
        start -= 1
    return words.ends("foreign", text, start)


def is_meant(text: str, start: int, end: int, words: Words) -> bool:
    """Whether what stands around a guarded name tells that a statute is meant."""
    said = words.ends("lead_ins", text, start) or words.starts("said_of_law", text, end)
    return said or is_quoted(text, start, end)


def is_whole_name(text: str, start: int, end: int, words: Words) -> bool:
    """Whether the name is no part of a longer word (劳动合同法, 合同法律关系, 民法总则编)."""
    surface = text[start:end]
    if surface[0].isdecimal() and _NUMBERED.search(text, max(0, start - 1), start):
        return False
    if surface.isascii() or surface[-1:].isascii():
        after, before = text[end : end + 1], text[max(0, start - 1) : start]
        return not (_is_latin(after) or (surface[:1].isascii() and _is_latin(before)))
    if surface.endswith("法"):
        if words.ends("other_law_before", text, start):
            return False
        if words.starts("word_tails", text, end) and not words.starts(
            "word_tails_allowed", text, end
        ):
            return False
    return not (surface.endswith("总则") and words.starts("chapter_tails", text, end))


def _is_latin(character: str) -> bool:
    return bool(character) and character.isalnum() and not is_cjk(character)
