"""The questions that readers have, each with the house's own guidance."""

from __future__ import annotations

from flask import Response, abort, request

from api.guidance import listed_items
from api.house import fitting_contacts
from api.knowledge import services
from api.reader.page import answer, render
from crawler.store import GuidanceFilter, Reader

_ARTICLES = 8


def topics() -> Response:
    """Every topic with its one-sentence answer."""
    known = services()
    ordered = sorted(known.references.topics, key=lambda one: -one.severity)

    def build(_reader: Reader) -> str:
        return render("topics.html", topics=ordered, house=known.house)

    return answer(build)


def topic(identifier: str) -> Response:
    """The house's guidance on a topic, perhaps for one lender, and articles about it."""
    known = services()
    found = known.topics.get(identifier)
    lender = known.lenders.get(request.args.get("lender", ""))
    if found is None:
        abort(404)
    house = known.house.get(identifier)

    def build(reader: Reader) -> str:
        wanted = GuidanceFilter(lender.id if lender else None, identifier)
        listed = reader.list_guidance(wanted, _ARTICLES)
        return render(
            "topic.html",
            topic=found,
            lender=lender,
            house=house,
            contacts=fitting_contacts(house, lender) if house else [],
            hotlines={one.number: one for one in known.references.hotlines},
            statutes=known.statutes,
            steps_data=[{"@type": "HowToStep", "text": one} for one in house.steps]
            if house
            else [],
            articles=listed_items(reader, listed, known),
        )

    return answer(build)
