"""What a line looks like: a link, a title of another page, several of them, an excerpt, a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from crawler.linklists.line import Line
from crawler.model import BlockType
from crawler.pagewords import page_words

# Code points. Titles of Chinese pages stay under 45; Latin letters are half as wide.
LONGEST_TITLE = 60
SHORTEST_TITLE = 4
COUNTED_SHARE = 0.6  # of a line with a counter, apart from that, is a link: a name may stand there
LINES_KEPT = 1024  # several steps ask whether a line is a link
LONGEST_DATE = 24  # code points of a line that is a date
SHORTEST_LINKED = 7  # code points of a link that is a title and no category beside a date
SHORTEST_ROW, SHORTEST_PAIR = 30, 20  # code points of a line that holds several titles, or two
TITLES_IN_LINE = 4
SHORT_SHARE = 0.25  # of them may be shorter, when they are in the mean as long as this:
MEAN_TITLE = 9
MEAN_LISTED = 8  # width of titles that pauses part
QUOTED_IN_LINE = 3  # titles in book marks
LONGEST_LABEL = 8  # code points of a heading before them
CUTS_IN_LINE = 3  # excerpts that were cut off make a line one of cards
CARD_TITLES = 0.35  # of its parts are titles
# Links in one line that make it a list of its own.
LINKS_IN_LINE = 3
# Cells between spaces that make a line a table's row, and those of them with numbers.
FEWEST_CELLS, NUMBER_CELLS, LONGEST_CELL = 3, 2, 8
WIDEST_CELL = 12
# Width of a title in a table, at least and in the mean; what tables of fees hold is shorter.
SHORTEST_CELL, MEAN_CELL = 6, 8

_DATE_ONLY = re.compile(
    r"(?:[^\W\d_]{2,8}\s?)?[\W_]*(?:(?:19|20)\d\d[-/.年]\s?)?[01]?\d[-/.月]\s?[0-3]?\d日?(?:\s*[0-2]?\d:\d\d(?::\d\d)?)?[\W_]*"
    r"|(?:[^\W\d_]{2,8}\s)?[\W_]*\d{1,4}\s*(?:分钟|分鐘|小时|小時|天|周|个月|個月|月|年)前"
)
_DIGIT = re.compile(r"\d")
_DAY_END = re.compile(
    r"(?:19|20)\d\d[-/.年][01]?\d[-/.月][0-3]?\d日?(?:\s[0-2]?\d:\d\d(?::\d\d)?)?[\])）】]?\s*$"
)
_EXCERPT_END = re.compile(
    r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|\.\.\.\])\s*(?:\S{0,6}|[(（\[]?(?:(?:19|20)\d\d[-/.年])?[01]?\d[-/.月][0-3]?\d日?[)）\]]?)$"
)
CELLS = re.compile(r"\s\|\s|\t")
_QUOTED = re.compile(r"《([^《》]{4,60})》")
_FRAMED = re.compile(r"【([^【】]{4,60})】")
_NAMED = re.compile(r"(?<=[A-Za-z])\s+(?=\d)")  # iPhone 13 is one name, not two cells
_BETWEEN_QUOTED = re.compile(r"[\W_]+")
_CUT = re.compile(r"(?:\.\.\.|…)(?=\s|$)")
_BESIDE_LINK = re.compile(
    r"[\[【(（][^\]】)）]{0,24}[\]】)）]|(?:19|20)?\d\d[-/.年][01]?\d[-/.月][0-3]?\d日?|[0-2]?\d:\d\d(?::\d\d)?|[\W_\d]+"
)
SECTION_NUMBER = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十\d]{1,4}[章节条款步天周招阶关]|[(（][一二三四五六七八九十]{1,3}[)）])"
)
_SPEAKER = re.compile(r"\s*(?:[问答][:：]|[QA]\d{0,2}[:：])")
ITEM_NUMBER = re.compile(
    # A title may begin with a number, which follows the item's: 2.2025年…, 6.3款….
    r"\s*(?:\d{1,3}\s*(?:[、．)）]|\.(?!\d)|\.(?=(?:(?:19|20)\d\d|\d{1,2})[^\W\d_a-z%]))|[(（]\d{1,2}[)）]|[①-⑳])"
)
# A number at the end, or one by which services are known at the beginning.
_TELEPHONE = re.compile(
    r"\d[\d-]{3,14}\d\s*$|^\s*(?:1[012]\d{1,3}|9[56]\d{3}|400[\d-]{7,9})[\s:：]"
)
# No space between Latin words parts titles: iPhone 13 Pro.
_APART = re.compile(
    r"(?:(?<![!-~])\s+|\s+(?![!-~\s]))(?:(?:[|｜/·•、→▶]|[>»]{1,3})\s+)?|[|｜；;★☆●◆■▪▶※→»]"
)
_STROKE = re.compile(r"\s?[|｜]\s?|\s[/·•]\s")
_SEAM = re.compile(r"\s[|｜/·•]\s")
_HAN = re.compile("[㐀-鿿]{3}")
_LATIN = re.compile(r"[\x21-\x7e]")
# A half-width stop ends a sentence where a space or the line's end follows.
_STOP = re.compile(r"。|(?<=[㐀-鿿])\.(?=\s|$)")
_ITEM_END = ("。", "；", ";", "，", ",", "：", ":", "、")


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


def width(text: str) -> float:
    """Code points, Latin ones counted by half."""
    return len(text) - len(_LATIN.findall(text)) / 2


def is_date(line: Line) -> bool:
    """Whether the line is a date, or how long ago something was, perhaps with a counter."""
    text = line.text  # a digit is looked for first: that is a tenth of the work
    if len(text) > LONGEST_DATE or line.link_size >= SHORTEST_LINKED or _DIGIT.search(text) is None:
        return False
    if _DATE_ONLY.fullmatch(text):
        return True
    rest = page_words().counter.sub("", text)
    return rest != text and _DATE_ONLY.fullmatch(rest) is not None


def is_excerpt(line: Line) -> bool:
    """Whether the line is text that was cut off."""
    return len(line.text) >= 20 and _EXCERPT_END.search(line.text) is not None


def is_title_like(line: Line) -> bool:
    """Whether the line could be the title of another page: short, and no sentence."""
    text = line.text
    if line.type is BlockType.TABLE_ROW and not line.links:
        return bool(find_cells(line))
    if is_linked(line) and (len(line.links) >= LINKS_IN_LINE or len(text) <= 2 * LONGEST_TITLE):
        return True
    if SECTION_NUMBER.match(text) or _SPEAKER.match(text):
        return False
    if find_spaced(line):
        return True
    if not line.links and _is_row(text):
        return False
    if width(text) > LONGEST_TITLE or text.endswith(_ITEM_END) or _STOP.search(text):
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
        return named if not _STOP.search(named[0]) else []
    if len(named) == 2 and is_excerpt(Line(named[1])) and width(named[0]) <= LONGEST_TITLE:
        return named[:1]
    if _STOP.search(line.text):
        return []
    widths = [width(one) for one in cells]
    sound = min(widths) >= SHORTEST_CELL and max(widths) <= LONGEST_TITLE
    return cells if sound and sum(widths) >= MEAN_CELL * len(cells) else []


def _is_stamp(cell: str) -> bool:
    """Whether a cell holds a date or a number alone, as beside a title in a list of pages."""
    return cell.isdigit() or (_DIGIT.search(cell) is not None and bool(_DATE_ONLY.fullmatch(cell)))


def find_spaced(line: Line) -> list[str]:
    """The titles of a line that consists of several, parted by spaces or strokes; else nothing."""
    text = line.text
    if len(text) < SHORTEST_PAIR or line.type is BlockType.TABLE_ROW:
        return []
    if len(text) < SHORTEST_ROW:
        parts = [part for part in _APART.split(text) if part]
        return parts if 1 < len(parts) < TITLES_IN_LINE and _are_few(parts) else []
    if len(_CUT.findall(text)) >= CUTS_IN_LINE:
        return _find_among_excerpts(text)
    if _STOP.search(text):
        return []
    for mark, pattern in (("《", _QUOTED), ("【", _FRAMED)):
        if text.count(mark) >= QUOTED_IN_LINE:
            return _find_quoted(text, pattern)
    # Where strokes part titles, a space in one does not.
    strokes = _STROKE.findall(text)
    seam = (
        _STROKE
        if len(strokes) >= TITLES_IN_LINE - 1 and len({one.strip() for one in strokes}) == 1
        else _APART
    )
    parts = [part for part in seam.split(text) if part]
    for pause in "、，" if len(parts) == 1 else "":
        if text.count(pause) >= TITLES_IN_LINE - 1:
            return _find_listed(text, pause)
    if len(parts) < TITLES_IN_LINE:
        return parts if len(parts) > 1 and _are_few(parts) else []
    widths = [width(part) for part in parts]
    short = sum(one < SHORTEST_TITLE for one in widths)
    if max(widths) > LONGEST_TITLE or (short and sum(widths) < MEAN_TITLE * len(parts)):
        return []
    # A space in the name of a thing parts a title: iPhone 13.
    return parts if short <= SHORT_SHARE * len(parts) else []


def _are_few(parts: list[str]) -> bool:
    """Whether two or three parts of a line are titles by their size, and one of two by its mark."""
    widths = [width(part) for part in parts]
    marked = sum(page_words().title_mark.search(part) is not None for part in parts)
    sound = min(widths) >= SHORTEST_CELL and max(widths) <= LONGEST_TITLE
    sound = sound and all(map(_HAN.search, parts))  # no address, no day
    return sound and 2 * marked >= len(parts)


def _find_listed(text: str, pause: str) -> list[str]:
    """The titles of a line that pauses part; names of papers and fees are shorter."""
    titles = text.split(pause)
    if pause == "，" and (len(titles) <= TITLES_IN_LINE or text.endswith(("？", "?", "！"))):
        return []  # a sentence with clauses
    widths = [width(one) for one in titles]
    sound = min(widths) >= SHORTEST_TITLE and sum(widths) >= MEAN_LISTED * len(widths)
    aside = sum(text.count(sign) for sign in "、，；。,;" if sign != pause)
    return titles if sound and max(widths) <= LONGEST_TITLE and 5 * aside <= len(titles) else []


def _find_quoted(text: str, pattern: re.Pattern[str]) -> list[str]:
    """The titles in such marks that a line consists of, but for a heading before them."""
    titles = pattern.findall(text)
    rest = _BETWEEN_QUOTED.sub("", pattern.sub("", text))
    return titles if len(titles) >= QUOTED_IN_LINE and len(rest) <= LONGEST_LABEL else []


def _find_among_excerpts(text: str) -> list[str]:
    """The titles of a line that holds several cards, each with an excerpt that was cut off."""
    parts = [part for part in _APART.split(text) if part]
    titles = [
        part
        for part in parts
        if SHORTEST_TITLE <= width(part) <= LONGEST_TITLE
        and not part.endswith(_ITEM_END)
        and not _CUT.search(part)
    ]
    return titles if len(titles) >= max(TITLES_IN_LINE, CARD_TITLES * len(parts)) else []


def are_rows(texts: Sequence[str]) -> bool:
    """Whether lines have equally many short cells between spaces, as rows of a plain table do."""
    rows = [_SEAM.sub(" ", text).split() for text in texts]
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
