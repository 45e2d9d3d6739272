"""Blocks that a person put back into an article: where they stand, and what is found in them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from typing import TypeVar

from crawler.citations import CitationFinder
from crawler.contacts import ContactFinder
from crawler.mentions import Headings, MentionFinder, mark_about
from crawler.model import Article, Block, Citation, Contact, CuratedArticle, Mention, Removed
from crawler.vocabulary import References

_Span = TypeVar("_Span", Mention, Citation, Contact)


@dataclass(frozen=True, slots=True)
class Found:
    """What is recognised in a restored block; offsets count from the block's start."""

    mentions: tuple[Mention, ...] = ()
    citations: tuple[Citation, ...] = ()
    contacts: tuple[Contact, ...] = ()


NOTHING = Found()


@dataclass(slots=True)
class _Layout:
    """The blocks with restored ones among them; where each former and each new block stands."""

    blocks: list[Block]
    removed: tuple[Removed, ...]
    moved: list[int]
    added: dict[int, Found]


def restore(core: CuratedArticle, chosen: dict[int, Found]) -> CuratedArticle:
    """The article with the chosen blocks where they stood; all offsets follow."""
    article = core.article
    layout = _lay_out(article, chosen)
    starts = _starts(layout.blocks)
    shifts = [
        (start, start + len(block.text), starts[to] - start)
        for start, block, to in zip(
            _starts(article.blocks), article.blocks, layout.moved, strict=False
        )
    ]
    found = [(starts[place], one) for place, one in layout.added.items()]
    mentions = _spans(core.mentions, shifts, [(at, one.mentions) for at, one in found])
    return replace(
        core,
        article=replace(article, blocks=tuple(layout.blocks), removed=layout.removed),
        mentions=mark_about(mentions, core.lenders),
        citations=_spans(core.citations, shifts, [(at, one.citations) for at, one in found]),
        contacts=_spans(core.contacts, shifts, [(at, one.contacts) for at, one in found]),
    )


def _lay_out(article: Article, chosen: dict[int, Found]) -> _Layout:
    layout = _Layout([], (), [], {})
    left = dict(enumerate(article.removed))
    waiting = deque(sorted(left, key=lambda index: (left[index].position, index)))
    last = len(article.blocks)
    for place in range(last + 1):
        while waiting and (left[waiting[0]].position <= place or place == last):
            index = waiting.popleft()
            if index in chosen:
                layout.added[len(layout.blocks)] = chosen[index]
                layout.blocks.append(left.pop(index).block)
            else:
                left[index] = replace(left[index], position=len(layout.blocks))
        if place < last:
            layout.moved.append(len(layout.blocks))
            layout.blocks.append(article.blocks[place])
    layout.removed = tuple(left.values())
    return layout


def _starts(blocks: Sequence[Block]) -> list[int]:
    """Where each block begins in the text of all."""
    return list(accumulate((len(block.text) + 1 for block in blocks), initial=0))


def _spans(
    spans: Sequence[_Span],
    shifts: Sequence[tuple[int, int, int]],
    added: Iterable[tuple[int, Sequence[_Span]]],
) -> tuple[_Span, ...]:
    """The spans moved with their blocks, and those of the restored blocks, in order.

    A span over two blocks between which one was put back is left out.
    """
    kept: list[_Span] = []
    for span in spans:
        moves = {by for start, end, by in shifts if span.start < end and span.end > start}
        if len(moves) == 1:
            by = moves.pop()
            kept.append(replace(span, start=span.start + by, end=span.end + by))
    for start, found in added:
        kept += [replace(one, start=one.start + start, end=one.end + start) for one in found]
    return tuple(sorted(kept, key=lambda one: (one.start, one.end)))


class Recogniser:
    """Finds in a restored block what curating the whole article would have found there."""

    def __init__(self, references: References) -> None:
        self._mentions = MentionFinder(references.lexicon)
        self._headings = Headings(references.lexicon)
        self._citations = CitationFinder(references)
        self._contacts = ContactFinder(references)

    def find(self, article: Article, block: Block, on: date) -> Found:
        """What is recognised in a removed block of the article; citations judged on ``on``."""
        heading = self._headings.find(article.title, article.text)
        return Found(
            self._mentions.find_mentions(block.text, heading, article.text),
            self._citations.find_citations(block.text, on, article.published),
            self._contacts.find_contacts(block.text),
        )
