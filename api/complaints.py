"""Where to complain about a lender and a problem."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import Blueprint, Response

from api import parameters, serialize
from api.knowledge import Services, services
from api.responses import body_of, send
from crawler.vocabulary import Hotline, Lender, Platform, Route, Topic

BLUEPRINT = Blueprint("complaints", __name__, url_prefix="/v1/complaints")
_MAX_AGE = 3600  # seconds
_ANY = "any"
_NUMBER = re.compile(r"(?<!\d)\d{3,5}(?!\d)")


@BLUEPRINT.get("")
def complaints() -> Response:
    """The ways to complain, those for this problem first."""
    parameters.allow("lender", "topic")
    known = services()
    lender = known.lenders.get(parameters.choice("lender", known.lenders) or "")
    topic = known.topics.get(parameters.choice("topic", known.topics) or "")
    routes = find_routes(lender, topic, known)
    record = serialize.complaint_record(
        lender, routes, find_hotlines(routes, known), find_platforms(known), known
    )
    return send(body_of(record), max_age=_MAX_AGE)


def find_routes(lender: Lender | None, topic: Topic | None, known: Services) -> list[Route]:
    """The routes open for this lender, those whose issue has a word of the topic first."""
    routes = [
        one
        for one in known.references.routes
        if lender is None or {_ANY, lender.kind.value} & set(one.lender_kinds)
    ]
    if topic is None:
        return routes
    words = _words(topic)
    return sorted(routes, key=lambda one: -sum(word in one.issue for word in words))


def find_hotlines(routes: Sequence[Route], known: Services) -> list[Hotline]:
    """The public hotlines that the routes name, in that order."""
    current = {one.number: one for one in known.references.hotlines if one.status == "current"}
    named = (
        number
        for route in routes
        for text in (route.first, *route.then)
        for number in _NUMBER.findall(text)
    )
    return [current[number] for number in dict.fromkeys(named) if number in current]


def find_platforms(known: Services) -> list[Platform]:
    """The official websites for complaints."""
    return [one for one in known.references.platforms if one.official]


def _words(topic: Topic) -> set[str]:
    """The topic's own words, and the parts of its name."""
    return {*topic.strong, *topic.weak, *re.split(r"[/、与和]", topic.name)} - {""}
