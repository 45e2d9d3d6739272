"""Words that stand for a lender's name, a constant table from seeds/standins.toml."""

from __future__ import annotations

from functools import cache

from crawler.wordlists import load_table


def is_standin(piece: str) -> bool:
    """Whether bare text says "the platform", "they" or the like rather than a name."""
    starts, ends, words = _words()
    return piece.startswith(starts) or piece.endswith(ends) or piece in words


@cache
def _words() -> tuple[tuple[str, ...], tuple[str, ...], frozenset[str]]:
    table = load_table("standins")
    return tuple(table["starts"]), tuple(table["ends"]), frozenset(table["words"])
