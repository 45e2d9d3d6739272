"""A line of folded text with a name in it, as far as any rule looks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

CLAUSE_END: Final = re.compile("[,。;:?!]")
_SENTENCE_END: Final = re.compile("[。;?!]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line, where the name stands in it, and where the quotation marks around it end."""

    text: str
    start: int
    end: int
    before: int
    after: int

    def clause(self) -> str:
        """What stands between the marks on both sides of the name, the name left out."""
        return self._within(CLAUSE_END)

    def sentence(self) -> str:
        """The same with the other clauses of the sentence."""
        return self._within(_SENTENCE_END)

    def _within(self, ends: re.Pattern[str]) -> str:
        head, tail = self.text[: self.start], self.text[self.end :]
        return f"{ends.split(head)[-1]} {ends.split(tail, 1)[0]}".strip()

    @property
    def left_quotes(self) -> bool:
        return self.before < self.start

    @property
    def right_quotes(self) -> bool:
        return self.after > self.end


def continues_word(text: str, at: int) -> bool:
    """Whether a Latin word or a number runs on across a border."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if not (left.isascii() and right.isascii()):
        return False
    return (left.isdigit() and right.isdigit()) or (left.isalpha() and right.isalpha())
