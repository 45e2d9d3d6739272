"""Checks the citations of a text that somebody sends. Nothing is stored and nothing logged."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response

from api import serialize
from api.bodies import read_json
from api.knowledge import services
from api.problems import Problem
from api.responses import encode_json

BLUEPRINT = Blueprint("checker", __name__, url_prefix="/v1/citations")
LONGEST = 50_000  # characters of a text


@BLUEPRINT.post("/check")
def check() -> Response:
    """What the text cites, and whether that holds on the given day (today by default)."""
    known = services()
    body = read_json({"text", "on", "published"})
    text = body.get("text")
    if not isinstance(text, str) or not text or len(text) > LONGEST:
        raise Problem(400, f"Give 1 to {LONGEST} characters.", parameter="text")
    on = _day(body, "on") or known.today()
    found = known.citations.find_citations(text, on, _day(body, "published"))
    return encode_json(serialize.checked_text(found, on))


def _day(body: dict[str, object], name: str) -> date | None:
    value = body.get(name)
    if value is None:
        return None
    try:
        if not isinstance(value, str) or len(value) != len("2026-01-31"):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise Problem(400, "Give a date as YYYY-MM-DD.", parameter=name) from None
