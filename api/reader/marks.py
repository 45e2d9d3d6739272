"""An article's blocks cut where something is to be marked or linked in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]

_NUMBERED = re.compile(r"\s*[\d\u2460-\u2473\u3220-\u3229(\uff08一二三四五六七八九十]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a block: plain text, a citation, a hidden phone number, or a link."""

    text: str
    citation: Json | None = None
    number: int = 0  # of the citation in the list below the article, from 1
    hidden: bool = False
    url: str | None = None
    host: str = ""  # where the link leads, for people


@dataclass(frozen=True, slots=True)
class _Link:
    start: int
    end: int
    url: str
    host: str


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    citation: Json | None = None
    number: int = 0


def is_numbered(text: str) -> bool:
    """Whether an item of a list begins with its own number, and so needs no bullet."""
    return _NUMBERED.match(text) is not None


def number_citations(citations: Sequence[Json]) -> tuple[list[Json], list[int]]:
    """Each different citation once, and for every one given its number (from 1) among them."""
    numbers: dict[tuple[object, ...], int] = {}
    different: list[Json] = []
    found: list[int] = []
    for one in citations:
        key = one["target"] or one["text"], one["provision"], one["status"], one["note"]
        if key not in numbers:
            different.append(one)
            numbers[key] = len(different)
        found.append(numbers[key])
    return different, found


def cut_blocks(
    blocks: Sequence[Json], citations: Sequence[Json], contacts: Iterable[Json]
) -> list[list[Segment]]:
    """For each block its segments; offsets count code points of the texts joined by line breaks.

    What is marked inside of a link is no part of it.
    """
    _, numbers = number_citations(citations)
    marks = [
        _Mark(one["start"], one["end"], one, number)
        for one, number in zip(citations, numbers, strict=True)
    ]
    taken = [(one.start, one.end) for one in marks]
    for one in contacts:
        span = one["start"], one["end"]
        if one["status"] == "unverified" and not any(_overlap(span, other) for other in taken):
            marks.append(_Mark(*span))
    marks.sort(key=lambda mark: mark.start)
    pieces: list[list[Segment]] = []
    offset = 0
    for block in blocks:
        text = block["text"]
        links = _find_links(text, block.get("links", ()))
        cut = _cut(text, offset, marks)
        pieces.append(_link_up(cut, links) if links else cut)
        offset += len(text) + 1
    return pieces


def _find_links(text: str, links: Iterable[Json]) -> list[_Link]:
    """Where the links stand in the text, in order; only those to a plain web address."""
    found: list[_Link] = []
    at = 0
    for one in links:
        start = text.find(one["text"], at) if one["text"].strip() else -1
        if start < 0:
            continue
        at = start + len(one["text"])
        host = web_host(one["url"])
        if host:
            found.append(_Link(start, at, one["url"], host))
    return found


def web_host(url: str) -> str | None:
    """The host that an http or https address leads to; ``None`` for any other address.

    An address with a name before its host only looks like one of that name's.
    """
    try:
        parts = urlsplit(url)
        named = "@" in parts.netloc or any(one.isspace() or one in '\\<>"' for one in url)
        return None if named or parts.scheme not in {"http", "https"} else parts.hostname
    except ValueError:
        return None


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _cut(text: str, offset: int, marks: Sequence[_Mark]) -> list[Segment]:
    segments: list[Segment] = []
    at = 0
    for mark in marks:
        # A title may be broken over two blocks: it is marked where it begins.
        start, end = mark.start - offset, min(mark.end - offset, len(text))
        if start < at or start >= end:
            continue
        if start > at:
            segments.append(Segment(text[at:start]))
        hidden = mark.citation is None
        segments.append(Segment(text[start:end], mark.citation, mark.number, hidden))
        at = end
    if at < len(text) or not segments:
        segments.append(Segment(text[at:]))
    return segments


def _link_up(segments: Sequence[Segment], links: Sequence[_Link]) -> list[Segment]:
    """The segments, the plain ones cut again where a link begins or ends."""
    found: list[Segment] = []
    offset = 0
    for one in segments:
        end = offset + len(one.text)
        if one.citation is not None or one.hidden:
            found.append(one)
        else:
            at = offset
            for link in links:
                start, stop = max(link.start, at), min(link.end, end)
                if start < stop:
                    found += [Segment(one.text[at - offset : start - offset])] * (start > at)
                    linked = one.text[start - offset : stop - offset]
                    found.append(Segment(linked, url=link.url, host=link.host))
                    at = stop
            found += [Segment(one.text[at - offset :])] * (at < end)
        offset = end
    return found
