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
    pieces = markup.split("<")
    hostile = [
        at
        for at, piece in enumerate(pieces)
        if len(piece) > LONG_TAG and piece.find(">", 0, LONG_TAG) < 0 and _is_hostile(piece)
    ]
    for at in hostile:
        name = _NAME.match(pieces[at])
        pieces[at] = (name.group() if name else "") + ">" + pieces[at].partition(">")[2]
    return "<".join(pieces) if hostile else markup


def _is_hostile(piece: str) -> bool:
    tag = piece.partition(">")[0]
    return _NAME.match(tag) is not None and len(_QUOTED.sub("", tag).split()) > MOST_ATTRIBUTES
