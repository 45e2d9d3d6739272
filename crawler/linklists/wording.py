"""How much a short line is worded like another page's title, rather than like an own item.

Lists of words know few of the marks of either; many weak signs know more: which characters and
pairs of them a line has, how it begins and ends, how long it is. ``seeds/line_wording.toml`` holds
the weights; tests/quality/extraction/train_line_wording.py fits them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache, lru_cache

from crawler.wordlists import load_table

SCALE = 20  # steps of the stored weights for one unit
LINES_KEPT = 1024  # a line is looked at once more, amid others
STEP, LONGEST = 3, 8  # code points of a class of lengths; the last class
_DIGITS = str.maketrans("123456789", "0" * 9)


@lru_cache(maxsize=LINES_KEPT)
def weigh_wording(bared: str) -> float:
    """Above nought like a title, below like an item; the logit of a balanced choice."""
    return weigh_parts(parts_of(bared), *_load())


def parts_of(bared: str) -> set[str]:
    """The signs of a bared line; its number or day, before or behind, is none."""
    text = bared.strip("0123456789").translate(_DIGITS)
    parts = set(text)
    parts.update([text[at : at + 2] for at in range(len(text) - 1)])
    parts.update((f"^{text[:1]}", f"^{text[:2]}", f"{text[-1:]}$", f"{text[-2:]}$"))
    parts.add(f"={min(len(text) // STEP, LONGEST)}")
    return parts


def weigh_parts(parts: set[str], weights: Mapping[str, float], bias: float) -> float:
    """The sum over the known ones, divided by the root of how many they are."""
    known = [weights[part] for part in parts if part in weights]
    return bias + sum(known) / math.sqrt(len(parts))


@cache
def _load() -> tuple[dict[str, float], float]:
    """The weight of each sign, and the bias."""
    table = load_table("line_wording")
    weights: dict[str, float] = {}
    for row in table["weights"]:
        weight, *parts = row.split()
        weights.update(dict.fromkeys(parts, int(weight) / SCALE))
    return weights, table["bias"] / SCALE
