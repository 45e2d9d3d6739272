"""Reads the trained weights of pairs of characters."""

from __future__ import annotations

from crawler.seeds.reading import SeedFile
from crawler.vocabulary import WordingWeights

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
        pairs = row.texts("pairs", required=True)
        for pair in pairs:
            if len(pair) != _PAIR:
                row.fault(f"{pair!r} is no pair of characters; train the file again")
        whole = tuple(pair for pair in pairs if len(pair) == _PAIR)
        groups.append((row.whole("weight", -_HEAVIEST, _HEAVIEST), whole))
    file.close()
    return WordingWeights(bias, tuple(groups))
