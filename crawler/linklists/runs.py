"""Runs of title-like lines: what a related-links list is, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.linklists.line import Line
from crawler.model import RemovalReason, SiteKnowledge
from crawler.pagewords import PageWords, bare

_NUMBERED = re.compile(
    r"\s*(?:[\d０-９]{1,3}[.、．)）]|[一二三四五六七八九十]{1,3}、|[(（]|[①-⑳]|第)"
)


def find_link_lists(
    lines: Sequence[Line],
    title: str | None,
    words: PageWords,
    site: SiteKnowledge | None = None,
) -> dict[int, RemovalReason]:
    """The indices of the lines that belong to lists of other pages, each with its reason."""
    found: dict[int, RemovalReason] = {}
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _is_title_like(lines[end]):
            end += 1
        if end == at:
            at += 1
            continue
        linked = sum(line.link_share > 0.8 for line in lines[at:end])
        if end - at >= 8 or linked >= 3 or _is_heading(lines[at], words):
            for index in range(at, end):
                found[index] = RemovalReason.LINK_LIST
            if _is_heading(lines[at], words):
                found[at] = RemovalReason.LIST_HEADING
        at = end
    return found


def _is_heading(line: Line, words: PageWords) -> bool:
    if len(line.text) > 24:
        return False
    text = bare(line.text)
    return text in words.heading_whole or (
        text.startswith(words.heading_starts) and len(text) <= 12
    )


def _is_title_like(line: Line) -> bool:
    text = line.text
    if _NUMBERED.match(text) or len(text) > 60:
        return False
    return not text.endswith(("。", "；", "，")) and text.count("，") + text.count(",") < 3
