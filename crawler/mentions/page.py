"""Whether a page speaks of lending or of a firm at all; elsewhere few names are a lender's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from crawler.mentions.names import fold_all
from crawler.mentions.scoring import Candidate
from crawler.vocabulary import Lexicon

MANY_LENDERS: Final = 3
"""Lenders from which on a text speaks of lenders."""


class PageWords:
    """Holds the words by which a page shows what it is about. extension/matcher.js does so too."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = fold_all(lexicon.page_words)
        self._words = re.compile("|".join(map(re.escape, words))) if words else None

    def allows(self, candidates: Iterable[Candidate], texts: Sequence[str]) -> bool:
        """Whether names that need such a page count among the candidates of these folded texts.

        A name that needs none speaks for the page as well as a word does, and so do those of
        several lenders, and a name's brand (京东 for 金条). What the names themselves hold (分期 in
        分期乐) says nothing.
        """
        every = list(candidates)
        if self._words is None or not all(one.name.page for one in every):
            return True
        if len({one.name.lender for one in every}) >= MANY_LENDERS:
            return True
        surfaces = sorted({one.name.surface for one in every}, key=len, reverse=True)
        brands = {brand for one in every for brand in one.name.brands}
        rest = [_without(surfaces, text) for text in texts]
        return any(
            self._words.search(text) or any(brand in text for brand in brands) for text in rest
        )


def _without(surfaces: Iterable[str], text: str) -> str:
    for surface in surfaces:
        text = text.replace(surface, "\n")
    return text
