"""The house's own guidance: one text for each topic, which leads every lender's page."""

from __future__ import annotations

from flask import Blueprint, Response

from api import parameters, serialize
from api.knowledge import Services, services
from api.problems import Problem
from api.responses import body_of, send
from crawler.vocabulary import GuidanceContact, HouseGuidance, Lender

BLUEPRINT = Blueprint("house", __name__, url_prefix="/v1/guidance/house")
_MAX_AGE = 3600  # seconds
_ANY = "any"


@BLUEPRINT.get("")
def house_list() -> Response:
    """The house's guidance, the gravest topic first."""
    parameters.allow()
    known = services()
    items = [serialize.house_item(one, known) for one in known.house.values()]
    return send(body_of(serialize.page_of_items(items, None)), max_age=_MAX_AGE)


@BLUEPRINT.get("/<string:identifier>")
def house(identifier: str) -> Response:
    """The house's guidance on one topic, perhaps with the contacts for one lender."""
    parameters.allow("lender")
    known = services()
    lender = parameters.choice("lender", known.lenders)
    guidance = find_house(identifier, known)
    contacts = fitting_contacts(guidance, known.lenders.get(lender or ""))
    return send(body_of(serialize.house_record(guidance, contacts, known)), max_age=_MAX_AGE)


def find_house(topic: str, known: Services) -> HouseGuidance:
    """The house's guidance on the topic; raises a ``Problem`` when there is none."""
    found = known.house.get(topic)
    if found is None:
        raise Problem(404, "There is no guidance of ours on this topic.")
    return found


def fitting_contacts(guidance: HouseGuidance, lender: Lender | None) -> list[GuidanceContact]:
    """The contacts for this lender's kind, or all of them when no lender is given."""
    if lender is None:
        return list(guidance.contacts)
    kinds = {_ANY, lender.kind.value}
    fitting = [one for one in guidance.contacts if kinds & set(one.lender_kinds)]
    return fitting or list(guidance.contacts)
