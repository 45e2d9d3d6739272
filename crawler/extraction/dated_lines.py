"""Reads the date of a visible line, and what it claims to be: published, changed, or neither."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from crawler.extraction.dates import Found, find_dates, fold_line
from crawler.extraction.lines import Line
from crawler.extraction.meta_words import meta_words

# A line with this many code points and a full stop is the article's text.
PROSE = 45
LONGEST_LINE = 300  # code points of a line that may carry a date
SHORT_LABEL = 2  # code points: so short a label is often the end of another word

SENTENCE_END = re.compile(r"[。！？；]|[,，].*[,，]")
_BEFORE_DATE = re.compile(r"[\s:：\[\]【(（<〈|/]*(?:于|於|at|on|@)?[\s:：]*$")
_SEAMS = " \t:：[【(（"
_UNTIL = re.compile(r"\s*[-–—~]+\s*(?:19|20)\d\d")
_WORD = re.compile(r"[\u4e00-\u9fff\d]")
_CJK = re.compile(r"[\u4e00-\u9fff]")


class Claim(IntEnum):
    """What a visible date claims to be, the most trustworthy first."""

    PUBLISHED = 0
    DRAFTED = 1
    BARE = 2
    UPDATED = 3
    EDITED = 4


PEOPLE = ("author", "editor", "source")
_LABELLED = {
    "published": Claim.PUBLISHED,
    "drafted": Claim.DRAFTED,
    "updated": Claim.UPDATED,
    "edited": Claim.EDITED,
}


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A date on a visible line that is not prose, and what it claims to be.

    ``place`` is the line's number among those that were read together.
    """

    claim: Claim
    day: date
    place: int = 0


def read_line(text: str, before: str = "") -> DatedLine | None:
    """The date of a line that is about the page, ``None`` for prose and undated lines.

    ``before`` is the preceding line: a label may stand there alone.
    """
    if len(text) > LONGEST_LINE:
        return None
    folded = fold_line(text)
    best: DatedLine | None = None
    last = 0
    for found in find_dates(folded):
        claim = _claim(folded, found, fold_line(before), last if found.start > last else 0)
        last = found.end
        if claim is not None and (best is None or claim < best.claim):
            best = DatedLine(claim, found.day)
    return best


def _claim(text: str, found: Found, before: str, last: int) -> Claim | None:
    """What a date in a line claims to be; ``last`` is where the date before it ends."""
    prefix, suffix = text[: found.start], text[found.end :]
    label = _label_before(prefix)
    if label is None and not prefix.strip(" [(【（:") and len(before) < 12:
        label = _label_before(before)
    words = meta_words()
    if label == "another" or (
        suffix.lstrip().startswith(words.until)
        or _UNTIL.match(suffix)
        or prefix.rstrip().endswith(words.period)
    ):
        return None
    if label in _LABELLED:
        return _LABELLED[label]
    if (
        any(word in prefix for word in words.today)
        or prefix.rstrip(" :").endswith(words.clock)
        or len(text) > PROSE * 3
    ):
        return None
    if SENTENCE_END.search(prefix) or suffix.startswith(words.sentence):
        return None
    bare_prefix = words.label.sub("", text[last : found.start])
    if len(bare_prefix) > 30 or len(words.label.sub("", suffix)) > PROSE:
        return None
    # 2024年4月5日凌晨 goes on as a sentence, 2024-04-05新华网 does not.
    is_wordy = "月" in text[found.start : found.end] and ":" not in text[found.start : found.end]
    is_adjacent = is_wordy and _CJK.match(suffix) and not words.label.match(suffix)
    return None if is_adjacent else Claim.BARE


def _label_before(prefix: str) -> str | None:
    """The kind of the label that ends right before a date."""
    tail = prefix[-24:]
    # 于 is a part of some labels: 编辑于 tells of a change, 编辑 who edits.
    ends = (len(tail.rstrip(_SEAMS)), _BEFORE_DATE.search(tail).start())  # type: ignore[union-attr]  # matches empty
    for match in meta_words().label.finditer(tail):
        if match.end() in ends:
            # 文 in 本文于 is no writer's label, 时间 in 活动时间 dates something else.
            before = tail[: match.start()][-1:]
            if _WORD.match(before) and meta_words().labels[match.group()] in PEOPLE:
                continue
            # and 1楼 in 11楼 another post.
            is_part = len(match.group()) <= SHORT_LABEL and _WORD.match(before)
            return "another" if is_part else meta_words().labels[match.group()]
    return None


def read_lines(lines: Iterable[Line]) -> Iterator[DatedLine]:
    """The dates of lines that are about the page, with the lines' numbers."""
    before = ""
    for place, line in enumerate(lines):
        if claim := read_line(line.text, before):
            yield replace(claim, place=place)
        # A short word alone may head a column of facts about anything.
        before = line.text if len(line.text.strip(":：")) > SHORT_LABEL else ""
