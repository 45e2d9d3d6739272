"""The OpenAPI 3.1 document. Tests hold it to the routes and to real answers."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from api.parameters import MAX_ITEMS, USUAL_ITEMS
from api.schemas import SCHEMAS, of
from crawler.vocabulary import LenderKind, References

Json = dict[str, Any]
_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Operation:
    """One GET (or POST) of the API: ``answer`` names the schema of its answer."""

    path: str
    summary: str
    answer: str
    parameters: tuple[str, ...] = ()
    method: str = "get"
    body: str | None = None
    cached: bool = True  # answers carry an ETag; those to POST never do


_DATED = "An article is of the day it was published, or first seen where it does not say."
_NARROWED = ("lender", "topic", "kind", "since", "until")
_LISTS = ("topic", "since", "until", "limit", "cursor")
OPERATIONS = (
    Operation("/v1/lexicon", "The lenders' names and matching rules", "Lexicon"),
    Operation("/v1/lexicon/delta", "What changed in it", "LexiconDelta", ("version",)),
    Operation("/v1/lenders", "Lenders", "LenderList", ("kind", "licence")),
    Operation("/v1/lenders/{identifier}", "One lender", "Lender"),
    Operation("/v1/lenders/{identifier}/guidance", "Guidance on a lender", "GuidanceList", _LISTS),
    Operation("/v1/guidance", "Guidance, newest first", "GuidanceList", ("lender", *_LISTS)),
    Operation("/v1/guidance/{identifier}", "One guidance", "Guidance"),
    Operation(
        "/v1/guidance/{identifier}/reports",
        "Tell that a guidance is outdated, about another lender, or of no use",
        "Report",
        method="post",
        body="ReportRequest",
    ),
    Operation("/v1/guidance/house", "Our own guidance", "HouseList"),
    Operation("/v1/guidance/house/{identifier}", "Ours on a topic", "House", ("lender",)),
    Operation("/v1/bundle", "Whole guidances", "Bundle", ("lender", *_LISTS)),
    Operation("/v1/changes", "What changed", "Changes", ("after", "limit")),
    Operation("/v1/lookup", "Many at once", "Lookup", method="post", body="LookupRequest"),
    Operation("/v1/statistics", "How much is stored", "Statistics"),
    Operation("/v1/complaints", "Where to complain", "Complaints", ("lender", "topic")),
    Operation(
        "/v1/citations/check",
        "Whether the law that a text cites still holds",
        "CheckedText",
        method="post",
        body="TextToCheck",
    ),
    Operation("/v1/search", "Search", "Search", ("q", *_NARROWED, "limit", "cursor")),
    Operation("/v1/search/facets", "Counts of what is found", "Facets", ("q", *_NARROWED)),
    Operation("/v1/suggestions", "What may be meant", "Suggestions", ("q",)),
    Operation("/v1/topics", "The questions readers have", "TopicList"),
    Operation("/v1/topics/{identifier}", "One topic", "Topic"),
    Operation("/v1/statutes", "Statutes and whether they hold", "StatuteList", ("status",)),
    Operation("/v1/statutes/{identifier}", "One statute", "Statute"),
    Operation("/v1/health/live", "Whether the process lives", "Health", cached=False),
    Operation("/v1/health/ready", "Whether it can answer", "Health", cached=False),
)


def openapi_document(references: References, prefix: str) -> Json:
    """The document, with the values that parameters may have in this installation."""
    paths: dict[str, Json] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation)
    paths["/v1/openapi.json"] = {"get": _self_description()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Zhiquan",
            "version": _version(),
            "description": "Rights guidance for people behind on online loans in mainland"
            " China. Information, not legal advice.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": prefix or "/"}],
        "paths": paths,
        "components": {"schemas": SCHEMAS, "parameters": _parameters(references)},
    }


def _version() -> str:
    try:
        return version("zhiquan")
    except PackageNotFoundError:
        return "0"


def _is_cached(operation: Operation) -> bool:
    return operation.cached and operation.method == "get"


def _operation(operation: Operation) -> Json:
    names = [*operation.parameters, *(["If-None-Match"] if _is_cached(operation) else [])]
    parameters = [{"$ref": f"#/components/parameters/{name}"} for name in names]
    if "{identifier}" in operation.path:
        parameters.append({"$ref": "#/components/parameters/identifier"})
    answers: Json = {
        "200": {
            "description": operation.summary,
            "content": {_JSON: {"schema": of(operation.answer)}},
        },
        "default": _problem("A problem"),
    }
    if _is_cached(operation):
        answers["304"] = {"description": "What you have is still true."}
    described: Json = {
        "operationId": _name(operation),
        "summary": operation.summary,
        "tags": [operation.path.split("/")[2]],
        "parameters": parameters,
        "responses": answers,
    }
    if operation.body:
        described["requestBody"] = {
            "required": True,
            "content": {_JSON: {"schema": of(operation.body)}},
        }
    return described


def _self_description() -> Json:
    return {
        "operationId": "openapi",
        "summary": "This document",
        "tags": ["openapi"],
        "responses": {
            "200": {
                "description": "This document",
                "content": {_JSON: {"schema": {"type": "object"}}},
            },
            "default": _problem("A problem"),
        },
    }


def _problem(description: str) -> Json:
    return {
        "description": description,
        "content": {"application/problem+json": {"schema": of("Problem")}},
    }


def _name(operation: Operation) -> str:
    parts = operation.path.removeprefix("/v1/").replace("{identifier}", "one").split("/")
    return "_".join([operation.method, *parts])


def _parameters(references: References) -> dict[str, Json]:
    lexicon = references.lexicon
    day = {"type": "string", "format": "date"}
    return {
        "identifier": {
            **_parameter("identifier", {"type": "string"}, "An id from a list.", place="path"),
            "required": True,
        },
        "If-None-Match": _parameter(
            "If-None-Match", {"type": "string"}, "The ETag you have.", place="header"
        ),
        "kind": _parameter("kind", _enum(one.value for one in LenderKind), "The kind of lender."),
        "licence": _parameter(
            "licence", _enum({one.licence for one in lexicon.lenders}), "The licence's state."
        ),
        "lender": _parameter("lender", _enum(one.id for one in lexicon.lenders), "A lender's id."),
        "topic": _parameter("topic", _enum(one.id for one in references.topics), "A topic's id."),
        "status": _parameter(
            "status", _enum({one.status for one in references.statutes}), "A statute's status."
        ),
        "q": {
            **_parameter("q", {"type": "string", "minLength": 1, "maxLength": 100}, "The query."),
            "required": True,
        },
        "after": _parameter(
            "after",
            {"type": "integer", "minimum": 0, "maximum": 999_999_999_999_999_999},
            "An earlier answer's version.",
        ),
        "version": _parameter(
            "since",
            {"type": "string", "pattern": "^[0-9a-f]{16}$"},
            "The version that you have. What changed since is told when it was served here"
            " before; of any other, and without one, everything is.",
        ),
        "since": _parameter("since", day, f"The earliest date. {_DATED}"),
        "until": _parameter("until", day, f"The latest date. {_DATED}"),
        "limit": _parameter(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": MAX_ITEMS, "default": USUAL_ITEMS},
            "How many items.",
        ),
        "cursor": _parameter(
            "cursor", {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"}, "An earlier answer's next."
        ),
    }


def _parameter(name: str, schema: Json, description: str, place: str = "query") -> Json:
    return {"name": name, "in": place, "schema": schema, "description": description}


def _enum(values: Any) -> Json:
    return {"type": "string", "enum": sorted(set(values))}
