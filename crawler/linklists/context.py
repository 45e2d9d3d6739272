"""What the runs of a page are judged against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from crawler.linklists.line import Style
from crawler.model import RemovalReason
from crawler.pagewords import PageWords


@dataclass(frozen=True, slots=True)
class Context:
    """What the runs are judged against."""

    words: PageWords
    bared: Sequence[str]
    grams: Set[str]  # pairs of characters of the article's sentences and title
    host: str | None
    last_text: int  # index of the last line that is text
    found: dict[int, RemovalReason]  # the lines judged so far to belong to such lists
    begins: dict[int, int] = field(default_factory=dict)  # of each stretch in ``found``, by its end
    first_text: int = -1  # index of the first line that is text
    # How much a bare line reads like another page's title, by its index; see ``likeness``.
    likeness: dict[int, float] = field(default_factory=dict)
    # How much the lenders that a bare line names tell, by its index; see ``lenders``.
    named: dict[int, float] = field(default_factory=dict)
    # How the bare lines look that stand alone above text, and how often each look does.
    alone: Counter[Style] = field(default_factory=Counter)

    def find_begin(self, end: int) -> int:
        """Where the stretches of lists that end at ``end`` begin; ``end`` itself without any."""
        place = end
        while place in self.begins:
            place = self.begins[place]
        return place


def grams_of(text: str) -> set[str]:
    """The pairs of neighbouring characters."""
    return {text[at : at + 2] for at in range(len(text) - 1)}


def share_of(text: str, known: Set[str]) -> float:
    """The share, 0 to 1, of a bared text's pairs of characters that are known."""
    grams = grams_of(text)
    return len(grams & known) / len(grams) if grams else 0.0
