"""Counts and times of requests for Prometheus, summed over all workers."""

from __future__ import annotations

import time
from collections.abc import Iterator

from flask import Blueprint, Flask, Response, g, request

from api.board import OTHER
from api.knowledge import services
from crawler.errors import StoreError

BLUEPRINT = Blueprint("metrics", __name__)


@BLUEPRINT.get("/metrics")
def metrics() -> Response:
    """The counters, and how much is stored."""
    board = services().board
    lines = [*board.lines(), *_stored()]
    return Response("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4")


def count_requests(app: Flask) -> None:
    """Count every request of ``app`` under its blueprint."""

    @app.before_request
    def _start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def _note(response: Response) -> Response:
        started = g.get("started")
        if started is not None:
            group = request.blueprint or OTHER
            services().board.note(group, response.status_code, time.perf_counter() - started)
        return response


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
