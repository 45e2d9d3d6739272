"""Counts and times of requests for Prometheus, summed over all workers."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response

from api.knowledge import services
from crawler.errors import StoreError

BLUEPRINT = Blueprint("metrics", __name__)


@BLUEPRINT.get("/metrics")
def metrics() -> Response:
    """The counters, and how much is stored."""
    board = services().board
    lines = [*board.lines(), *_stored()]
    return Response("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4")


def _stored() -> Iterator[str]:
    try:
        with services().database.reading() as reader:
            counts = reader.counts()
    except StoreError:
        yield "zhiquan_store_up 0"
        return
    yield "zhiquan_store_up 1"
    yield f"zhiquan_pages {counts.pages}"
    yield f"zhiquan_guidance {counts.shown}"
    for reason, number in counts.rejected:
        yield f'zhiquan_rejected_pages{{reason="{reason}"}} {number}'
