"""What a text's names are judged under: its title, and what it speaks of as a whole."""

from __future__ import annotations

from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation

from crawler.mentions.names import fold_all
from crawler.text import fold
from crawler.vocabulary import Lexicon

LEAST_WORDS: Final = 3
"""Different words of lending from which on a whole text speaks of it.

Measured on tests/quality/exam: of the pages that are kept nine in ten have so many.
"""


class Headings:
    """Makes the heading of a text. Building it takes time: build it once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words = fold_all(lexicon.debt_words)
        self._automaton = AhoCorasick(self._words, implementation=Implementation.ContiguousNFA)

    def find(self, title: str | None, text: str) -> str | None:
        """The title, and below it the words of lending in a text that has enough of them.

        A title that holds such a word itself, and that of any other text, comes back as it is.
        """
        if title and self._spoken(title):
            return title
        spoken = self._spoken(text)
        if len(spoken) < LEAST_WORDS:
            return title
        return "\n".join((title or "", *sorted(spoken)))

    def _spoken(self, text: str) -> set[str]:
        found = self._automaton.find_matches_as_indexes(fold(text).text, overlapping=True)
        return {self._words[word] for word, _, _ in found}
