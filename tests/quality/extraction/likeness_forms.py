"""Lists of bare titles in the forms of likeness.toml, and where they stand in an article."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

MARKS = "?？!！"
SHORTEST_CUT, LONGEST_CUT = 9, 13  # code points left of a title that is cut
SHORT_LINE = 36  # code points of a line that may be an item
FEWEST_ITEMS = 3
SHORTEST_PARAGRAPH = 28  # code points, after which a list may stand
CIRCLED_ONE = 0x2460
APART = 3  # titles that stand apart from each other


class Kind(StrEnum):
    """What a line of an article is; ``FOREIGN`` ones are lists', ``GLUED`` ones begin as text."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    FOREIGN = "foreign"
    GLUED = "glued"


@dataclass(frozen=True, slots=True)
class Part:
    """A line and its kind; the cells of a row are parted by `` | ``."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing a list; likeness.toml says what the fields mean."""

    places: Sequence[str]
    size: tuple[int, int]
    heads: Sequence[str] = ()
    lead: str = ""
    lines: Sequence[str] = ("{t}",)
    row: int = 1
    join: str = ""


@dataclass(frozen=True, slots=True)
class Draw:
    """Chance, and the words it takes."""

    rng: random.Random
    table: dict[str, Any]

    def write_day(self, pattern: str) -> str:
        """The pattern with a day in it."""
        return pattern.format(**self._find_day())

    def write_title(self, pattern: str, title: str, number: int) -> str:
        """The pattern with a title, its number and whatever else it asks for."""
        rng = self.rng
        return pattern.format(
            t=title,
            q=title.rstrip(MARKS) + "?",
            s=title[: rng.randint(SHORTEST_CUT, LONGEST_CUT)],
            n=number,
            o=chr(CIRCLED_ONE + (number - 1) % 20),
            c=rng.choice(self.table["categories"]),
            e=rng.choice(self.table["excerpts"]),
            i=rng.choice(self.table["pictures"]),
            k=rng.randint(30, 9999),
            a=rng.randint(1, 23),
            **self._find_day(),
        )

    def _find_day(self) -> dict[str, str]:
        rng = self.rng
        year, month, day = rng.randint(2021, 2024), rng.randint(1, 12), rng.randint(1, 28)
        return {"y": str(year), "m": f"{month:02}", "d": f"{day:02}"}


def write_list(form: Form, titles: Sequence[str], draw: Draw) -> list[str]:
    """The list's lines, the heading among them."""
    written = [
        draw.write_title(form.lines[at % len(form.lines)], title, at + 1)
        for at, title in enumerate(titles)
    ]
    step = form.row or len(written)
    rows = [form.join.join(written[at : at + step]) for at in range(0, len(written), step)]
    lines = [line for row in rows for line in row.split("\n")]
    if not form.heads:
        return lines
    heading = draw.rng.choice(draw.table["heads"][draw.rng.choice(form.heads)])
    if form.lead:
        return [form.lead.format(h=heading) + lines[0], *lines[1:]]
    return [heading, *lines]


def place_list(
    own: Sequence[Part], lines: Sequence[str], place: str, rng: random.Random
) -> list[Part]:
    """The article's lines with those of a list at one of the places that likeness.toml names."""
    foreign = [Part(Kind.FOREIGN, line) for line in lines]
    if place == "touching":
        glued = Part(Kind.GLUED, own[-1].text + foreign[0].text)
        return [*own[:-1], glued, *foreign[1:]]
    ends = [at + 1 for at, part in enumerate(own[:-1]) if _is_paragraph(part)] or [1]
    if place == "apart":
        chosen = sorted(rng.sample(ends, min(APART, len(ends))))
        given = dict(zip(chosen, foreign, strict=False))  # as many as find a place
        return [
            one
            for at, part in enumerate(own, 1)
            for one in ((part, given[at]) if at in given else (part,))
        ]
    heads = [
        at
        for at, (head, below) in enumerate(pairwise(own), 1)
        if head.kind is Kind.HEADING and _is_paragraph(below)
    ]
    at = {
        "below heading": lambda: rng.choice(heads or [len(own)]),
        "above": lambda: 0,
        "amid": lambda: rng.choice(ends),
        "beside items": lambda: rng.choice(find_item_ends(own) or [len(own)]),
        "before the last": lambda: len(own) - 1,
        "behind": lambda: len(own),
    }[place]()
    return [*own[:at], *foreign, *own[at:]]


def find_item_ends(own: Sequence[Part]) -> list[int]:
    """Where stretches of the article's own items or short lines end."""
    found: list[int] = []
    begin = 0
    for at in range(len(own) + 1):
        if at == len(own) or not _is_item(own[at]):
            if at - begin >= FEWEST_ITEMS:
                found.append(at)
            begin = at + 1
    return found


def _is_item(part: Part) -> bool:
    short = len(part.text) < SHORT_LINE and part.text[-1] not in "。:：?？"
    return part.kind is Kind.ITEM or (part.kind is Kind.TEXT and short)


def _is_paragraph(part: Part) -> bool:
    ends = part.text[-1] in "。!！?？”"
    return part.kind is Kind.TEXT and len(part.text) > SHORTEST_PARAGRAPH and ends
