"""Keeps an article's table rows of dates and numbers, which look like lines about the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from crawler.linklists.line import Line
from crawler.linklists.shapes import CELLS
from crawler.model import BlockType, RemovalReason

_LABEL = re.compile(r"[:：]\s*(?:\||$)")
FEWEST_ROWS, FEWEST_CELLS = 3, 2  # one row may be a page's own dates


def spare_rows(lines: Sequence[Line], found: dict[int, RemovalReason], first: int) -> None:
    """Takes out of ``found`` such rows behind the ``first`` sentence that stand among others.

    They have as many cells as the others, one of which is no line about the page, and no label.
    """
    start = 0
    for count, group in groupby(map(_count_cells, lines)):
        rows = range(start, start + len(list(group)))
        start = rows.stop
        if count < FEWEST_CELLS or len(rows) < FEWEST_ROWS or all(row in found for row in rows):
            continue
        dated = [row for row in rows if found.get(row) is RemovalReason.META_LINE]
        if dated and dated[-1] > first:
            for row in dated:
                if not _LABEL.search(lines[row].text):
                    del found[row]


def _count_cells(line: Line) -> int:
    return len(CELLS.split(line.text)) if line.type is BlockType.TABLE_ROW else 0
