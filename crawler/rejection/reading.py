"""What the words of an article say for and against it, and where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from sys import maxsize

import ahocorasick_rs

from crawler.rejection.invitations import find_invitations
from crawler.text import fold, is_in_number
from crawler.vocabulary import References

SOLICITING = 4
"""Different words of channel, approach and offer, one of each at least, that make a sentence
one that solicits, its neighbours' offers counted too. None of 353 labelled articles to keep has
such a sentence, 13 of 28 lures that name no number have one, however much law they quote."""

LURING = ("loan_channels", "contact_lure", "unsafe_advice", "loan_advert")
"""Groups of luring words, each with the id of the reason that it speaks for."""

_SENTENCE = re.compile(r"[。!?;\n]")
_QUOTED = re.compile(r"[“\"「『][^“”\"「」『』。!?;\n]{1,60}[。!?;]?[”\"」』]")


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of each group, by number: in the title, anywhere, and where they may lure.

    A word may lure outside quotation marks, in a sentence that does not warn.
    """

    length: int  # of the body, in code points
    named: int  # how often lenders are named, as far as that counts
    title: dict[str, set[int]]
    times: dict[str, dict[int, int]]
    lures: dict[str, set[int]]
    invites: bool  # some sentence that does not warn gives an address to get in touch at
    solicits: bool  # some sentence offers something to who gets in touch

    def kinds(self, *groups: str) -> int:
        """How many different words of the groups occur."""
        return len({word for group in groups for word in self.times.get(group, ())})

    @property
    def said(self) -> int:
        """How often words of lending occur."""
        return sum(self.times.get("lending", {}).values())

    @property
    def spoken(self) -> int:
        """How often lending is spoken of, by its words or by a lender's name."""
        return self.said + self.named

    def luring(self, group: str) -> int:
        return len(self.lures.get(group, ()))

    def warns(self, lures: int) -> bool:
        """Whether the article as a whole warns, having ``lures`` luring words."""
        return "warning" in self.title or self.kinds("warning") > lures


class Reader:
    """Reads the words of seeds/curation.toml; holds them and nothing of any article."""

    def __init__(self, references: References) -> None:
        self._words: list[str] = []
        self._groups: list[set[str]] = []
        numbers: dict[str, int] = {}
        for group, words in references.curation_words:
            for word in words:
                folded = fold(word).text
                if folded not in numbers:
                    numbers[folded] = len(self._words)
                    self._words.append(folded)
                    self._groups.append(set())
                self._groups[numbers[folded]].add(group)
        self._automaton = ahocorasick_rs.AhoCorasick(self._words)
        self._numbers = frozenset(at for at, word in enumerate(self._words) if word.isdecimal())
        self._warnings = frozenset(
            index for index, groups in enumerate(self._groups) if "warning" in groups
        )

    def read(self, title: str, body: str, named: int = 0) -> Reading:
        """What the words of one pass over title and body say, sentence by sentence.

        ``named`` is how often lenders are named, as far as that counts.
        """
        text = f"{title}\n{body}"
        ends = [len(title), *(cut.start() for cut in _SENTENCE.finditer(text, len(title) + 1))]
        quotes = [quote.span() for quote in _QUOTED.finditer(text)]
        times: dict[int, int] = {}
        unquoted: list[tuple[int, int]] = []  # words and their sentences
        warned: set[int] = set()
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if index in self._numbers and is_in_number(text, start, end):
                continue
            times[index] = times.get(index, 0) + 1
            sentence = bisect_left(ends, end)
            if index in self._warnings:
                warned.add(sentence)
            if not quotes or not _lies_in(quotes, start):
                unquoted.append((index, sentence))
        invites = any(
            bisect_left(ends, found.end()) not in warned and not _lies_in(quotes, found.start())
            for found in find_invitations(text)
        )
        counts: dict[str, dict[int, int]] = {}
        for index, number in times.items():
            for group in self._groups[index]:
                counts.setdefault(group, {})[index] = number
        return Reading(
            len(body),
            named,
            self._grouped({index for index, sentence in unquoted if sentence == 0}),
            counts,
            self._grouped({index for index, sentence in unquoted if sentence not in warned}),
            invites,
            self._solicits(unquoted),
        )

    def _solicits(self, words: Sequence[tuple[int, int]]) -> bool:
        """Whether a sentence says where and how to get in touch, and what is offered for it."""
        sentences: dict[int, set[int]] = {}
        for index, sentence in words:
            sentences.setdefault(sentence, set()).add(index)
        for at, inside in sentences.items():
            groups = self._grouped(inside)
            if "telling" in groups or not ("channel" in groups and "approach" in groups):
                continue
            beside = inside.union(*(sentences.get(at + step, set()) for step in (-1, 1)))
            offers = self._grouped(beside).get("offer", set())
            said = groups["channel"] | groups["approach"]
            if offers - said and len(said | offers) >= SOLICITING:
                return True
        return False

    def _grouped(self, indexes: set[int]) -> dict[str, set[int]]:
        """Group -> its different words."""
        found: dict[str, set[int]] = {}
        for index in indexes:
            for group in self._groups[index]:
                found.setdefault(group, set()).add(index)
        return found


def _lies_in(spans: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether one of the ascending spans covers the place."""
    before = bisect_right(spans, (at, maxsize)) - 1
    return before >= 0 and at < spans[before][1]
