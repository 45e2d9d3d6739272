"""Lines with their folded and bared texts, and which of them read like an article's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.linklists.line import Line
from crawler.pagewords import bare_lines

# Code points; measured on the tuning halves of the shared pages.
SHORT_LINE = 30  # navigation and share prompts are shorter
VERSE_LINE = 7  # a line of this length that ends like a sentence is text, too
TEXT_LINE = 20  # a line of this length with a sentence mark is text

DIGITS = re.compile(r"\d+")
SENTENCE_END = re.compile(r"[。！？；!?;…]|\.(?=\s|$)")
_MARK = re.compile(r"[。！？；，、：!?;,:…]")


@dataclass(frozen=True, slots=True)
class Texts:
    """A line's folded and bared text beside the line itself."""

    lines: tuple[Line, ...]
    folded: tuple[str, ...]
    bared: tuple[str, ...]


def prepare(lines: Sequence[Line]) -> Texts:
    """The lines with their folded and bared texts."""
    folded, bared = bare_lines([line.text for line in lines])
    return Texts(tuple(lines), folded, bared)


def is_text(line: Line) -> bool:
    """Whether the line reads like a sentence of an article."""
    if line.hidden or line.link_share >= 0.5:
        return False
    size = len(line.text)
    if size >= TEXT_LINE:
        return _MARK.search(line.text) is not None
    return size >= VERSE_LINE and line.text.endswith(("。", "，", "！", "；"))
