"""Keeps the stretches of a container that belong to the article, by where its text stands.

Lines are grouped into sections: neighbours in the same element, looking through paragraphs,
lists and tables. The section with the most text is the article's; others stay when they are
text themselves and nothing marks the article's end before them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from crawler.extraction.nodes import Node, Outline
from crawler.extraction.trimming import SENTENCE_END, is_text
from crawler.linklists.hosts import leads_away
from crawler.linklists.line import Line
from crawler.linklists.shapes import is_linked
from crawler.model import BlockType, RemovalReason
from crawler.pagewords import PageWords

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
        "section",
    ]
)
_ENDS = frozenset(
    (
        RemovalReason.COPYRIGHT,
        RemovalReason.COMMENTS,
        RemovalReason.SHARE,
        RemovalReason.LIST_HEADING,
        RemovalReason.LINK_LIST,
        RemovalReason.CARDS,
    )
)
_LISTS = frozenset((RemovalReason.LINK_LIST, RemovalReason.CARDS))
# A section apart from the article's is part of it from this share of the article's text on.
LARGE_SHARE = 0.25


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


@dataclass(slots=True)
class _Section:
    start: int
    end: int
    key: int
    text: int = 0
    ends: bool = False
    commented: bool = False
    members: list[int] = field(default_factory=list)


def find_section_keys(outline: Outline) -> list[int]:
    """For each node the number of the element that its section is named after.

    An article that is divided into several boxes of one kind is one section.
    """
    counts = _count_lines(outline)
    keys = [0] * len(outline.nodes)
    for at, node in enumerate(outline.nodes):
        if node.parent < 0 or _is_set_apart(outline, node):
            keys[at] = at
        elif node.tag in _SEEN_THROUGH or (counts[at] == 1 and _is_plain(node.tag)):
            keys[at] = keys[node.parent]
        else:
            keys[at] = at
    joined = _find_joined(outline, keys)
    return [joined.get(key, key) for key in keys] if joined else keys


def _is_plain(tag: str) -> bool:
    """Whether the tag says nothing of what the element holds; a site's own tags do not either."""
    return tag in ("div", "span") or "-" in tag


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


def find_outside(
    lines: Sequence[Line],
    keys: Sequence[int],
    main: int,
    dropped: dict[int, RemovalReason],
    words: PageWords,
) -> dict[int, RemovalReason]:
    """The indices of further lines outside the article's own stretch of the container.

    ``keys`` gives each line's section, ``main`` is the article's own. Lines in ``dropped``
    are gone already.
    """
    sections = _find_sections(lines, keys, main, dropped)
    totals: dict[int, int] = {}
    for section in sections:
        totals[section.key] = totals.get(section.key, 0) + section.text
    if not totals.get(main):
        main = max(totals, key=lambda key: totals[key], default=-1)
        if not totals.get(main):
            return {}
    return _judge(lines, sections, main, totals, dropped, words)


def _find_sections(
    lines: Sequence[Line], keys: Sequence[int], main: int, dropped: dict[int, RemovalReason]
) -> list[_Section]:
    """The sections in order; one in which the article ends is parted there.

    The last paragraph's box may hold a list of other pages, too.
    """
    sections: list[_Section] = []
    for at, line in enumerate(lines):
        key = keys[at]
        reason = dropped.get(at)
        last = sections[-1] if sections else None
        parted = reason in _ENDS and key != main and last and last.text and not last.ends
        if last is None or last.key != key or parted:
            sections.append(_Section(at, at, key))
        section = sections[-1]
        section.end = at + 1
        if reason is None:
            section.members.append(at)
            if is_text(line):
                size = len(line.text)
                section.text += size // 10 if line.boilerplate else size
        elif reason in _ENDS:
            section.ends = True
            section.commented = section.commented or reason is RemovalReason.COMMENTS
    return sections


def _judge(
    lines: Sequence[Line],
    sections: list[_Section],
    main: int,
    totals: dict[int, int],
    dropped: dict[int, RemovalReason],
    words: PageWords,
) -> dict[int, RemovalReason]:
    found: dict[int, RemovalReason] = {}
    mains = [
        index for index, section in enumerate(sections) if section.key == main and section.text
    ]
    first, last = mains[0], mains[-1]
    heads = _find_heads(lines, sections[first : last + 1])
    own: set[int] = set()  # boxes that hold text of the article hold it behind a list, too
    ended = commented = False
    for index, section in enumerate(sections):
        if index == last:
            ended = _ends_in_list(section, dropped)
        if index > last and section.ends:
            ended = True
            commented = commented or section.commented
        if section.key == main:
            continue
        if section.key in own and not commented:
            found.update(
                (at, RemovalReason.NAVIGATION) for at in section.members if not is_text(lines[at])
            )
            continue
        if first < index < last and _is_aside(lines, section, words):
            continue
        if commented or not _belongs(
            lines, section, totals[main], before=index < first, ended=ended
        ):
            for at in section.members:
                if commented or lines[at].shape not in heads:
                    found[at] = RemovalReason.NAVIGATION
        elif index > last:
            own.add(section.key)
    return found


def _ends_in_list(section: _Section, dropped: dict[int, RemovalReason]) -> bool:
    """Whether a list of other pages stands behind the last line of the section."""
    last = section.members[-1] if section.members else section.start
    return any(dropped.get(at) in _LISTS for at in range(last + 1, section.end))


def _find_heads(lines: Sequence[Line], sections: Sequence[_Section]) -> set[str]:
    """The shapes of the headings inside the article that stand in boxes of their own.

    Headings of the same shape belong to it although nothing above the first one does.
    """
    return {
        lines[at].shape
        for section in sections
        if not section.text
        for at in section.members
        if lines[at].type is BlockType.HEADING and not lines[at].links
    }


def _is_aside(lines: Sequence[Line], section: _Section, words: PageWords) -> bool:
    """Whether the section inside the article is a heading, caption or box of its own.

    Links to official sites are the article's as well.
    """
    inside = [lines[at] for at in section.members]
    return not any(
        line.boilerplate or (line.link_share > 0.5 and not leads_away(line, words, None))
        for line in inside
    )


def _belongs(
    lines: Sequence[Line], section: _Section, main_size: int, *, before: bool, ended: bool
) -> bool:
    if not section.text or all(lines[at].boilerplate for at in section.members):
        return False
    if ended:
        return section.text > LARGE_SHARE * main_size
    size = sum(len(lines[at].text) for at in section.members)
    if section.text < 0.5 * size:
        return False
    if before:
        return any(SENTENCE_END.search(lines[at].text) for at in section.members)
    return True
