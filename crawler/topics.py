"""Which questions of readers an article answers."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.model import Block
from crawler.text import fold
from crawler.vocabulary import References

_TITLE_WEIGHT = 6
"""A word in the title counts as much as six in the text: a title states the question."""

_STRONG, _WEAK = 2, 1
_MIN_SCORE = 4  # two strong words, or one in the title
_MAX_TOPICS = 3


class TopicClassifier:
    """Scores topics by their words; holds the folded words and nothing of any article."""

    def __init__(self, references: References) -> None:
        self._topics = tuple(
            (
                topic.id,
                tuple(fold(word).text for word in topic.strong),
                tuple(fold(word).text for word in topic.weak),
            )
            for topic in references.topics
        )

    def find_topics(self, title: str | None, blocks: Sequence[Block]) -> tuple[str, ...]:
        """Ids of the topics, best first, at most three; empty when none is clear."""
        head = fold(title or "").text
        body = fold("\n".join(block.text for block in blocks)).text
        scores = []
        for number, (name, strong, weak) in enumerate(self._topics):
            score = _score(head, strong, weak) * _TITLE_WEIGHT + _score(body, strong, weak)
            if score >= _MIN_SCORE:
                scores.append((-score, number, name))
        return tuple(name for _, _, name in sorted(scores)[:_MAX_TOPICS])


def _score(text: str, strong: Sequence[str], weak: Sequence[str]) -> int:
    return sum(_STRONG * text.count(word) for word in strong if word) + sum(
        _WEAK * text.count(word) for word in weak if word
    )
