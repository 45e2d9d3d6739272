"""Which lenders an article is about though its title names none and it names none often.

A title may say what kind of lender or product the article is about (某小贷公司, 月付), and an
article may give each of two lenders a paragraph of its own, and name others once in passing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from crawler.mentions.names import fold_all
from crawler.model import Mention
from crawler.text import fold
from crawler.vocabulary import Lexicon
from crawler.wordlists import load_table

LEAD: Final = 200
"""Code points at the start of a text within which news names the lender in full."""

FULL_NAME: Final = re.compile(r"[^\n,。;，；、]{0,12}?公司")
"""What follows a lender's name where it stands in full."""

OPENING: Final = 15
"""Code points of a paragraph within which it names what it is about."""

LEAST_PARAGRAPH: Final = 35
LEAST_SENTENCES: Final = 2
"""Code points and sentences of a paragraph that says something of a lender."""

_ENDS: Final = re.compile("[。！？!?；;]")
_COMPARED: Final = 2


class Hints:
    """Reads what such titles hint at. Building it takes time: build it once."""

    def __init__(self, lexicon: Lexicon, names: frozenset[str]) -> None:
        """``names`` are the folded surfaces of all lenders."""
        table = load_table("standins")
        unnamed, firms = ("|".join(table[key]) for key in ("unnamed", "firms"))
        self._unnamed = re.compile(rf"(?:{unnamed})[^,。;:]{{0,8}}?(?:{firms})")
        self._kinds = {one.id: one.kind for one in lexicon.lenders}
        self._names = names
        self._generic = [
            (name, one.kind)
            for one in lexicon.lenders
            if one.generic
            for name in fold_all(one.surfaces)
        ]

    def find(self, title: str, mentions: Sequence[Mention], text: str) -> tuple[str, ...]:
        """The lenders, in the order of their first mention; empty when nothing tells."""
        lenders = tuple(dict.fromkeys(one.lender for one in mentions))
        if len(lenders) == 1 and self._is_hinted(fold(title).text, mentions, text):
            return lenders
        compared = _with_paragraphs(mentions, text)
        passing = [one.lender for one in mentions if one.lender not in compared]
        if len(compared) == _COMPARED and len(set(passing)) == len(passing) <= _COMPARED:
            return tuple(one for one in lenders if one in compared)
        return ()

    def _is_hinted(self, title: str, mentions: Sequence[Mention], text: str) -> bool:
        """Whether a folded title speaks of the kind of the only lender in the text."""
        kind = self._kinds.get(mentions[0].lender)
        if any(kind is one and name in title for name, one in self._generic):
            return True
        if any(self._is_short_in(title, one) for one in fold_all(m.surface for m in mentions)):
            return True
        return bool(self._unnamed.search(title)) and any(
            _is_full(one, text) for one in mentions if one.start < LEAD
        )

    def _is_short_in(self, title: str, surface: str) -> bool:
        """Whether the title has the end of a name, and that end is a name itself."""
        ends = (surface[at:] for at in range(1, len(surface) - 1))
        return any(end in self._names and end in title for end in ends)


def _is_full(mention: Mention, text: str) -> bool:
    """Whether a lender's name stands with what it is: 公司 or 银行."""
    if mention.surface.endswith(("公司", "银行")):
        return True
    return FULL_NAME.match(text, mention.end) is not None


def _with_paragraphs(mentions: Iterable[Mention], text: str) -> frozenset[str]:
    """The lenders that have paragraphs of their own, which begin with their names."""
    by_line: dict[int, list[Mention]] = {}
    for one in mentions:
        by_line.setdefault(text.rfind("\n", 0, one.start) + 1, []).append(one)
    found = set()
    for start, named in by_line.items():
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)]
        is_own = len({one.lender for one in named}) == 1 and named[0].start - start < OPENING
        says_much = len(line) >= LEAST_PARAGRAPH and len(_ENDS.findall(line)) >= LEAST_SENTENCES
        if is_own and says_much:
            found.add(named[0].lender)
    return frozenset(found)
