"""What the public sees: keeps ``shown``, the search index and the log of changes in step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from crawler.store import index
from crawler.store.tables import CHANGES, CLUSTERS, PAGE_CLUSTERS, PAGE_LENDERS, PAGE_TOPICS, PAGES
from crawler.vocabulary import Publication

# Made once: making a statement costs more than running it.
_SHOW = update(PAGES).where(PAGES.c.id == bindparam("page"))
_LOG = insert(CHANGES)


def refresh_shown(
    connection: Connection,
    page_id: int,
    at: datetime,
    *,
    leaving: bool = False,
) -> None:
    """Recompute whether the page is shown; index it and log the change accordingly.

    Before a page's text is overwritten call with ``leaving``: its old tokens must leave the
    index while they are known.
    """
    page = _read(connection, page_id)
    if page.search_row is not None:
        index.remove(connection, page.search_row, _document(connection, page))
        connection.execute(update(PAGES).where(PAGES.c.id == page_id).values(search_row=None))
    if leaving:
        return
    before = page.shown
    published = page.publication == Publication.PUBLISHED
    after = published and page.gone_at is None and bool(page.representative)
    if after:
        row = index.row_number(page.quality, page_id)
        index.add(connection, row, _document(connection, page))
        connection.execute(
            update(PAGES).where(PAGES.c.id == page_id).values(shown=True, search_row=row)
        )
    elif before:
        connection.execute(update(PAGES).where(PAGES.c.id == page_id).values(shown=False))
    if before or after:
        kind = "changed" if before and after else "added" if after else "deleted"
        connection.execute(insert(CHANGES).values(at=at, kind=kind, uid=page.uid))


def index_again(connection: Connection, page_id: int) -> None:
    """Put a shown page into an index that does not have it, under the row it remembers."""
    page = _read(connection, page_id)
    index.add(connection, page.search_row, _document(connection, page))


@dataclass(frozen=True, slots=True)
class NewPage:
    """A page stored just now: its number, its columns, and what of it is searched."""

    number: int
    values: dict[str, Any]
    document: index.Document


def show_new(connection: Connection, pages: Sequence[NewPage]) -> None:
    """Index pages that were just stored and log them, those that are published at once."""
    shown = [one for one in pages if one.values["publication"] == Publication.PUBLISHED]
    if not shown:
        return
    rows = [index.row_number(one.values["quality"], one.number) for one in shown]
    index.add_all(connection, list(zip(rows, (one.document for one in shown), strict=True)))
    places = [
        {"page": one.number, "shown": True, "search_row": row}
        for one, row in zip(shown, rows, strict=True)
    ]
    connection.execute(_SHOW, places)
    logged = [
        {"at": one.values["fetched_at"], "kind": "added", "uid": one.values["uid"]} for one in shown
    ]
    connection.execute(_LOG, logged)


def _read(connection: Connection, page_id: int) -> Any:
    columns = (
        PAGES.c.id,
        PAGES.c.uid,
        PAGES.c.title,
        PAGES.c.blocks,
        PAGES.c.publication,
        PAGES.c.gone_at,
        PAGES.c.quality,
        PAGES.c.shown,
        PAGES.c.search_row,
        (CLUSTERS.c.representative == PAGES.c.id).label("representative"),
    )
    # Only its own cluster counts: while clusters are formed anew it may stand in two.
    mine = PAGES.outerjoin(PAGE_CLUSTERS, PAGE_CLUSTERS.c.page_id == PAGES.c.id)
    mine = mine.outerjoin(CLUSTERS, CLUSTERS.c.id == PAGE_CLUSTERS.c.cluster)
    query = select(*columns).select_from(mine)
    row: Any = connection.execute(query.where(PAGES.c.id == page_id)).one()
    return row


def _document(connection: Connection, page: Any) -> index.Document:
    def names(table: Any, column: str) -> tuple[str, ...]:
        query = select(table.c[column]).where(table.c.page_id == page.id)
        return tuple(connection.execute(query.order_by(table.c.position)).scalars())

    return index.Document(
        page.title or "",
        tuple(row[1] for row in page.blocks),
        names(PAGE_LENDERS, "lender"),
        names(PAGE_TOPICS, "topic"),
    )
