"""What a crawl has discovered, with its state: the crawl's memory across runs and kills.

Each address of a source has one row. It is *due* while its ``run`` is older than the
source's running run; it is settled in the same transaction as the page it led to and the
addresses that page names. So a killed crawl continues where it was, and a run has ended
when nothing discovered is due.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Insert, bindparam, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from crawler.model import Fetched
from crawler.store.engine import Store
from crawler.store.tables import CLUSTERS, FRONTIER, PAGE_CLUSTERS, PAGES, RUNS
from crawler.store.writes import Transaction


@dataclass(frozen=True, slots=True)
class Due:
    """An address to be fetched, and what its last answer allows to ask conditionally."""

    id: int
    url: str
    depth: int
    hops: int
    etag: str | None
    last_modified: str | None
    body_hash: str | None


@dataclass(frozen=True, slots=True)
class Settled:
    """How fetching one address ended; validators are kept only for answers with a page."""

    url: str
    outcome: Fetched
    at: datetime
    detail: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Discovered:
    """Addresses that a page names or that a redirect leads to, and how far they are."""

    urls: tuple[str, ...]
    depth: int
    found_on: str | None
    hops: int = 0


_MANY = 500  # addresses in one statement; SQLite takes 32,766 variables
_NOTHING = Discovered((), 0, None)
_WITH_PAGE = frozenset({Fetched.NEW, Fetched.CHANGED})


# Made once: making a statement costs more than running it.
_SETTLE = update(FRONTIER).where(
    FRONTIER.c.source == bindparam("of_source"), FRONTIER.c.url == bindparam("of_url")
)


@cache
def _discover(dialect: str) -> Insert:
    if dialect == "postgresql":
        return postgresql.insert(FRONTIER).on_conflict_do_nothing().returning(FRONTIER.c.id)
    return sqlite.insert(FRONTIER).on_conflict_do_nothing()


def _keeps_validators(settled: Settled) -> bool:
    return settled.outcome in _WITH_PAGE or bool(settled.body_hash)


def _validators(settled: Settled) -> dict[str, str | None]:
    return {
        "etag": settled.etag,
        "last_modified": settled.last_modified,
        "body_hash": settled.body_hash,
    }


class Frontier:
    """The addresses of one source in one run. Safe to make anew after a kill."""

    def __init__(
        self, store: Store, source: str, run: int, started_at: datetime | None = None
    ) -> None:
        self.store = store
        self.source = source
        self.run = run
        self._started_at = started_at

    @property
    def name(self) -> str:
        """What no other run has, in this store or another."""
        moment = self._started_at.isoformat() if self._started_at else ""
        return f"{self.source}:{self.run}:{moment}"

    @classmethod
    def begin(cls, store: Store, source: str, starts: Iterable[str], at: datetime) -> Frontier:
        """The source's unfinished run, or a new one in which every known address is due."""
        with store.begin() as transaction:
            connection = transaction.connection
            running = connection.execute(
                select(RUNS.c.id, RUNS.c.started_at)
                .where(RUNS.c.source == source, RUNS.c.finished_at.is_(None))
                .order_by(RUNS.c.id.desc())
                .limit(1)
            ).one_or_none()
            if running is None:
                values = {"source": source, "started_at": at}
                statement = insert(RUNS).values(values).returning(RUNS.c.id, RUNS.c.started_at)
                running = connection.execute(statement).one()
            frontier = cls(store, source, int(running.id), running.started_at)
            frontier.discover(transaction, [Discovered(tuple(starts), 0, None)], at)
        return frontier

    def due(self, after: int, limit: int) -> list[Due]:
        """The next due addresses by number, ``after`` excluded; empty when none is left."""
        row = FRONTIER.c
        query = (
            select(row.id, row.url, row.depth, row.hops, row.etag, row.last_modified, row.body_hash)
            .where(row.source == self.source, row.run < self.run, row.id > after)
            .order_by(row.id)
            .limit(limit)
        )
        with self.store.reading() as reader:
            return [Due(*found) for found in reader.connection.execute(query)]

    def discover(self, transaction: Transaction, found: Sequence[Discovered], at: datetime) -> int:
        """How many of the found addresses are new; known ones stay as they are."""
        rows: dict[str, dict[str, Any]] = {}
        for one in found:
            for url in one.urls:
                if url not in rows:
                    rows[url] = {
                        "source": self.source,
                        "url": url,
                        "depth": one.depth,
                        "hops": one.hops,
                        "found_on": one.found_on,
                        "discovered_at": at,
                        "run": 0,
                    }
        if not rows:
            return 0
        connection = transaction.connection
        # One compiled statement for any number of rows; a list in values() is compiled anew.
        done = connection.execute(_discover(connection.dialect.name), list(rows.values()))
        # PostgreSQL's driver counts no rows of many statements, but gives them back.
        return len(done.all()) if done.returns_rows else max(done.rowcount, 0)

    def settle(
        self, transaction: Transaction, settled: Settled, found: Discovered = _NOTHING
    ) -> int:
        """Records how fetching ended, and the addresses found; how many of these are new."""
        return self.settle_all(transaction, [(settled, found)])

    def settle_all(
        self, transaction: Transaction, answers: Sequence[tuple[Settled, Discovered]]
    ) -> int:
        """The same for several answers, of which there is at least one."""
        new = self.discover(transaction, [found for _, found in answers], answers[0][0].at)
        kept = [settled for settled, _ in answers if _keeps_validators(settled)]
        rest = [settled for settled, _ in answers if not _keeps_validators(settled)]
        if kept:
            rows = [self._settled_row(one) | _validators(one) for one in kept]
            transaction.connection.execute(_SETTLE, rows)
        if rest:
            transaction.connection.execute(_SETTLE, [self._settled_row(one) for one in rest])
        return new

    def _settled_row(self, settled: Settled) -> dict[str, Any]:
        return {
            "of_source": self.source,
            "of_url": settled.url,
            "run": self.run,
            "outcome": settled.outcome.value,
            "detail": settled.detail,
            "fetched_at": settled.at,
        }

    def unknown(self, transaction: Transaction, urls: Sequence[str]) -> tuple[str, ...]:
        """Those of the addresses that the source has not discovered yet, in order."""
        row = FRONTIER.c
        known: set[str] = set()
        for start in range(0, len(urls), _MANY):
            query = select(row.url).where(
                row.source == self.source, row.url.in_(urls[start : start + _MANY])
            )
            known.update(transaction.connection.execute(query).scalars())
        return tuple(url for url in urls if url not in known)

    def redirects(self) -> dict[str, str]:
        """The redirects this run met: address -> where it leads."""
        row = FRONTIER.c
        query = select(row.url, row.detail).where(
            row.source == self.source,
            row.run == self.run,
            row.outcome == Fetched.REDIRECTED.value,
        )
        with self.store.reading() as reader:
            return {str(url): str(target) for url, target in reader.connection.execute(query)}

    def counts(self) -> dict[str, int]:
        """How many addresses this run settled, by outcome."""
        row = FRONTIER.c
        query = (
            select(row.outcome, func.count())
            .where(row.source == self.source, row.run == self.run)
            .group_by(row.outcome)
        )
        with self.store.reading() as reader:
            return {str(outcome): int(count) for outcome, count in reader.connection.execute(query)}

    def kept(self) -> int:
        """How many pages of the source are stored and deserve publication, by the program alone.

        Not by what people decided: a yield tells whether the site is still read rightly.
        """
        query = select(func.count()).where(
            PAGES.c.origin == self.source, PAGES.c.judged.is_(None), PAGES.c.gone_at.is_(None)
        )
        with self.store.reading() as reader:
            return int(reader.connection.execute(query).scalar_one())

    def rejected(self) -> dict[str, int]:
        """How many pages of the source are stored and do not, by reason, most frequent first."""
        number = func.count()
        query = (
            select(PAGES.c.rejected, number)
            .where(PAGES.c.origin == self.source, PAGES.c.rejected.is_not(None))
            .group_by(PAGES.c.rejected)
            .order_by(number.desc(), PAGES.c.rejected)
        )
        with self.store.reading() as reader:
            return {str(reason): int(count) for reason, count in reader.connection.execute(query)}

    def duplicates(self) -> int:
        """How many kept pages of the source are represented by another page."""
        query = (
            select(func.count())
            .select_from(PAGES)
            .join(PAGE_CLUSTERS, PAGE_CLUSTERS.c.page_id == PAGES.c.id)
            .join(CLUSTERS, CLUSTERS.c.id == PAGE_CLUSTERS.c.cluster)
            .where(
                PAGES.c.origin == self.source,
                PAGES.c.rejected.is_(None),
                CLUSTERS.c.representative != PAGES.c.id,
            )
        )
        with self.store.reading() as reader:
            return int(reader.connection.execute(query).scalar_one())

    def size(self, transaction: Transaction | None = None) -> int:
        """How many addresses of the source are known, inside a transaction or by itself."""
        query = select(func.count()).where(FRONTIER.c.source == self.source)
        if transaction is not None:
            return int(transaction.connection.execute(query).scalar_one())
        with self.store.reading() as reader:
            return int(reader.connection.execute(query).scalar_one())

    def finish(self, summary: dict[str, object], at: datetime) -> bool:
        """Ends the run, as nothing discovered is due; whether nobody else had ended it."""
        running = (RUNS.c.id == self.run) & RUNS.c.finished_at.is_(None)
        with self.store.begin() as transaction:
            ended = transaction.connection.execute(
                update(RUNS).where(running).values(finished_at=at, summary=summary)
            )
            return ended.rowcount > 0


def known_start(store: Store, source: str) -> str | None:
    """The first address ever recorded for the source."""
    query = (
        select(FRONTIER.c.url).where(FRONTIER.c.source == source).order_by(FRONTIER.c.id).limit(1)
    )
    with store.reading() as reader:
        found = reader.connection.execute(query).scalar_one_or_none()
    return None if found is None else str(found)


def outcome_of(store: Store, source: str, url: str) -> tuple[str, str] | None:
    """How fetching the address last ended, and the detail; ``None`` when it was not fetched."""
    row = FRONTIER.c
    query = select(row.outcome, row.detail).where(row.source == source, row.url == url)
    with store.reading() as reader:
        found = reader.connection.execute(query).one_or_none()
    return None if found is None or found[0] is None else (str(found[0]), str(found[1] or ""))
