"""Crawl runs, for the desk's list of reports."""

from __future__ import annotations

from sqlalchemy import func, select

from crawler.store.engine import Store
from crawler.store.frontier import PastRun, past_runs
from crawler.store.reads import Reader
from crawler.store.tables import RUNS


def list_runs(
    store: Store, limit: int, before: int | None = None, source: str | None = None
) -> list[PastRun]:
    """Runs, newest first, at most ``limit`` older than the one numbered ``before``."""
    row = RUNS.c
    query = select(row.id, row.source, row.started_at, row.finished_at, row.summary)
    if before is not None:
        query = query.where(row.id < before)
    if source is not None:
        query = query.where(row.source == source)
    with store.reading() as reader:
        found = reader.connection.execute(query.order_by(row.id.desc()).limit(limit))
        return [PastRun(*one) for one in found]


def latest_runs(reader: Reader, *, finished: bool) -> list[PastRun]:
    """The newest run of each source, or the newest that came to its end; by source."""
    row = RUNS.c
    newest = select(func.max(row.id)).group_by(row.source)
    if finished:
        newest = newest.where(row.finished_at.is_not(None))
    query = select(row.id, row.source, row.started_at, row.finished_at, row.summary)
    found = reader.connection.execute(query.where(row.id.in_(newest)).order_by(row.source))
    return [PastRun(*one) for one in found]


def find_run(store: Store, run: int) -> PastRun | None:
    """The run with this number."""
    return next(iter(past_runs(store, 1, run=run)), None)
