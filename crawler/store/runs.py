"""Crawl runs, for the desk's list of reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from crawler.store.engine import Store
from crawler.store.reads import Reader
from crawler.store.tables import RUNS

_RUNS = select(RUNS.c.id, RUNS.c.source, RUNS.c.started_at, RUNS.c.finished_at, RUNS.c.summary)


@dataclass(frozen=True, slots=True)
class PastRun:
    """A source's run; ``summary`` is what its report is drawn from, once it has finished."""

    run: int
    source: str
    started_at: datetime
    finished_at: datetime | None
    summary: dict[str, Any] | None


def list_runs(
    store: Store, limit: int, before: int | None = None, source: str | None = None
) -> list[PastRun]:
    """Runs, newest first, at most ``limit`` older than the one numbered ``before``."""
    row = RUNS.c
    query = _RUNS
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
    found = reader.connection.execute(_RUNS.where(row.id.in_(newest)).order_by(row.source))
    return [PastRun(*one) for one in found]


def find_run(store: Store, run: int) -> PastRun | None:
    """The run with this number; ``None`` when there is none."""
    with store.reading() as reader:
        found = reader.connection.execute(_RUNS.where(RUNS.c.id == run)).first()
    return None if found is None else PastRun(*found)
