"""Finds how a notice is signed: below its last sentence who wrote it, and the day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.linklists.line import Line
from crawler.model import BlockType
from crawler.pagewords import PageWords, bare

SHORTEST_NAME, LONGEST_NAME = 4, 40  # code points of a body's name
MOST_LINES = 3  # bodies that sign together, with the day

_SENTENCE_ENDS = ("。", "！", "：", ":", "”", "？", "；", ")", "）")
_NAME = re.compile(r"[\w\s()（）·]+")
_DIGIT = "[0-9〇○零一二三四五六七八九十]"
_DAY = re.compile(
    rf"\s*{_DIGIT}{{4}}\s*(?:年\s*{_DIGIT}{{1,3}}\s*月\s*{_DIGIT}{{1,3}}\s*日|([-./])\d{{1,2}}\1\d{{1,2}})\s*"
)


def find_signatures(
    lines: Sequence[Line], bared: Sequence[str], title: str | None, words: PageWords
) -> set[int]:
    """The indices of such lines: a body's name with the day below it; either alone in a notice.

    They stand right below a sentence, and nothing else stands in them.
    """
    notice = words.notice.search(bare(title or "")) is not None
    found: set[int] = set()
    for at in range(1, len(lines)):
        if lines[at - 1].text.endswith(_SENTENCE_ENDS) and not lines[at - 1].hidden:
            found.update(_read(lines, bared, at, words, notice=notice))
    return found


def _read(
    lines: Sequence[Line], bared: Sequence[str], start: int, words: PageWords, *, notice: bool
) -> range:
    """The signature that begins at a line; empty where none does."""
    end = start
    limit = min(len(lines), start + MOST_LINES)
    while end < limit and _is_name(lines[end], bared[end], words):
        end += 1
    named = end > start
    dated = end < limit and _is_day(lines[end])
    if not (named and dated) and not notice:
        return range(0)
    return range(start, end + dated)


def _is_plain(line: Line) -> bool:
    return not (line.links or line.hidden or line.type is not BlockType.PARAGRAPH)


def _is_name(line: Line, bared: str, words: PageWords) -> bool:
    return (
        SHORTEST_NAME <= len(line.text) <= LONGEST_NAME
        and _is_plain(line)
        and bared.endswith(words.bodies)
        and _NAME.fullmatch(line.text) is not None
    )


def _is_day(line: Line) -> bool:
    return _is_plain(line) and _DAY.fullmatch(line.text) is not None
