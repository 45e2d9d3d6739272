"""Groups a page's lines into sections: neighbours in the same element, looking through paragraphs.

An article that is divided into several boxes of one kind is one section.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.extraction.nodes import Node, Outline
from crawler.extraction.texts import is_text
from crawler.linklists.line import Line
from crawler.linklists.shapes import is_linked

_SEEN_THROUGH = frozenset(
    [
        "p",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "td",
        "th",
        "center",
        "pre",
        "figure",
        "figcaption",
    ]
)
# Neighbouring boxes of one kind are one article when each holds a paragraph of so many code
# points, and no more than this stands between them. Boxes that are not right beside each other
# need several: replies seldom have two paragraphs.
FEWEST_PARAGRAPHS = 2
PARAGRAPH = 40
LONGEST_BETWEEN = 30
_DATE = re.compile(r"(?:19|20)\d\d[-/.年]\s?\d|\d[-/月]\d|\d:\d\d|\d\s*(?:楼|天前|小时前|分钟前)")


@dataclass(slots=True)
class _Part:
    """Neighbouring lines of one section, before sections are joined."""

    key: int
    shape: str
    size: int = 0
    lines: int = 0
    linked: int = 0
    sentences: int = 0
    paragraphs: int = 0
    dated: bool = False
    usable: bool = True


def find_section_keys(outline: Outline) -> list[int]:
    """For each node the number of the element that its section is named after.

    An article that is divided into several boxes of one kind is one section.
    """
    counts = _count_lines(outline)
    keys = [0] * len(outline.nodes)
    for at, node in enumerate(outline.nodes):
        if node.parent < 0 or _is_set_apart(outline, node):
            keys[at] = at
        elif (
            node.tag in _SEEN_THROUGH
            or _is_paragraph_box(node)
            or (counts[at] == 1 and _is_plain(node.tag))
        ):
            keys[at] = keys[node.parent]
        else:
            keys[at] = at
    joined = _find_joined(outline, keys)
    return [joined.get(key, key) for key in keys] if joined else keys


def _is_paragraph_box(node: Node) -> bool:
    """Whether the element is one in which editors wrap paragraphs: a section without a name.

    A section with a name is a part of the page, as a div is.
    """
    element = node.element
    return node.tag == "section" and not (element.get("class") or element.get("id"))


def _is_plain(tag: str) -> bool:
    """Whether the tag says nothing of what the element holds; a site's own tags do not either."""
    return tag in ("div", "span", "section") or "-" in tag


def _is_set_apart(outline: Outline, node: Node) -> bool:
    """Whether the element is a table of facts beside the article, by its name."""
    return node.tag == "table" and node.boilerplate and not outline.nodes[node.parent].boilerplate


def _find_joined(outline: Outline, keys: Sequence[int]) -> dict[int, int]:
    """For sections that go on an earlier one, that section.

    Both hold paragraphs, have the same shape, and at most a scrap stands between them:
    a date or a name there tells that they are posts of several people.
    """
    parts: list[_Part] = []
    for line in outline.lines:
        key = keys[line.node]
        if not parts or parts[-1].key != key:
            parts.append(_Part(key, outline.nodes[key].shape))
        part = parts[-1]
        part.size += len(line.text)
        part.dated = part.dated or _is_byline(line)
        part.usable = part.usable and not (line.hidden or line.boilerplate)
        part.lines += 1
        part.linked += bool(line.links)
        if is_text(line):
            part.sentences += 1
            part.paragraphs += len(line.text) >= PARAGRAPH
    joined: dict[int, int] = {}
    last: _Part | None = None
    for part in parts:
        if last is not None and _goes_on(outline, last, part):
            joined[part.key] = joined.get(last.key, last.key)
        elif part.dated or (part.sentences and part.size > LONGEST_BETWEEN):
            last = None
        if part.paragraphs and part.usable and not part.dated:
            last = part
    return joined


def _goes_on(outline: Outline, last: _Part, part: _Part) -> bool:
    if last.shape != part.shape or not part.usable or part.dated:
        return False
    if outline.nodes[last.key].parent == outline.nodes[part.key].parent:
        return part.paragraphs > 0 or (part.sentences > 0 and part.linked * 2 < part.lines)
    return min(last.paragraphs, part.paragraphs) >= FEWEST_PARAGRAPHS


def _is_byline(line: Line) -> bool:
    """Whether the line is short and gives a date or a time, as above a post.

    A dated link is one of a list of other pages.
    """
    if len(line.text) >= PARAGRAPH or is_linked(line):
        return False
    return _DATE.search(line.text) is not None


def _count_lines(outline: Outline) -> list[int]:
    """For each node how many lines stand in it, at any depth."""
    counts = [0] * len(outline.nodes)
    for line in outline.lines:
        counts[line.node] += 1
    for at in range(len(counts) - 1, 0, -1):
        parent = outline.nodes[at].parent
        if parent >= 0:
            counts[parent] += counts[at]
    return counts
