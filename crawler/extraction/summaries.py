"""Finds what stands above a text and only says in short what it says."""

from __future__ import annotations

from collections import Counter

from crawler.extraction.texts import Texts, is_text
from crawler.model import RemovalReason
from crawler.pagewords import PageWords

SUMMARY_REACH = 16  # lines at the top among which a summary and its paragraph stand
SHORTEST_SUMMARY = 20  # code points without punctuation
LONGEST_MACHINE = 4  # lines of a summary that a program wrote
_CUT = ("...", "…")
LONGEST_LABEL = 4  # code points of a word like 摘要 before a summary


def drop_summaries(texts: Texts, dropped: dict[int, RemovalReason], words: PageWords) -> None:
    """Drops a summary that is the beginning of the text, and one that a program wrote."""
    _drop_beginning(texts, dropped, words)
    _drop_machine_summary(texts, dropped, words)


def _drop_beginning(texts: Texts, dropped: dict[int, RemovalReason], words: PageWords) -> None:
    """Drops a summary above the text that is only the beginning of one of its paragraphs.

    What follows a word for summaries says nothing of its own even when it is the whole paragraph.
    """
    top = [at for at in range(len(texts.lines)) if at not in dropped][:SUMMARY_REACH]
    for at in top[: SUMMARY_REACH // 2]:
        own = texts.bared[at]
        below = [texts.bared[other] for other in top if other > at]
        for label in range(min(LONGEST_LABEL, len(own) - SHORTEST_SUMMARY) + 1):
            start = own[label:]
            # A caption may stand twice, but what was cut off where its paragraph ends is none.
            whole = own[:label] in words.summaries or texts.lines[at].text.endswith(_CUT)
            if any(
                other.startswith(start) and (whole or len(other) > len(start)) for other in below
            ):
                dropped[at] = RemovalReason.META_LINE
                break


def _drop_machine_summary(
    texts: Texts, dropped: dict[int, RemovalReason], words: PageWords
) -> None:
    """Drops what a program wrote about the article, in a box of its own above the text.

    A line says so, or begins so; lines of one shape that is not the article's stand behind it.
    """
    shapes = Counter(line.shape for line in texts.lines if is_text(line))
    top = [at for at in range(len(texts.lines)) if at not in dropped][:SUMMARY_REACH]
    for at in top:
        label = next((word for word in words.machines if texts.bared[at].startswith(word)), None)
        if label is None:
            continue
        own = texts.lines[at].shape
        if len(texts.bared[at]) > len(label) and shapes[own] * 2 > shapes.total():
            return
        dropped[at] = RemovalReason.META_LINE
        box = texts.lines[at + 1].shape if at + 1 < len(texts.lines) else own
        if shapes[box] <= LONGEST_MACHINE and shapes[box] * 2 <= shapes.total():
            for behind in range(at + 1, len(texts.lines)):
                if texts.lines[behind].shape != box:
                    return
                dropped.setdefault(behind, RemovalReason.META_LINE)
        return
