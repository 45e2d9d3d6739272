"""The schemas of lenders, topics, statutes, guidance and search."""

from __future__ import annotations

from api.schemas.build import (
    DAY,
    FLAG,
    MOMENT,
    NUMBER,
    TEXT,
    Schema,
    extended,
    many,
    maybe,
    of,
    part_of_list,
    record,
    values_of,
)
from crawler.model import BlockType, CitationKind, CitationStatus, ContactStatus
from crawler.vocabulary import LenderKind, Trust

REFERENCE = record({"id": TEXT, "name": TEXT})
_LENDER_ITEM = record(
    {
        "id": TEXT,
        "name": TEXT,
        "aliases": many(TEXT),
        "kind": values_of(LenderKind),
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
COUNTED = extended(REFERENCE, {"guidance": NUMBER})
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

CITATION = record(
    {
        "text": TEXT,
        "kind": values_of(CitationKind),
        "status": values_of(CitationStatus),
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

RECORDS: dict[str, Schema] = {
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
    "Reference": REFERENCE,
    "Provenance": record(
        {"trust": values_of(Trust), "doubtful": FLAG, "sources": many(TEXT), "checked": DAY}
    ),
    "LenderItem": _LENDER_ITEM,
    "LenderList": part_of_list("LenderItem"),
    "Lender": extended(
        _LENDER_ITEM,
        {
            "topics": many(COUNTED),
            "house": many(of("HouseItem")),
            "provenance": of("Provenance"),
        },
    ),
    "Lexicon": {
        "type": "object",
        "properties": {"version": TEXT, "lenders": many(of("LexiconLender"))},
        "required": ["version", "lenders"],
    },
    "LexiconLender": {
        "type": "object",
        "properties": {"id": TEXT, "name": TEXT, "surfaces": many(TEXT)},
        "required": ["id", "name", "surfaces"],
    },
    "LexiconDelta": record(
        {
            "version": TEXT,
            "since": {
                **maybe(TEXT),
                "description": "The version to which this is to be applied;"
                " null when this is everything and replaces what you have.",
            },
            "format": NUMBER,
            "added": many(of("LexiconLender")),
            "changed": many(of("LexiconLender")),
            "removed": many(TEXT),
            "match": {"type": "object", "description": "The fields of match that differ."},
        }
    ),
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
            "type": values_of(BlockType),
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
    "Citation": CITATION,
    "JudgedCitation": extended(
        CITATION, {"status_when_published": maybe(values_of(CitationStatus))}
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
            "topics": many(of("Reference")),
            "corrected": many(TEXT),
        }
    ),
    "Facets": record(
        {
            "total": {**NUMBER, "description": "Exact when complete, else at least this many."},
            "complete": {
                **FLAG,
                "description": "Whether all matches were counted; if not, the best ones were.",
            },
            "lenders": many(COUNTED),
            "topics": many(COUNTED),
        }
    ),
    "Suggestions": record(
        {
            "lenders": many(extended(REFERENCE, {"surface": TEXT})),
            "topics": many(of("Reference")),
        }
    ),
    "Contact": record(
        {
            "number": maybe(TEXT),
            "status": values_of(ContactStatus),
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
            "extra_lines": maybe(NUMBER),
            "missing_lines": maybe(NUMBER),
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
