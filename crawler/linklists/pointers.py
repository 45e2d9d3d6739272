"""Finds lines that point to one other page: a heading of such lists, and a title behind it."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from crawler.linklists.context import Context
from crawler.linklists.evidence import BARE_RUN, is_marked
from crawler.linklists.hosts import leads_away
from crawler.linklists.line import Line
from crawler.linklists.shapes import LONGEST_TITLE, width
from crawler.pagewords import PageWords, bare

SHORTEST_NAMED = 9  # letters of a title without a mark; a term of the article's is shorter
FEWEST_SEVERAL, MEAN_TITLE = 3, 8  # titles behind one heading; their width in the mean
LONGEST_POINTER = 400  # code points of a heading with what it points to
LINKED_REST = 0.8  # of what stands behind the heading is a link
_POINTER = re.compile(
    r"[\W_]*([^\W_]{2,12}|[^\W_]{2}[，,][^\W_]{2,6})\s*[：:→>＞»》】\]｜|]+\s*(\S.*)"
)
_SEVERAL = re.compile("[、；;|｜]")
_TAG = re.compile(r"[【\[][^】\]]{1,8}[】\]]\s*\S")
_SENTENCE = re.compile(r"[。！]|^《")


def find_pointers(lines: Sequence[Line], context: Context) -> list[int]:
    """The indices of such lines; one that leads to an official site is none.

    A title without a link counts where it has the marks of titles.
    """
    found = []
    for at, line in enumerate(lines):
        rest = _read_pointer(line.text, context.words)
        if rest is None or leads_away(line, context.words, context.host):
            continue
        linked = line.link_size >= LINKED_REST * len(rest)
        own = bare(rest)
        named = len(own) >= SHORTEST_NAMED or is_marked(own, context.words)
        if linked or (not line.links and named):
            found.append(at)
    return found


def find_tagged(lines: Sequence[Line], gone: Container[int]) -> list[int]:
    """The indices of the lines that begin with a tag, several on end and most of them gone."""
    found: list[int] = []
    begin = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and _TAG.match(lines[at].text):
            continue
        stretch = range(begin, at)
        if at - begin >= BARE_RUN and 2 * sum(one in gone for one in stretch) > at - begin:
            found.extend(stretch)
        begin = at + 1
    return found


def _are_several(parts: list[str]) -> bool:
    """Whether what stands behind a heading are several titles rather than one with pauses."""
    widths = [width(part) for part in parts]
    return max(widths) <= LONGEST_TITLE and sum(widths) >= MEAN_TITLE * len(parts)


def _read_pointer(text: str, words: PageWords) -> str | None:
    """What stands behind the heading at the beginning of a line, when it may be a title."""
    found = _POINTER.fullmatch(text) if len(text) <= LONGEST_POINTER else None
    if found is None:
        return None
    head = bare(found[1])
    if head not in words.heading_whole and not head.endswith(words.pointers):
        return None
    rest = found[2]
    parts = [part for part in _SEVERAL.split(rest) if part]
    if len(parts) >= FEWEST_SEVERAL and _are_several(parts):
        return max(parts, key=len)
    return rest if width(rest) <= LONGEST_TITLE and not _SENTENCE.search(rest) else None
