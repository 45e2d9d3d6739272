"""Drops what surrounds an article inside its own element: meta lines, share and page furniture."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.linklists.line import Line
from crawler.model import RemovalReason
from crawler.pagewords import PageWords, bare

SHORT = 30


def find_furniture(
    lines: Sequence[Line], title: str | None, words: PageWords
) -> dict[int, RemovalReason]:
    """The indices of lines that are not the article's, each with its reason."""
    found: dict[int, RemovalReason] = {}
    heading = bare(title or "")
    started = False
    for at, line in enumerate(lines):
        reason = _find_reason(line, words)
        if reason is None and not started and heading and bare(line.text) == heading:
            reason = RemovalReason.REPEATED_TITLE
        if reason is not None:
            found[at] = reason
        elif len(line.text) > SHORT:
            started = True
    return found


def _find_reason(line: Line, words: PageWords) -> RemovalReason | None:
    if line.hidden:
        return RemovalReason.HIDDEN
    if len(line.text) > SHORT:
        return None
    text = bare(line.text)
    if not text or text in words.navigation:
        return RemovalReason.NAVIGATION
    if text in words.share:
        return RemovalReason.SHARE
    return None
