"""Keeps an article's table rows of dates and numbers, which look like lines about the page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.linklists.line import Line
from crawler.linklists.shapes import CELLS
from crawler.model import BlockType, RemovalReason

_LABEL = re.compile(r"[:：]\s*(?:\||$)")
FEWEST_ROWS, FEWEST_CELLS = 3, 2  # one row may be a page's own dates


def spare_rows(lines: Sequence[Line], found: dict[int, RemovalReason], first: int) -> None:
    """Takes out of ``found`` such rows behind the ``first`` sentence that stand among others.

    They have as many cells as the others, one of which is no line about the page, and no label.
    """
    counts = [_count_cells(line) for line in lines]
    for at in [at for at, reason in found.items() if reason is RemovalReason.META_LINE]:
        if at <= first or counts[at] < FEWEST_CELLS or at not in found:
            continue
        begin, end = at, at + 1
        while counts[begin - 1] == counts[at] and begin:
            begin -= 1
        while end < len(lines) and counts[end] == counts[at]:
            end += 1
        rows = range(begin, end)
        if len(rows) >= FEWEST_ROWS and not all(row in found for row in rows):
            for row in rows:
                if found.get(row) is RemovalReason.META_LINE and not _LABEL.search(lines[row].text):
                    del found[row]


def _count_cells(line: Line) -> int:
    return len(CELLS.split(line.text)) if line.type is BlockType.TABLE_ROW else 0
