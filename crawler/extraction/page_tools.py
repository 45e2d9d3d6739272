"""Recognises a page's tools: buttons, labels of what it can do, rows of tags."""

from __future__ import annotations

import re

from crawler.extraction.texts import DIGITS
from crawler.linklists.line import Line
from crawler.model import BlockType
from crawler.pagewords import PageWords, bare

# Code points; measured on the tuning halves of the shared pages.
FEWEST_TAGS, LONGEST_TAG = 5, 8  # words in a row of tags; code points of one
LONGEST_TOOL = 12  # of the label of one of the page's tools
FEWEST_BUTTONS, LONGEST_BUTTON = 3, 6  # that touch each other; code points of one

_LABEL_SEAM = re.compile(r"[\s\[\]【】()（）|｜/·>»]+")
_TAGS = re.compile(r"#?[\u3400-\u9fff]{2,8}(?:[\s#]+[\u3400-\u9fffA-Za-z]{2,8})+")
_HASHTAGS = re.compile(r"#[\u3400-\u9fffA-Za-z\d]{2,12}(?:\s+#[\u3400-\u9fffA-Za-z\d]{2,12})+")
_PAGING = re.compile(r"第?\s?\d{1,3}\s?页?\s?[/／,，| ]\s?共?\s?\d{1,3}\s?页|共\s?\d{1,3}\s?页")


def is_paging(text: str) -> bool:
    """Whether the line says which of its pages is shown: 第1页/共3页."""
    return "页" in text and _PAGING.fullmatch(text) is not None


def are_buttons(bared: str, words: PageWords) -> bool:
    """Whether the line is nothing but buttons that touch each other: 赞(7)打赏分享."""
    letters = DIGITS.sub("", bared)
    most = [0] + [-1] * len(letters)  # buttons that the letters up to there can be parted into
    for at in range(len(letters)):
        if most[at] < 0:
            continue
        for end in range(at + 1, min(at + LONGEST_BUTTON, len(letters)) + 1):
            if letters[at:end] in words.share:
                most[end] = max(most[end], most[at] + 1)
    return most[-1] >= FEWEST_BUTTONS


def is_labels(text: str, words: PageWords) -> bool:
    """Whether the line consists of several labels of the page's tools: [打印] [关闭窗口]."""
    labels = [part for part in _LABEL_SEAM.split(text) if part and not part.isdigit()]
    if len(labels) < 2 or max(map(len, labels)) > LONGEST_TOOL:
        return False
    return all(bare(label) in words.tools for label in labels)


def are_tools(text: str, words: PageWords) -> bool:
    """Whether links of a line each say what the page does: 返回最新消息 | 打印本页."""
    labels = [part for part in _LABEL_SEAM.split(text) if part]
    if not labels or max(map(len, labels)) > LONGEST_TOOL:
        return False
    return all(bare(label).startswith(words.tool_verbs) for label in labels)


def is_tags(line: Line) -> bool:
    """Whether the line is a row of short words without a link, as tags stand around a text."""
    if line.links or " " not in line.text:
        return False
    if line.text.startswith("#") and _HASHTAGS.fullmatch(line.text):
        return True
    tags = line.text.split()
    return (
        len(tags) >= FEWEST_TAGS
        and line.type is BlockType.PARAGRAPH
        and max(map(len, tags)) <= LONGEST_TAG
        and _TAGS.fullmatch(line.text) is not None
    )
