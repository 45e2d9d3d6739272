"""Markup that would cost the parser more than it is worth, made harmless beforehand."""

from __future__ import annotations

import re

# Attributes kept in one element. The parser compares each with all others: 10,000 take
# 0.2 s and 300,000 take minutes. The fullest element of the shared pages has 30.
MOST_ATTRIBUTES = 500

LONG_TAG = 2000  # code points: shorter elements cannot have enough of them to matter

_NAME = re.compile(r"[a-zA-Z][^\s<>/]{0,40}(?=[\s/])")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def bound_attributes(markup: str) -> str:
    """The markup without the attributes of elements that have too many."""
    if not _may_have_long_tag(markup):
        return markup
    pieces = markup.split("<")
    hostile = [
        at
        for at, piece in enumerate(pieces)
        if at and len(piece) > LONG_TAG and piece.find(">", 0, LONG_TAG) < 0 and _is_hostile(piece)
    ]
    for at in hostile:
        name = _NAME.match(pieces[at])
        pieces[at] = (name.group() if name else "") + ">" + pieces[at].partition(">")[2]
    return "<".join(pieces) if hostile else markup


def _may_have_long_tag(markup: str) -> bool:
    """Whether an element may be long enough to matter.

    Going from one ``>`` to the last one within reach sees a few dozen places of a page, where
    taking it apart makes thousands of pieces.
    """
    at = 0
    while at < len(markup):
        end = markup.rfind(">", at, at + LONG_TAG)
        if end < 0:
            end = markup.find(">", at + LONG_TAG)
            end = end if end >= 0 else len(markup)
            if markup.find("<", at, end - LONG_TAG) >= 0:
                return True
        at = end + 1
    return False


def _is_hostile(piece: str) -> bool:
    tag = piece.partition(">")[0]
    return _NAME.match(tag) is not None and len(_QUOTED.sub("", tag).split()) > MOST_ATTRIBUTES
