"""Finds lines that point to one other page: a heading of such lists, and a title behind it."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from unicodedata import category

from crawler.linklists.context import Context, share_of
from crawler.linklists.evidence import BARE_RUN
from crawler.linklists.few import is_marked
from crawler.linklists.hosts import leads_away
from crawler.linklists.line import Line
from crawler.linklists.runs import SYMBOL
from crawler.linklists.seams import LONGEST_TITLE, width
from crawler.pagewords import bare

SHORTEST_NAMED = 9  # letters of a title without a mark; a term of the article's is shorter
FEWEST_SEVERAL, MEAN_TITLE = 3, 8  # titles behind one heading; their width in the mean
LONGEST_POINTER = 400  # code points of a heading with what it points to
DOUBTED_SHARE = 0.5  # of a title's pairs of characters, behind a heading that may be the article's
LINKED_REST = 0.8  # of what stands behind the heading is a link
_POINTER = re.compile(
    r"[\W_]*([^\W_]{2,12}|[^\W_]{2}[，,][^\W_]{2,6})\s*[：:→>＞»》】\]｜|]+\s*(\S.*)"
)
_SPACED = re.compile(r"[\W_]*([^\W_]{4,8})\s+(\S.*)")
_ARROW = re.compile(r"(?:→|☞|»|>{1,3}|＞{1,3}|👉)([^→>].*)")
_NAMED = re.compile(r"《([^《》]{9,60})》")
_SEVERAL = re.compile("[、；;|｜]")
_TAG = re.compile(r"[【\[][^】\]]{1,8}[】\]]\s*\S")
_SENTENCE = re.compile(r"[。！]|^《")


def find_pointers(lines: Sequence[Line], context: Context) -> list[int]:
    """The indices of such lines; one that leads to an official site is none.

    A title without a link counts where it has the marks of titles.
    """
    found = []
    for at, line in enumerate(lines):
        rest = _read_pointer(line.text, context) or _read_arrow(lines, at, context)
        if rest is None or leads_away(line, context.words, context.host):
            continue
        linked = line.link_size >= LINKED_REST * len(rest)
        own = bare(rest)
        words = context.words
        named = len(own) >= SHORTEST_NAMED or is_marked(own, words) or words.trade.search(own)
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


def _read_pointer(text: str, context: Context) -> str | None:
    """What stands behind the heading at the beginning of a line, when it may be a title."""
    if len(text) > LONGEST_POINTER:
        return None
    found, words = _POINTER.fullmatch(text), context.words
    spaced = _SPACED.fullmatch(text) if found is None else None
    if found is None and spaced is None:
        return None
    head, rest = (found or spaced).groups()  # type: ignore[union-attr]  # one of them was found
    head = bare(head)
    if head in words.heading_weak:
        if share_of(bare(rest), context.grams) > DOUBTED_SHARE:
            return None
    elif not (
        head in words.heading_whole
        or words.heading_framed.fullmatch(head)
        or (found is not None and head.endswith(words.pointers))
    ):
        return None
    parts = [part for part in _SEVERAL.split(rest) if part]
    if len(parts) >= FEWEST_SEVERAL and _are_several(parts):
        return max(parts, key=len)
    named = _NAMED.fullmatch(rest)
    if named is not None:
        return None if words.paper_end.search(bare(named[1])) else named[1]
    return rest if width(rest) <= LONGEST_TITLE and not _SENTENCE.search(rest) else None


def _is_bulleted(line: Line) -> bool:
    """Whether a line begins with an arrow or a picture: what stands beside it is one of a list."""
    return _ARROW.fullmatch(line.text) is not None or category(line.text[:1] or " ") == SYMBOL


def _read_arrow(lines: Sequence[Line], at: int, context: Context) -> str | None:
    """The title in a line that begins with an arrow, alone among lines without one."""
    found = _ARROW.fullmatch(lines[at].text)
    beside = (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2])
    if found is None or any(map(_is_bulleted, beside)):
        return None
    title = found[1].strip(" \u3000←☜«<")
    own = bare(title)
    if width(title) > LONGEST_TITLE or _SENTENCE.search(title):
        return None
    strange = share_of(own, context.grams) <= DOUBTED_SHARE
    return title if strange and is_marked(own, context.words) else None
