"""Reads titles of other pages that end with semicolons as the titles they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.linklists.above import ends_in_colon
from crawler.linklists.line import Line
from crawler.linklists.shapes import is_linked, is_title_like
from crawler.linklists.stray import LEAD_REACH
from crawler.pagewords import PageWords

FEWEST = 3  # neighbouring lines; fewer may end a sentence of the article's
SHORTEST = 6  # code points without punctuation; items of an article's own are often shorter
_STOPS = ("；", ";")
_INNER = re.compile("[，,、；;：:。]")


def without_stops(lines: Sequence[Line], bared: Sequence[str], words: PageWords) -> Sequence[Line]:
    """The lines, those of such stretches without their last semicolon.

    What a line with a colon, or one that promises a list, stands above is the article's own: a
    sentence that goes on over several lines.
    """
    if not any(line.text.endswith(_STOPS) for line in lines):
        return lines
    changed = list(lines)
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _is_stopped(lines[end], bared[end], words):
            end += 1
        if end - at >= FEWEST and not _is_promised(lines, bared, at, words):
            for place in range(at, end):
                changed[place] = _stripped(lines[place])
        at = max(end, at + 1)
    return changed


def _is_stopped(line: Line, bared: str, words: PageWords) -> bool:
    """Whether a line is a title but for the semicolon at its end."""
    return (
        line.text.endswith(_STOPS)
        and not is_linked(line)
        and len(bared) >= SHORTEST
        and not bared.startswith(words.own_starts)
        and not _INNER.search(line.text[:-1])
        and is_title_like(_stripped(line))
    )


def _is_promised(lines: Sequence[Line], bared: Sequence[str], at: int, words: PageWords) -> bool:
    if at == 0:
        return False
    above = lines[at - 1]
    leads = words.promise if above.text.rstrip().endswith("。") else words.lead_in
    return ends_in_colon(above) or leads.search(bared[at - 1][-LEAD_REACH:]) is not None


def _stripped(line: Line) -> Line:
    return line._replace(text=line.text[:-1])
