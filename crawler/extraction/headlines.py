"""Keeps the headline of a short news report, which tells what the report itself does not repeat."""

from __future__ import annotations

import re

from crawler.extraction.texts import Texts
from crawler.linklists.context import grams_of, share_of
from crawler.linklists.line import Line
from crawler.linklists.shapes import SECTION_NUMBER
from crawler.model import BlockType, RemovalReason
from crawler.pagewords import PageWords, bare

# Code points of a report. A notice of fewer lines is told twice by its headline, a longer report
# tells all of it. Measured on the shared pages, whose golds count the headline of nearly all news.
SHORTEST_REPORT, LONGEST_REPORT = 200, 600
SHORTEST_HEADLINE = 2  # code points; one letter says nothing
OPENING = 200  # code points of a text in which a report says when, or whose it is
MOST_TOLD = 0.9  # of a headline's pairs of letters; one that the text repeats adds nothing
FEWEST_LABELS, LONGEST_LABEL = 5, 18  # short lines that make a text no report; code points
FEWEST_ITEMS = 2  # clauses of a list
_STOPS = ("。", "！", "？", "”", "）", ")", "!", "?")
_BULLET = re.compile(r"\s*[·•●○◆◇■□▪※→*]\s?[^\s·•●○◆◇■□▪※→*]")
_DAY = re.compile(
    r"[昨今明][日晚早晨]|\d{1,2}月\d{1,2}日|(?:周|星期)[一二三四五六日天]|(?<![年月\d])\d{1,2}日"
)


def keep_headline(
    texts: Texts, title: str | None, dropped: dict[int, RemovalReason], words: PageWords
) -> None:
    """Takes the title above a short news report back among its lines.

    A report is a text of paragraphs alone, none of them numbered and few of them short, that
    opens with a day or a word of reporting, and in which nobody speaks of himself or to the
    reader. Anything else has its title beside it.
    """
    own = bare(title or "")
    kept = [at for at in range(len(texts.lines)) if at not in dropped]
    if len(own) < SHORTEST_HEADLINE or not kept or any(texts.bared[at] == own for at in kept):
        return
    if not all(_is_plain(texts.lines[at]) for at in kept):
        return
    labels = sum(_is_label(texts.lines[at]) for at in kept)
    if labels >= FEWEST_LABELS and 2 * labels <= len(kept):
        return  # headings and items; more of them are what pictures of news show
    if sum(texts.lines[at].text.endswith(("；", ";")) for at in kept) >= FEWEST_ITEMS:
        return
    above = [at for at in sorted(dropped) if at < kept[0] and texts.bared[at] == own]
    if not above:
        return
    text = "\n".join(texts.folded[at] for at in kept)
    if not SHORTEST_REPORT <= len(text) < LONGEST_REPORT or not _is_report(text[:OPENING], words):
        return
    if share_of(own, grams_of("".join(texts.bared[at] for at in kept))) < MOST_TOLD:
        del dropped[above[-1]]


def _is_plain(line: Line) -> bool:
    """Whether the line is a paragraph without a number or a bullet before it."""
    marked = SECTION_NUMBER.match(line.text) or _BULLET.match(line.text)
    return line.type is BlockType.PARAGRAPH and marked is None


def _is_label(line: Line) -> bool:
    """Whether the line is a few words without a stop, as headings and items are."""
    return len(line.text) <= LONGEST_LABEL and not line.text.endswith(_STOPS)


def _is_report(opening: str, words: PageWords) -> bool:
    dated = _DAY.search(opening) or words.report.search(opening)
    return dated is not None and words.personal.search(opening) is None
