"""Tells tables that hold data from tables that only arrange the page."""

from __future__ import annotations

from lxml.html import HtmlElement

# A cell of data is short; layout cells hold whole articles. Fee tables of the seeds' kind
# stay under 80 code points a cell.
LONGEST_CELL = 200
MOST_CELLS = 4000


def is_data_table(table: HtmlElement) -> bool:
    """Whether the table's rows hold data; looks no further than a bounded number of cells."""
    if next(table.iterdescendants("table", "ul", "h1", "form"), None) is not None:
        return False
    return _has_data_cells(table)


def _has_data_cells(table: HtmlElement) -> bool:
    rows = wide = 0
    for row in table.iterdescendants("tr"):
        rows += 1
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if not all(map(_is_short, cells)):
            return False
        wide += len(cells) > 1
        if rows > MOST_CELLS:
            break
    return rows >= 2 and wide * 2 >= rows


def _is_short(cell: HtmlElement) -> bool:
    size = 0
    for text in cell.itertext():
        size += len(text.strip())
        if size > LONGEST_CELL:
            return False
    return True
