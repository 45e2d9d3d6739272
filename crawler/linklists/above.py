"""Weighs the line above a run: an announcement, a heading of the article, or one of such lists."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.linklists.context import Context, share_of
from crawler.linklists.few import is_marked
from crawler.linklists.hosts import leads_away
from crawler.linklists.line import Line
from crawler.linklists.runs import is_apart
from crawler.linklists.shapes import ITEMS, SECTION_NUMBER
from crawler.model import BlockType
from crawler.pagewords import PageWords

# In the unit of the weights in ``evidence``.
ANNOUNCED = -3.0
INTRODUCED = -2.4
TEMPTING = 1.8

LONGEST_HEADING = 16  # code points without punctuation
LONGEST_LABEL = 5  # letters before a colon that may head anything: 债务热点：
LONGEST_ITEM = 45  # code points
SHORTEST_STRANGE = 6  # code points of a heading that would be the article's own if it shared any
# Lines between two headings, and the share of them with marks of titles, at most.
MOST_ITEMS, TITLES_MARKED = 9, 0.5
MOST_MORE = 3  # bare items behind the links of a list of official sites
MOST_BETWEEN = 40  # lines with those of other lists
LONGEST_LEAD = 32  # code points of a line that announces other pages
PROMISE_REACH = 40  # code points at the end of a paragraph that may announce a list
ASKING = ("？", "?")
COLONS = ("：", ":")
SENTENCE_ENDS = ("。", "！", *COLONS)


def weigh_before(lines: Sequence[Line], start: int, context: Context) -> float:
    """Evidence from the line right before a run: an announcement, or a heading.

    Lists of other pages in between do not count.
    """
    place = context.find_begin(start)
    if place == 0:
        return 0.0
    if place == start and _goes_on(lines, start, context):
        return ANNOUNCED
    if place > 1 and _is_item(lines[place - 1], lines[place - 2]):
        return 0.0
    evidence = _weigh_above(lines[place - 1], context.bared[place - 1], context)
    if INTRODUCED <= evidence <= 0 and place == start and is_content(lines, start, context):
        return ANNOUNCED
    # A heading above lists that went was theirs.
    return evidence if place == start else min(0.0, evidence)


def is_content(lines: Sequence[Line], start: int, context: Context) -> bool:
    """Whether bare lines are all that stands between two headings of the article that look alike.

    Text follows the second; the first would head nothing without them.
    """
    head, end = lines[start - 1], start
    limit = min(len(lines) - 1, start + MOST_BETWEEN)
    if context.first_text >= start - 1 or not _is_short_head(lines, start - 1, context):
        return False
    if not is_apart(head, lines[start]):
        return False
    most = min(limit, start + MOST_ITEMS)
    while end < most and not lines[end].links and not is_apart(lines[end], lines[start]):
        end += 1
    marked = sum(is_marked(context.bared[at], context.words) for at in range(start, end))
    if end == start or marked > TITLES_MARKED * (end - start):
        return False
    while end < limit and (lines[end].links or lines[end + 1].links):
        end += 1  # a list of other pages behind them, and its heading
    return (
        end < limit
        and not is_apart(lines[end], head)
        and _is_short_head(lines, end, context)
        and lines[end + 1].text.rstrip().endswith("。")
    )


def _goes_on(lines: Sequence[Line], start: int, context: Context) -> bool:
    """Whether a few bare items go on with a list of official sites: 微信小程序, 到窗口办理."""
    link, shape = lines[start - 1], lines[start].shape
    if any(one.type is not BlockType.LIST_ITEM for one in (link, lines[start])):
        return False
    if link.shape.removesuffix(">a") != shape:
        return False
    if not leads_away(link, context.words, context.host):
        return False
    more = lines[start + MOST_MORE : start + MOST_MORE + 1]
    return not any(one.shape == shape for one in more)


def _is_short_head(lines: Sequence[Line], at: int, context: Context) -> bool:
    """Whether a line may head a part of the article, and none of its words heads other pages."""
    bared, words = context.bared[at], context.words
    return (
        at not in context.found
        and not lines[at].links
        and 0 < len(bared) <= LONGEST_HEADING
        and not lines[at].text.rstrip().endswith(SENTENCE_ENDS)
        and bared not in words.heading_weak
        and bared not in words.heading_whole
        and words.heading_framed.fullmatch(bared) is None
        and words.heading_mark.search(bared) is None
    )


def ends_in_colon(line: Line) -> bool:
    """Whether the line announces what stands below it."""
    return line.text.rstrip().endswith(COLONS)


def points_away(line: Line, bared: str, words: PageWords) -> bool:
    """Whether what announces a list may announce other pages: 可以看看下面这些文章："""
    if len(line.text) > LONGEST_LEAD:
        return False
    if ends_in_colon(line):
        return words.elsewhere.search(bared) is not None or words.others.search(bared) is not None
    short = len(bared) <= LONGEST_HEADING and not line.text.rstrip().endswith(SENTENCE_ENDS)
    heads = short and line.type not in ITEMS
    return heads and words.others.search(bared) is not None


def _is_item(line: Line, before: Line) -> bool:
    """Whether the line is the last of a list rather than what announces the next one.

    It has the shape of the short line before it, no mark of a heading, and no colon, and asks
    where that one does.
    """
    if before.text.endswith(ASKING) and not line.text.endswith(ASKING):
        return False
    return (
        line.shape == before.shape
        and line.type is before.type
        and line.type is not BlockType.HEADING
        and not line.text.rstrip().endswith(SENTENCE_ENDS)
        and not SECTION_NUMBER.match(line.text)
        and len(line.text) <= LONGEST_ITEM
        and len(before.text) <= LONGEST_ITEM
        and not before.text.rstrip().endswith(SENTENCE_ENDS)
    )


def _weigh_above(line: Line, bared: str, context: Context) -> float:
    words = context.words
    text = line.text.rstrip()
    tempting = len(bared) <= LONGEST_HEADING and words.heading_mark.search(bared) is not None
    if bared in words.heading_weak:
        return TEMPTING
    announcing = words.lead_in.search(bared) is not None
    if text.endswith(COLONS):
        if tempting and not announcing:
            return TEMPTING
        return ANNOUNCED if announcing or len(bared) > LONGEST_LABEL else INTRODUCED
    if _is_own_heading(line):
        if SECTION_NUMBER.match(text) or announcing:
            return INTRODUCED
        if tempting:
            return TEMPTING
        share = share_of(bared, context.grams)
        if not share and len(bared) >= SHORTEST_STRANGE:
            return 0.0  # the article speaks of nothing that it says
        return INTRODUCED if share >= 0.5 else INTRODUCED / 3
    if announcing and len(text) <= 40 and "。" not in text:
        return INTRODUCED
    if words.promise.search(bared[-PROMISE_REACH:]):
        return INTRODUCED
    return 0.0


def _is_own_heading(line: Line) -> bool:
    if line.type is BlockType.HEADING:
        return True
    if SECTION_NUMBER.match(line.text) and not line.text.endswith("。"):
        return True  # a numbered sentence is a clause: 第三步：……书面答复。
    return len(line.text) <= 30 and line.is_bold


def speaks_of_text(lines: Sequence[Line], at: int, context: Context) -> bool:
    """Whether a bare question takes up what the text above it says: 遇到这种情况怎么办？"""
    return (
        lines[at].text.endswith(ASKING)
        and not lines[at].links
        and context.first_text < at
        and context.words.turn.search(context.bared[at]) is not None
    )
