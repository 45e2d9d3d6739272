"""Tells an article's own list by its length: as many items as the title, or the text, says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.linklists.above import SENTENCE_ENDS
from crawler.linklists.context import Context
from crawler.linklists.headings import is_list_heading
from crawler.linklists.line import Line
from crawler.linklists.shapes import is_date, is_title_like
from crawler.model import BlockType

# A title may say a number that some list of other pages has by chance: of so few items it takes
# the line above to say it.
FEWEST, FEWEST_TITLED = 3, 5
LINES_ABOVE = 2  # that may say it, the heading of the items left out
_TENS = {sign: at for at, sign in enumerate("一二三四五六七八九十", 1)}
_NUMBERS = _TENS | {f"十{one}": 10 + at for one, at in _TENS.items() if at < 10} | {"二十": 20}
_SAID = re.compile(
    r"(?<![第\d一二三四五六七八九十百千万])(二十|十[一二三四五六七八九]?|[三四五六七八九]|\d{1,2})"
    r"(?:个|個|大|件|条|條|项|項|步|招|点|點|种|種|类|類|问|問|例|起|句|家|处|處|样|樣|份|则|則)(?!月|半|小时)"
)
_NUMBERED = re.compile(r"\s{0,2}[(（]?(\d{1,2})[\s、．.)）:：]{1,2}(?!\d)")


def find_promised(lines: Sequence[Line], title: str | None, context: Context) -> set[int]:
    """The indices of the bare items numbered from 1 to a number that the page says there are.

    The title says it, 十大案例, and text goes on behind the items; or one of the lines right above
    them does: 共有五件：.
    """
    titled = set(_find_said(title or ""))
    found: set[int] = set()
    for start, end in _find_numbered(lines):
        count = end - start
        above = [lines[at].text for at in _find_above(lines, start, context)]
        said = {number for text in above for number in _find_said(text)}
        amid = context.first_text < start and end <= context.last_text
        if any(text.rstrip().endswith(SENTENCE_ENDS) for text in above) and (
            count in said or (amid and count >= FEWEST_TITLED and count in titled)
        ):
            found.update(range(start, end))
    return found


def _find_above(lines: Sequence[Line], start: int, context: Context) -> list[int]:
    """The indices of the lines right above that may announce a list; what heads others may not."""
    above = range(max(0, start - LINES_ABOVE), start)
    if any(is_list_heading(lines[at], context.bared[at], context.words) for at in above):
        return []
    return list(above)


def _find_said(text: str) -> Iterator[int]:
    """The numbers of things that a text says, from three on."""
    for said in _SAID.finditer(text):
        number = int(said[1]) if said[1].isdecimal() else _NUMBERS[said[1]]
        if number >= FEWEST:
            yield number


def _find_numbered(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The bounds of the neighbouring lines that count from 1 on, without links, none a sentence."""
    start = number = 0
    for at, line in enumerate(lines):
        own = _number_of(line)
        if number and own == number + 1:
            number = own
            continue
        if number >= FEWEST:
            yield start, at
        start, number = at, int(own == 1)
    if number >= FEWEST:
        yield start, len(lines)


def _number_of(line: Line) -> int:
    """The number of an item that could be a title; 0 for every other line."""
    if line.links or line.type is BlockType.TABLE_ROW or not is_title_like(line) or is_date(line):
        return 0
    found = _NUMBERED.match(line.text)
    return int(found[1]) if found else 0
