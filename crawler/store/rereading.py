"""How far reading all stored pages again has come: kept with the pages, so that it resumes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, insert, select, update

from crawler.decisions import Conflict, Known
from crawler.restoring import Recogniser
from crawler.store.audit import RecurationCounts, add_entry
from crawler.store.decided import (
    found_row,
    lay_over,
    read_core,
    read_decisions,
    redecide,
    standing_of,
)
from crawler.store.engine import Store
from crawler.store.tables import BODIES, DECISIONS, PAGES, RECURATIONS
from crawler.store.writes import Transaction
from crawler.vocabulary import AuditKind, DecisionKind


@dataclass(frozen=True, slots=True)
class Place:
    """Up to where the pages are read: the host, and its last page."""

    host: str = ""
    page_id: int = 0


class Rereading:
    """One reading of all stored pages, or of those of some sources. Safe to make anew."""

    def __init__(self, store: Store, number: int, sources: Sequence[str], start: Place) -> None:
        self.store = store
        self.number = number
        self.start = start
        self._sources = tuple(sources)

    @classmethod
    def begin(cls, store: Store, sources: Sequence[str], scope: str, at: datetime) -> Rereading:
        """The unfinished reading of this scope, or a new one.

        ``scope`` names everything that the result depends on besides the pages.
        """
        row = RECURATIONS.c
        query = select(row.id, row.host, row.page_id).where(
            row.scope == scope, row.finished_at.is_(None)
        )
        with store.begin() as transaction:
            connection = transaction.connection
            found = connection.execute(query.order_by(row.id.desc()).limit(1)).one_or_none()
            if found is not None:
                return cls(store, found.id, sources, Place(found.host or "", found.page_id))
            values = {"scope": scope, "started_at": at, "page_id": 0}
            statement = insert(RECURATIONS).values(values).returning(row.id)
            number = connection.execute(statement).scalar_one()
        return cls(store, int(number), sources, Place())

    def hosts(self) -> list[str]:
        """The hosts that are not done, by name; pages without an address have the empty one."""
        query = self._wanted(select(PAGES.c.host).distinct())
        query = query.where(PAGES.c.host >= self.start.host).order_by(PAGES.c.host)
        with self.store.reading() as reader:
            return list(reader.connection.execute(query).scalars())

    def pages(self, host: str) -> list[tuple[int, str]]:
        """Numbers and public ids of the host's pages that are not done and have their bytes."""
        after = self.start.page_id if host == self.start.host else 0
        query = self._wanted(select(PAGES.c.id, PAGES.c.uid)).join(
            BODIES, BODIES.c.page_id == PAGES.c.id
        )
        query = query.where(PAGES.c.host == host, PAGES.c.id > after).order_by(PAGES.c.id)
        with self.store.reading() as reader:
            return [(row.id, row.uid) for row in reader.connection.execute(query)]

    def size(self) -> int:
        """How many pages there are to read, those already done included."""
        with self.store.reading() as reader:
            query = self._wanted(select(func.count()).select_from(PAGES))
            return int(reader.connection.execute(query).scalar_one())

    def note(self, transaction: Transaction, place: Place) -> None:
        """Record, together with a page, that everything up to it is done."""
        mine = update(RECURATIONS).where(RECURATIONS.c.id == self.number)
        transaction.connection.execute(mine.values(host=place.host, page_id=place.page_id))

    def refresh_found(self, recogniser: Recogniser, at: datetime) -> None:
        """Recognise anew what restored blocks name, by the reference data of today."""
        query = self._wanted(select(DECISIONS.c.id, DECISIONS.c.page_id).join(PAGES)).where(
            DECISIONS.c.kind == DecisionKind.RESTORE.value, DECISIONS.c.undone_at.is_(None)
        )
        with self.store.reading() as reader:
            restored = reader.connection.execute(query.order_by(DECISIONS.c.id)).all()
        for number, page_id in restored:
            with self.store.begin() as transaction:
                connection = transaction.connection
                page = connection.execute(select(PAGES).where(PAGES.c.id == page_id)).one()
                made = {one.id: one for one in read_decisions(connection, page_id)}[number]
                if made.removed is None:
                    continue
                article = read_core(connection, page).article
                found = recogniser.find(article, made.removed.block, at.date())
                if found != made.found:
                    mine = update(DECISIONS).where(DECISIONS.c.id == number)
                    connection.execute(mine.values(found=found_row(found)))
                    redecide(connection, page_id, at)

    def finish(self, told: RecurationCounts, at: datetime) -> None:
        """End the reading, and log it."""
        mine = update(RECURATIONS).where(RECURATIONS.c.id == self.number)
        with self.store.begin() as transaction:
            transaction.connection.execute(mine.values(finished_at=at))
            add_entry(transaction.connection, AuditKind.RECURATION, "cli", detail=str(told))

    def kept(self) -> int:
        """How many decisions about these pages are in force."""
        query = self._wanted(select(func.count()).select_from(DECISIONS.join(PAGES)))
        with self.store.reading() as reader:
            found = reader.connection.execute(query.where(DECISIONS.c.undone_at.is_(None)))
            return int(found.scalar_one())

    def conflicts(self, known: Known) -> Iterator[tuple[str, Conflict]]:
        """Public ids of pages with the decisions on them that no longer fit."""
        decided = select(DECISIONS.c.page_id).where(DECISIONS.c.undone_at.is_(None))
        query = self._wanted(select(PAGES)).where(PAGES.c.id.in_(decided)).order_by(PAGES.c.id)
        with self.store.reading() as reader:
            connection = reader.connection
            for page in connection.execute(query).all():
                core, decisions = read_core(connection, page), read_decisions(connection, page.id)
                found = lay_over(connection, core, decisions, standing_of(page), known)
                yield from ((page.uid, one) for one in found.conflicts)

    def _wanted(self, query: Select[Any]) -> Select[Any]:
        return query.where(PAGES.c.origin.in_(self._sources)) if self._sources else query
