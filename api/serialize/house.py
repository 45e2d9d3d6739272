"""The house's own guidance, and where to complain, as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from api.knowledge import Services
from api.serialize.basics import Json, lender_reference, provenance, topic_reference
from crawler.vocabulary import (
    GuidanceContact,
    Hotline,
    HouseGuidance,
    LawBasis,
    Lender,
    LetterTemplate,
    Platform,
    Route,
    Trust,
)


def house_item(guidance: HouseGuidance, known: Services) -> Json:
    """A house guidance as it stands in lists."""
    return {
        "topic": topic_reference(guidance.topic, known),
        "title": guidance.title,
        "title_en": guidance.title_en,
        "answer": guidance.answer,
        "checked": guidance.checked.isoformat(),
    }


def house_record(
    guidance: HouseGuidance, contacts: Sequence[GuidanceContact], known: Services
) -> Json:
    """A house guidance with the contacts that fit the reader's lender."""
    return {
        **house_item(guidance, known),
        "summary_en": guidance.summary_en,
        "first": guidance.first,
        "steps": list(guidance.steps),
        "save": list(guidance.save),
        "contacts": [contact_advice(one, known) for one in contacts],
        "deadlines": list(guidance.deadlines),
        "do_not": list(guidance.do_not),
        "law": [law_basis(one, known) for one in guidance.law],
        "templates": [letter_template(one) for one in guidance.templates],
    }


def contact_advice(contact: GuidanceContact, known: Services) -> Json:
    """Whom to contact, and what for; only public hotlines have numbers here."""
    names = {one.number: one.name for one in known.references.hotlines}
    return {
        "lender_kinds": list(contact.lender_kinds),
        "numbers": [{"number": one, "name": names.get(one, one)} for one in contact.numbers],
        "what": contact.what,
    }


def law_basis(law: LawBasis, known: Services) -> Json:
    """A provision that a guidance rests on."""
    statute = known.statutes.get(law.statute)
    return {
        "statute": law.statute,
        "title": statute.title if statute else law.statute,
        "status": statute.status if statute else "unknown",
        "provision": law.provision or None,
        "gist": law.gist,
    }


def letter_template(letter: LetterTemplate) -> Json:
    """A letter with blanks."""
    return {
        "id": letter.id,
        "title": letter.title,
        "body": letter.body,
        "fields": [{"name": one.name, "hint": one.hint} for one in letter.fields],
    }


def complaint_record(
    lender: Lender | None,
    routes: Sequence[Route],
    hotlines: Sequence[Hotline],
    platforms: Sequence[Platform],
    known: Services,
) -> Json:
    """Where to complain, first step first."""
    return {
        "lender": lender_reference(lender.id, known) if lender else None,
        "lender_hotline": _shown_hotline(lender),
        "routes": [route_record(one) for one in routes],
        "hotlines": [hotline_record(one) for one in hotlines],
        "platforms": [platform_record(one) for one in platforms],
    }


def _shown_hotline(lender: Lender | None) -> str | None:
    if lender is None or lender.provenance.trust is Trust.DOUBTFUL:
        return None
    return lender.hotline


def topic_record(item: Json, house: Json | None, routes: Sequence[Route]) -> Json:
    """One topic with what the house says of it, and the ways to complain."""
    return {**item, "house": house, "routes": [route_record(one) for one in routes]}


def route_record(route: Route) -> Json:
    """A way to complain."""
    return {
        "lender_kinds": list(route.lender_kinds),
        "issue": route.issue,
        "first": route.first,
        "then": list(route.then),
        "note": route.note,
        "provenance": provenance(route.provenance),
    }


def hotline_record(hotline: Hotline) -> Json:
    """A public hotline."""
    return {
        "number": hotline.number,
        "name": hotline.name,
        "operator": hotline.operator,
        "accepts": hotline.accepts,
        "does_not_accept": hotline.does_not_accept,
        "hours": hotline.hours,
        "provenance": provenance(hotline.provenance),
    }


def platform_record(platform: Platform) -> Json:
    """A website where a complaint can be made."""
    return {
        "id": platform.id,
        "name": platform.name,
        "url": platform.url or None,
        "operator": platform.operator,
        "official": platform.official,
        "accepts": platform.accepts,
        "limits": platform.limits,
    }
