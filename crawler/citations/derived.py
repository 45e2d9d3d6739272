"""Texts that bear the name of a law and are not that law.

Rules under it are instruments of their own, known or not (《反洗钱法》实施办法, and those of a
place: 浙江省实施《消费者权益保护法》办法); what explains it is a book (《民法典》释义).
"""

from __future__ import annotations

from dataclasses import dataclass

from crawler.citations.brackets import CLOSERS
from crawler.citations.places import Places
from crawler.citations.words import Words

_OPENERS = "《“\"'‘「『【〈<"
_CARRYING_OUT = ("贯彻实施", "实施", "贯彻", "执行")


@dataclass(frozen=True, slots=True)
class Derived:
    """Where the whole title stands in folded text; ``is_rule`` tells a rule from a book."""

    start: int
    end: int
    is_rule: bool


class DerivedTitles:
    """Tells titles that are made of a law's name."""

    def __init__(self, words: Words, places: Places) -> None:
        self._words = words
        self._places = places

    def find(self, text: str, start: int, end: int) -> Derived | None:
        """The title that a law's name, brackets included, is a part of; ``None`` when of none."""
        after = end
        if text[end : end + 1] in CLOSERS and text[end : end + 1]:
            after += 1
        rule = self._word_at("rules_under_law", text, after)
        if rule:
            return Derived(start, after + len(rule), is_rule=True)
        local = self._word_at("local_rules", text, after)
        begin = self._carried_out_before(text, start) if local else None
        if begin is not None:
            return Derived(begin, after + len(local), is_rule=True)
        if self._words.starts("books_on_law_not", text, after):
            return None
        book = self._word_at("books_on_law", text, after)
        return Derived(start, after + len(book), is_rule=False) if book else None

    def _word_at(self, group: str, text: str, at: int) -> str:
        """The longest word of the group at a place; empty when there is none."""
        if not self._words.starts(group, text, at):
            return ""
        return max((one for one in self._words.group(group) if text.startswith(one, at)), key=len)

    def _carried_out_before(self, text: str, start: int) -> int | None:
        """Where 浙江省实施 before a law's name begins; ``None`` when no place carries it out."""
        at = start - int(text[start - 1 : start] in _OPENERS and start > 0)
        for word in _CARRYING_OUT:
            if text.endswith(word, 0, at):
                begin, place = self._places.find_before(text, at - len(word), 0)
                return begin if place else None
        return None
