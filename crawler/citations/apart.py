"""Provisions that stand apart from the name they belong to.

Either words lie between (《民法典》中关于隐私权的第1032条), or the name is a line of its own above
the provisions that are quoted, or it is not said again (该法第46条).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.citations.names import Anchor
from crawler.citations.provisions import find_provisions
from crawler.citations.titles import normal_title
from crawler.citations.words import Words
from crawler.text import fold, sentence_after

APART_REACH = 26
"""How far from a name its provision may stand, in code points; a clause, by judgement."""

BACK_REACH = 240
"""How far back 该法 may point, in code points: the paragraph before, by judgement."""

MOST_QUOTED = 8
"""Provisions read below a name; who quotes more quotes the law."""

_HEADING = re.compile(r"(?:[^\n]{0,6}[:、. ])?[《“\"'(【]?", re.ASCII)
_HEADED = re.compile(
    r"[》”\"'】]?(?:\([^()\n]{1,12}\))?(?:的?(?:相关|有关)?规定|节选|摘录|原文)?:?\s*\n"
)
_QUOTED = re.compile(r"\s*(?=第[^\n]{1,9}条)")

_ORDINAL = re.compile(r"第[\d〇○零一二两三四五六七八九十百千]{1,9}条")


def provisions_apart(text: str, end: int, words: Words) -> tuple[str, ...]:
    """The provisions named later in the clause of a name that ends at ``end``.

    Empty unless the words between lead from a statute to its provision and name nothing
    else that has provisions, such as a contract.
    """
    if not words.starts("apart_begin", text, end):
        return ()
    sentence = sentence_after(text, end, APART_REACH)
    found = _ORDINAL.search(sentence)
    if found is None:
        return ()
    between = sentence[: found.start()]
    if not between.endswith(words.group("apart_end")) or any(
        word in between for word in words.group("apart_not")
    ):
        return ()
    provisions = find_provisions(text, end + found.start())
    return provisions.numbers if provisions is not None else ()


def provisions_below(text: str, start: int, end: int) -> tuple[str, ...]:
    """The provisions whose lines follow the line that the name ``text[start:end]`` is.

    Empty unless the name stands alone on its line.
    """
    headed = _HEADED.match(text, end)
    if headed is None or _HEADING.fullmatch(text, text.rfind("\n", 0, start) + 1, start) is None:
        return ()
    numbers: dict[str, None] = {}
    at = headed.end()
    while len(numbers) < MOST_QUOTED and (line := _QUOTED.match(text, at)) is not None:
        found = find_provisions(text, line.end())
        if found is None:
            break
        numbers |= dict.fromkeys(found.numbers)
        at = text.find("\n", found.end) + 1 or len(text)
    return tuple(numbers)


def meant_before(
    named: Sequence[tuple[int, Anchor | None]], start: int, endings: tuple[str, ...]
) -> int | None:
    """The position in ``named`` of the statute that words like 该法 at ``start`` point at.

    ``named`` holds the statutes cited before, each with the place where its citation ends and
    no anchor when it is unknown: the words may mean that one, so nothing before it is meant.
    ``None`` when no known one is near whose title has one of the endings.
    """
    for position in range(len(named) - 1, -1, -1):
        end, anchor = named[position]
        if anchor is None or start - end > BACK_REACH:
            return None
        if any(normal_title(fold(one.title).text).endswith(endings) for one in anchor.statutes):
            return position
    return None
