"""Drops what stands behind an article: other posts of a thread, legal notes, comments."""

from __future__ import annotations

import re

from crawler.extraction.texts import DIGITS, SHORT_LINE, Texts, is_text
from crawler.model import RemovalReason
from crawler.pagewords import PageWords

# Measured on the tuning halves of the shared pages.
MANY_POSTS = 3  # meta lines of one pattern that make a page a thread or a blog
SMALLEST_POST = 60  # code points of sentences that make a post
TAIL_SHARE = 0.75  # of the text stands before the notes at its end
NOTES_REACH = 2  # lines below a heading of notes in which one of them stands
COMMENTS_SHARE = 0.5  # of the text stands before the comments

_PAUSES = re.compile("[，,、；]")
_DATE_TIME = re.compile(r"(?:19|20)?\d\d[-/.年]\s*[01]?\d[-/.月]\s*[0-3]?\d日?\s*[0-2]?\d:\d\d")


def drop_other_posts(texts: Texts, found: dict[int, RemovalReason]) -> None:
    """Drops further posts of a blog or thread: what follows the second line of one pattern.

    Posts are told apart by meta lines that are equal but for their numbers. Such a line
    stands above or below each post.
    """
    marks: dict[str, list[int]] = {}
    for at, reason in found.items():
        if reason is RemovalReason.META_LINE and _DATE_TIME.search(texts.folded[at]):
            text = DIGITS.sub("0", texts.folded[at])
            # Behind a date that begins with a word stands where its author is: 发布于 … · 江苏.
            end = text[-6:] if text[:1].isdigit() else ""
            marks.setdefault(text[:6] + end + texts.lines[at].shape, []).append(at)
    marks = {key: ats for key, ats in marks.items() if _are_posts(texts, ats)}
    if not marks:
        return
    places = min(marks.values())
    above = sum(
        len(line.text)
        for at, line in enumerate(texts.lines[: places[0]])
        if at not in found and is_text(line)
    )
    cut = places[0] if above >= SMALLEST_POST else places[1]
    for at in range(cut, len(texts.lines)):
        found.setdefault(at, RemovalReason.COMMENTS)


def _are_posts(texts: Texts, places: list[int]) -> bool:
    """Whether meta lines of one pattern head the posts of a thread.

    Two are enough when both begin with a word, their dates differ, and text follows the first.
    """
    if len(places) >= MANY_POSTS:
        return True
    if len(places) < 2 or texts.folded[places[0]][:1].isdigit():
        return False
    first, second = places
    between = sum(len(line.text) for line in texts.lines[first:second] if is_text(line))
    return texts.folded[first] != texts.folded[second] and between >= SMALLEST_POST


def drop_tail(texts: Texts, found: dict[int, RemovalReason], words: PageWords) -> None:
    """Drops what follows the legal notes or comments at the end of an article."""
    sizes = [
        0 if at in found or line.link_share > 0.5 else len(line.text)
        for at, line in enumerate(texts.lines)
    ]
    total = sum(sizes)
    before = 0
    for at, size in enumerate(sizes):
        before += size
        reason = found.get(at)
        heads = _heads_notes(texts, at, words)
        noted = texts.bared[at] in words.legal_headings and words.copyright.search(
            "".join(texts.bared[at + 1 : at + 2])
        )
        if reason is RemovalReason.COMMENTS or noted:
            share = COMMENTS_SHARE
        elif heads or reason is RemovalReason.COPYRIGHT:
            share = TAIL_SHARE
        else:
            continue
        if before >= share * total:
            for after in range(at, len(sizes)):
                found.setdefault(after, reason or RemovalReason.COPYRIGHT)
            return


def _heads_notes(texts: Texts, at: int, words: PageWords) -> bool:
    """Whether a short line heads legal notes: it names them, or they stand right below it.

    An article's own line may end with such a word, too: 可以提交一段声明.
    """
    line, bared = texts.lines[at], texts.bared[at]
    if len(line.text) > SHORT_LINE or not bared.endswith(words.legal_headings):
        return False
    if bared in words.legal_headings:
        return True
    below = "".join(texts.bared[at + 1 : at + 1 + NOTES_REACH])
    return _PAUSES.search(line.text) is None and words.copyright.search(bared + below) is not None
