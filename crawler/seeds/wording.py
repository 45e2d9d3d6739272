"""Reads the trained weights: of characters and pairs of them, of signals, of signs around names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawler.seeds.reading import Row, SeedFile
from crawler.vocabulary import SignalWeights, TopicWeights, UsageWeights, WordingWeights

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
        pairs = _parts(row, row.texts("pairs", required=True), shortest=1)
        groups.append((row.whole("weight", -_HEAVIEST, _HEAVIEST), pairs))
    file.close()
    return WordingWeights(bias, tuple(groups))


def read_topic_wording(file: SeedFile) -> tuple[TopicWeights, ...]:
    """The weights of ``topic_wording.toml``; faults are noted in the file."""
    topics = []
    for row in file.rows("topic"):
        topic = row.text("id")
        groups = [(weight, _parts(row, pairs)) for weight, pairs in _lines(row)]
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


def read_signals(file: SeedFile) -> SignalWeights:
    """The weights of ``signals.toml``; faults are noted in the file."""
    head = file.head()
    bias = head.whole("bias", -_HEAVIEST, _HEAVIEST)
    head.close()
    weights = tuple(
        (row.text("id"), row.whole("weight", -_HEAVIEST, _HEAVIEST)) for row in file.rows("signal")
    )
    file.close()
    return SignalWeights(bias, weights)


def read_reasons(file: SeedFile) -> tuple[tuple[str, SignalWeights], ...]:
    """The weights of ``reasons.toml``, by the reason's id; faults are noted in the file."""
    reasons = []
    for row in file.rows("reason"):
        reason, bias = row.text("id"), row.whole("bias", -_HEAVIEST, _HEAVIEST)
        weights = tuple((signal, weight) for weight, signals in _lines(row) for signal in signals)
        reasons.append((reason, SignalWeights(bias, weights)))
    file.close()
    return tuple(reasons)


def _parts(row: Row, parts: Sequence[str], *, shortest: int = _PAIR) -> tuple[str, ...]:
    """Those that are pairs, or as short as the shortest; the others are noted."""
    for part in parts:
        if not shortest <= len(part) <= _PAIR:
            row.fault(f"{part!r} is no pair of characters; train the file again")
    return tuple(part for part in parts if shortest <= len(part) <= _PAIR)
