"""What changed between two texts of a page, line by line and inside of changed lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_MOST_PAIRS = 10_000_000  # of lines and characters that are set against each other: two seconds
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


class Effort:
    """What comparing may still cost: difflib's time grows with the product of what it compares."""

    def __init__(self, pairs: int = _MOST_PAIRS) -> None:
        self._left = pairs

    def take(self, first: Sequence[str], second: Sequence[str]) -> bool:
        """Whether these two may be compared, too."""
        pairs = len(first) * len(second)
        if pairs > self._left:
            return False
        self._left -= pairs
        return True


def compare(
    before: Sequence[str], after: Sequence[str], effort: Effort | None = None
) -> list[Changed]:
    """The lines that changed, with a few around them; empty when nothing did.

    What would cost more than the ``effort`` is told as dropped and added as a whole.
    """
    effort = effort or Effort()
    head, tail = _alike(before, after)
    first, second = before[head : len(before) - tail], after[head : len(after) - tail]
    if not first and not second:
        return []
    found = list(_unchanged(before[:head], leading=True))
    if not effort.take(first, second):
        found += [*_whole(Kind.DROPPED, first), *_whole(Kind.ADDED, second)]
    else:
        matcher = SequenceMatcher(None, first, second, autojunk=False)
        for tag, i, j, k, m in matcher.get_opcodes():
            if tag == "equal":
                found += _unchanged(first[i:j])
            elif tag == "replace" and j - i == m - k:
                for old, new in zip(first[i:j], second[k:m], strict=True):
                    found += _pair(old, new, effort)
            else:
                found += [*_whole(Kind.DROPPED, first[i:j]), *_whole(Kind.ADDED, second[k:m])]
    found += _unchanged(before[len(before) - tail :], trailing=True)
    return found


def _alike(first: Sequence[str], second: Sequence[str]) -> tuple[int, int]:
    """How much the two have in common at their beginning, and at the end of the rest."""
    most = min(len(first), len(second))
    head = next((at for at in range(most) if first[at] != second[at]), most)
    most -= head
    tail = next((at for at in range(most) if first[-1 - at] != second[-1 - at]), most)
    return head, tail


def _unchanged(
    lines: Sequence[str], *, leading: bool = False, trailing: bool = False
) -> Iterator[Changed]:
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


def _pair(old: str, new: str, effort: Effort) -> Iterator[Changed]:
    """The old and the new line, what differs inside of them told apart."""
    head, tail = _alike(old, new)
    first, second = old[head : len(old) - tail], new[head : len(new) - tail]
    if not effort.take(first, second):
        yield from [*_whole(Kind.DROPPED, [old]), *_whole(Kind.ADDED, [new])]
        return
    left = [(Kind.SAME, old[:head])]
    right = [(Kind.SAME, old[:head])]
    for tag, i, j, k, m in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        same = tag == "equal"
        left.append((Kind.SAME if same else Kind.DROPPED, first[i:j]))
        right.append((Kind.SAME if same else Kind.ADDED, second[k:m]))
    for kind, parts in ((Kind.DROPPED, left), (Kind.ADDED, right)):
        parts.append((Kind.SAME, old[len(old) - tail :]))
        yield Changed(kind, tuple(part for part in parts if part[1]))
