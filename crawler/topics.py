"""Which questions of readers an article answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2

import ahocorasick_rs

from crawler.model import Block, BlockType
from crawler.text import fold, is_in_number, sentence_before
from crawler.vocabulary import References, Topic
from crawler.wording import TopicWording

TITLE_WEIGHT = 6.0
"""A word in the title against one in the body: the title states the question. Topic accuracy
falls when it is below 5, since every article speaks of evidence and complaints somewhere."""

HEADING_WEIGHT = 1.6
LEAD_WEIGHT = 2.0  # the first paragraph tells what the article is about
STRONG, WEAK = 2.0, 0.8

MIN_SCORE = 3.0
"""One strong word in the lead or the title, or two in the body."""

MIN_SHARE = 0.3
"""Of the best topic's score; a topic below it is only touched upon."""

WORDING_WEIGHT = 4.0
"""What being worded like a topic's articles weighs against the score of the best words. Of 268
articles of the exam that weights never saw, 266 instead of 261 have their topic first or second,
253 instead of 244 first; with 2 and 6 one and three fewer."""

CLEAR_STRENGTH = 12.0
"""Below this score words say so little that wording counts as much beside it."""

LIKE_TOPIC = 0.1
"""So much worded like a topic, an article may be about it without its words."""

LIKE_TOPIC_ALONE = 0.2
"""So much when no topic has any of its words: what is off the topic reaches 0.15 on most."""

URGENT_SHARE = 0.7
"""An urgent topic with this share of the best score comes first. Of 1,017 articles scored by
wording that never saw them 915 have the right topic first, with a half 901, by score alone 911."""

GRAVEST = 100
"""Of such a severity, where life is at risk, a topic comes first wherever it is one of them."""

MAX_TOPICS = 3
_LEAD_LENGTH = 160
_SENTENCE_ENDS = "。!?\uff01\uff1f"


@dataclass(frozen=True, slots=True)
class Ranking:
    """Topic ids, best first, at most three, and the best score; empty and 0 without any."""

    ids: tuple[str, ...]
    strength: float


class TopicClassifier:
    """Scores topics by their words; holds the words and nothing of any article."""

    def __init__(self, references: References) -> None:
        self._topics = references.topics
        self._wording = TopicWording(
            references.topic_wording, [topic.id for topic in references.topics]
        )
        owners: dict[str, list[tuple[int, float]]] = {}
        blockers: set[tuple[str, int]] = set()
        for number, topic in enumerate(references.topics):
            for word, weight in _weighted(topic):
                owners.setdefault(word, []).append((number, weight))
            for word in topic.negative:
                blockers.add((fold(word).text, number))
        self._words = list(dict.fromkeys([*owners, *(word for word, _ in blockers)]))
        self._owners = [owners.get(word, []) for word in self._words]
        self._blocks = [
            frozenset(number for blocked, number in blockers if blocked == word)
            for word in self._words
        ]
        self._numbers = frozenset(at for at, word in enumerate(self._words) if word.isdecimal())
        self._automaton = ahocorasick_rs.AhoCorasick(
            self._words, implementation=ahocorasick_rs.Implementation.ContiguousNFA
        )

    def find_topics(self, title: str | None, blocks: Sequence[Block]) -> tuple[str, ...]:
        """Ids of the topics, best first, at most three; empty when none is clear."""
        return self.find_ranking(title, blocks).ids

    def find_ranking(self, title: str | None, blocks: Sequence[Block]) -> Ranking:
        """The topics, best first but for an urgent one, and how clear the best is."""
        named = self.find_scores(title, blocks)
        strength = max(named.values(), default=0.0)
        scores = self._with_wording(named, strength, title, blocks) if blocks else named
        if not scores:
            return Ranking((), 0.0)
        best = max(scores.values())
        ranked = sorted(
            (score, number) for number, score in scores.items() if score >= MIN_SHARE * best
        )[::-1]
        order = [number for _score, number in ranked]
        urgent = [
            number
            for number in order
            if self._topics[number].urgent
            and (scores[number] >= URGENT_SHARE * best or self._topics[number].severity >= GRAVEST)
        ]
        first = sorted(urgent, key=lambda number: self._topics[number].severity < GRAVEST)[:1]
        chosen = [*first, *(number for number in order if number not in first)]
        return Ranking(tuple(self._topics[number].id for number in chosen[:MAX_TOPICS]), strength)

    def _with_wording(
        self, named: dict[int, float], strength: float, title: str | None, blocks: Sequence[Block]
    ) -> dict[int, float]:
        """The scores with how much the article is worded like those on each topic."""
        body = "\n".join(block.text for block in blocks)
        worded = self._wording.score(fold(f"{title or ''}\n{body}").text)
        unit = WORDING_WEIGHT * max(strength, CLEAR_STRENGTH)
        least = LIKE_TOPIC if named else LIKE_TOPIC_ALONE
        scores = {
            number: named.get(number, 0.0) + unit * float(worded[number])
            for number in range(len(self._topics))
            if number in named or worded[number] >= least
        }
        return {number: score for number, score in scores.items() if score > 0} or named

    def find_scores(self, title: str | None, blocks: Sequence[Block]) -> dict[int, float]:
        """Topic number -> score, for the topics that reach ``MIN_SCORE``."""
        scores: dict[int, float] = {}
        for weight, text in _parts(title, blocks):
            for number, score in self._score(text).items():
                scores[number] = scores.get(number, 0.0) + weight * score
        for number, score in self._score(_closing(blocks)).items():
            if self._topics[number].urgent:  # a last warning is not what an article is about
                scores[number] = scores.get(number, 0.0) - score
        return {number: score for number, score in scores.items() if score >= MIN_SCORE}

    def _score(self, text: str) -> dict[int, float]:
        """Topic number -> sum over its words, each damped in its number of occurrences.

        The longest of a topic's words that overlap counts, once. A word inside one of the
        topic's negative phrases does not count.
        """
        found: dict[int, list[tuple[int, int, float, int]]] = {}
        blocked: dict[int, list[tuple[int, int]]] = {}
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if index in self._numbers and is_in_number(text, start, end):
                continue
            for number, weight in self._owners[index]:
                found.setdefault(number, []).append((start, end, weight, index))
            for number in self._blocks[index]:
                blocked.setdefault(number, []).append((start, end))
        return {
            number: sum(
                weight * log2(1 + times)
                for weight, times in _counted(hits, blocked.get(number, ())).values()
            )
            for number, hits in found.items()
        }


def _weighted(topic: Topic) -> Iterable[tuple[str, float]]:
    for word in topic.strong:
        yield fold(word).text, STRONG
    for word in topic.weak:
        yield fold(word).text, WEAK


def _counted(
    hits: list[tuple[int, int, float, int]], blocked: Sequence[tuple[int, int]]
) -> dict[int, tuple[float, int]]:
    """Word index -> weight and times, overlapping hits resolved to the longest."""
    counted: dict[int, tuple[float, int]] = {}
    end_of_last = 0
    for start, end, weight, index in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if start < end_of_last or any(low <= start and end <= high for low, high in blocked):
            continue
        end_of_last = end
        counted[index] = (weight, counted.get(index, (weight, 0))[1] + 1)
    return counted


def _parts(title: str | None, blocks: Sequence[Block]) -> Iterable[tuple[float, str]]:
    """The article's parts with their weights, folded."""
    if title:
        yield TITLE_WEIGHT, fold(title).text
    headings = [block.text for block in blocks if block.type is BlockType.HEADING]
    body = "\n".join(block.text for block in blocks if block.type is not BlockType.HEADING)
    yield HEADING_WEIGHT, fold("\n".join(headings)).text
    yield LEAD_WEIGHT, fold(body[:_LEAD_LENGTH]).text
    yield 1.0, fold(body[_LEAD_LENGTH:]).text


def _closing(blocks: Sequence[Block]) -> str:
    """The last sentence, folded; empty when the last paragraph is all there is of text."""
    if not blocks[1:] or blocks[-1].type is BlockType.HEADING:
        return ""
    last = blocks[-1].text.rstrip(f"{_SENTENCE_ENDS} ")
    return fold(sentence_before(last, len(last), len(last), _SENTENCE_ENDS)).text
