"""Parts a text into the titles of other pages it consists of: by marks, spaces, or their ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.pagewords import page_words

# Code points. Titles of Chinese pages stay under 45; Latin letters are half as wide.
LONGEST_TITLE = 60
SHORTEST_TITLE = 4
TITLES_IN_LINE = 4
SHORTEST_ROW = 30  # code points of a line that holds so many, or any titles of other forms
SHORT_SHARE = 0.25  # of them may be shorter, when they are in the mean as long as this:
MEAN_TITLE = 9
MEAN_LISTED = 8  # width of titles that pauses part
# So few count where one mark parts them, each is as wide, and so are they in the mean.
FEWEST_STROKED, SHORTEST_STROKED, MEAN_STROKED = 3, 6, 8
QUOTED_IN_LINE = 3  # titles in book marks
LONGEST_LABEL = 8  # code points of a heading before them
CUTS_IN_LINE = 3  # excerpts that were cut off make a line one of cards
CARD_TITLES = 0.35  # of its parts are titles

_QUOTED = re.compile(r"《([^《》]{4,60})》")
_FRAMED = re.compile(r"【([^【】]{4,60})】")
_BETWEEN_QUOTED = re.compile(r"[\W_]+")
_CUT = re.compile(r"(?:\.\.\.|…)(?=\s|$)")
# No space between Latin words parts titles: iPhone 13 Pro.
_APART = re.compile(
    r"(?:(?<![!-~])\s+|\s+(?![!-~\s]))(?:(?:[|｜/·•、→▶]|[>»]{1,3})\s+)?|[|｜丨；;★☆●◆■▪▶※→»]"
)
_STROKE = re.compile(r"\s?[|｜丨]\s?|\s[/·•]\s")
_ENDS = re.compile(r"(?<=[？?])\s*(?=[^？?！!\s”」』)）])")
_HAN = re.compile("[㐀-鿿]{3}")
_LATIN = re.compile(r"[\x21-\x7e]")
# A half-width stop ends a sentence where a space or the line's end follows.
STOP = re.compile(r"。|(?<=[㐀-鿿])\.(?=\s|$)")
ITEM_END = ("。", "；", ";", "，", ",", "：", ":", "、")
_ASKING = ("？", "?")


def width(text: str) -> float:
    """Code points, Latin ones counted by half."""
    return len(text) - len(_LATIN.findall(text)) / 2


def find_parts(text: str) -> list[str]:
    """The titles of which a text consists, at least two; nothing for any other text."""
    if len(text) < SHORTEST_ROW:
        parts = [part for part in _APART.split(text) if part]
        return parts if 1 < len(parts) < TITLES_IN_LINE and _are_few(parts) else []
    if len(_CUT.findall(text)) >= CUTS_IN_LINE:
        return _find_among_excerpts(text)
    if STOP.search(text):
        return []
    for mark, pattern in (("《", _QUOTED), ("【", _FRAMED)):
        if text.count(mark) >= QUOTED_IN_LINE:
            return _find_quoted(text, pattern)
    # Where strokes part titles, a space in one does not.
    strokes = _STROKE.findall(text)
    alike = len({one.strip() for one in strokes}) == 1
    seam = _STROKE if len(strokes) >= FEWEST_STROKED - 1 and alike else _APART
    parts = [part for part in seam.split(text) if part]
    if seam is _STROKE and len(parts) == FEWEST_STROKED and _are_stroked(parts):
        return parts
    for pause in "、，," if len(parts) == 1 else "":
        if text.count(pause) >= TITLES_IN_LINE - 1:
            return _find_listed(text, pause)
    if len(parts) < TITLES_IN_LINE:
        return parts if len(parts) > 1 and _are_few(parts) else _find_asked(text)
    widths = [width(part) for part in parts]
    short = sum(one < SHORTEST_TITLE for one in widths)
    if max(widths) > LONGEST_TITLE or (short and sum(widths) < MEAN_TITLE * len(parts)):
        return []
    # A space in the name of a thing parts a title: iPhone 13.
    return parts if short <= SHORT_SHARE * len(parts) else []


def find_strokes(text: str) -> set[str]:
    """The marks that part pieces of a text, each between spaces or of such a kind."""
    return {stroke.strip() for stroke in _STROKE.findall(text)}


def _are_stroked(parts: Sequence[str]) -> bool:
    """Whether a few parts that one mark parts are all as wide as titles are, and none pauses."""
    widths = [width(part) for part in parts]
    sound = min(widths) >= SHORTEST_STROKED and max(widths) <= LONGEST_TITLE
    paused = any(sign in part for part in parts for sign in "，,：:")
    return sound and not paused and sum(widths) >= MEAN_STROKED * len(parts)


def _are_few(parts: Sequence[str]) -> bool:
    """Whether two or three parts of a line are titles by their size, and one of two by its mark."""
    widths = [width(part) for part in parts]
    marked = sum(page_words().title_mark.search(part) is not None for part in parts)
    sound = min(widths) >= SHORTEST_STROKED and max(widths) <= LONGEST_TITLE
    sound = sound and all(map(_HAN.search, parts))  # no address, no day
    return sound and 2 * marked >= len(parts)


def _find_asked(text: str) -> list[str]:
    """The questions of a text that consists of nothing else, each as long as a title."""
    if not text.endswith(_ASKING):
        return []
    titles = _ENDS.split(text)
    if len(titles) < TITLES_IN_LINE:
        return []
    widths = [width(one) for one in titles]
    paused = sum("，" in one or "," in one for one in titles)
    sound = min(widths) >= SHORTEST_STROKED and max(widths) <= LONGEST_TITLE
    return titles if sound and 2 * paused <= len(titles) else []


def _find_listed(text: str, pause: str) -> list[str]:
    """The titles of a line that pauses part; names of papers and fees are shorter."""
    titles = text.split(pause)
    if pause in "，," and (len(titles) <= TITLES_IN_LINE or text.endswith(("？", "?", "！", "!"))):
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
        and not part.endswith(ITEM_END)
        and not _CUT.search(part)
    ]
    return titles if len(titles) >= max(TITLES_IN_LINE, CARD_TITLES * len(parts)) else []
