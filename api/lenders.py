"""Lenders, and the guidance about each."""

from __future__ import annotations

from flask import Blueprint, Response

from api import parameters, serialize
from api.guidance import list_guidance
from api.knowledge import Services, services
from api.problems import Problem
from api.responses import Body, body_of, send
from crawler.store import GuidanceFilter, Reader
from crawler.vocabulary import Lender, LenderKind

BLUEPRINT = Blueprint("lenders", __name__, url_prefix="/v1/lenders")
_MAX_AGE = 300  # seconds


@BLUEPRINT.get("")
def lenders() -> Response:
    """Every lender, or those of one kind or licence."""
    parameters.allow("kind", "licence")
    known = services()
    kind = parameters.choice("kind", [one.value for one in LenderKind])
    licences = {one.licence for one in known.references.lexicon.lenders}
    licence = parameters.choice("licence", licences)
    wanted = [
        one
        for one in known.references.lexicon.lenders
        if kind in {None, one.kind.value} and licence in {None, one.licence}
    ]

    def build(reader: Reader) -> Body:
        counts = reader.lender_counts()
        items = [serialize.lender_item(one, counts.get(one.id, 0)) for one in wanted]
        return body_of(serialize.page_of_items(items, None))

    return send(known.answer(build), max_age=_MAX_AGE)


@BLUEPRINT.get("/<string:identifier>")
def lender(identifier: str) -> Response:
    """One lender with its guidance by topic."""
    parameters.allow()
    known = services()
    found = find_lender(identifier, known)

    def build(reader: Reader) -> Body:
        topics = reader.topics_of_lender(found.id)
        total = reader.lender_counts().get(found.id, 0)
        return body_of(serialize.lender_record(found, topics, total, known))

    return send(known.answer(build), max_age=_MAX_AGE)


@BLUEPRINT.get("/<string:identifier>/guidance")
def guidance(identifier: str) -> Response:
    """The guidance about one lender, newest first."""
    parameters.allow("topic", "since", "until", "limit", "cursor")
    known = services()
    found = find_lender(identifier, known)
    wanted = GuidanceFilter(
        found.id,
        parameters.choice("topic", known.topics),
        parameters.day("since"),
        parameters.day("until"),
    )
    return list_guidance(wanted, known)


def find_lender(identifier: str, known: Services) -> Lender:
    """The lender with this id; raises a ``Problem`` when there is none."""
    found = known.lenders.get(identifier)
    if found is None:
        raise Problem(404, "There is no lender with this id.")
    return found
