"""Scores phone numbers against passages whose numbers are marked in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from crawler.contacts import ContactFinder
from crawler.model import ContactStatus

_MARK = re.compile(r"⟦N (\w+)\|([^⟧]+)⟧")


@dataclass(frozen=True, slots=True)
class NumberScore:
    """Ratios from 0 to 1 and, for a person, what was wrong."""

    precision: float
    recall: float
    status: float
    faults: tuple[str, ...]


def load_numbers(path: Path) -> tuple[tuple[str, dict[tuple[int, int], ContactStatus]], ...]:
    """Each passage's text and the status of each number by where it stands."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(parse_numbers(line) for line in lines if line and not line.startswith("#"))


def parse_numbers(line: str) -> tuple[str, dict[tuple[int, int], ContactStatus]]:
    """One marked line; ``↵`` stands for a line break."""
    line = line.replace("↵", "\n")
    parts: list[str] = []
    expected: dict[tuple[int, int], ContactStatus] = {}
    length = at = 0
    for mark in _MARK.finditer(line):
        parts += [line[at : mark.start()], mark[2]]
        start = length + mark.start() - at
        length = start + len(mark[2])
        expected[start, length] = ContactStatus(mark[1])
        at = mark.end()
    return "".join([*parts, line[at:]]), expected


def score_numbers(
    finder: ContactFinder, passages: tuple[tuple[str, dict[tuple[int, int], ContactStatus]], ...]
) -> NumberScore:
    """Exact places count as found; status is judged on those."""
    found = right = wanted = judged = 0
    faults: list[str] = []
    for text, expected in passages:
        got = {(one.start, one.end): one.status for one in finder.find_contacts(text)}
        both = expected.keys() & got.keys()
        wrong = sorted(place for place in both if got[place] is not expected[place])
        found, wanted, right = found + len(got), wanted + len(expected), right + len(both)
        judged += len(both) - len(wrong)
        for kind, places in (
            ("missed", sorted(expected.keys() - got.keys())),
            ("extra", sorted(got.keys() - expected.keys())),
            ("status of", wrong),
        ):
            faults += [f"{kind} {text[start:end]} in: {text}" for start, end in places]
    return NumberScore(right / found, right / wanted, judged / right, tuple(faults))
