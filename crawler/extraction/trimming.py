"""Recognises what surrounds an article: meta lines, share prompts, legal notes, page furniture."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from crawler.extraction.endings import drop_other_posts, drop_tail
from crawler.extraction.meta_lines import (
    ADDRESS,
    find_value,
    is_counted,
    is_credits,
    is_meta,
    is_remark,
)
from crawler.extraction.page_tools import (
    are_buttons,
    are_tools,
    is_labels,
    is_paging,
    is_tags,
)
from crawler.extraction.prompts import find_legal, find_prompt, is_lure
from crawler.extraction.rows import spare_rows
from crawler.extraction.texts import SENTENCE_END, SHORT_LINE, Texts, is_text
from crawler.linklists.line import Line
from crawler.model import BlockType, RemovalReason
from crawler.pagewords import PageWords

LABELS_LINE = 60  # a row of the page's tools is shorter
META_LINE = 100  # date and source lines under a title are shorter
TOP_REST = 50  # what may stand beside the date above the first sentence

_STYLE_RULE = re.compile(r"[^{}]{1,80}\{[^{}]*:[^{}]*\}.*")
_DAY = re.compile(r"(?:19|20)\d\d\s*[-/.年]\s*[01]?\d\s*[-/.月]\s*[0-3]?\d")
_FIRST_DAY = re.compile(_DAY.pattern + r"日?\s{0,4}")
_COUNT = re.compile(r"(?<=[\u4e00-\u9fff])[0-9]{1,6}$")  # of those who liked it: 赞 (0)
# The pages before and behind this one, whose titles may ask.
_NEIGHBOUR = re.compile(r"[\W_]*[上下前后][一1][篇条页则章個个]\s*[:：]")
_BACK = re.compile("返回.{1,12}(?:查看|看|阅读)更多.{0,4}")
_COMMENTED = re.compile(
    r"共有?\d{1,7}(?:条|个|位|人|名|則|则)?(?:网友|读者)?(?:评论|留言|回复|跟贴|跟帖|参与|讨论)"
)
_BRACKETED = re.compile(r"[(（\[【].{1,40}[)）\]】]")


def find_furniture(
    texts: Texts,
    words: PageWords,
    own: Sequence[bool] | None = None,
    gone: Container[int] = (),
) -> dict[int, RemovalReason]:
    """The indices of lines that are never an article's, each with its reason.

    Those in ``gone`` are known already: a title that is a sentence does not begin the text.
    ``own`` tells which lines stand in the article's own section, whose last sentence is its end.
    """
    found: dict[int, RemovalReason] = {}
    body = [
        at
        for at, line in enumerate(texts.lines)
        if at not in gone
        and is_text(line)
        and not line.boilerplate
        and SENTENCE_END.search(line.text)
    ]
    first = body[0] if body else len(texts.lines)
    mine = [at for at in body if own[at]] if own is not None else []
    last = _find_last(texts, mine or body, words)
    for at, line in enumerate(texts.lines):
        reason = _find_reason(line, texts.folded[at], texts.bared[at], words)
        if reason is None and at <= first:
            reason = _find_top_reason(line, texts.folded[at], texts.bared[at], words)
            if reason is None and found.get(at - 1) is RemovalReason.META_LINE:
                reason = find_value(line, texts.bared[at - 1], words)
        if reason is None:
            reason = find_legal(line, texts.bared[at], behind=at >= last, words=words)
        if reason is None:
            reason = find_prompt(line, texts.bared[at], inside=first < at <= last, words=words)
        if reason is None and at > last and is_tags(line):
            reason = RemovalReason.NAVIGATION
        if reason is None and is_lure(texts, at, words):
            reason = RemovalReason.SHARE
        if reason is not None:
            found[at] = reason
    spare_rows(texts.lines, found, first)
    drop_other_posts(texts, found)
    drop_tail(texts, found, words)
    return found


def _find_last(texts: Texts, body: list[int], words: PageWords) -> int:
    """The last sentence of the article: prompts and legal notes stand behind it; -1 without any."""
    for at in reversed(body):
        line, bared = texts.lines[at], texts.bared[at]
        if not find_prompt(line, bared, inside=False, words=words) and not find_legal(
            line, bared, behind=True, words=words
        ):
            return at
    return body[-1] if body else -1


def _are_comments(line: Line, bared: str, words: PageWords) -> bool:
    """Whether a short line heads comments, 共有12条评论, or asks for them; no row of facts."""
    if line.type is BlockType.TABLE_ROW or SENTENCE_END.search(line.text):
        return False
    return bared.startswith(words.comment_starts) or _COMMENTED.match(bared) is not None


def _find_reason(line: Line, folded: str, bared: str, words: PageWords) -> RemovalReason | None:
    if line.hidden:
        return RemovalReason.HIDDEN
    if not bared:
        return RemovalReason.NAVIGATION
    if "{" in line.text and ";" in line.text and _STYLE_RULE.fullmatch(line.text):
        return RemovalReason.HIDDEN
    size = len(line.text)
    if size <= SHORT_LINE:
        if _are_comments(line, bared, words):
            return RemovalReason.COMMENTS
        if bared in words.navigation or _BACK.fullmatch(bared) or is_paging(line.text):
            return RemovalReason.NAVIGATION
        if bared in words.share or _COUNT.sub("", bared) in words.share:
            return RemovalReason.SHARE
        if line.type is BlockType.PARAGRAPH and are_buttons(bared, words):
            return RemovalReason.SHARE
    if size <= LABELS_LINE and bared[:1] in words.tool_starts and is_labels(line.text, words):
        return RemovalReason.NAVIGATION
    if size <= LABELS_LINE and line.links and are_tools(line.text, words):
        return RemovalReason.NAVIGATION
    if size <= META_LINE and "。" not in line.text and _NEIGHBOUR.match(line.text):
        return RemovalReason.NAVIGATION
    said = (
        folded[day.end() :] if size <= META_LINE and (day := _FIRST_DAY.match(folded)) else folded
    )
    if size <= META_LINE and said.startswith(words.meta_starts) and is_remark(line.text):
        return RemovalReason.META_LINE
    if size <= META_LINE and (is_meta(folded, words) or is_credits(line.text)):
        return RemovalReason.META_LINE
    if _BRACKETED.fullmatch(line.text) and words.meta_people.search(bared):
        return RemovalReason.META_LINE
    return None


def _find_top_reason(line: Line, folded: str, bared: str, words: PageWords) -> RemovalReason | None:
    """Above the first sentence: breadcrumbs, and date lines with names in them."""
    text = line.text
    if len(text) > META_LINE or "。" in text:
        return None
    day = _DAY.search(folded)
    if day and len(folded) - len(day[0]) <= TOP_REST and not SENTENCE_END.search(text):
        return RemovalReason.META_LINE
    if is_counted(folded, words):
        return RemovalReason.META_LINE
    if is_tags(line) or ADDRESS.fullmatch(text):
        return RemovalReason.NAVIGATION
    crumbs = text.count(">") + text.count("»") + text.count("›") + text.count("＞")
    if crumbs and (crumbs > 1 or line.link_share > 0.3):
        return RemovalReason.NAVIGATION
    return None
