"""Where surfaces of lenders stand in a text, before anything is judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crawler.mentions.names import Name


@dataclass(frozen=True, slots=True)
class Candidate:
    """An occurrence of a name, in offsets of the folded text."""

    name: Name
    start: int
    end: int


class Neighbours:
    """All candidates of a text by where they start and end."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self.starting: dict[int, list[Candidate]] = {}
        self.ending: dict[int, list[Candidate]] = {}
        for candidate in candidates:
            self.starting.setdefault(candidate.start, []).append(candidate)
            self.ending.setdefault(candidate.end, []).append(candidate)
