"""What changed between two texts of a page, line by line and inside of changed lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_LONGEST = 1500  # characters; comparing longer lines inside would take seconds
_MOST_LINES = 4000  # of either text; difflib's time grows with their product
_CONTEXT = 2  # unchanged lines shown on both sides of a change


class Kind(StrEnum):
    """How a line or a part of it stands in the later text."""

    SAME = "same"
    ADDED = "added"
    DROPPED = "dropped"
    SKIPPED = "skipped"  # unchanged lines that are not shown


@dataclass(frozen=True, slots=True)
class Changed:
    """One line of a comparison, in parts of which each is same, added or dropped."""

    kind: Kind
    parts: tuple[tuple[Kind, str], ...]
    count: int = 0  # lines that were skipped


def compare(before: Sequence[str], after: Sequence[str]) -> list[Changed]:
    """The lines that changed, with a few around them; empty when nothing did."""
    first, second = list(before[:_MOST_LINES]), list(after[:_MOST_LINES])
    if first == second:
        return []
    found: list[Changed] = []
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    codes = matcher.get_opcodes()
    for number, (tag, i, j, k, m) in enumerate(codes):
        if tag == "equal":
            lines = _unchanged(first[i:j], number == 0, number == len(codes) - 1)
        elif tag == "replace" and j - i == m - k:
            lines = (
                one
                for old, new in zip(first[i:j], second[k:m], strict=True)
                for one in _pair(old, new)
            )
        else:
            lines = iter([*_whole(Kind.DROPPED, first[i:j]), *_whole(Kind.ADDED, second[k:m])])
        found += lines
    return found


def _unchanged(lines: Sequence[str], leading: bool, trailing: bool) -> Iterator[Changed]:
    head = 0 if leading else _CONTEXT
    tail = 0 if trailing else _CONTEXT
    if len(lines) <= head + tail + 1:
        yield from _whole(Kind.SAME, lines)
        return
    yield from _whole(Kind.SAME, lines[:head])
    yield Changed(Kind.SKIPPED, (), len(lines) - head - tail)
    yield from _whole(Kind.SAME, lines[len(lines) - tail :] if tail else ())


def _whole(kind: Kind, lines: Sequence[str]) -> list[Changed]:
    return [Changed(kind, ((kind, line),)) for line in lines]


def _pair(old: str, new: str) -> Iterator[Changed]:
    """The old and the new line, what differs inside of them told apart."""
    if max(len(old), len(new)) > _LONGEST:
        yield from [*_whole(Kind.DROPPED, [old]), *_whole(Kind.ADDED, [new])]
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    left: list[tuple[Kind, str]] = []
    right: list[tuple[Kind, str]] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        same = tag == "equal"
        if j > i:
            left.append((Kind.SAME if same else Kind.DROPPED, old[i:j]))
        if m > k:
            right.append((Kind.SAME if same else Kind.ADDED, new[k:m]))
    yield Changed(Kind.DROPPED, tuple(left))
    yield Changed(Kind.ADDED, tuple(right))
