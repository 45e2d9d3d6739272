"""The questions that readers have."""

from __future__ import annotations

from flask import Blueprint, Response

from api import parameters, serialize
from api.knowledge import services
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

    return send(known.database.answer(("topics",), build), max_age=_MAX_AGE)
