"""Finds other pages' titles in the form of an article's own parts: rows of a table, and questions.

Only a heading that such lists have tells them from those.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.linklists.context import Context
from crawler.linklists.line import Line
from crawler.linklists.shapes import find_cells, has_counter

FEWEST = 2  # rows or questions
LONGEST_COUNTER = 14  # code points of what stands below a question: 3位律师解答
_QUESTION = re.compile(r"\s*(?:问|Q\d{0,2})\s*[:：].*[?？]\s*")
_ASKERS = ("问", "Q")
_ASKED = re.compile(r"\s*(?:问|Q\d{0,2})\s*[:：]\s*\S.*")
_DIGIT = re.compile(r"\d")


def find_headed(lines: Sequence[Line], context: Context) -> list[int]:
    """The indices of such lines right below their headings; a question with its answer is none."""
    found: list[int] = []
    for at, bared in enumerate(context.bared):
        if bared in context.words.heading_whole:
            found.extend(_read(lines, at + 1))
    end = 0
    for at, line in enumerate(lines):
        if at >= end and line.text[:1] in _ASKERS:
            asked = _read_asked(lines, at)
            found.extend(asked)
            end = asked.stop
    return found


def _read_asked(lines: Sequence[Line], start: int) -> range:
    """The questions from ``start`` on, each with a counter of its answers below it.

    The first two counters say what they count, or it is no such list.
    """
    end = start
    while _is_asked(lines, end) and (end >= start + 4 or has_counter(lines[end + 1].text)):
        end += 2
    return range(start, end if end >= start + 4 else start)


def _is_asked(lines: Sequence[Line], at: int) -> bool:
    return (
        at + 1 < len(lines)
        and _ASKED.fullmatch(lines[at].text) is not None
        and _is_counter(lines[at + 1])
    )


def _read(lines: Sequence[Line], start: int) -> range:
    """The rows and questions from ``start`` on with the counters below them."""
    end = start
    titles = 0
    while end < len(lines):
        if find_cells(lines[end]) or _QUESTION.fullmatch(lines[end].text):
            titles += 1
        elif not (titles and _is_counter(lines[end])):
            break
        end += 1
    return range(start, end if titles >= FEWEST else start)


def _is_counter(line: Line) -> bool:
    return len(line.text) <= LONGEST_COUNTER and _DIGIT.search(line.text) is not None
