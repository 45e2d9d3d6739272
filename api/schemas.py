"""The JSON Schemas of the answers, as the OpenAPI document shows them."""

from __future__ import annotations

from typing import Any

from crawler.model import BlockType, CitationKind, CitationStatus, ContactStatus
from crawler.vocabulary import LenderKind, Trust

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


def _values(enum: Any) -> Schema:
    return {"type": "string", "enum": [one.value for one in enum]}


_REFERENCE = record({"id": TEXT, "name": TEXT})
_LENDER_ITEM = record(
    {
        "id": TEXT,
        "name": TEXT,
        "aliases": many(TEXT),
        "kind": _values(LenderKind),
        "licence": TEXT,
        "status": TEXT,
        "operator": maybe(TEXT),
        "hotline": maybe(TEXT),
        "domains": many(TEXT),
        "guidance": NUMBER,
    }
)
_STATUTE_ITEM = record(
    {
        "id": TEXT,
        "title": TEXT,
        "aliases": many(TEXT),
        "issuer": TEXT,
        "number": TEXT,
        "level": TEXT,
        "status": TEXT,
        "issued": maybe(DAY),
        "effective": maybe(DAY),
        "ended": maybe(DAY),
        "successors": many(TEXT),
        "doubtful": FLAG,
    }
)
_GUIDANCE_ITEM = record(
    {
        "id": TEXT,
        "title": maybe(TEXT),
        "summary": TEXT,
        "published": maybe(DAY),
        "fetched_at": MOMENT,
        "url": maybe(TEXT),
        "host": TEXT,
        "source": maybe(TEXT),
        "lenders": many(of("Reference")),
        "topics": many(of("Reference")),
        "citation_summary": of("CitationSummary"),
    }
)
_COUNTED = extended(_REFERENCE, {"guidance": NUMBER})
_SPANS: Schema = many({"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2})
_GUIDANCE = record(
    {
        "id": TEXT,
        "title": maybe(TEXT),
        "published": maybe(DAY),
        "fetched_at": MOMENT,
        "changed_at": MOMENT,
        "url": maybe(TEXT),
        "host": TEXT,
        "author": maybe(TEXT),
        "source": maybe(TEXT),
        "lenders": many(of("Reference")),
        "topics": many(of("Reference")),
        "blocks": many(of("Block")),
        "mentions": many(of("Mention")),
        "judged_on": DAY,
        "citations": many(of("JudgedCitation")),
        "citation_summary": of("CitationSummary"),
        "contacts": many(of("Contact")),
        "sources": many(of("Source")),
        "versions": many(of("Version")),
        "siblings": many(
            record({"id": TEXT, "title": maybe(TEXT), "lenders": many(of("Reference"))})
        ),
    }
)

_CITATION = record(
    {
        "text": TEXT,
        "kind": _values(CitationKind),
        "status": _values(CitationStatus),
        "outdated": FLAG,
        "target": maybe(TEXT),
        "provision": maybe(TEXT),
        "successor": maybe(TEXT),
        "since": maybe(DAY),
        "valid_when_published": maybe(FLAG),
        "note": maybe(TEXT),
        "start": NUMBER,
        "end": NUMBER,
    }
)

SCHEMAS: dict[str, Schema] = {
    "Problem": record(
        {
            "type": TEXT,
            "title": TEXT,
            "status": {"type": "integer"},
            "detail": TEXT,
            "parameter": TEXT,
        },
        optional=("parameter",),
    ),
    "Health": record({"status": TEXT}),
    "Reference": _REFERENCE,
    "Provenance": record(
        {"trust": _values(Trust), "doubtful": FLAG, "sources": many(TEXT), "checked": DAY}
    ),
    "LenderItem": _LENDER_ITEM,
    "LenderList": part_of_list("LenderItem"),
    "Lender": extended(
        _LENDER_ITEM,
        {
            "topics": many(_COUNTED),
            "provenance": of("Provenance"),
        },
    ),
    "Lexicon": {
        "type": "object",
        "properties": {
            "version": TEXT,
            "lenders": many(
                {
                    "type": "object",
                    "properties": {"id": TEXT, "name": TEXT, "surfaces": many(TEXT)},
                    "required": ["id", "name", "surfaces"],
                }
            ),
        },
        "required": ["version", "lenders"],
    },
    "TopicItem": record(
        {
            "id": TEXT,
            "name": TEXT,
            "name_en": TEXT,
            "severity": NUMBER,
            "moment": TEXT,
            "questions": many(TEXT),
            "guidance": NUMBER,
        }
    ),
    "TopicList": part_of_list("TopicItem"),
    "StatuteItem": _STATUTE_ITEM,
    "StatuteList": part_of_list("StatuteItem"),
    "Statute": extended(
        _STATUTE_ITEM,
        {
            "predecessors": many(TEXT),
            "summary": TEXT,
            "limits": TEXT,
            "key_provisions": many(record({"number": TEXT, "topic": TEXT, "gist": TEXT})),
            "provision_map": many(
                record({"successor": TEXT, "provisions": many(record({"old": TEXT, "new": TEXT}))})
            ),
            "provenance": of("Provenance"),
        },
    ),
    "GuidanceItem": _GUIDANCE_ITEM,
    "GuidanceList": part_of_list("GuidanceItem"),
    "Guidance": _GUIDANCE,
    "Block": record(
        {
            "type": _values(BlockType),
            "text": TEXT,
            "level": {"type": "integer", "minimum": 1, "maximum": 6},
            "links": many(record({"text": TEXT, "url": TEXT})),
        },
        optional=("level", "links"),
    ),
    "Mention": record(
        {
            "lender": of("Reference"),
            "surface": TEXT,
            "start": NUMBER,
            "end": NUMBER,
            "about": FLAG,
        }
    ),
    "Citation": _CITATION,
    "JudgedCitation": extended(
        _CITATION, {"status_when_published": maybe(_values(CitationStatus))}
    ),
    "CitationSummary": record({"total": NUMBER, "outdated": NUMBER}),
    "Hit": extended(
        _GUIDANCE_ITEM,
        {
            "title_highlights": _SPANS,
            "snippet": record({"text": TEXT, "highlights": _SPANS}),
        },
    ),
    "Search": record(
        {
            "items": many(of("Hit")),
            "next": maybe(TEXT),
            "lenders": many(of("Reference")),
            "corrected": many(TEXT),
        }
    ),
    "Facets": record(
        {
            "total": NUMBER,
            "complete": FLAG,
            "lenders": many(_COUNTED),
            "topics": many(_COUNTED),
        }
    ),
    "Suggestions": record(
        {
            "lenders": many(extended(_REFERENCE, {"surface": TEXT})),
            "topics": many(of("Reference")),
        }
    ),
    "Contact": record(
        {
            "number": maybe(TEXT),
            "status": _values(ContactStatus),
            "owner": maybe(TEXT),
            "start": NUMBER,
            "end": NUMBER,
        }
    ),
    "Source": record(
        {
            "id": TEXT,
            "url": maybe(TEXT),
            "host": TEXT,
            "source": maybe(TEXT),
            "published": maybe(DAY),
            "fetched_at": MOMENT,
            "representative": FLAG,
        }
    ),
    "Version": record(
        {
            "title": maybe(TEXT),
            "published": maybe(DAY),
            "seen_from": MOMENT,
            "seen_until": MOMENT,
            "blocks": many(of("Block")),
        }
    ),
}
