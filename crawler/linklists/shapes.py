"""What a line looks like: a link, a title of another page, several of them, an excerpt, a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from crawler.linklists.line import Line
from crawler.linklists.seams import ITEM_END, LONGEST_TITLE, STOP, find_parts, find_strokes, width
from crawler.model import BlockType
from crawler.pagewords import PageWords, bare, page_words

COUNTED_SHARE = 0.6  # of a line with a counter, apart from that, is a link: a name may stand there
ITEMS = (BlockType.LIST_ITEM, BlockType.TABLE_ROW)
LINES_KEPT = 1024  # several steps ask whether a line is a link
LONGEST_DATE = 24  # code points of a line that is a date
SHORTEST_LINKED = 7  # code points of a link that is a title and no category beside a date
SHORTEST_ROW = 20  # code points of a line that holds several titles
# Links in one line that make it a list of its own.
LINKS_IN_LINE = 3
# Cells between spaces that make a line a table's row, and those of them with numbers.
FEWEST_CELLS, NUMBER_CELLS, LONGEST_CELL = 3, 2, 8
WIDEST_CELL = 12
# Width of a title in a table, at least and in the mean; what tables of fees hold is shorter.
SHORTEST_CELL, MEAN_CELL = 6, 8
SHORTEST_CALL = 24  # code points of a sentence that ends with an exclamation mark
LONGEST_CATEGORY = 4  # code points of what stands before a title in a row

_DATE_ONLY = re.compile(
    r"(?:[^\W\d_]{2,8}\s?)?[\W_]*(?:(?:19|20)\d\d[-/.年]\s?)?[01]?\d[-/.月]\s?[0-3]?\d日?(?:\s*[0-2]?\d:\d\d(?::\d\d)?)?[\W_]*"
    r"|(?:[^\W\d_]{2,8}\s)?[\W_]*\d{1,4}\s*(?:分钟|分鐘|小时|小時|天|周|个月|個月|月|年)前[\W_]*"
    r"|(?:刚刚|今天|昨天|前天|剛剛)(?:\s?[0-2]?\d:\d\d)?[\W_]*"
)
_DIGIT = re.compile(r"\d")
_RATE = re.compile(r"\d\s?(?:[%％元万天日期年]|个月)")  # what tables of fees and terms hold
_DAY_END = re.compile(
    r"(?:19|20)\d\d[-/.年][01]?\d[-/.月][0-3]?\d日?(?:\s[0-2]?\d:\d\d(?::\d\d)?)?[\])）】]?\s*$"
)
_EXCERPT_END = re.compile(
    r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|\.\.\.\])\s*(?:\S{0,6}|[(（\[]?(?:(?:19|20)\d\d[-/.年])?[01]?\d[-/.月][0-3]?\d日?[)）\]]?)$"
)
CELLS = re.compile(r"\s\|\s|\t")
_NAMED = re.compile(r"(?<=[A-Za-z])\s+(?=\d)")  # iPhone 13 is one name, not two cells
_BESIDE_LINK = re.compile(
    r"[\[【(（][^\]】)）]{0,24}[\]】)）]|(?:19|20)?\d\d[-/.年][01]?\d[-/.月][0-3]?\d日?|[0-2]?\d:\d\d(?::\d\d)?|[\W_\d]+"
)
SECTION_NUMBER = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十\d]{1,4}[章节条款步天周招阶关]|[(（][一二三四五六七八九十]{1,3}[)）])"
)
_QUESTION = re.compile(r"\s*(?:Q|问题?)\s?[\d一二三四五六七八九十]{1,2}\s?[:：、.]")
_SPEAKER = re.compile(r"\s*(?:[问答][:：]|[QA]\d{0,2}[:：])")
NUMBER = re.compile(
    r"\s{0,4}(?:[\d０-９]{1,3}\s{0,4}[.、．)）:：]|[一二三四五六七八九十]{1,3}、|[(（][\d一二三四五六七八九十]{1,3}[)）]|[①-⑳]"
    r"|第[\d一二三四五六七八九十]{1,4}[条章节款步点项])"
)
ITEM_NUMBER = re.compile(
    # A title may begin with a number, which follows the item's: 2.2025年…, 6.3款….
    r"\s*(?:\d{1,3}\s*(?:[、．)）]|\.(?!\d)|\.(?=(?:(?:19|20)\d\d|\d{1,2})[^\W\d_a-z%]))|[(（]\d{1,2}[)）]|[①-⑳])"
)
# A number at the end, or one by which services are known at the beginning.
_TELEPHONE = re.compile(
    r"\d[\d-]{3,14}\d\s*$|^\s*(?:1[012]\d{1,3}|9[56]\d{3}|400[\d-]{7,9})[\s:：]"
)
_CELL = re.compile(r"(?<!\S)[^\s\w]{0,4}\w\S*")  # a stroke between spaces is none


def is_linked(line: Line) -> bool:
    """Whether the line is a link, but for a date, a number or a source beside it."""
    if not line.link_size:
        return False
    if line.link_share >= 0.7:
        return True
    return line.link_size >= 4 and _is_linked_text(line.text, line.link_size)


@lru_cache(maxsize=LINES_KEPT)
def _is_linked_text(text: str, size: int) -> bool:
    rest = _BESIDE_LINK.sub("", text)
    if size >= 0.8 * len(rest):
        return True
    if not has_counter(text):
        return False
    rest = _BESIDE_LINK.sub("", page_words().counter.sub("", text))
    return size >= COUNTED_SHARE * len(rest)


def is_date(line: Line) -> bool:
    """Whether the line is a date, or how long ago something was, or a counter, or both."""
    text = line.text  # a digit is looked for first: that is a tenth of the work
    if len(text) > LONGEST_DATE or line.link_size >= SHORTEST_LINKED or _DIGIT.search(text) is None:
        return False
    if _DATE_ONLY.fullmatch(text):
        return True
    rest = page_words().counter.sub("", text)
    return rest != text and (not rest.strip() or _DATE_ONLY.fullmatch(rest) is not None)


def is_excerpt(line: Line) -> bool:
    """Whether the line is text that was cut off."""
    return len(line.text) >= 20 and _EXCERPT_END.search(line.text) is not None


def is_unanswered(lines: Sequence[Line], at: int) -> bool:
    """Whether the line is a numbered question beside another one, which may be titles: Q1：…"""
    return _is_question(lines[at]) and any(
        map(_is_question, (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]))
    )


def _is_question(line: Line) -> bool:
    text = line.text
    asks = _QUESTION.match(text) is not None
    return asks and width(text) <= LONGEST_TITLE and not STOP.search(text)


def is_title_like(line: Line) -> bool:
    """Whether the line could be the title of another page: short, and no sentence."""
    text = line.text
    if line.type is BlockType.TABLE_ROW and not line.links:
        return bool(find_cells(line))
    if is_linked(line) and (len(line.links) >= LINKS_IN_LINE or len(text) <= 2 * LONGEST_TITLE):
        return True
    if line.links or line.type is BlockType.TABLE_ROW:
        opens = SECTION_NUMBER.match(text) or _SPEAKER.match(text)
        return not opens and (bool(find_spaced(line)) or _is_short(text))
    return _is_title(text)


@lru_cache(maxsize=LINES_KEPT)
def _is_title(text: str) -> bool:
    """Whether a text without a link could be one."""
    if SECTION_NUMBER.match(text) or _SPEAKER.match(text):
        return False
    if len(text) >= SHORTEST_ROW and find_parts(text):
        return True
    return not _is_row(text) and _is_short(text) and not _exclaims(text)


def _exclaims(text: str) -> bool:
    """Whether a text is a sentence of several clauses that calls out."""
    pauses = text.count("，") + text.count(",")
    return pauses > 1 and text.endswith(("！", "!")) and len(text) >= SHORTEST_CALL


def _is_short(text: str) -> bool:
    if width(text) > LONGEST_TITLE or text.endswith(ITEM_END) or STOP.search(text):
        return False
    return text.count("，") + text.count(",") <= 2


def _is_row(text: str) -> bool:
    """Whether the text is a table's row in plain text: cells between spaces, two with numbers."""
    if len(text.split()) < FEWEST_CELLS:
        return False
    number = ITEM_NUMBER.match(text)
    cells = _NAMED.sub("", text[number.end() if number else 0 :]).split()
    if len(cells) < FEWEST_CELLS or has_counter(text):
        return False
    # A number with its unit; what a title says behind a number is longer.
    numbers = [
        cell
        for cell in cells
        if len(cell) <= LONGEST_CELL and 3 * len(_DIGIT.findall(cell)) >= len(cell)
    ]
    return len(numbers) >= NUMBER_CELLS


def find_titles(line: Line) -> list[str]:
    """The titles in a line: those of its links, those parted by spaces, or the line itself."""
    if len(line.links) >= LINKS_IN_LINE and is_linked(line):
        return [link.text for link in line.links]
    return find_spaced(line) or find_cells(line) or [line.text]


def find_cells(line: Line) -> list[str]:
    """The titles in a table's row that holds nothing else, and no link; else nothing."""
    if line.type is not BlockType.TABLE_ROW or line.links:
        return []
    cells = CELLS.split(line.text)
    named = [one for one in cells if not _is_stamp(one)]
    if len(named) == 1 < len(cells) and SHORTEST_CELL <= width(named[0]) <= LONGEST_TITLE:
        return named if not STOP.search(named[0]) else []
    # A category stands before the title.
    if len(named) == 2 and len(named[0]) <= LONGEST_CATEGORY and not _RATE.search(line.text):
        title = named[1]
        sound = SHORTEST_CELL <= width(title) <= LONGEST_TITLE and not title.endswith(ITEM_END)
        return [title] if sound and not STOP.search(title) and "，" not in title else []
    if len(named) == 2 and is_excerpt(Line(named[1])) and width(named[0]) <= LONGEST_TITLE:
        return named[:1]
    if STOP.search(line.text):
        return []
    widths = [width(one) for one in cells]
    sound = min(widths) >= SHORTEST_CELL and max(widths) <= LONGEST_TITLE
    return cells if sound and sum(widths) >= MEAN_CELL * len(cells) else []


def are_columns(line: Line, words: PageWords) -> bool:
    """Whether a row holds the heads of columns that lists of other pages have."""
    return line.type is BlockType.TABLE_ROW and all(
        bare(cell) in words.heading_columns for cell in CELLS.split(line.text)
    )


def _is_stamp(cell: str) -> bool:
    """Whether a cell holds a date or a number alone, as beside a title in a list of pages."""
    return cell.isdigit() or (_DIGIT.search(cell) is not None and bool(_DATE_ONLY.fullmatch(cell)))


def find_spaced(line: Line) -> list[str]:
    """The titles of a line that consists of several, parted by spaces or marks; else nothing."""
    if len(line.text) < SHORTEST_ROW or line.type is BlockType.TABLE_ROW:
        return []
    return find_parts(line.text)


def share_stroke(one: Line, other: Line) -> bool:
    """Whether the same mark parts both lines; the last row of a list may hold fewer titles."""
    return bool(find_strokes(one.text) & find_strokes(other.text))


def are_rows(texts: Sequence[str]) -> bool:
    """Whether lines have equally many short cells between spaces, as rows of a plain table do."""
    rows = [_CELL.findall(text) for text in texts]
    return (
        len(rows) > 1
        and not any(map(has_counter, texts))
        and len(rows[0]) >= FEWEST_CELLS
        and all(len(row) == len(rows[0]) for row in rows)
        and all(width(cell) <= WIDEST_CELL for row in rows for cell in row)
    )


def has_telephone(text: str) -> bool:
    """Whether the line ends with a telephone number, or begins with a service's."""
    return _TELEPHONE.search(text) is not None


def has_counter(text: str) -> bool:
    """Whether the line says how often something was read, as an entry in a list does."""
    return page_words().counter.search(text) is not None


def ends_in_day(text: str) -> bool:
    """Whether the line ends with a whole date behind other words, as an entry in a list has it."""
    return _DAY_END.search(text, 4) is not None
