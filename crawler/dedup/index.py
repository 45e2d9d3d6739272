"""Candidate pairs in memory: which fingerprints share enough sampled keys.

For batches and measurements; the store keeps the same keys in its tables.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

MAX_POSTINGS = 24
"""Entries read for one key. A key on more entries is boilerplate or a much copied article,
whose copies are found through any 24 of them. Re-measure recall and the cost of adding one."""

MIN_SHARED = 0.2
"""Share of the smaller entry's keys that a candidate must have. Copies with two fifths of
their sentences deleted and all synonyms spun keep .3; re-measure recall after a change."""


class KeyIndex:
    """Entries by their sampled keys; an entry is known by the number ``add`` returns."""

    def __init__(self) -> None:
        self._postings: defaultdict[int, list[int]] = defaultdict(list)
        self._sizes: list[int] = []
        self._least = 0  # keys of the smallest entry that has any

    def add(self, keys: Sequence[int]) -> int:
        """The new entry's number, counting from 0."""
        number = len(self._sizes)
        self._sizes.append(len(keys))
        if keys:
            self._least = min(self._least or len(keys), len(keys))
        for key in keys:
            self._postings[key].append(number)
        return number

    def find_candidates(self, keys: Sequence[int]) -> list[int]:
        """Entries that share enough of the keys, the largest part first."""
        hits: list[int] = []
        for key in keys:
            entries = self._postings.get(key)
            if entries:
                hits += entries[:MAX_POSTINGS]
        # Most entries share a key or two by chance; no size of theirs would be small enough.
        least = MIN_SHARED * min(self._least, len(keys))
        shared = {entry: count for entry, count in Counter(hits).items() if count >= least}
        return rank_candidates(shared, len(keys), self._sizes)


def rank_candidates(
    shared: Mapping[int, int], size: int, sizes: Mapping[int, int] | Sequence[int]
) -> list[int]:
    """The entries with at least ``MIN_SHARED`` of the smaller one's keys, best first.

    ``shared`` counts each entry's common keys; ties are ordered by entry.
    """
    parts = {
        entry: count / min(size, sizes[entry])
        for entry, count in shared.items()
        if count >= MIN_SHARED * size or count >= MIN_SHARED * sizes[entry]
    }
    return sorted(parts, key=lambda entry: (-parts[entry], entry))
