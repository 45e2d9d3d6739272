"""Request bodies: JSON objects with known names."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import orjson
from flask import request

from api.problems import Problem


def read_json(names: AbstractSet[str]) -> dict[str, object]:
    """The body as an object with no other names than ``names``; raises a ``Problem``."""
    if request.mimetype != "application/json":
        raise Problem(415, "Send the body as application/json.")
    try:
        body = orjson.loads(request.get_data())
    except orjson.JSONDecodeError:
        raise Problem(400, "The body is no JSON.") from None
    if not isinstance(body, dict):
        raise Problem(400, "Send a JSON object.")
    for name in body:
        if name not in names:
            raise Problem(400, "There is no such field.", parameter=str(name)[:40])
    return body


def read_texts(body: dict[str, object], name: str, most: int) -> list[str]:
    """The field as a list of at most ``most`` texts; empty when it is absent."""
    value = body.get(name, [])
    if not isinstance(value, list) or len(value) > most:
        raise Problem(400, f"Give a list of at most {most} texts.", parameter=name)
    for one in value:
        if not isinstance(one, str) or not 0 < len(one) <= 2000 or "\x00" in one:
            raise Problem(400, "Give texts of 1 to 2000 characters.", parameter=name)
    return value
