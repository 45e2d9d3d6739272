"""Finds other pages' titles in the form of an article's own parts: rows of a table, and questions.

Only a heading that such lists have tells them from those.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.linklists.context import Context
from crawler.linklists.line import Line
from crawler.linklists.runs import find_cells

FEWEST = 2  # rows or questions
LONGEST_COUNTER = 14  # code points of what stands below a question: 3位律师解答
_QUESTION = re.compile(r"\s*(?:问|Q\d{0,2})\s*[:：].*[?？]\s*")
_DIGIT = re.compile(r"\d")


def find_headed(lines: Sequence[Line], context: Context) -> list[int]:
    """The indices of such lines right below their headings; a question with its answer is none."""
    found: list[int] = []
    for at, bared in enumerate(context.bared):
        if bared in context.words.heading_whole:
            found.extend(_read(lines, at + 1))
    return found


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
