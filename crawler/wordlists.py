"""The word lists of seeds/ that the core reads by itself: constants of this version."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any


def load_table(name: str) -> dict[str, Any]:
    """A constant table of this version of the program, from the repository or the wheel."""
    package = Path(__file__).parent
    bundled = package / "_bundled" / "seeds" / f"{name}.toml"
    path = bundled if bundled.is_file() else package.parent / "seeds" / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8"))
