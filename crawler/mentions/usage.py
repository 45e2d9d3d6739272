"""How much an ambiguous name stands as lenders' names do: a linear model of many weak signs.

Cues tell what certainly fits beside a name, and no list has all that people say. The signs are
which name it is, what touches it on each side, and the pairs of characters in its clause;
``seeds/usage.toml`` holds their weights. extension/matcher.js does the same.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from crawler.mentions.line import CLAUSE_END, Line
from crawler.mentions.names import Name
from crawler.vocabulary import UsageWeights

STEPS: Final = 10
"""Steps of the stored weights for one of the points that cues are counted in."""

NUMERALS: Final = "0123456789一二两三四五六七八九十百千万几"
"""What numbers are written with; every number counts as the same."""

EDGE: Final = "^"
LONGEST: Final = 3
"""Characters beside a name that are read together."""

_NUMBER: Final = re.compile(f"[{NUMERALS}]+")


class Usage:
    """Scores names where they stand; holds the weights alone."""

    def __init__(self, weights: UsageWeights) -> None:
        self._bias = weights.bias
        self._weights = weights.weights

    def steps(self, line: Line, name: Name) -> int:
        """Above 0 as a lender's name stands, below as ordinary words do."""
        if not self._weights:
            return 0
        known = self._weights
        return self._bias + sum(known[sign] for sign in find_signs(line, name) if sign in known)


def find_signs(line: Line, name: Name) -> set[str]:
    """The signs of a name in its line.

    The first letter is the kind: ``n`` the name, ``k`` the points it needs, ``m`` a common noun,
    ``q`` quoted, ``l`` and ``r`` what touches it on the left and right, ``z`` both together,
    ``x`` and ``y`` each with the name, ``c`` a pair in the clause, ``s`` and ``e`` the clause's
    start and end.
    """
    surface = name.surface
    left = _NUMBER.sub("0", line.text[: line.before])
    right = _NUMBER.sub("0", line.text[line.after :])
    head = left[-LONGEST:] if len(left) >= LONGEST else EDGE + left
    tail = right[:LONGEST] if len(right) >= LONGEST else right + EDGE
    signs = {
        f"n{surface}",
        f"k{name.need}",
        f"z{head[-1]}{tail[0]}",
        f"x{surface}{head[-1]}",
        f"y{surface}{tail[0]}",
        *(f"l{head[-size:]}" for size in range(1, len(head) + 1)),
        *(f"r{tail[:size]}" for size in range(1, len(tail) + 1)),
    }
    if name.noun:
        signs.add("m")
    if line.left_quotes and line.right_quotes:
        signs.add("q")
    before, after = CLAUSE_END.split(left)[-1], CLAUSE_END.split(right, 1)[0]
    for part in (before, after):
        signs.update([f"c{one}{other}" for one, other in pairwise(part)])
    if not before:
        signs.add("s")
    if not after:
        signs.add("e")
    return signs
