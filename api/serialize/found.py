"""What a search finds as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from api.knowledge import Services
from api.serialize.basics import Json, lender_reference, topic_reference
from api.snippets import Snippet
from crawler.store.search import Facets


def hit_record(item: Json, snippet: Snippet, title: Sequence[tuple[int, int]]) -> Json:
    """A guidance that was found, with the passage that matched."""
    return {
        **item,
        "title_highlights": [list(span) for span in title],
        "snippet": {
            "text": snippet.text,
            "highlights": [list(span) for span in snippet.highlights],
        },
    }


def search_record(
    part: Json,
    lenders: Sequence[str],
    corrected: Sequence[str],
    topics: Sequence[str],
    known: Services,
) -> Json:
    """What was found; the lenders and topics of the query; how its terms were corrected."""
    return {
        **part,
        "lenders": [lender_reference(one, known) for one in lenders],
        "topics": [topic_reference(one, known) for one in topics],
        "corrected": list(corrected),
    }


def facets_record(facets: Facets | None, known: Services) -> Json:
    """Counts of what a query finds."""
    lenders = facets.lenders if facets else ()
    topics = facets.topics if facets else ()
    return {
        "total": facets.total if facets else 0,
        "complete": facets.complete if facets else True,
        "lenders": [{**lender_reference(one, known), "guidance": count} for one, count in lenders],
        "topics": [{**topic_reference(one, known), "guidance": count} for one, count in topics],
    }


def suggestions(lenders: Sequence[tuple[str, str]], topics: Sequence[str], known: Services) -> Json:
    """What may be meant by the start of a query; ``surface`` is the name that matched."""
    return {
        "lenders": [
            {**lender_reference(one, known), "surface": surface} for one, surface in lenders
        ],
        "topics": [topic_reference(one, known) for one in topics],
    }
