"""The search page."""

from __future__ import annotations

from datetime import date

from flask import Response, request

from api import serialize
from api.asked import find_named
from api.knowledge import services
from api.queries import Limits
from api.reader.guidance import citation_basis
from api.reader.marks import number_citations
from api.reader.page import answer, render
from api.search import facets_of, search_facets_of, search_from
from crawler.store import Reader

_LONGEST = 100  # characters
_RESULTS = 20


def search_page() -> Response:
    """What was found, the lenders that are named, and ways to narrow it down."""
    known = services()
    text = request.args.get("q", "").replace("\x00", "").strip()[:_LONGEST]
    since, until = _day("since"), _day("until")
    chosen = {
        "lender": request.args.get("lender"),
        "topic": request.args.get("topic"),
        "since": since and since.isoformat(),
        "until": until and until.isoformat(),
    }
    narrowed = {name: value for name, value in chosen.items() if value}
    facets = facets_of(narrowed.get("lender"), narrowed.get("topic"), None, known)
    limits = Limits(facets, since, until)

    named = find_named(text, known)
    law, _ = number_citations([serialize.citation_record(one) for one in named.law])

    def build(reader: Reader) -> str:
        found = search_from(reader, text, limits, _RESULTS, known) if text else None
        topics = found["topics"] if found else []
        lender = found["lenders"][0]["id"] if found and len(found["lenders"]) == 1 else None
        counted = search_facets_of(reader, text, limits, known) if text else None
        return render(
            "search.html",
            query=text,
            found=found,
            facets=counted,
            narrowed=narrowed,
            lenders=known.lenders,
            lender_value={"lender": lender} if lender else {},
            hotlines=named.hotlines,
            law=law,
            basis=[citation_basis(one, known) for one in law],
            house=[known.house[one["id"]] for one in topics if one["id"] in known.house],
        )

    return answer(build)


def _day(name: str) -> date | None:
    """The day in the form's field; ``None`` when it is empty, or no date at all."""
    try:
        return date.fromisoformat(request.args.get(name, "").strip())
    except ValueError:
        return None
