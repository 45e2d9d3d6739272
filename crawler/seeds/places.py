"""Loads seeds/places.toml: names of provinces and prefecture-level places."""

from __future__ import annotations

import tomllib
from pathlib import Path

from crawler.errors import SeedError
from crawler.seeds.loading import seeds_folder

_LISTS = ("provinces", "prefectures")


def load_places(folder: Path | None = None) -> frozenset[str]:
    """The names of places, short forms. Raises ``SeedError`` when the file is unusable."""
    path = (folder or seeds_folder()) / "places.toml"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SeedError([f"places.toml: file: {error}; restore it"]) from error
    names: set[str] = set()
    for key in _LISTS:
        listed = content.get(key)
        if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
            raise SeedError([f"places.toml: {key}: must be a list of names"])
        names.update(listed)
    return frozenset(names)
