"""Health: whether the process lives, and whether it can answer."""

from __future__ import annotations

import orjson
from flask import Blueprint, Response

from api import parameters
from api.knowledge import services

BLUEPRINT = Blueprint("health", __name__, url_prefix="/v1/health")


@BLUEPRINT.get("/live")
def live() -> Response:
    """That the process answers."""
    parameters.allow()
    return _state("live")


@BLUEPRINT.get("/ready")
def ready() -> Response:
    """That the store can be read; a problem with status 503 otherwise."""
    parameters.allow()
    with services().database.reading() as reader:
        reader.generation()
    return _state("ready")


def _state(state: str) -> Response:
    response = Response(orjson.dumps({"status": state}), content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
