"""Recognises lines about a page: its date, author, source, counters."""

from __future__ import annotations

import re

from crawler.extraction.texts import DIGITS, SENTENCE_END
from crawler.linklists.line import Line
from crawler.linklists.shapes import ITEM_NUMBER
from crawler.model import RemovalReason
from crawler.pagewords import PageWords

LONGEST_NAME = 16  # of an author or source
META_REST = 6  # what may remain of a meta line without dates and meta words

ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+")
_DATE = re.compile(
    r"(?:19|20)\d\d\s*[-/.年]\s*[01]?\d(?:\s*[-/.月]\s*[0-3]?\d)?|[01]?\d月[0-3]?\d日"
)
_PERIOD = re.compile(r"\d日?[至到]\d|\d日。$")  # as notices name them: 2024年6月1日至6月30日
_COUNTER = re.compile(r"[\W_]*\d{1,4}[\W_]*")
# Who worked on the text, each behind a blank or stroke: 值班编辑 甲乙  审读 丙丁.
_CREDITS = re.compile(
    r"(?:(?:值班|责任|責任|执行|视觉|本期|新媒体)?(?:编辑|編輯|美编|主编|主任)"
    r"|责编|校对|校對|审读|审校|审核|审稿|终审|复审|初审|监制|统筹|排版)"
    r"[\s/／|｜丨]{1,3}[\u3400-\u9fff·]{2,5}(?:[\s,，、;；/／|｜丨]{1,4}|$)"
)
_FORMER_TITLE = "原标题:"
_DECORATION = re.compile(r"[\W_]+")


def is_remark(text: str) -> bool:
    """Whether nothing but a name can follow: no sentence stands in the line."""
    return SENTENCE_END.search(text) is None and text.count("，") + text.count(",") < 2


def is_meta(folded: str, words: PageWords) -> bool:
    """Whether the line is made of dates, numbers and the words of meta lines, and no sentence."""
    if folded.lstrip("(【[").startswith(_FORMER_TITLE):
        return True
    if _PERIOD.search(folded):
        return False
    dated = _DATE.search(folded) is not None
    rest = ADDRESS.sub("", folded)
    rest = DIGITS.sub("", _DATE.sub("", rest) if dated else rest)
    bared = _DECORATION.sub("", rest)
    if not bared and not dated:
        return _COUNTER.fullmatch(folded) is not None
    left = words.meta.sub("", bared)
    if left == bared and not (dated or folded.isdigit()):
        return False
    numbered = ITEM_NUMBER.match(folded)  # an item's number counts nothing: 4. 查看收支
    place = numbered.end() if numbered else 0
    if left and not dated and ":" not in folded and not DIGITS.search(folded, place):
        return False
    return len(left) <= META_REST and len(left) * 2 <= max(len(bared), META_REST if dated else 0)


def is_credits(text: str) -> bool:
    """Whether the line says nothing but who edited and checked the text.

    One who checked may be a step as well: 审核 资料.
    """
    end = people = 0
    while end < len(text) and (one := _CREDITS.match(text, end)):
        end, people = one.end(), people + 1 + ("编" in one[0])
    return end == len(text) and people > 1


def is_counted(folded: str, words: PageWords) -> bool:
    """Whether the line says how often the page was read, and who wrote it: 小编:甲 人气:9201."""
    rest = words.counter.sub("", folded)
    named = len(_DECORATION.sub("", rest)) <= LONGEST_NAME
    return rest != folded and named and not SENTENCE_END.search(folded) and "," not in folded


def find_value(line: Line, label: str, words: PageWords) -> RemovalReason | None:
    """What stands below a label in a line of its own: the author's name, the source's."""
    is_name = len(line.text) <= LONGEST_NAME and SENTENCE_END.search(line.text) is None
    return RemovalReason.META_LINE if is_name and words.meta.fullmatch(label) else None
