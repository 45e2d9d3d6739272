"""Statutes: which hold, which ended, and what came after them."""

from __future__ import annotations

from flask import Blueprint, Response

from api import parameters, serialize
from api.knowledge import services
from api.problems import Problem
from api.responses import body_of, send

BLUEPRINT = Blueprint("statutes", __name__, url_prefix="/v1/statutes")
_MAX_AGE = 3600  # seconds


@BLUEPRINT.get("")
def statutes() -> Response:
    """Every statute, or those with one status."""
    parameters.allow("status")
    known = services().references.statutes
    status = parameters.choice("status", {one.status for one in known})
    wanted = [one for one in known if status in {None, one.status}]
    items = [serialize.statute_item(one) for one in wanted]
    return send(body_of(serialize.page_of_items(items, None)), max_age=_MAX_AGE)


@BLUEPRINT.get("/<string:identifier>")
def statute(identifier: str) -> Response:
    """One statute with its provisions and where they went."""
    parameters.allow()
    found = services().statutes.get(identifier)
    if found is None:
        raise Problem(404, "There is no statute with this id.")
    return send(body_of(serialize.statute_record(found)), max_age=_MAX_AGE)
