"""Writing pages: one transaction a page, the same result however often it is saved."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urldefrag, urlsplit

import orjson
from sqlalchemy import Connection, Row, delete, insert, select, update

from crawler.model import CuratedArticle
from crawler.store import codec, index
from crawler.store.quality import quality_of, summary_of
from crawler.store.shown import refresh_shown, show_new
from crawler.store.tables import (
    BODIES,
    CLUSTERS,
    PAGE_CLUSTERS,
    PAGE_LENDERS,
    PAGE_TOPICS,
    PAGES,
    VERSIONS,
)


class Outcome(StrEnum):
    """What saving a page did."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Origin:
    """How a page was come by: the crawl source's id and the validators HTTP gave."""

    source: str | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """The saved page, and what saving did.

    ``regroup`` tells whether its text or what was recognised in it is new, so that its
    place among the clusters may have changed.
    """

    page_id: int
    uid: str
    outcome: Outcome
    regroup: bool = True


_NO_ORIGIN = Origin()


def key_of(url: str | None, name: str) -> str:
    """What identifies a page: its URL without the fragment, or its name when it has none."""
    return urldefrag(url).url if url else name


def uid_of(key: str) -> str:
    """The page's public id: the same in every store that holds the page."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Transaction:
    """Writes that take effect together. ``connection`` is for the store's own modules."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def save(self, curated: CuratedArticle, origin: Origin = _NO_ORIGIN) -> Saved:
        """The page as stored; a changed text keeps the earlier one as a version."""
        key = key_of(curated.page.url, curated.page.name)
        moment = curated.page.fetched_at or datetime.now(UTC)
        values = _page_values(curated, origin, key, moment)
        old = self.connection.execute(select(PAGES).where(PAGES.c.key == key)).one_or_none()
        if old is None:
            return self._insert(curated, values)
        return self._update(curated, values, old)

    def mark_gone(self, url: str, at: datetime) -> bool:
        """Whether a stored page was marked as gone from its site; its text is kept."""
        page_id = self.connection.execute(
            update(PAGES)
            .where(PAGES.c.key == key_of(url, url), PAGES.c.gone_at.is_(None))
            .values(gone_at=at)
            .returning(PAGES.c.id)
        ).scalar_one_or_none()
        if page_id is None:
            return False
        refresh_shown(self.connection, page_id, at)
        return True

    def touch(self, url: str, at: datetime) -> bool:
        """Whether a stored page was noted as unchanged at ``at`` (a 304 response)."""
        result = self.connection.execute(
            update(PAGES).where(PAGES.c.key == key_of(url, url)).values(fetched_at=at)
        )
        return result.rowcount > 0

    def group(self, cluster: str, pages: Sequence[int], representative: int, at: datetime) -> None:
        """Make ``pages`` the cluster's members; clusters left without members vanish."""
        connection = self.connection
        if self._is_grouped(cluster, pages, representative):
            return
        left = self._clusters_of(pages) - {cluster}
        shown = set(self._representatives(left | {cluster})) | {representative}
        if connection.execute(select(CLUSTERS.c.id).where(CLUSTERS.c.id == cluster)).first():
            change = update(CLUSTERS).where(CLUSTERS.c.id == cluster)
            connection.execute(change.values(representative=representative))
        else:
            connection.execute(insert(CLUSTERS).values(id=cluster, representative=representative))
        member = PAGE_CLUSTERS.c.page_id.in_(pages)
        connection.execute(update(PAGE_CLUSTERS).where(member).values(cluster=cluster))
        used = select(PAGE_CLUSTERS.c.cluster).where(PAGE_CLUSTERS.c.cluster == CLUSTERS.c.id)
        connection.execute(delete(CLUSTERS).where(CLUSTERS.c.id.in_(left), ~used.exists()))
        for page_id in sorted(shown):
            refresh_shown(connection, page_id, at)

    def _is_grouped(self, cluster: str, pages: Sequence[int], representative: int) -> bool:
        lead = select(CLUSTERS.c.representative).where(CLUSTERS.c.id == cluster)
        if self.connection.execute(lead).scalar() != representative:
            return False
        members = select(PAGE_CLUSTERS.c.page_id).where(PAGE_CLUSTERS.c.cluster == cluster)
        return set(self.connection.execute(members).scalars()) == set(pages)

    def _clusters_of(self, pages: Sequence[int]) -> set[str]:
        query = select(PAGE_CLUSTERS.c.cluster).where(PAGE_CLUSTERS.c.page_id.in_(pages))
        return set(self.connection.execute(query).scalars())

    def _representatives(self, clusters: set[str]) -> list[int]:
        query = select(CLUSTERS.c.representative).where(CLUSTERS.c.id.in_(clusters))
        return list(self.connection.execute(query).scalars())

    def _insert(self, curated: CuratedArticle, values: dict[str, Any]) -> Saved:
        moment = values["fetched_at"]
        page_id = self.connection.execute(
            insert(PAGES).values(first_seen=moment, changed_at=moment, **values)
        ).inserted_primary_key
        assert page_id is not None  # noqa: S101 - both engines return the new key
        number = int(page_id[0])
        self._insert_parts(number, curated)
        uid = values["uid"]
        self.connection.execute(insert(CLUSTERS).values(id=uid, representative=number))
        self.connection.execute(insert(PAGE_CLUSTERS).values(page_id=number, cluster=uid))
        texts = tuple(block.text for block in curated.article.blocks)
        title = curated.article.title or ""
        document = index.Document(title, texts, curated.lenders, curated.topics)
        show_new(self.connection, number, values, document)
        return Saved(number, uid, Outcome.NEW)

    def _update(self, curated: CuratedArticle, values: dict[str, Any], old: Row[Any]) -> Saved:
        moment = values["fetched_at"]
        changed = values["content_hash"] != old.content_hash
        recurated = values["record_hash"] != old.record_hash or old.gone_at is not None
        if not changed and not recurated:
            self._note_fetch(values, old)
            return Saved(old.id, old.uid, Outcome.UNCHANGED, regroup=False)
        if changed and values["body_hash"] != old.body_hash:
            # The page itself changed; a better reading of the same bytes is no version.
            self._keep_version(old, moment)
            values["changed_at"] = moment
        for column in ("origin", "etag", "last_modified"):
            values[column] = values[column] or getattr(old, column)
        if curated.article.published is None:
            values["sort_date"] = min(old.sort_date, values["sort_date"])
            values["quality"] = quality_of(curated, values["sort_date"])  # found by that date
        refresh_shown(self.connection, old.id, moment, leaving=True)
        self.connection.execute(
            update(PAGES).where(PAGES.c.id == old.id).values(gone_at=None, **values)
        )
        self._replace_parts(old.id, curated)
        refresh_shown(self.connection, old.id, moment)
        outcome = Outcome.CHANGED if changed else Outcome.UNCHANGED
        return Saved(old.id, old.uid, outcome)

    def _note_fetch(self, values: dict[str, Any], old: Row[Any]) -> None:
        noted = {
            name: values[name] or getattr(old, name)
            for name in ("fetched_at", "origin", "etag", "last_modified")
        }
        self.connection.execute(update(PAGES).where(PAGES.c.id == old.id).values(noted))

    def _keep_version(self, old: Row[Any], until: datetime) -> None:
        self.connection.execute(
            insert(VERSIONS).values(
                page_id=old.id,
                content_hash=old.content_hash,
                title=old.title,
                published=old.published,
                blocks=old.blocks,
                seen_from=old.changed_at,
                seen_until=until,
            )
        )

    def _replace_parts(self, page_id: int, curated: CuratedArticle) -> None:
        for table in (PAGE_LENDERS, PAGE_TOPICS, *([BODIES] if curated.page.body else [])):
            self.connection.execute(delete(table).where(table.c.page_id == page_id))
        self._insert_parts(page_id, curated)

    def _insert_parts(self, page_id: int, curated: CuratedArticle) -> None:
        for table, column, names in (
            (PAGE_LENDERS, "lender", curated.lenders),
            (PAGE_TOPICS, "topic", curated.topics),
        ):
            if names:
                rows = [
                    {"page_id": page_id, "position": position, column: name}
                    for position, name in enumerate(names)
                ]
                self.connection.execute(insert(table), rows)
        body = curated.page.body
        if body:
            # Level 1: the crawl's time matters more than the last tenth of the size.
            self.connection.execute(
                insert(BODIES).values(page_id=page_id, body=zlib.compress(body, 1))
            )


def _page_values(
    curated: CuratedArticle, origin: Origin, key: str, moment: datetime
) -> dict[str, Any]:
    page, article = curated.page, curated.article
    values: dict[str, Any] = {
        "uid": uid_of(key),
        "key": key,
        "name": page.name,
        "url": page.url,
        "host": (urlsplit(page.url).hostname or "") if page.url else "",
        "content_type": page.content_type,
        "encoding": article.encoding,
        "title": article.title,
        "published": article.published,
        "author": article.author,
        "source": article.source,
        "summary": summary_of(article),
        "blocks": codec.encode_blocks(article.blocks),
        "removed": codec.encode_removed(article.removed),
        "mentions": codec.encode_mentions(curated.mentions),
        "citations": codec.encode_citations(curated.citations),
        "contacts": codec.encode_contacts(curated.contacts),
        "rejected": curated.rejected.value if curated.rejected else None,
    }
    values["record_hash"] = _hash(values, curated.lenders, curated.topics)
    values["content_hash"] = _hash(article.title, article.published, values["blocks"])
    values["body_hash"] = hashlib.sha256(page.body).hexdigest()[:32]
    values["origin"], values["etag"] = origin.source, origin.etag
    values["last_modified"] = origin.last_modified
    values["fetched_at"] = moment
    values["sort_date"] = _sort_date(article.published, moment)
    values["quality"] = quality_of(curated, values["sort_date"])
    return values


def _sort_date(published: date | None, moment: datetime) -> date:
    """The date to order by: a page cannot be newer than the day it was seen."""
    return min(published, moment.date()) if published else moment.date()


def _hash(*parts: object) -> str:
    return hashlib.sha256(orjson.dumps(parts)).hexdigest()[:32]
