"""Short ways to write JSON Schemas."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer", "minimum": 0}
FLAG: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}


def maybe(schema: Schema) -> Schema:
    """The schema, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def many(schema: Schema) -> Schema:
    """A list of it."""
    return {"type": "array", "items": schema}


def of(name: str) -> Schema:
    """A reference to the schema with this name."""
    return {"$ref": f"#/components/schemas/{name}"}


def record(properties: Schema, *, optional: tuple[str, ...] = ()) -> Schema:
    """An object with exactly these properties, all of them present but the optional ones."""
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def extended(base: Schema, properties: Schema) -> Schema:
    """The object ``base`` with more properties."""
    return record({**base["properties"], **properties})


def part_of_list(item: str) -> Schema:
    """A part of a list of ``item``."""
    return record({"items": many(of(item)), "next": maybe(TEXT)})


def values_of(enum: Iterable[StrEnum]) -> Schema:
    """One of the enum's values."""
    return {"type": "string", "enum": [one.value for one in enum]}
