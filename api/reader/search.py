"""The search page."""

from __future__ import annotations

from flask import Response, request

from api.knowledge import services
from api.reader.page import answer, render
from api.search import facets_of, search_facets_of, search_from
from crawler.store import Reader

_LONGEST = 100  # characters
_RESULTS = 20


def search_page() -> Response:
    """What was found, the lenders that are named, and ways to narrow it down."""
    known = services()
    text = request.args.get("q", "").replace("\x00", "").strip()[:_LONGEST]
    narrowed = {name: request.args[name] for name in ("lender", "topic") if request.args.get(name)}
    facets = facets_of(narrowed.get("lender"), narrowed.get("topic"), None, known)

    def build(reader: Reader) -> str:
        found = search_from(reader, text, facets, _RESULTS, known) if text else None
        named = found["topics"] if found else []
        counted = search_facets_of(reader, text, facets, known) if text else None
        return render(
            "search.html",
            query=text,
            found=found,
            facets=counted,
            narrowed=narrowed,
            lenders=known.lenders,
            house=[known.house[one["id"]] for one in named if one["id"] in known.house],
        )

    return answer(build)
