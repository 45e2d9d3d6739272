"""Pages that were never stored before, stored together: a few statements for all of them."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from crawler.decisions import Basis, Standing, apply_decisions
from crawler.model import CuratedArticle
from crawler.store import index
from crawler.store.shown import NewPage, show_new
from crawler.store.tables import (
    BODIES,
    CLUSTERS,
    PAGE_CLUSTERS,
    PAGE_LENDERS,
    PAGE_TOPICS,
    PAGES,
)
from crawler.store.values import Origin, Values, content_values

# Made once: making a statement costs more than running it.
_ADD_PAGES = insert(PAGES).returning(PAGES.c.id, PAGES.c.uid)
_ADD_CLUSTERS = insert(CLUSTERS)
_ADD_MEMBERS = insert(PAGE_CLUSTERS)
_ADD_BODIES = insert(BODIES)
_ADD_NAMES = (
    (insert(PAGE_LENDERS), "lender", "lenders"),
    (insert(PAGE_TOPICS), "topic", "topics"),
)
_KNOWN = select(PAGES.c.key).where(PAGES.c.key.in_(bindparam("keys", expanding=True)))


@dataclass(frozen=True, slots=True)
class Addition:
    """A page to be stored for the first time; ``values`` are its ``page_values``."""

    curated: CuratedArticle
    origin: Origin
    values: Values


def known_keys(connection: Connection, keys: Sequence[str]) -> frozenset[str]:
    """Those of the keys that have a stored page."""
    return frozenset(connection.execute(_KNOWN, {"keys": list(keys)}).scalars())


def add_pages(connection: Connection, additions: Sequence[Addition]) -> list[int]:
    """The new pages' numbers, in order; each page is a cluster of its own.

    None of them may be stored already, and no two may have the same key.
    """
    if not additions:
        return []
    rows = [_row_of(one) for one in additions]
    # By id, since no engine promises to give rows back in the order they were sent.
    numbers = {row.uid: int(row.id) for row in connection.execute(_ADD_PAGES, rows)}
    ids = [numbers[row["uid"]] for row in rows]
    clusters = [
        {"id": row["uid"], "representative": number} for row, number in zip(rows, ids, strict=True)
    ]
    connection.execute(_ADD_CLUSTERS, clusters)
    members = [{"page_id": one["representative"], "cluster": one["id"]} for one in clusters]
    connection.execute(_ADD_MEMBERS, members)
    add_names(connection, dict(zip(ids, (one.curated for one in additions), strict=True)))
    bodies = [
        {"page_id": number, "body": pack_body(one.curated.page.body)}
        for number, one in zip(ids, additions, strict=True)
        if one.curated.page.body
    ]
    if bodies:
        connection.execute(_ADD_BODIES, bodies)
    shown = [
        NewPage(number, row, document_of(one.curated))
        for number, row, one in zip(ids, rows, additions, strict=True)
    ]
    show_new(connection, shown)
    return ids


def add_names(connection: Connection, pages: Mapping[int, CuratedArticle]) -> None:
    """Write the lenders and topics of pages that have none yet."""
    for statement, column, names in _ADD_NAMES:
        rows = [
            {"page_id": number, "position": position, column: name}
            for number, curated in pages.items()
            for position, name in enumerate(getattr(curated, names))
        ]
        if rows:
            connection.execute(statement, rows)


def pack_body(body: bytes) -> bytes:
    """The page's bytes as they are stored."""
    # Level 1: the crawl's time matters more than the last tenth of the size.
    return zlib.compress(body, 1)


def document_of(curated: CuratedArticle) -> index.Document:
    """What of the page is searched."""
    article = curated.article
    texts = tuple(block.text for block in article.blocks)
    return index.Document(article.title or "", texts, curated.lenders, curated.topics)


def _row_of(addition: Addition) -> dict[str, Any]:
    values, waits = addition.values, addition.origin.waits
    standing = Standing(Basis(values["content_hash"], values["body_hash"]), waits)
    decided = apply_decisions(addition.curated, (), standing)
    seen = {"first_seen": values["fetched_at"], "changed_at": values["fetched_at"]}
    return seen | values | {"waits": waits} | content_values(decided, values["sort_date"])
