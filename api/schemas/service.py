"""The schemas of the house's guidance, complaints, checks and synchronisation."""

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
from api.schemas.records import RECORDS
from crawler.vocabulary import ReportKind

_HOUSE_ITEM = record(
    {
        "topic": of("Reference"),
        "title": TEXT,
        "title_en": TEXT,
        "answer": TEXT,
        "checked": DAY,
    }
)
_CHANGE = {"type": "string", "enum": ["added", "changed", "deleted"]}
_IDS: Schema = {"type": "array", "items": {**TEXT, "minLength": 1, "maxLength": 2000}}

SERVICE: dict[str, Schema] = {
    "HouseItem": _HOUSE_ITEM,
    "HouseList": part_of_list("HouseItem"),
    "House": extended(
        _HOUSE_ITEM,
        {
            "summary_en": TEXT,
            "first": TEXT,
            "steps": many(TEXT),
            "save": many(TEXT),
            "contacts": many(
                record(
                    {
                        "lender_kinds": many(TEXT),
                        "numbers": many(record({"number": TEXT, "name": TEXT})),
                        "what": TEXT,
                    }
                )
            ),
            "deadlines": many(TEXT),
            "do_not": many(TEXT),
            "law": many(
                record(
                    {
                        "statute": TEXT,
                        "title": TEXT,
                        "status": TEXT,
                        "provision": maybe(TEXT),
                        "gist": TEXT,
                    }
                )
            ),
            "templates": many(
                record(
                    {
                        "id": TEXT,
                        "title": TEXT,
                        "body": TEXT,
                        "fields": many(record({"name": TEXT, "hint": TEXT})),
                    }
                )
            ),
        },
    ),
    "Topic": extended(
        RECORDS["TopicItem"], {"house": maybe(of("House")), "routes": many(of("Route"))}
    ),
    "Route": record(
        {
            "lender_kinds": many(TEXT),
            "issue": TEXT,
            "first": TEXT,
            "then": many(TEXT),
            "note": TEXT,
            "provenance": of("Provenance"),
        }
    ),
    "Complaints": record(
        {
            "lender": maybe(of("Reference")),
            "lender_hotline": maybe(TEXT),
            "routes": many(of("Route")),
            "hotlines": many(
                record(
                    {
                        "number": TEXT,
                        "name": TEXT,
                        "operator": TEXT,
                        "accepts": TEXT,
                        "does_not_accept": TEXT,
                        "hours": TEXT,
                        "provenance": of("Provenance"),
                    }
                )
            ),
            "platforms": many(
                record(
                    {
                        "id": TEXT,
                        "name": TEXT,
                        "url": maybe(TEXT),
                        "operator": TEXT,
                        "official": FLAG,
                        "accepts": TEXT,
                        "limits": TEXT,
                    }
                )
            ),
        }
    ),
    "Bundle": part_of_list("Guidance"),
    "Changes": record(
        {
            "items": many(record({"sequence": NUMBER, "at": MOMENT, "kind": _CHANGE, "id": TEXT})),
            "version": NUMBER,
        }
    ),
    "Statistics": record(
        {
            "pages": NUMBER,
            "guidance": NUMBER,
            "clusters": NUMBER,
            "versions": NUMBER,
            "rejected": many(record({"reason": TEXT, "count": NUMBER})),
            "lenders": NUMBER,
            "topics": many(record({"id": TEXT, "count": NUMBER})),
        }
    ),
    "TextToCheck": record(
        {
            "text": {**TEXT, "minLength": 1, "maxLength": 50_000},
            "on": maybe(DAY),
            "published": maybe(DAY),
        },
        optional=("on", "published"),
    ),
    "CheckedText": record(
        {
            "judged_on": DAY,
            "citations": many(of("Citation")),
            "citation_summary": of("CitationSummary"),
        }
    ),
    "ReportRequest": record({"kind": values_of(ReportKind)}),
    "Report": record({"kind": values_of(ReportKind)}),
    "LookupRequest": record(
        {"urls": {**_IDS, "maxItems": 100}, "lenders": {**_IDS, "maxItems": 100}},
        optional=("urls", "lenders"),
    ),
    "Lookup": record(
        {
            "urls": many(record({"url": TEXT, "guidance": maybe(TEXT)})),
            "lenders": many(record({"id": TEXT, "guidance": many(TEXT)})),
        }
    ),
}
