"""Requests as they travel through Redis: JSON, never pickles, which could run anything."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import orjson

from crawler.store.frontier import Due


def dumps(request: dict[str, Any]) -> bytes:
    """The request as bytes: what it is due for says everything."""
    return orjson.dumps([asdict(request["cb_kwargs"]["due"]), request["dont_filter"]])


def loads(packed: bytes) -> dict[str, Any]:
    """The request that ``dumps`` was given."""
    due, dont_filter = orjson.loads(packed)
    return request_parts(Due(**due), dont_filter=dont_filter)


def request_parts(due: Due, *, dont_filter: bool) -> dict[str, Any]:
    """What a request for the address is made of; callbacks are names of the spider's methods."""
    headers = {}
    if due.etag:
        headers["If-None-Match"] = due.etag
    if due.last_modified:
        headers["If-Modified-Since"] = due.last_modified
    return {
        "url": due.url,
        "callback": "parse",
        "errback": "fail",
        "headers": headers,
        "dont_filter": dont_filter,
        "meta": {"dont_redirect": True, "handle_httpstatus_all": True},
        "cb_kwargs": {"due": due},
    }
