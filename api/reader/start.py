"""The first page, and what this service is."""

from __future__ import annotations

from collections import Counter

from flask import Response

from api.guidance import listed_items
from api.knowledge import services
from api.reader.page import answer, render
from crawler.store import GuidanceFilter, Reader

_URGENT = 85  # severity from which a topic stands among the urgent ones
_NEWEST = 6


def home() -> Response:
    """The first page."""
    known = services()
    topics = sorted(known.references.topics, key=lambda one: -one.severity)
    kinds = Counter(one.kind.value for one in known.references.lexicon.lenders)

    def build(reader: Reader) -> str:
        listed = reader.list_guidance(GuidanceFilter(), _NEWEST)
        return render(
            "home.html",
            urgent=[one for one in topics if one.severity >= _URGENT],
            common=[one for one in topics if one.severity < _URGENT],
            kinds=kinds.most_common(),
            newest=listed_items(reader, listed, known),
        )

    return answer(build)


def about() -> Response:
    """What this service is, and is not."""
    return answer(lambda reader: render("about.html", counts=reader.counts()))
