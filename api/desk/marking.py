"""An article's blocks cut where it cites something or names a number, for a curator's eyes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.reader.marks import is_numbered
from crawler.model import Block, Citation, Contact, Removed
from crawler.store.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a block: plain text, a citation or a number."""

    text: str
    citation: Citation | None = None
    contact: Contact | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One block as the desk shows it.

    ``removed`` is set with its ``number`` among everything that the program removed when it
    was dropped; ``restored`` tells that a person put it back.
    """

    pieces: tuple[Piece, ...]
    type: str
    removed: Removed | None = None
    number: int = -1
    restored: bool = False

    @property
    def numbered(self) -> bool:
        """Whether the line begins with an item's own number."""
        return is_numbered(self.pieces[0].text)


def lines_of(
    dossier: Dossier, citations: Sequence[Citation], contacts: Sequence[Contact]
) -> list[Line]:
    """The article's blocks in order, what was removed standing where it stood."""
    article = dossier.page.curated.article
    marks = _marks(citations, contacts)
    back = _put_back(dossier)
    dropped: dict[int, list[Line]] = {}
    for number, one in zip(_numbers(dossier), article.removed, strict=False):
        line = Line((Piece(one.block.text),), one.block.type.value, one, number)
        dropped.setdefault(one.position, []).append(line)
    lines: list[Line] = []
    start = 0
    for position, block in enumerate(article.blocks):
        lines += dropped.pop(position, ())
        pieces = tuple(_cut(block.text, start, marks))
        lines.append(Line(pieces, block.type.value, restored=block in back))
        start += len(block.text) + 1
    for position in sorted(dropped):
        lines += dropped[position]
    return lines


def _numbers(dossier: Dossier) -> list[int]:
    """For each block that is still removed, its number in the program's own result."""
    total = len(dossier.core.article.removed)
    return [number for number in range(total) if number not in dossier.restored]


def _put_back(dossier: Dossier) -> frozenset[Block]:
    removed = dossier.core.article.removed
    return frozenset(removed[number].block for number in dossier.restored)


def _marks(citations: Sequence[Citation], contacts: Sequence[Contact]) -> list[Citation | Contact]:
    """What is marked, in order and without overlaps; a citation goes before a number."""
    taken = [(one.start, one.end) for one in citations]
    free = [
        one
        for one in contacts
        if not any(start < one.end and one.start < end for start, end in taken)
    ]
    return sorted([*citations, *free], key=lambda one: one.start)


def _cut(text: str, start: int, marks: Sequence[Citation | Contact]) -> Iterator[Piece]:
    at = 0
    for mark in marks:
        first, last = mark.start - start, mark.end - start
        if last <= at or first >= len(text) or first < at:
            continue
        if first > at:
            yield Piece(text[at:first])
        inside = text[first : min(last, len(text))]
        if isinstance(mark, Citation):
            yield Piece(inside, citation=mark)
        else:
            yield Piece(inside, contact=mark)
        at = min(last, len(text))
    if at < len(text) or not text:
        yield Piece(text[at:])
