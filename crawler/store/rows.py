"""Pages as queries select them, and rows made into records."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select, select

from crawler.model import Article, CuratedArticle, Page, RejectionReason
from crawler.store import codec
from crawler.store.records import StoredPage
from crawler.store.tables import CLUSTERS, PAGE_CLUSTERS, PAGES
from crawler.vocabulary import Publication


def listed_pages() -> Select[Any]:
    """The columns of a ``ListedPage`` but its lenders and topics."""
    return select(
        PAGES.c.id,
        PAGES.c.uid,
        PAGES.c.title,
        PAGES.c.summary,
        PAGES.c.url,
        PAGES.c.host,
        PAGES.c.source,
        PAGES.c.published,
        PAGES.c.sort_date,
        PAGES.c.fetched_at,
    )


def stored_pages() -> Select[Any]:
    """Whole pages, each with its cluster and who represents that."""
    member = PAGE_CLUSTERS.c.page_id == PAGES.c.id
    joined = PAGES.outerjoin(PAGE_CLUSTERS, member).outerjoin(
        CLUSTERS, CLUSTERS.c.id == PAGE_CLUSTERS.c.cluster
    )
    return select(PAGES, CLUSTERS.c.id.label("cluster"), CLUSTERS.c.representative).select_from(
        joined
    )


def page_of(row: Row[Any], lenders: tuple[str, ...], topics: tuple[str, ...]) -> StoredPage:
    """The page in a row of ``stored_pages``."""
    article = Article(
        row.url,
        row.encoding,
        row.title,
        row.published,
        row.author,
        row.source,
        codec.decode_blocks(row.blocks),
        codec.decode_removed(row.removed),
    )
    curated = CuratedArticle(
        Page(row.name, b"", row.url, row.content_type, row.fetched_at),
        article,
        lenders,
        codec.decode_mentions(row.mentions),
        codec.decode_citations(row.citations),
        codec.decode_contacts(row.contacts),
        topics,
        RejectionReason(row.rejected) if row.rejected else None,
    )
    return StoredPage(
        row.id,
        row.uid,
        curated,
        row.host,
        row.origin,
        row.first_seen,
        row.fetched_at,
        row.changed_at,
        row.gone_at,
        row.cluster or row.uid,
        row.representative == row.id,
        row.shown,
        Publication(row.publication),
    )
