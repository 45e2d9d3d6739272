"""The questions that readers have."""

from __future__ import annotations

from flask import Blueprint, Response

from api import parameters, serialize
from api.complaints import find_routes
from api.knowledge import services
from api.problems import Problem
from api.responses import Body, body_of, send
from crawler.store import Reader

BLUEPRINT = Blueprint("topics", __name__, url_prefix="/v1/topics")
_MAX_AGE = 300  # seconds


@BLUEPRINT.get("")
def topics() -> Response:
    """Every topic, the gravest first."""
    parameters.allow()
    known = services()

    def build(reader: Reader) -> Body:
        counts = reader.topic_counts()
        ordered = sorted(known.references.topics, key=lambda one: -one.severity)
        items = [serialize.topic_item(one, counts.get(one.id, 0)) for one in ordered]
        return body_of(serialize.page_of_items(items, None))

    return send(known.answer(build), max_age=_MAX_AGE)


@BLUEPRINT.get("/<string:identifier>")
def topic(identifier: str) -> Response:
    """One topic with what the house says of it, and the ways to complain."""
    parameters.allow()
    known = services()
    found = known.topics.get(identifier)
    if found is None:
        raise Problem(404, "There is no topic with this id.")

    def build(reader: Reader) -> Body:
        house = known.house.get(found.id)
        record = serialize.topic_record(
            serialize.topic_item(found, reader.topic_counts().get(found.id, 0)),
            serialize.house_record(house, house.contacts, known) if house else None,
            find_routes(None, found, known),
        )
        return body_of(record)

    return send(known.answer(build), max_age=_MAX_AGE)
