"""For programs that keep a copy: changes, bundles, lookups in one request, statistics."""

from __future__ import annotations

import re

from flask import Blueprint, Response, request

from api import parameters, serialize
from api.bodies import read_json, read_texts
from api.guidance import guidance_document, next_cursor, position, wanted_guidance
from api.knowledge import services
from api.problems import Problem
from api.responses import Body, body_of, encode_json, send
from crawler.store import GuidanceFilter, Reader

BLUEPRINT = Blueprint("sync", __name__, url_prefix="/v1")
_MAX_AGE = 60  # seconds
_MOST_LOOKUPS = 100
_LISTED = 5  # newest guidances of a looked-up lender
_MOST_BUNDLED = 50


@BLUEPRINT.get("/changes")
def changes() -> Response:
    """What was added, changed or deleted behind a version; without one, from the start."""
    parameters.allow("after", "limit")
    known = services()
    after, limit = _after(), parameters.limit()

    def build(reader: Reader) -> Body:
        found = reader.changes(after, limit)
        version = found[-1].sequence if found else max(after, reader.generation())
        return body_of(serialize.changes_record(found, version))

    return send(known.answer(build), max_age=_MAX_AGE)


@BLUEPRINT.get("/bundle")
def bundle() -> Response:
    """Whole guidances, newest first, to be read without a connection."""
    parameters.allow("lender", "topic", "since", "until", "limit", "cursor")
    known = services()
    wanted = wanted_guidance(known)
    limit, after = min(parameters.limit(), _MOST_BUNDLED), position()

    def build(reader: Reader) -> Body:
        listed = reader.list_guidance(wanted, limit + 1, after)
        pages = [reader.guidance(one.uid) for one in listed[:limit]]
        items = [guidance_document(reader, one, known) for one in pages if one is not None]
        return body_of(serialize.page_of_items(items, next_cursor(listed, limit)))

    return send(known.answer(build), max_age=_MAX_AGE)


@BLUEPRINT.post("/lookup")
def lookup() -> Response:
    """The guidance of many addresses and lenders at once. Nothing is stored or logged."""
    known = services()
    body = read_json({"urls", "lenders"})
    urls = read_texts(body, "urls", _MOST_LOOKUPS)
    lenders = read_texts(body, "lenders", _MOST_LOOKUPS)
    with known.database.reading() as reader:
        found_urls = reader.guidance_of_urls(urls)
        found_lenders = [
            (one, [page.uid for page in reader.list_guidance(GuidanceFilter(one), _LISTED)])
            for one in lenders
        ]
    answers = [(url, found_urls.get(url)) for url in urls]
    return encode_json(serialize.lookup_record(answers, found_lenders))


@BLUEPRINT.get("/statistics")
def statistics() -> Response:
    """How much is stored, by topic and by reason of rejection."""
    parameters.allow()

    def build(reader: Reader) -> Body:
        found = serialize.statistics(reader.counts(), reader.lender_counts(), reader.topic_counts())
        return body_of(found)

    return send(services().answer(build), max_age=_MAX_AGE)


def _after() -> int:
    value = request.args.get("after", "0")
    if not re.fullmatch(r"[0-9]{1,18}", value):
        raise Problem(400, "Give the version of an earlier answer.", parameter="after")
    return int(value)
