"""What a search asks about: its topics, and the laws, bodies and hotlines it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from api.knowledge import Services
from crawler.model import Citation, CitationKind
from crawler.text import fold
from crawler.vocabulary import Hotline, Trust

_WORD = re.compile(r"[a-z]{3,}")
_STEM = 5  # letters of an English word that count: collector, collection
_MOST = 3  # topics


def find_asked_topics(text: str, known: Services) -> tuple[str, ...]:
    """Ids of the topics that the input asks about, best first, at most three.

    Read without the names of lenders; then by other words for the same, by English words, and
    with the names, some of which are a topic of their own (白条).
    """
    find = known.classifier.find_topics
    question = known.queries.question(text)
    return (
        find(question, ())
        or find(known.queries.widen(question), ())
        or _find_by_english(question, known)
        or find(text, ())
    )


@dataclass(frozen=True, slots=True)
class Named:
    """What a search names: laws and bodies with their status today, and public hotlines."""

    law: tuple[Citation, ...]
    hotlines: tuple[Hotline, ...]


def find_named(text: str, known: Services) -> Named:
    """The laws, bodies and hotlines in the input; no hotline that is doubtful or has ended."""
    found = known.citations.find_citations(text, known.today(), None)
    numbers = {one.target for one in found if one.kind is CitationKind.HOTLINE}
    hotlines = (one for one in known.references.hotlines if one.number in numbers)
    return Named(
        tuple(one for one in found if one.kind is not CitationKind.HOTLINE),
        tuple(
            one
            for one in hotlines
            if one.status == "current" and one.provenance.trust is not Trust.DOUBTFUL
        ),
    )


def _find_by_english(question: str, known: Services) -> tuple[str, ...]:
    """Topics whose English name, title and summary have every word; those first that name them."""
    stems = [word[:_STEM] for word in _WORD.findall(fold(question).text)]
    if not stems:
        return ()
    found: list[tuple[int, str]] = []
    for topic, guidance in known.house.items():
        heading = _WORD.findall(f"{known.topics[topic].name_en} {guidance.title_en}".lower())
        summary = _WORD.findall(guidance.summary_en.lower())
        named = sum(any(word.startswith(stem) for word in heading) for stem in stems)
        if all(any(word.startswith(stem) for word in (*heading, *summary)) for stem in stems):
            found.append((-named, topic))
    return tuple(topic for _order, topic in sorted(found, key=lambda one: one[0])[:_MOST])
