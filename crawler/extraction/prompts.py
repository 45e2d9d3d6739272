"""Recognises what asks a reader for something, offers a service, or states who owns the text."""

from __future__ import annotations

import re

from crawler.extraction.texts import SHORT_LINE, TEXT_LINE, Texts
from crawler.linklists.above import COLONS
from crawler.linklists.hosts import leads_away
from crawler.linklists.line import Line
from crawler.linklists.shapes import SECTION_NUMBER
from crawler.model import BlockType, RemovalReason
from crawler.pagewords import PageWords

# Code points; measured on the tuning halves of the shared pages.
LEGAL_LINE = 400  # legal notes are shorter; a longer line is a paragraph that mentions rights
PROMPT_LINE = 160  # prompts to follow or download are shorter
PROMPT_MARKS = 3  # words of prompts that make a line one, at one in PROMPT_DENSITY code points
PROMPT_DENSITY = 24
LURE_LINE = 40  # a line that asks amid the text is shorter
TOLD_SHARE = 0.5  # of a sentence that only speaks of such things are these words
LAST_NOTE = 200  # a note behind the text with one word of such notes is shorter

_LABELLED = re.compile(r"[^\W\d_]{2,4}[\s:：|｜·】]")
_BULLETS = ("-", "•", "·", "●", "◆", "*", "－")
_STOPS = ("。", "！", "。”", "？")
_NUMBER = re.compile(r"(?<![a-zA-Z\d])\d{5}|\d{3,4}-\d{3,4}")  # but no name in a messenger: dk88990


def is_lure(texts: Texts, at: int, words: PageWords) -> bool:
    """Whether the line alone asks to download, scan, follow or ask; neighbours alike are a list.

    With a number to call it is the article's own word, or an advert's that is told as such.
    """
    line, bared = texts.lines[at], texts.bared[at]
    if len(line.text) > LURE_LINE or _NUMBER.search(line.text):
        return False
    lured = bared.startswith(words.lures) or words.consult.search(bared)
    if SECTION_NUMBER.match(line.text) or (not lured and line.text.endswith(COLONS)):
        return False  # a part of the article, or what announces its list
    if not lured and not _is_advert(line.text, bared, words):
        return False
    if line.type is not BlockType.PARAGRAPH or line.text.endswith(("。", "；")):
        return False
    beside = (*texts.lines[max(0, at - 1) : at], *texts.lines[at + 1 : at + 2])
    return not any(
        one.shape == line.shape and len(one.text) <= SHORT_LINE and not one.text.endswith("。")
        for one in beside
    )


def _is_advert(text: str, bared: str, words: PageWords) -> bool:
    """Whether a short line offers a service and calls to take it, or is labelled as an advert."""
    if text.startswith(words.advert_labels) and _LABELLED.match(text):
        return True
    return words.calls.search(bared) is not None and words.things.search(bared) is not None


def find_prompt(line: Line, bared: str, *, inside: bool, words: PageWords) -> RemovalReason | None:
    """Prompts to follow, scan, download or call; inside the article only where they are links."""
    size = len(line.text)
    if size > PROMPT_LINE or line.type is BlockType.TABLE_ROW:
        return None
    if line.type is BlockType.HEADING and (inside or size <= SHORT_LINE):
        return None
    if inside and line.link_share < 0.3:
        return None
    if line.text.endswith(_STOPS) and words.hotlines.search(line.text):
        return None  # 电话12378、12363都是免费咨询,先问再做。
    if leads_away(line, words, None):
        return None  # to an official site: 免费咨询：中国法律服务网
    if size <= SHORT_LINE and words.sure_prompt.search(bared):
        return RemovalReason.SHARE
    if size <= SHORT_LINE and not line.text.endswith("。") and words.label_prompt.search(bared):
        return RemovalReason.SHARE
    found = words.prompt.findall(bared)
    marks = len(set(found))
    if marks < PROMPT_MARKS or marks * PROMPT_DENSITY < size:
        return None
    # A sentence that asks nobody for anything tells what happened: 只要下载一个App……
    tells = line.text.endswith(_STOPS) and not words.inviting.search(bared)
    if tells and sum(map(len, found)) <= TOLD_SHARE * len(bared):
        return None
    return RemovalReason.SHARE


def find_legal(line: Line, bared: str, *, behind: bool, words: PageWords) -> RemovalReason | None:
    """Notes on rights and liability; one word makes one only ``behind`` the text."""
    if len(line.text) > LEGAL_LINE or line.type is BlockType.HEADING:
        return None
    marks = len(set(words.copyright.findall(bared)))
    if marks < 2 and not (marks and behind and len(line.text) <= LAST_NOTE):
        return None
    if marks < 2 and (line.type is BlockType.LIST_ITEM or line.text.startswith(_BULLETS)):
        return None  # one of the article's ways to report: 举报电话
    # Articles, too, say whom to report to, and who is liable for what.
    own = len(line.text) >= TEXT_LINE and line.text.endswith(_STOPS)
    own = own and not words.copyright_plain.search(bared) and not words.sited.search(bared)
    return None if own else RemovalReason.COPYRIGHT
