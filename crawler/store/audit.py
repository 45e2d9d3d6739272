"""The desk's log: who did what, and when. Rows are only ever added."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from crawler.store.engine import Store
from crawler.store.tables import AUDIT
from crawler.vocabulary import AuditKind

_LONGEST = 500  # code points of a detail; some of it is what a stranger typed
_RECURATED = re.compile(r"(\d+) pages, (\d+) changed, (\d+) conflicts")


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One event. ``label`` is the token's, ``uid`` the page's when it is about one."""

    id: int
    at: datetime
    kind: AuditKind
    label: str
    uid: str | None
    detail: str


def add_entry(
    connection: Connection, kind: AuditKind, label: str, uid: str | None = None, detail: str = ""
) -> None:
    """Note an event in the transaction that brings it about."""
    connection.execute(
        insert(AUDIT).values(
            at=datetime.now(UTC),
            kind=kind.value,
            label=label[:_LONGEST],
            uid=uid,
            detail=detail[:_LONGEST],
        )
    )


@dataclass(frozen=True, slots=True)
class RecurationCounts:
    """What reading the stored pages again came to, as the detail of its entry tells it."""

    pages: int
    changed: int
    conflicts: int

    def __str__(self) -> str:
        return f"{self.pages} pages, {self.changed} changed, {self.conflicts} conflicts"

    @classmethod
    def parse(cls, detail: str) -> RecurationCounts | None:
        """The counts in an entry's detail; ``None`` when it tells something else."""
        told = _RECURATED.fullmatch(detail)
        return cls(*map(int, told.groups())) if told else None


def list_entries(store: Store, limit: int, before: int | None = None) -> list[AuditEntry]:
    """The log, newest first, at most ``limit`` entries older than the one numbered ``before``."""
    query = select(AUDIT).order_by(AUDIT.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(AUDIT.c.id < before)
    with store.reading() as reader:
        return [
            AuditEntry(row.id, row.at, AuditKind(row.kind), row.label, row.uid, row.detail)
            for row in reader.connection.execute(query)
        ]
