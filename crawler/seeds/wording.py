"""Reads the trained weights: of pairs of characters, and of signs around names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawler.seeds.reading import Row, SeedFile
from crawler.vocabulary import TopicWeights, UsageWeights, WordingWeights

_HEAVIEST = 1000
_PAIR = 2


def read_wording(file: SeedFile) -> WordingWeights:
    """The weights of ``wording.toml``; faults are noted in the file."""
    head = file.head()
    bias = head.whole("bias", -_HEAVIEST, _HEAVIEST)
    head.close()
    groups = []
    for row in file.rows("group"):
        row.text("id")
        pairs = _pairs(row, row.texts("pairs", required=True))
        groups.append((row.whole("weight", -_HEAVIEST, _HEAVIEST), pairs))
    file.close()
    return WordingWeights(bias, tuple(groups))


def read_topic_wording(file: SeedFile) -> tuple[TopicWeights, ...]:
    """The weights of ``topic_wording.toml``; faults are noted in the file."""
    topics = []
    for row in file.rows("topic"):
        topic = row.text("id")
        groups = [(weight, _pairs(row, pairs)) for weight, pairs in _lines(row)]
        topics.append(TopicWeights(topic, tuple(groups)))
    file.close()
    return tuple(topics)


def read_usage(file: SeedFile) -> UsageWeights:
    """The weights of ``usage.toml``; faults are noted in the file."""
    head = file.head()
    bias = head.whole("bias", -_HEAVIEST, _HEAVIEST)
    weights = {sign: weight for weight, signs in _lines(head) for sign in signs}
    head.close()
    file.close()
    return UsageWeights(bias, weights)


def _lines(row: Row) -> Iterator[tuple[int, list[str]]]:
    """Each line of a row's weights: the weight, and what has it."""
    for line in row.texts("weights", required=True):
        weight, *signs = line.split()
        if not weight.removeprefix("-").isdecimal() or abs(int(weight)) > _HEAVIEST:
            row.fault(f"{weight!r} is no weight; train the file again")
        else:
            yield int(weight), signs


def _pairs(row: Row, pairs: Sequence[str]) -> tuple[str, ...]:
    """Those that are pairs; the others are noted."""
    for pair in pairs:
        if len(pair) != _PAIR:
            row.fault(f"{pair!r} is no pair of characters; train the file again")
    return tuple(pair for pair in pairs if len(pair) == _PAIR)
