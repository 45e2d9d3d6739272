"""The curator's queue: which pages want a look, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    func,
    literal,
    or_,
    select,
    text,
)

from crawler.store.reads import Reader
from crawler.store.tables import (
    CLUSTERS,
    PAGE_CLUSTERS,
    PAGE_LENDERS,
    PAGE_TOPICS,
    PAGES,
    RARE,
    REPORTS,
)
from crawler.vocabulary import Publication, Review, Wait

COUNTED = 1000
"""A list with more pages than this counts as so many: nobody reads that far."""


class QueueKind(StrEnum):
    """The lists a curator works through."""

    NEW = "new"  # kept by the program, and nobody looked at it yet
    WAITING = "waiting"  # not published until a person or the run's end says so
    CHANGED = "changed"  # approved or rejected, and its text changed since
    CONFLICT = "conflict"  # a decision no longer fits
    REPORTED = "reported"  # readers reported it
    WITHHELD = "withheld"
    PUBLISHED = "published"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which pages to list; ``None`` and the empty text set no condition.

    ``source`` is a crawl source's id, ``text`` is looked for in titles and addresses.
    """

    kind: QueueKind = QueueKind.NEW
    source: str | None = None
    text: str = ""
    lender: str | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """A place in the queue: the last row that was read."""

    changed_at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A page in the queue.

    ``judged`` is the program's own reason of rejection, ``rejected`` what holds with the
    decisions; ``copies`` counts the other pages of its cluster, ``reports`` what readers
    said and nobody settled.
    """

    id: int
    uid: str
    title: str | None
    url: str | None
    host: str
    origin: str | None
    published: date | None
    changed_at: datetime
    fetched_at: datetime
    gone_at: datetime | None
    publication: Publication
    waits: Wait | None
    rejected: str | None
    judged: str | None
    review: Review
    conflicts: int
    reports: int
    copies: int
    representative: bool
    lenders: tuple[str, ...]
    topics: tuple[str, ...]

    @property
    def place(self) -> QueuePlace:
        """Where the queue goes on behind this row."""
        return QueuePlace(self.changed_at, self.id)


def list_queue(
    reader: Reader, wanted: QueueFilter, limit: int, after: QueuePlace | None = None
) -> list[QueueRow]:
    """The queue's rows from behind ``after``, the newest change first."""
    query = _rows().where(*_conditions(wanted))
    if after is not None:
        earlier = and_(PAGES.c.changed_at == after.changed_at, PAGES.c.id < after.id)
        query = query.where(or_(PAGES.c.changed_at < after.changed_at, earlier))
    query = query.order_by(PAGES.c.changed_at.desc(), PAGES.c.id.desc()).limit(limit)
    return _read(reader, query)


def queue_rows(reader: Reader, ids: Sequence[int]) -> list[QueueRow]:
    """The rows of these pages, in that order."""
    found = {row.id: row for row in _read(reader, _rows().where(PAGES.c.id.in_(ids)))}
    return [found[number] for number in ids if number in found]


def count_queue(reader: Reader) -> dict[QueueKind, int]:
    """How many pages each list has, at most ``COUNTED``."""
    counts = {}
    for kind in QueueKind:
        some = _joined(select(literal(1))).where(*_conditions(QueueFilter(kind))).limit(COUNTED)
        query = select(func.count()).select_from(some.subquery())
        counts[kind] = int(reader.connection.execute(query).scalar_one())
    return counts


def list_origins(reader: Reader) -> list[str]:
    """The ids of the crawl sources that pages came from."""
    query = select(PAGES.c.origin).where(PAGES.c.origin.is_not(None)).distinct()
    return list(reader.connection.execute(query.order_by(PAGES.c.origin)).scalars())


def _rows() -> Select[Any]:
    member = PAGE_CLUSTERS.alias()
    mine = member.c.cluster == PAGE_CLUSTERS.c.cluster
    copies = select(func.count() - 1).where(mine).scalar_subquery()
    opened = and_(REPORTS.c.page_id == PAGES.c.id, REPORTS.c.settled_at.is_(None))
    reports = select(func.coalesce(func.sum(REPORTS.c["count"]), 0)).where(opened)
    query = select(
        PAGES.c.id,
        PAGES.c.uid,
        PAGES.c.title,
        PAGES.c.url,
        PAGES.c.host,
        PAGES.c.origin,
        PAGES.c.published,
        PAGES.c.changed_at,
        PAGES.c.fetched_at,
        PAGES.c.gone_at,
        PAGES.c.publication,
        PAGES.c.waits,
        PAGES.c.rejected,
        PAGES.c.judged,
        PAGES.c.review,
        PAGES.c.conflicts,
        reports.scalar_subquery().label("reports"),
        copies.label("copies"),
        (CLUSTERS.c.representative == PAGES.c.id).label("representative"),
    )
    return _joined(query)


def _joined(query: Select[Any]) -> Select[Any]:
    return (
        query.select_from(PAGES)
        .join(PAGE_CLUSTERS, PAGE_CLUSTERS.c.page_id == PAGES.c.id)
        .join(CLUSTERS, CLUSTERS.c.id == PAGE_CLUSTERS.c.cluster)
    )


def _conditions(wanted: QueueFilter) -> Iterable[ColumnElement[bool]]:
    yield from _of_kind(wanted.kind)
    if wanted.source is not None:
        yield PAGES.c.origin == wanted.source
    if wanted.text:
        in_title = PAGES.c.title.icontains(wanted.text, autoescape=True)
        yield or_(in_title, PAGES.c.url.icontains(wanted.text, autoescape=True))
    for table, column, value in (
        (PAGE_LENDERS, "lender", wanted.lender),
        (PAGE_TOPICS, "topic", wanted.topic),
    ):
        if value is not None:
            yield PAGES.c.id.in_(select(table.c.page_id).where(table.c[column] == value))


def _of_kind(kind: QueueKind) -> Iterable[ColumnElement[bool]]:
    leads = CLUSTERS.c.representative == PAGES.c.id
    there = PAGES.c.gone_at.is_(None)
    if kind is QueueKind.NEW:
        unseen = PAGES.c.review == Review.NONE.value
        return unseen, PAGES.c.publication != Publication.WITHHELD.value, there, leads
    if kind is QueueKind.WAITING:
        return _rare("waiting"), there, leads
    if kind is QueueKind.CHANGED:
        return (_rare("changed"),)
    if kind is QueueKind.CONFLICT:
        return (_rare("conflicts"),)
    if kind is QueueKind.REPORTED:
        reported = select(REPORTS.c.page_id).where(REPORTS.c.settled_at.is_(None))
        return (PAGES.c.id.in_(reported),)
    if kind is QueueKind.WITHHELD:
        return PAGES.c.publication == Publication.WITHHELD.value, leads
    if kind is QueueKind.PUBLISHED:
        return PAGES.c.publication == Publication.PUBLISHED.value, there, leads
    return ()


def _rare(name: str) -> ColumnElement[bool]:
    # By itself: beside other conditions SQLite would rather walk all pages by their change.
    few = PAGES.alias("few")
    return PAGES.c.id.in_(select(few.c.id).where(text(f"few.{RARE[name]}")))


def _read(reader: Reader, query: Select[Any]) -> list[QueueRow]:
    rows = reader.connection.execute(query).all()
    lenders, topics = reader.names_of([row.id for row in rows])
    return [
        QueueRow(
            **dict(row._mapping)
            | {
                "publication": Publication(row.publication),
                "waits": Wait(row.waits) if row.waits else None,
                "review": Review(row.review),
                "representative": bool(row.representative),
                "lenders": lenders.get(row.id, ()),
                "topics": topics.get(row.id, ()),
            }
        )
        for row in rows
    ]
