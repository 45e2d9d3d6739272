"""The lenders that a text without one in its title tells of: the other side of a debt or a case.

A story of the writer's own debt says in its first paragraph whose it is, and 平台 or 客服 from then
on; a report of a case names its parties there. Elsewhere a lender that a text names once is an
example, a comparison or a source.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from crawler.mentions.untitled import LEAST_PARAGRAPH
from crawler.model import Mention
from crawler.text import fold
from crawler.wordlists import load_table

LEAD: Final = 200
"""Code points of a first paragraph within which a lender is named."""

OPENING: Final = 2
"""Code points of a later paragraph within which it names what it goes on to."""

MOST_LENDERS: Final = 4
"""Lenders that such a text names at most; one that names more tells of none."""

MOST_SIDES: Final = 2
"""Lenders that stand on the other side at most; more of them are a list."""

MOST_SUMS: Final = 3
"""Sums of money from which on a sentence counts debts up."""

NEAR: Final = 12
"""Code points between what makes a name an example, or a party, and the name."""

_SUM: Final = re.compile(r"[\d一二两三四五六七八九十][万千百]")
_CLAUSES: Final = re.compile("[,:]")
_PROSE: Final = re.compile("[。!?,;]")


@dataclass(frozen=True, slots=True)
class _Place:
    """A mention with what its sentence says before and after it, all of it folded."""

    lender: str
    name: str
    before: str
    after: str

    @property
    def near(self) -> str:
        """The clause of the name, and the one after it."""
        return f"{_CLAUSES.split(self.before)[-1]}\n{''.join(_CLAUSES.split(self.after)[:2])}"

    @property
    def rest(self) -> str:
        return f"{self.before}\n{self.after}"


class Parties:
    """Reads whose debt or case a text tells. Building it takes time: build it once."""

    def __init__(self) -> None:
        table = load_table("parties")
        words = {key: "|".join(one) for key, one in table.items()}
        self._writer = re.compile(words["writer"])
        self._kin = re.compile(words["kin"])
        self._persons = re.compile(words["persons"])
        self._matters = re.compile(f"{words['matters']}|{words['agents']}")
        self._agents = re.compile(words["agents"])
        self._former = re.compile(words["former"])
        self._dealings = re.compile(words["dealings"])
        self._role = re.compile(rf"(?:{words['roles']})[^,。;:在从向跟与和因]{{0,{NEAR}}}$")
        self._sues = re.compile(rf"[^,。;:]{{0,{NEAR}}}?(?:{words['suing']})")
        self._instance = re.compile(rf"(?:{words['instance']})[^,。;]{{0,{NEAR}}}$")
        self._instances = re.compile(rf"[」”\"]?(?:{words['instances']})")
        self._several = re.compile(words["several"])

    def find(self, title: str, mentions: Sequence[Mention], text: str) -> tuple[str, ...]:
        """The lenders, in the order of their first mention; empty when nothing tells."""
        counts = Counter(one.lender for one in mentions)
        if not counts or len(counts) > MOST_LENDERS:
            return ()
        title, folded = fold(title).text, fold(text)
        spans = [_folded_span(one, folded.offsets) for one in mentions]
        start, end = _first_paragraph(folded.text)
        if not any(start <= at < end for at, _ in spans):
            return ()
        if self._matters.search(title) or self._agents.search(folded.text, start, end):
            return ()
        own = self._writer.search(folded.text, start, end) is not None
        told = self._kin.search(title) is None and any(
            self._writer.search(one) for one in (title, folded.text)
        )
        places = list(_places(mentions, spans, folded.text, start, end))
        names = {one.name for one in places}
        sides = [one.lender for one in places if self._is_side(one, own, told, names)]
        if sides:
            sides += [
                one.lender for one in places if self._is_side(one, own, told, names, wide=True)
            ]
            sides += _opening(mentions, spans, folded.text, end)
        found = tuple(one for one in counts if one in sides)
        least = min((counts[one] for one in found), default=0)
        if len(found) > MOST_SIDES or any(
            count > least for one, count in counts.items() if one not in found
        ):
            return ()
        return found

    def _is_side(
        self, place: _Place, own: bool, told: bool, names: set[str], wide: bool = False
    ) -> bool:
        """Whether a lender is the other side of a case, or of the writer's own debt.

        The debt is ``own`` where the paragraph has the writer in it, unless the clause is somebody
        else's; where only the title or what comes after has the writer (``told``), the sentence
        must speak of nobody else. Beside a lender that is a side, the whole sentence shows
        another (``wide``).
        """
        if self._instance.search(place.before) or self._instances.match(place.after):
            return False
        if place.before.endswith("说是") and place.after.startswith("的"):
            return False
        if self._role.search(place.before) or self._sues.match(place.after):
            return True
        rest, near = _without(names, place.rest), _without(names, place.near)
        own = own and (not self._persons.search(near) or self._writer.search(near) is not None)
        return (
            (own or (told and not self._persons.search(rest)))
            and self._dealings.search(rest if wide else near) is not None
            and self._former.search(rest) is None
            and self._several.search(rest) is None
            and len(_SUM.findall(rest)) < MOST_SUMS
        )


def _folded_span(mention: Mention, offsets: Sequence[int] | None) -> tuple[int, int]:
    if offsets is None:
        return mention.start, mention.end
    return bisect_left(offsets, mention.start), bisect_left(offsets, mention.end)


def _first_paragraph(text: str) -> tuple[int, int]:
    """Where the first paragraph in sentences is; a line of date and source is none."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if _PROSE.search(text, start, end):
            return start, min(end, start + LEAD)
        start = end + 1
    return len(text), len(text)


def _places(
    mentions: Sequence[Mention],
    spans: Sequence[tuple[int, int]],
    text: str,
    start: int,
    end: int,
) -> Iterator[_Place]:
    """The mentions of a paragraph with the sentences they stand in."""
    for one, (at, after) in zip(mentions, spans, strict=True):
        if start <= at < end:
            first = max(start, *(text.rfind(mark, start, at) + 1 for mark in "。!?;"))
            ends = [text.find(mark, after, end) for mark in "。!?;"]
            last = min((found for found in ends if found >= 0), default=end)
            yield _Place(one.lender, text[at:after], text[first:at], text[after:last])


def _opening(
    mentions: Sequence[Mention], spans: Sequence[tuple[int, int]], text: str, end: int
) -> list[str]:
    """The lenders that a paragraph after the first opens with."""
    return [
        one.lender
        for one, (at, _) in zip(mentions, spans, strict=True)
        if at >= end and _opens(at, text)
    ]


def _opens(at: int, text: str) -> bool:
    """Whether a paragraph of some length begins with the name at ``at``."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return at - start <= OPENING and (end if end >= 0 else len(text)) - start >= LEAST_PARAGRAPH


def _without(names: set[str], text: str) -> str:
    """A text with line breaks instead of names, so that no word of them counts."""
    for name in names:
        text = text.replace(name, "\n")
    return text
