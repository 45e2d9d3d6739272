"""Scores citations against passages whose citations are marked in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crawler.citations import ANNOTATED, CitationFinder
from crawler.model import Citation, CitationKind, CitationStatus

ON = date(2026, 11, 22)
KINDS = {"S": CitationKind.STATUTE, "R": CitationKind.REGULATOR, "H": CitationKind.HOTLINE}

_MARK = re.compile(r"⟦(?:([SRH]) (\w+)(!?)(?:>([^|⟧]+))?|\?)\|([^⟧]+)⟧")
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})\t")


@dataclass(frozen=True, slots=True)
class Expected:
    """A marked citation; ``successor`` is ``None`` when the mark does not say it.

    ``explained`` is the mark's ``!``: the text itself says that the law no longer holds.
    """

    start: int
    end: int
    kind: CitationKind
    status: CitationStatus
    successor: str | None
    explained: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A labelled text; ``free`` are spans that may be cited, but not as out of date."""

    text: str
    published: date | None
    expected: tuple[Expected, ...]
    free: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """Ratios from 0 to 1 and, for a person, what was wrong."""

    passages: int
    precision: float
    recall: float
    status: float
    faults: tuple[str, ...]


def load_passages(path: Path) -> tuple[Passage, ...]:
    """The passages of a file, in order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(parse_passage(line) for line in lines if line and not line.startswith("#"))


def parse_passage(line: str) -> Passage:
    """One marked line; ``↵`` stands for a line break."""
    line = line.replace("↵", "\n")
    published = None
    if dated := _DATED.match(line):
        published = date.fromisoformat(dated[1])
        line = line[dated.end() :]
    parts: list[str] = []
    expected: list[Expected] = []
    free: list[tuple[int, int]] = []
    length = at = 0
    for mark in _MARK.finditer(line):
        kind, status, explained, successor, name = mark.groups()
        parts += [line[at : mark.start()], name]
        start = length + mark.start() - at
        length = start + len(name)
        at = mark.end()
        if kind is None:
            free.append((start, length))
            continue
        expected.append(
            Expected(start, length, KINDS[kind], CitationStatus(status), successor, bool(explained))
        )
    return Passage("".join([*parts, line[at:]]), published, tuple(expected), tuple(free))


def score(finder: CitationFinder, passages: tuple[Passage, ...]) -> Score:
    """Exact spans and kinds count as found; status and successor are judged on those."""
    found = right = wanted = judged = 0
    faults: list[str] = []
    for passage in passages:
        citations = tuple(
            one
            for one in finder.find_citations(passage.text, ON, passage.published)
            if not _is_free(one, passage)
        )
        by_span = {(one.start, one.end, one.kind): one for one in citations}
        found += len(citations)
        wanted += len(passage.expected)
        for expected in passage.expected:
            citation = by_span.pop((expected.start, expected.end, expected.kind), None)
            name = passage.text[expected.start : expected.end]
            if citation is None:
                faults.append(f"missed {name} in: {passage.text}")
                continue
            right += 1
            if _is_judged(citation, expected):
                judged += 1
            else:
                faults.append(
                    f"{name}: {citation.status.value} > {citation.successor}, not "
                    f"{expected.status.value} > {expected.successor}"
                )
        faults += [
            f"extra {one.text} ({one.status.value}) in: {passage.text}" for one in by_span.values()
        ]
    return Score(len(passages), right / found, right / wanted, judged / right, tuple(faults))


def _is_free(citation: Citation, passage: Passage) -> bool:
    return citation.status in {CitationStatus.CURRENT, CitationStatus.UNKNOWN} and any(
        start <= citation.start and citation.end <= end for start, end in passage.free
    )


def _is_judged(citation: Citation, expected: Expected) -> bool:
    stale = citation.kind is CitationKind.STATUTE and citation.status is not CitationStatus.CURRENT
    if stale and (citation.note == ANNOTATED) is not expected.explained:
        return False
    return citation.status is expected.status and expected.successor in {
        None,
        citation.successor,
    }
