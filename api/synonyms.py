"""The words that searchers use for the same thing, from seeds/synonyms.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from crawler.errors import SeedError
from crawler.seeds import seeds_folder
from crawler.text import fold

_FILE = "synonyms.toml"


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Folded word -> its whole group; and the filler words of questions, longest first."""

    groups: dict[str, tuple[str, ...]]
    fillers: tuple[str, ...]


def load_synonyms(folder: Path | None = None) -> Synonyms:
    """The synonyms in ``folder``. Raises ``SeedError`` with every fault."""
    path = (folder or seeds_folder()) / _FILE
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SeedError([f"{_FILE}: cannot be read: {error.strerror}"]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SeedError([f"{_FILE}: {error}"]) from error
    faults: list[str] = []
    groups: dict[str, tuple[str, ...]] = {}
    for number, words in enumerate(_lists(data.get("groups"), faults), 1):
        folded = tuple(fold(word).text for word in words)
        for word in folded:
            if word in groups:
                faults.append(f"{_FILE}: groups[{number}]: {word} is in another group too")
            groups[word] = folded
    fillers = _words(data.get("fillers"), "fillers", faults)
    if faults:
        raise SeedError(faults)
    folded_fillers = {fold(word).text for word in fillers}
    return Synonyms(groups, tuple(sorted(folded_fillers, key=lambda one: (-len(one), one))))


def _lists(value: object, faults: list[str]) -> list[list[str]]:
    if not isinstance(value, list):
        faults.append(f"{_FILE}: groups: is no list of lists")
        return []
    return [_words(one, f"groups[{number}]", faults) for number, one in enumerate(value, 1)]


def _words(value: object, key: str, faults: list[str]) -> list[str]:
    if isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value):
        return value
    faults.append(f"{_FILE}: {key}: is no list of words")
    return []
