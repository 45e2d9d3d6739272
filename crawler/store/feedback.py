"""What readers report about guidance: a count for each page, kind and day, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from crawler.store.audit import add_entry
from crawler.store.engine import Store
from crawler.store.reads import Reader
from crawler.store.tables import CLUSTERS, PAGE_CLUSTERS, PAGES, REPORTS
from crawler.vocabulary import AuditKind, ReportKind


@dataclass(frozen=True, slots=True)
class Report:
    """How many readers said the same of a page on one day, and whether a person saw to it."""

    id: int
    uid: str
    kind: ReportKind
    day: date
    count: int
    settled_at: datetime | None
    settled_by: str | None


def add_report(store: Store, uid: str, kind: ReportKind, on: date) -> bool:
    """Whether the report was taken: there must be a shown guidance with this id.

    A copy's id counts for the page that is shown in its place.
    """
    with store.begin() as transaction:
        connection = transaction.connection
        page_id = _shown(connection, uid)
        if page_id is None:
            return False
        mine = (REPORTS.c.page_id == page_id) & (REPORTS.c.kind == kind.value)
        opened = mine & (REPORTS.c.day == on) & REPORTS.c.settled_at.is_(None)
        counted = update(REPORTS).where(opened).values(count=REPORTS.c.count + 1)
        if connection.execute(counted).rowcount == 0:
            values = {"page_id": page_id, "kind": kind.value, "day": on, "count": 1}
            connection.execute(insert(REPORTS).values(values))
    return True


def list_reports(
    source: Store | Reader, uid: str | None = None, *, open_only: bool = True
) -> list[Report]:
    """Reports, newest first, of one page when it is named."""
    if isinstance(source, Store):
        with source.reading() as reader:
            return list_reports(reader, uid, open_only=open_only)
    query = _reports().order_by(REPORTS.c.day.desc(), REPORTS.c.id.desc())
    if uid is not None:
        query = query.where(PAGES.c.uid == uid)
    if open_only:
        query = query.where(REPORTS.c.settled_at.is_(None))
    return [_report(row) for row in source.connection.execute(query)]


def settle_report(store: Store, report_id: int, by: str) -> bool:
    """Whether the report was open and is now settled."""
    with store.begin() as transaction:
        connection = transaction.connection
        row = connection.execute(_reports().where(REPORTS.c.id == report_id)).one_or_none()
        if row is None or row.settled_at is not None:
            return False
        change = update(REPORTS).where(REPORTS.c.id == report_id)
        connection.execute(change.values(settled_at=datetime.now(UTC), settled_by=by))
        add_entry(connection, AuditKind.REPORT_SETTLED, by, row.uid, f"{row.kind} {row.day}")
    return True


def _shown(connection: Connection, uid: str) -> int | None:
    if not uid.isalnum():  # PostgreSQL takes no NUL even to compare
        return None
    lead = PAGES.alias()
    query = (
        select(lead.c.id)
        .select_from(PAGES)
        .join(PAGE_CLUSTERS, PAGE_CLUSTERS.c.page_id == PAGES.c.id)
        .join(CLUSTERS, CLUSTERS.c.id == PAGE_CLUSTERS.c.cluster)
        .join(lead, lead.c.id == CLUSTERS.c.representative)
        .where(PAGES.c.uid == uid, lead.c.shown)
    )
    return connection.execute(query).scalar_one_or_none()


def _reports() -> Select[Any]:
    return select(REPORTS, PAGES.c.uid).join(PAGES, PAGES.c.id == REPORTS.c.page_id)


def _report(row: Row[Any]) -> Report:
    kind = ReportKind(row.kind)
    # A row has a method of the name "count".
    count = row._mapping["count"]
    return Report(row.id, row.uid, kind, row.day, count, row.settled_at, row.settled_by)
