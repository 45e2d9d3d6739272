"""Requests, what is stored, and the newest crawls, for Prometheus; summed over all workers."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response

from api.knowledge import services
from crawler.errors import StoreError
from crawler.metrics import run_lines
from crawler.store.runs import latest_runs

BLUEPRINT = Blueprint("metrics", __name__)


@BLUEPRINT.get("/metrics")
def metrics() -> Response:
    """The counters, how much is stored, and what the newest crawls brought."""
    board = services().board
    lines = [*board.lines(), *_stored()]
    return Response("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4")


def _stored() -> Iterator[str]:
    try:
        with services().database.reading() as reader:
            counts = reader.counts()
            newest, ended = (latest_runs(reader, finished=one) for one in (False, True))
    except StoreError:
        yield "zhiquan_store_up 0"
        return
    yield "zhiquan_store_up 1"
    yield f"zhiquan_pages {counts.pages}"
    yield f"zhiquan_guidance {counts.shown}"
    for reason, number in counts.rejected:
        yield f'zhiquan_rejected_pages{{reason="{reason}"}} {number}'
    yield from run_lines(newest, ended)
