"""The JSON Schemas of the answers, as the OpenAPI document shows them."""

from api.schemas.build import Schema, of
from api.schemas.records import RECORDS
from api.schemas.service import SERVICE

SCHEMAS: dict[str, Schema] = {**RECORDS, **SERVICE}

__all__ = ["SCHEMAS", "Schema", "of"]
