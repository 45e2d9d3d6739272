"""Finds the element that holds the article: most of the page's sentences and little else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.extraction.outline import Outline
from crawler.linklists.line import Line

SENTENCE = re.compile(r"[。！？；!?;…，,、：]|[.](?=\s|$)")
# A line's worth is its length; beyond this it is text anyway. Measured on daniel-zh.
MOST_WEIGHT = 300
# An inner element is chosen over the one around it when it holds this share of its worth.
INNER_SHARE = 0.80


@dataclass(frozen=True, slots=True)
class Container:
    """The chosen element's node number, its worth, and the worth of the whole page."""

    node: int
    weight: float
    total: float


def weigh(line: Line) -> float:
    """How much the line looks like an article's text; negative for a link or a scrap."""
    if line.hidden:
        return 0.0
    size = len(line.text)
    share = line.link_share
    if share > 0.6:
        return 0.0
    marks = len(SENTENCE.findall(line.text[:MOST_WEIGHT]))
    if not marks:
        return 0.0 if size < 30 else min(size, MOST_WEIGHT) * 0.3
    weight = min(size, MOST_WEIGHT) * (1 - share)
    if size < 15:
        weight *= 0.4
    return weight * (0.1 if line.boilerplate else 1.0)


def find_container(outline: Outline) -> Container | None:
    """The element that holds the article; ``None`` when no line looks like text."""
    nodes = outline.nodes
    if not nodes:
        return None
    weights = [0.0] * len(nodes)
    for line in outline.lines:
        if line.node >= 0:
            weights[line.node] += weigh(line)
    own = list(weights)
    for at in range(len(nodes) - 1, 0, -1):
        parent = nodes[at].parent
        if parent >= 0:
            weights[parent] += weights[at]
    if weights[0] <= 0:
        return None
    heaviest: list[int] = [-1] * len(nodes)
    for at in range(1, len(nodes)):
        parent = nodes[at].parent
        if parent >= 0 and (heaviest[parent] < 0 or weights[at] > weights[heaviest[parent]]):
            heaviest[parent] = at
    chosen = 0
    while True:
        inner = heaviest[chosen]
        if inner < 0 or weights[inner] < INNER_SHARE * weights[chosen] or own[inner] < 0:
            break
        chosen = inner
    if nodes[chosen].tag in ("p", "li", "td", "span", "tr", "tbody", "blockquote"):
        chosen = _around(chosen, outline)
    return Container(chosen, weights[chosen], weights[0])


def _around(at: int, outline: Outline) -> int:
    nodes = outline.nodes
    while nodes[at].tag in ("p", "li", "blockquote") and nodes[at].parent >= 0:
        at = nodes[at].parent
    return at


def find_inside(outline: Outline, node: int) -> list[bool]:
    """For each node, whether it is ``node`` or stands inside it."""
    inside = [False] * len(outline.nodes)
    for at, one in enumerate(outline.nodes):
        inside[at] = at == node or (one.parent >= 0 and inside[one.parent])
    return inside
