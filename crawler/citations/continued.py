"""Provisions that go on from a statute cited before (民法典第545条……,第546条……)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.citations.provisions import find_provisions, main_number
from crawler.citations.words import Words

CONTINUED_REACH = 240
"""How far from the provision before the next may stand, in code points: that of 该法."""

_LEAST = 10
"""Smaller numbers count advice, messages and clauses (第三条路); by judgement."""

_LARGE = 100
"""From here on a number is that of a code, no clause of a contract; by judgement."""

_OLD_REACH = 8
"""How far from a number 修正前是 or 是旧编号 may stand, in code points; a phrase."""

_ORDINAL = re.compile(r"第[\d〇○零一二两三四五六七八九十百千]{1,9}条")
_LAST = re.compile(r"(?:[条款项目]|条之.{1,2})$")
_ENDS = ("。", "!", "?", "\n")
_MARKS = frozenset(",、:。;(“\"'\n")


def find_continued(
    text: str, span: tuple[int, int], title: str, words: Words
) -> Iterator[tuple[int, int]]:
    """Where provisions of ``title`` go on in a span of text, and where their numbers begin.

    Both are the same unless the kind of statute stands before the number (条例第25条). A number
    below a hundred must stand behind a comma or a word that leads to provisions, and no contract
    or other text with clauses may be named in between; in another sentence the word must cite
    (依第26条), or the number stand in brackets.
    """
    at, end = span
    while at < end:
        stop = min(end, at + CONTINUED_REACH)
        found = _ORDINAL.search(text, at, stop)
        if found is None:
            return
        provisions = find_provisions(text, found.start())
        if provisions is None:
            return
        number = main_number(provisions.numbers[0]).partition("-")[0].partition("之")[0]
        between, place = text[at : found.start()], found.start()
        counts = int(number) < _LARGE and words.starts("continued_counted", text, provisions.end)
        kind = _kind_before(between, title, words)
        if kind:
            yield place - len(kind), place
        elif not counts and _goes_on(
            int(number),
            between,
            text[place - 1 : place],
            text[provisions.end : provisions.end + _OLD_REACH],
            words,
        ):
            yield place, place
        elif int(number) < _LARGE:
            return
        at = provisions.end


def ends_provision(text: str, end: int) -> bool:
    """Whether a citation that ends at ``end`` ends with the provision it gives."""
    return _LAST.search(text, max(0, end - 4), end) is not None


def stands_alone(text: str, start: int, words: Words) -> bool:
    """Whether the word at ``start`` begins after a sign or a word that leads to provisions."""
    before = text[max(0, start - _OLD_REACH) : start]
    return before[-1:] in _MARKS or before.endswith(words.group("continued_before"))


def _kind_before(between: str, title: str, words: Words) -> str:
    """The kind of statute that a title ends with, where it stands for it: 条例; else empty."""
    for kind in words.group("continued_kinds"):
        if between.endswith(kind) and title.endswith(kind):
            before = between[: -len(kind)]
            if before[-1:] in _MARKS or before.endswith(words.group("continued_before")):
                return kind
    return ""


def _goes_on(number: int, between: str, before: str, after: str, words: Words) -> bool:
    if number < _LEAST or between.endswith(words.group("continued_not_before")):
        return False
    if any(word in between[-_OLD_REACH:] for word in words.group("continued_old")):
        return False
    if any(word in after for word in words.group("continued_renumbered")):
        return False
    if number >= _LARGE:
        return True
    if any(word in between for word in words.group("continued_not")):
        return False
    bracketed = before == "(" and after.startswith(")")
    if bracketed or between.endswith(words.group("continued_cited")):
        return True
    if any(word in between for word in words.group("continued_not_uncited")):
        return False
    if any(mark in between for mark in _ENDS):
        return False
    return before in _MARKS or between.endswith(words.group("continued_before"))
