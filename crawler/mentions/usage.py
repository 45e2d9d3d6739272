"""How much an ambiguous name stands as lenders' names do: a linear model of many weak signs.

Cues tell what certainly fits beside a name, and no list has all that people say. The signs are
which name it is and of what kind, what touches it on each side, what the cues say of that, and the
pairs of characters in its sentence; ``seeds/usage.toml`` holds their weights, which say what the
points of the cues leave open. extension/matcher.js does the same.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from crawler.mentions.line import CLAUSE_END, SENTENCE_END, Line
from crawler.mentions.names import Name
from crawler.vocabulary import UsageWeights

STEPS: Final = 10
"""Steps of the stored weights for one of the points that cues are counted in."""

NUMERALS: Final = "0123456789一二两三四五六七八九十百千万几"
"""What numbers are written with; every number counts as the same."""

EDGE: Final = "^"
LONGEST: Final = 3
"""Characters beside a name that are read together."""

NEAR: Final = 5
"""Characters on each side that are signs wherever they stand there."""

MOST_PROPER: Final = 3
"""Up to this need a name that is no common noun is mostly one that people, places and shops have
too (恒昌); what needs more is mostly a phrase (有钱花)."""

_NUMBER: Final = re.compile(f"[{NUMERALS}]+")


class Usage:
    """Scores names where they stand; holds the weights alone."""

    def __init__(self, weights: UsageWeights) -> None:
        self._bias = weights.bias
        self._weights = weights.weights

    def steps(self, line: Line, name: Name, cues: tuple[int, int], *, ruled: bool) -> int:
        """Above 0 where more speaks for a lender's name than its points tell, below where less."""
        if not self._weights:
            return 0
        known = self._weights
        signs = find_signs(line, name, cues, ruled=ruled)
        return self._bias + sum(known[sign] for sign in signs if sign in known)


def find_signs(line: Line, name: Name, cues: tuple[int, int], *, ruled: bool) -> set[str]:
    """The signs of a name in its line.

    ``cues`` are the points of those before and after it; ``ruled`` is whether one of them, or a
    longer phrase, rules it out. The first letter is the kind: ``n`` the name, ``k`` the points it
    needs, ``t`` its kind, ``q`` quoted, ``l`` and ``r`` what touches it on the left and right,
    ``z`` both together, ``x`` and ``y`` each with the name, ``h`` and ``i`` each with its kind,
    ``d`` and ``g`` a character near it on the left and right, ``w`` a pair in the sentence, ``s``
    and ``e`` the clause's start and end, ``j`` ruled out, otherwise ``b``, ``a`` and ``o`` the
    points of the cues before and after and both; ``u`` and ``v`` these with the kind.
    """
    surface, kind = name.surface, _kind(name)
    left = _NUMBER.sub("0", line.text[: line.before])
    right = _NUMBER.sub("0", line.text[line.after :])
    head = left[-LONGEST:] if len(left) >= LONGEST else EDGE + left
    tail = right[:LONGEST] if len(right) >= LONGEST else right + EDGE
    signs = {
        f"n{surface}",
        f"k{name.need}",
        f"t{kind}",
        f"z{head[-1]}{tail[0]}",
        f"x{surface}{head[-1]}",
        f"y{surface}{tail[0]}",
        f"h{kind}{head[-1]}",
        f"i{kind}{tail[0]}",
        f"u{kind}{cues[0]}",
        f"v{kind}{cues[1]}",
        *(f"l{head[-size:]}" for size in range(1, len(head) + 1)),
        *(f"r{tail[:size]}" for size in range(1, len(tail) + 1)),
        *(f"d{one}" for one in left[-NEAR:]),
        *(f"g{one}" for one in right[:NEAR]),
    }
    signs |= {"j"} if ruled else {f"b{cues[0]}", f"a{cues[1]}", f"o{cues[0]},{cues[1]}"}
    if line.left_quotes and line.right_quotes:
        signs.add("q")
    for part in (SENTENCE_END.split(left)[-1], SENTENCE_END.split(right, 1)[0]):
        signs.update([f"w{one}{other}" for one, other in pairwise(part)])
    if not left or CLAUSE_END.match(left[-1]):
        signs.add("s")
    if not right or CLAUSE_END.match(right):
        signs.add("e")
    return signs


def _kind(name: Name) -> str:
    """A common noun, a proper name, or a phrase."""
    if name.noun:
        return "n"
    return "p" if name.need <= MOST_PROPER else "f"
