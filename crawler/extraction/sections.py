"""Keeps the stretches of a container that belong to the article, by where its text stands.

Lines are grouped into sections: neighbours in the same element, looking through paragraphs,
lists and tables. The section with the most text is the article's; others stay when they are
text themselves and nothing marks the article's end before them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from crawler.extraction.nodes import Outline
from crawler.extraction.texts import SENTENCE_END, is_text
from crawler.linklists.hosts import leads_away
from crawler.linklists.line import Line
from crawler.model import BlockType, RemovalReason
from crawler.pagewords import PageWords

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
# Of a section's code points stand so many in sentences; in one inside the article's own element,
# whose lists of other pages are gone, fewer do: it goes on with an own list.
TEXT_SHARE, INNER_TEXT_SHARE = 0.5, 0.2
WHOLE_SENTENCE = 24  # code points of one that such a section has, at least


@dataclass(frozen=True, slots=True)
class Place:
    """Where candidates for an article stand on the page.

    Each one's section, the article's own section, the sections inside its element, and the
    indices of the first and last candidate among the page's lines (half-open).
    """

    keys: list[int]
    main: int
    inner: frozenset[int]
    start: int
    end: int


@dataclass(slots=True)
class _Section:
    start: int
    end: int
    key: int
    text: int = 0
    ends: bool = False
    commented: bool = False
    members: list[int] = field(default_factory=list)


def find_inner(outline: Outline, keys: Iterable[int], main: int) -> frozenset[int]:
    """Those of the sections whose elements stand inside the one of ``main``."""
    nodes = outline.nodes
    inner: set[int] = set()
    for key in set(keys):
        at = nodes[key].parent
        while at > main:  # what stands around an element comes before it
            at = nodes[at].parent
        if at == main:
            inner.add(key)
    return frozenset(inner)


def find_outside(
    lines: Sequence[Line],
    place: Place,
    dropped: dict[int, RemovalReason],
    words: PageWords,
) -> dict[int, RemovalReason]:
    """The indices of further lines outside the article's own stretch of the container.

    Lines in ``dropped`` are gone already.
    """
    main = place.main
    sections = _find_sections(lines, place.keys, main, dropped)
    totals: dict[int, int] = {}
    for section in sections:
        totals[section.key] = totals.get(section.key, 0) + section.text
    if not totals.get(main):
        main = max(totals, key=lambda key: totals[key], default=-1)
        if not totals.get(main):
            return {}
    return _judge(lines, sections, replace(place, main=main), totals, dropped, words)


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
    place: Place,
    totals: dict[int, int],
    dropped: dict[int, RemovalReason],
    words: PageWords,
) -> dict[int, RemovalReason]:
    found: dict[int, RemovalReason] = {}
    main = place.main
    mains = [
        index for index, section in enumerate(sections) if section.key == main and section.text
    ]
    first, last = mains[0], mains[-1]
    goes_to = _find_end(sections, main, last)
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
        if last < index < goes_to and section.key in place.inner and _is_table(lines, section):
            continue
        goes_on = index > last and section.key in place.inner and _has_paragraph(lines, section)
        least = INNER_TEXT_SHARE if goes_on else TEXT_SHARE
        if commented or not _belongs(
            lines, section, totals[main], least, before=index < first, ended=ended
        ):
            for at in section.members:
                if commented or lines[at].shape not in heads:
                    found[at] = RemovalReason.NAVIGATION
        elif index > last:
            own.add(section.key)
    return found


def _has_paragraph(lines: Sequence[Line], section: _Section) -> bool:
    """Whether a whole sentence as long as a paragraph's stands in the section."""
    inside = [lines[at] for at in section.members]
    return any(len(line.text) >= WHOLE_SENTENCE and line.text.endswith("。") for line in inside)


def _ends_in_list(section: _Section, dropped: dict[int, RemovalReason]) -> bool:
    """Whether a list of other pages stands behind the last line of the section."""
    last = section.members[-1] if section.members else section.start
    return any(dropped.get(at) in _LISTS for at in range(last + 1, section.end))


def _find_end(sections: Sequence[_Section], main: int, last: int) -> int:
    """The index of the last section whose headings and items go on with the article's own.

    ``last`` is that of the last one with text; nothing in between ends the article.
    """
    end = last
    for index in range(last, len(sections)):
        if sections[index].key == main and sections[index].members:
            end = index
        if sections[index].ends:
            break
    return end


def _is_table(lines: Sequence[Line], section: _Section) -> bool:
    """Whether the section is a box with a table that links nowhere."""
    inside = [lines[at] for at in section.members]
    return all(line.type is BlockType.TABLE_ROW and not line.links for line in inside)


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
    lines: Sequence[Line],
    section: _Section,
    main_size: int,
    least: float,
    *,
    before: bool,
    ended: bool,
) -> bool:
    """Whether a section apart from the article's own is part of it.

    ``least`` is the share of it that stands in sentences, at least.
    """
    if not section.text or all(lines[at].boilerplate for at in section.members):
        return False
    if ended:
        return section.text > LARGE_SHARE * main_size
    size = sum(len(lines[at].text) for at in section.members)
    if section.text < least * size:
        return False
    if before:
        return any(SENTENCE_END.search(lines[at].text) for at in section.members)
    return True
