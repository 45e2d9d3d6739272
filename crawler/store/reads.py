"""Reading pages, guidance lists and counts."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urldefrag

from sqlalchemy import Connection, Row, Select, func, select, tuple_

from crawler.store import codec
from crawler.store.records import (
    Annotations,
    Change,
    Counts,
    FacetCounts,
    GuidanceFilter,
    ListedPage,
    Position,
    StoredPage,
    Version,
)
from crawler.store.rows import listed_pages, page_of, stored_pages
from crawler.store.tables import (
    BODIES,
    CHANGES,
    CLUSTERS,
    PAGE_CLUSTERS,
    PAGE_LENDERS,
    PAGE_TOPICS,
    PAGES,
    SIBLINGS,
    VERSIONS,
)
from crawler.vocabulary import Publication

_BATCH = 500  # pages of an export held in memory at a time


class Reader:
    """Reads within one transaction. ``connection`` is for the store's own modules."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def page(self, uid: str) -> StoredPage | None:
        """The page with this public id."""
        if not uid.isalnum():  # PostgreSQL takes no NUL even to compare
            return None
        row = self.connection.execute(stored_pages().where(PAGES.c.uid == uid)).first()
        return next(self._complete([row])) if row else None

    def guidance(self, uid: str) -> StoredPage | None:
        """The shown page of this page's cluster: itself, or the one that represents it."""
        if not uid.isalnum():
            return None
        member = select(PAGE_CLUSTERS.c.cluster).join(PAGES, PAGES.c.id == PAGE_CLUSTERS.c.page_id)
        cluster = member.where(PAGES.c.uid == uid).scalar_subquery()
        query = stored_pages().where(
            CLUSTERS.c.id == cluster, PAGES.c.id == CLUSTERS.c.representative
        )
        row = self.connection.execute(query.where(PAGES.c.shown)).first()
        return next(self._complete([row])) if row else None

    def export(self) -> Iterator[StoredPage]:
        """Every page, in the order in which they were first stored."""
        last = 0
        while True:
            query = stored_pages().where(PAGES.c.id > last).order_by(PAGES.c.id).limit(_BATCH)
            rows = self.connection.execute(query).all()
            if not rows:
                return
            yield from self._complete(rows)
            last = rows[-1].id

    def hosts(self, origins: Sequence[str] | None = None) -> list[str]:
        """The hosts of the stored pages, of the given crawl sources only when named."""
        query = select(PAGES.c.host).where(PAGES.c.host != "").distinct().order_by(PAGES.c.host)
        if origins is not None:
            query = query.where(PAGES.c.origin.in_(origins))
        return list(self.connection.execute(query).scalars())

    def host_pages(self, host: str) -> Iterator[StoredPage]:
        """The host's pages, in the order in which they were first stored."""
        rows = self.connection.execute(
            stored_pages().where(PAGES.c.host == host).order_by(PAGES.c.id)
        )
        yield from self._complete(rows.all())

    def page_ids(self) -> list[int]:
        """The numbers of all stored pages, ascending."""
        return list(self.connection.execute(select(PAGES.c.id).order_by(PAGES.c.id)).scalars())

    def body(self, uid: str) -> bytes | None:
        """The page's bytes as fetched."""
        query = select(BODIES.c.body).join(PAGES, PAGES.c.id == BODIES.c.page_id)
        packed = self.connection.execute(query.where(PAGES.c.uid == uid)).scalar()
        return None if packed is None else zlib.decompress(packed)

    def list_guidance(
        self, wanted: GuidanceFilter, limit: int, after: Position | None = None
    ) -> list[ListedPage]:
        """Shown pages, newest first, at most ``limit``, from behind ``after``."""
        query = listed_pages().where(PAGES.c.shown)
        if wanted.lender is not None:
            query = query.where(_has(PAGE_LENDERS, "lender", wanted.lender))
        if wanted.topic is not None:
            query = query.where(_has(PAGE_TOPICS, "topic", wanted.topic))
        if wanted.since is not None:
            query = query.where(PAGES.c.sort_date >= wanted.since)
        if wanted.until is not None:
            query = query.where(PAGES.c.sort_date <= wanted.until)
        if after is not None:
            place = tuple_(PAGES.c.sort_date, PAGES.c.id)
            query = query.where(place < tuple_(after.sort_date, after.id))
        query = query.order_by(PAGES.c.sort_date.desc(), PAGES.c.id.desc()).limit(limit)
        return self.listed(query)

    def pages_by_id(self, ids: Sequence[int]) -> list[ListedPage]:
        """The pages with these row ids, in that order; unknown ones are left out."""
        found = {one.id: one for one in self.listed(listed_pages().where(PAGES.c.id.in_(ids)))}
        return [found[number] for number in ids if number in found]

    def guidance_of_urls(self, urls: Sequence[str]) -> dict[str, str]:
        """Address -> public id of the shown page that is or represents it."""
        keys = {urldefrag(url).url: url for url in urls}
        lead = PAGES.alias()
        query = (
            select(PAGES.c.key, lead.c.uid)
            .join(PAGE_CLUSTERS, PAGE_CLUSTERS.c.page_id == PAGES.c.id)
            .join(CLUSTERS, CLUSTERS.c.id == PAGE_CLUSTERS.c.cluster)
            .join(lead, lead.c.id == CLUSTERS.c.representative)
            .where(PAGES.c.key.in_(keys), lead.c.shown)
        )
        return {keys[row.key]: row.uid for row in self.connection.execute(query)}

    def sources(self, cluster: str) -> list[ListedPage]:
        """The published pages that say the same thing, oldest first."""
        query = listed_pages().join(PAGE_CLUSTERS, PAGE_CLUSTERS.c.page_id == PAGES.c.id)
        published = PAGES.c.publication == Publication.PUBLISHED.value
        query = query.where(PAGE_CLUSTERS.c.cluster == cluster, published)
        return self.listed(query.order_by(PAGES.c.sort_date, PAGES.c.id))

    def siblings(self, page_id: int) -> list[ListedPage]:
        """The shown pages that answer the same question for other lenders."""
        query = listed_pages().join(SIBLINGS, SIBLINGS.c.sibling_id == PAGES.c.id)
        query = query.where(SIBLINGS.c.page_id == page_id, PAGES.c.shown)
        return self.listed(query.order_by(PAGES.c.id))

    def versions(self, page_id: int) -> list[Version]:
        """The page's earlier texts, newest first; empty when it never changed."""
        query = select(VERSIONS).where(VERSIONS.c.page_id == page_id)
        rows = self.connection.execute(query.order_by(VERSIONS.c.seen_until.desc()))
        return [
            Version(
                row.title,
                row.published,
                codec.decode_blocks(row.blocks),
                row.seen_from,
                row.seen_until,
            )
            for row in rows
        ]

    def counts(self) -> Counts:
        """How much is stored."""

        def number(query: Select[Any]) -> int:
            return int(self.connection.execute(query).scalar_one())

        reasons = (
            select(PAGES.c.rejected, func.count().label("number"))
            .where(PAGES.c.rejected.is_not(None))
            .group_by(PAGES.c.rejected)
            .order_by(func.count().desc(), PAGES.c.rejected)
        )
        return Counts(
            number(select(func.count()).select_from(PAGES)),
            number(select(func.count()).select_from(PAGES).where(PAGES.c.shown)),
            number(select(func.count()).select_from(CLUSTERS)),
            number(select(func.count()).select_from(VERSIONS)),
            tuple((row.rejected, int(row.number)) for row in self.connection.execute(reasons)),
        )

    def lender_counts(self) -> dict[str, int]:
        """Lender id -> number of shown pages about it; lenders without any are absent."""
        return self._facet(PAGE_LENDERS.c.lender, PAGE_LENDERS.c.page_id)

    def topic_counts(self) -> dict[str, int]:
        """Topic id -> number of shown pages about it; topics without any are absent."""
        return self._facet(PAGE_TOPICS.c.topic, PAGE_TOPICS.c.page_id)

    def facets_of(self, ids: Sequence[int]) -> tuple[FacetCounts, FacetCounts]:
        """How many of these pages are about each lender and topic, most frequent first."""

        def count(table: Any, column: str) -> FacetCounts:
            number = func.count().label("number")
            query = select(table.c[column], number).where(table.c.page_id.in_(ids))
            query = query.group_by(table.c[column]).order_by(number.desc(), table.c[column])
            return tuple((row[0], int(row[1])) for row in self.connection.execute(query))

        return count(PAGE_LENDERS, "lender"), count(PAGE_TOPICS, "topic")

    def topics_of_lender(self, lender: str) -> dict[str, int]:
        """Topic id -> number of shown pages about the lender and it, most frequent first."""
        query = (
            select(PAGE_TOPICS.c.topic, func.count())
            .join(PAGES, PAGES.c.id == PAGE_TOPICS.c.page_id)
            .join(PAGE_LENDERS, PAGE_LENDERS.c.page_id == PAGES.c.id)
            .where(PAGES.c.shown, PAGE_LENDERS.c.lender == lender)
            .group_by(PAGE_TOPICS.c.topic)
            .order_by(func.count().desc(), PAGE_TOPICS.c.topic)
        )
        return {row[0]: int(row[1]) for row in self.connection.execute(query)}

    def annotations_of(self, ids: Sequence[int]) -> dict[int, Annotations]:
        """Row id -> what was recognised in that page when it was stored."""
        query = select(PAGES.c.id, PAGES.c.citations, PAGES.c.contacts)
        return {
            row.id: Annotations(
                codec.decode_citations(row.citations), codec.decode_contacts(row.contacts)
            )
            for row in self.connection.execute(query.where(PAGES.c.id.in_(ids)))
        }

    def generation(self) -> int:
        """A number that grows with every change that the public can see."""
        return int(self.connection.execute(select(func.max(CHANGES.c.sequence))).scalar() or 0)

    def changes(self, after: int, limit: int) -> list[Change]:
        """What happened behind sequence number ``after``, oldest first."""
        query = select(CHANGES).where(CHANGES.c.sequence > after)
        rows = self.connection.execute(query.order_by(CHANGES.c.sequence).limit(limit))
        return [Change(row.sequence, row.at, row.kind, row.uid) for row in rows]

    def listed(self, query: Select[Any]) -> list[ListedPage]:
        """The rows of a query over ``listed_pages`` with their lenders and topics."""
        rows = self.connection.execute(query).all()
        lenders, topics = self.names_of([row.id for row in rows])
        return [
            ListedPage(
                **row._mapping,
                lenders=lenders.get(row.id, ()),
                topics=topics.get(row.id, ()),
            )
            for row in rows
        ]

    def _complete(self, rows: Sequence[Row[Any]]) -> Iterator[StoredPage]:
        lenders, topics = self.names_of([row.id for row in rows])
        for row in rows:
            yield page_of(row, lenders.get(row.id, ()), topics.get(row.id, ()))

    def _facet(self, name: Any, page_id: Any) -> dict[str, int]:
        query = select(name, func.count()).join(PAGES, PAGES.c.id == page_id)
        rows = self.connection.execute(query.where(PAGES.c.shown).group_by(name))
        return {row[0]: int(row[1]) for row in rows}

    def names_of(
        self, ids: Sequence[int]
    ) -> tuple[dict[int, tuple[str, ...]], dict[int, tuple[str, ...]]]:
        """Row id -> lenders in their order, and the same for topics; absent without any."""
        return (
            self._ordered(PAGE_LENDERS, "lender", ids),
            self._ordered(PAGE_TOPICS, "topic", ids),
        )

    def _ordered(self, table: Any, column: str, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
        if not ids:
            return {}
        query = select(table.c.page_id, table.c[column]).where(table.c.page_id.in_(ids))
        found: dict[int, tuple[str, ...]] = {}
        for page_id, name in self.connection.execute(query.order_by(table.c.position)):
            found[page_id] = (*found.get(page_id, ()), name)
        return found


def _has(table: Any, column: str, value: str) -> Any:
    return PAGES.c.id.in_(select(table.c.page_id).where(table.c[column] == value))
