"""A second opinion from trafilatura, for pages on which the own judgement is doubtful.

The own judgement is made for Chinese pages. On pages in other scripts trafilatura's
precision mode is measurably better (scrapinghub: .96 against .91), at a fifth of the speed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any
from urllib.parse import urljoin

from lxml.etree import _Element, iterwalk

from crawler.extraction.nodes import Outline
from crawler.extraction.texts import is_text
from crawler.linklists.line import Line
from crawler.model import BlockType, Link

# Share of Chinese characters under which a text is in another script.
CHINESE_SHARE = 0.10
# Trafilatura's time grows faster than the page; larger pages keep the own result.
LARGEST_TREE = 24_000  # tags
LARGEST_TEXT = 2_000_000  # code points
# On pages of more lines trafilatura compares no other extractors: one of them, jusText, looks
# for each short line's neighbours anew (6,500 lines: 3 s). Shared pages have up to 932 lines.
MOST_COMPARED = 1_000
# Paragraphs of the article's shape that the second opinion lacks, as a share of what it has, from
# which on it lost them. On scrapinghub two articles that an advert divides have 1.2 and 1.6,
# all others .4 at most.
LOST_SHARE = 0.8
PARAGRAPH = 40  # code points
# The own judgement holds where it has so many times the second opinion's text, and none of it.
OWN_TIMES = 3
_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]+")
_LETTER = re.compile("[A-Za-z\u00c0-\u1fff\uac00-\ud7a3]+")
_INLINE = frozenset(("hi", "ref", "code", "del", "graphic"))
_SAMPLE = 4000  # code points

_KINDS = {
    "head": BlockType.HEADING,
    "item": BlockType.LIST_ITEM,
    "row": BlockType.TABLE_ROW,
    "quote": BlockType.QUOTE,
}


def is_foreign(lines: Sequence[Line]) -> bool:
    """Whether the text is in another script than Chinese."""
    sample = "".join(line.text for line in lines)[:_SAMPLE]
    chinese = sum(map(len, _CHINESE.findall(sample)))
    return chinese < CHINESE_SHARE * (chinese + len(_LETTER.findall(sample)))


@cache
def load_second_opinion() -> Callable[..., Any]:
    """Trafilatura's extractor, loaded when it is first asked for: a tenth of a command's start."""
    from trafilatura import bare_extraction

    extractor: Callable[..., Any] = bare_extraction
    return extractor


def find_second_opinion(
    text: str, url: str | None, size: int, *, compared: bool = True
) -> list[Line]:
    """The article's lines as trafilatura sees the page; empty when it finds none.

    ``size`` is the number of the page's lines, ``compared`` whether trafilatura compares its
    own result with other extractors' where it finds it doubtful.
    It repairs and parses the text itself: on its own tree it scores .961 on scrapinghub, on
    ours .957.
    """
    if len(text) > LARGEST_TEXT or text.count("<") > LARGEST_TREE:
        return []
    document = load_second_opinion()(
        text,
        favor_precision=True,
        include_comments=False,
        include_links=False,
        with_metadata=False,
        fast=not compared or size > MOST_COMPARED,
    )
    body = getattr(document, "body", None)
    return list(_find_lines(body, url or "")) if body is not None else []


def complete(other: list[Line], outline: Outline) -> list[Line]:
    """A second opinion with the parts of the article that it lost, when those are large.

    They are paragraphs that look like several of those it has and follow the first of these.
    """
    places = {line.text: at for at, line in reversed(list(enumerate(outline.lines)))}
    nodes = outline.nodes
    kept: dict[str, int] = {}
    begin = len(outline.lines)
    ordered: list[tuple[float, Line]] = []
    for line in other:
        at = places.get(line.text, -1)
        if at >= 0 and _is_paragraph(line):
            shape = nodes[outline.lines[at].node].shape
            kept[shape] = kept.get(shape, 0) + 1
            begin = min(begin, at)
        last = ordered[-1][0] if ordered else 0.0
        ordered.append((float(at) if at > last else last, line))
    known = {line.text for line in other}
    lost = [
        (float(at), line)
        for at, line in enumerate(outline.lines)
        if at > begin
        and kept.get(nodes[line.node].shape, 0) > 1
        and _is_paragraph(line)
        and line.text not in known
        and not (line.hidden or line.boilerplate)
    ]
    size = sum(len(line.text) for line in other if _is_paragraph(line))
    if sum(len(line.text) for _, line in lost) < LOST_SHARE * size:
        return other
    return [line for _, line in sorted(ordered + lost, key=lambda one: one[0])]


def is_beside(other: Sequence[Line], own: Sequence[Line]) -> bool:
    """Whether a second opinion missed the article: ``own`` is far longer and shares nothing."""
    texts = {line.text for line in own}
    if any(line.text in texts for line in other if _is_paragraph(line)):
        return False
    size = sum(len(line.text) for line in own if _is_paragraph(line))
    return size > OWN_TIMES * sum(len(line.text) for line in other)


def _is_paragraph(line: Line) -> bool:
    return len(line.text) >= PARAGRAPH and is_text(line)


def _find_lines(body: _Element, base: str) -> Iterator[Line]:
    for element in body:
        if element.tag == "list":
            for item in element:
                yield from _line(item, base)
        elif element.tag == "table":
            for row in element:
                yield from _line(row, base)
        else:
            yield from _line(element, base)


def _line(element: _Element, base: str) -> Iterator[Line]:
    tag = str(element.tag)
    if tag == "row":
        text = " | ".join(cell for cell in map(_text, element) if cell)
    else:
        text = _text(element)
    if not text:
        return
    kind = _KINDS.get(tag, BlockType.PARAGRAPH)
    links = tuple(_links(element, base))
    level = _level(element) if kind is BlockType.HEADING else None
    yield Line(text, kind, links, level, link_size=sum(len(link.text) for link in links))


def _text(element: _Element) -> str:
    """The element's text; what stands in inner blocks is parted by a space."""
    parts: list[str] = []
    for event, inner in iterwalk(element, events=("start", "end")):
        if inner.tag not in _INLINE:
            parts.append(" ")
        parts.append((inner.text if event == "start" else inner.tail) or "")
    if element.tail and parts:
        parts.pop()  # the element's own tail is not part of it
    return " ".join("".join(parts).split())


def _links(element: _Element, base: str) -> Iterator[Link]:
    for ref in element.iter("ref"):
        target, text = ref.get("target"), _text(ref)
        if target and text:
            try:
                yield Link(text, urljoin(base, target))
            except ValueError:
                continue


def _level(element: _Element) -> int:
    rend = element.get("rend", "h2")
    return int(rend[1]) if len(rend) == 2 and rend[1] in "123456" else 2
