"""The house guidance as the extension carries it; extension/house.js describes the same form."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from crawler.citations.provisions import spoken
from crawler.vocabulary import (
    GuidanceContact,
    HouseGuidance,
    LawBasis,
    LetterTemplate,
    References,
    Route,
    Statute,
    Trust,
)

_DAYS = re.compile(r"([0-9]{1,3}) ?日")
_ANY = "any"


def house_document(references: References, guidance: Sequence[HouseGuidance]) -> dict[str, Any]:
    """The document, ready for JSON; ``version`` changes exactly when anything else does."""
    statutes = {one.id: one for one in references.statutes}
    document = {
        "topics": [
            {
                "id": topic.id,
                "name": topic.name,
                "nameEn": topic.name_en,
                "severity": topic.severity,
                "strong": list(topic.strong),
                "weak": list(topic.weak),
                "negative": list(topic.negative),
            }
            for topic in references.topics
        ],
        "routes": [_route(one) for one in references.routes],
        "hotlines": [
            {"number": one.number, "name": one.name, "accepts": one.accepts}
            for one in references.hotlines
            if one.status == "current" and one.provenance.trust is not Trust.DOUBTFUL
        ],
        "guidance": [_guidance(one, statutes) for one in guidance],
    }
    canonical = json.dumps(document, ensure_ascii=False, sort_keys=True).encode()
    return {"version": hashlib.sha256(canonical).hexdigest()[:16], **document}


def _route(route: Route) -> dict[str, Any]:
    return {
        "kinds": list(route.lender_kinds),
        "steps": [route.first, *route.then],
        "note": route.note,
    }


def _guidance(text: HouseGuidance, statutes: dict[str, Statute]) -> dict[str, Any]:
    sections = [
        ("first", [text.answer, text.first]),
        ("steps", text.steps),
        ("save", text.save),
        ("avoid", text.do_not),
    ]
    return {
        "id": f"house:{text.topic}",
        "topic": text.topic,
        "title": text.title,
        "titleEn": text.title_en,
        "summaryEn": text.summary_en,
        "checked": text.checked.isoformat(),
        "sections": [{"kind": kind, "items": list(items)} for kind, items in sections if items],
        "contacts": [_contact(one) for one in text.contacts],
        "citations": [_citation(one, statutes[one.statute]) for one in text.law],
        "deadlines": [_deadline(one) for one in text.deadlines],
        "letters": [_letter(one) for one in text.templates],
    }


def _contact(contact: GuidanceContact) -> dict[str, Any]:
    kinds = [] if _ANY in contact.lender_kinds else list(contact.lender_kinds)
    return {"kinds": kinds, "numbers": list(contact.numbers), "what": contact.what}


def _citation(basis: LawBasis, statute: Statute) -> dict[str, Any]:
    title = f"《{statute.title}》{spoken(basis.provision)}"
    return {
        "text": f"{title}:{basis.gist}",
        "kind": "statute",
        "status": "current",  # a test of the seeds holds every basis to it
        "successor": None,
        "since": _day(statute.effective),
        "validWhenPublished": None,
    }


def _deadline(text: str) -> dict[str, Any]:
    """The deadline; ``days`` is the first number of days in it, which the reader may change."""
    days = _DAYS.findall(text)
    what, _, rest = text.partition(":")
    return {
        "what": what if rest else text,
        "text": rest,
        "days": int(days[0]) if days else None,
    }


def _letter(template: LetterTemplate) -> dict[str, Any]:
    return {
        "id": template.id,
        "title": template.title,
        "body": template.body,
        "fields": [{"name": one.name, "hint": one.hint} for one in template.fields],
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
