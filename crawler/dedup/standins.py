"""Words that stand for a lender's name, a constant table from seeds/standins.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


def is_standin(piece: str) -> bool:
    """Whether bare text says "the platform", "they" or the like rather than a name."""
    starts, ends, words = _words()
    return piece.startswith(starts) or piece.endswith(ends) or piece in words


@cache
def _words() -> tuple[tuple[str, ...], tuple[str, ...], frozenset[str]]:
    package = Path(__file__).parent.parent
    bundled = package / "_bundled" / "seeds" / "standins.toml"
    path = bundled if bundled.is_file() else package.parent / "seeds" / "standins.toml"
    table = tomllib.loads(path.read_text("utf-8"))
    return tuple(table["starts"]), tuple(table["ends"]), frozenset(table["words"])
