"""Query parameters, checked; a fault names its parameter."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Collection
from datetime import date

from flask import request

from api.problems import Problem

MAX_ITEMS = 100
USUAL_ITEMS = 20


def allow(*names: str) -> None:
    """Raises ``Problem`` unless every query parameter is one of ``names`` and given once."""
    for name, values in request.args.lists():
        if name not in names:
            raise Problem(400, "There is no such parameter.", parameter=name[:40])
        if len(values) > 1:
            raise Problem(400, "Give this parameter once.", parameter=name)


def text(name: str, *, longest: int = 200) -> str | None:
    """The parameter's value; ``None`` when it is absent."""
    value = request.args.get(name)
    if value is None:
        return None
    if not value.strip() or len(value) > longest or "\x00" in value:
        raise Problem(400, f"Give 1 to {longest} characters.", parameter=name)
    return value


def choice(name: str, choices: Collection[str]) -> str | None:
    """The parameter's value, which is one of ``choices``; ``None`` when it is absent."""
    value = request.args.get(name)
    if value is not None and value not in choices:
        raise Problem(400, "This is none of the possible values.", parameter=name)
    return value


def limit() -> int:
    """How many items are wanted."""
    value = request.args.get("limit")
    if value is None:
        return USUAL_ITEMS
    if not re.fullmatch(r"[1-9][0-9]{0,2}", value) or int(value) > MAX_ITEMS:
        raise Problem(400, f"Give a whole number from 1 to {MAX_ITEMS}.", parameter="limit")
    return int(value)


def day(name: str) -> date | None:
    """The parameter as a date; ``None`` when it is absent."""
    value = request.args.get(name)
    if value is None:
        return None
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise Problem(400, "Give a date as YYYY-MM-DD.", parameter=name) from None


def encode_cursor(*parts: str | int) -> str:
    """An opaque cursor holding ``parts``."""
    packed = "|".join(map(str, parts)).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def cursor(parts: int) -> list[str] | None:
    """The parts of the request's cursor; ``None`` when there is none."""
    value = request.args.get("cursor")
    if value is None:
        return None
    try:
        padded = value.encode("ascii") + b"=" * (-len(value) % 4)
        found = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii").split("|")
    except (UnicodeError, binascii.Error):
        raise bad_cursor() from None
    if len(found) != parts:
        raise bad_cursor()
    return found


def bad_cursor() -> Problem:
    """The problem of a cursor that this service never gave out."""
    return Problem(400, "Take the cursor from an earlier answer's next.", parameter="cursor")
