"""Decisions as they are stored, and pages rewritten to follow them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from crawler.decisions import (
    Basis,
    Conflict,
    Decided,
    Decision,
    Known,
    Standing,
    apply_decisions,
    change_content,
    in_force,
)
from crawler.model import Article, CuratedArticle, Page, RejectionReason
from crawler.restoring import Found
from crawler.store import codec
from crawler.store.additions import add_names
from crawler.store.shown import refresh_shown
from crawler.store.tables import DECISIONS, ORIGINALS, PAGE_LENDERS, PAGE_TOPICS, PAGES
from crawler.store.values import Values, content_values
from crawler.vocabulary import ConflictKind, DecisionKind, Wait


def read_decisions(connection: Connection, page_id: int) -> list[Decision]:
    """Every decision about the page, undone ones included, oldest first."""
    query = select(DECISIONS).where(DECISIONS.c.page_id == page_id).order_by(DECISIONS.c.id)
    return [decision_of(row) for row in connection.execute(query)]


def decision_of(row: Row[Any]) -> Decision:
    """The decision in a row of the table."""
    found = row.found
    return Decision(
        row.id,
        DecisionKind(row.kind),
        tuple(row.names),
        codec.decode_removed([row.removed])[0] if row.removed else None,
        row.reason,
        Basis(row.content_hash, row.body_hash),
        row.made_at,
        row.made_by,
        row.undone_at,
        row.undone_by,
        Found(
            codec.decode_mentions(found[0]),
            codec.decode_citations(found[1]),
            codec.decode_contacts(found[2]),
        )
        if found
        else Found(),
    )


def found_row(found: Found) -> codec.Json:
    """What was recognised in a restored block, as JSON."""
    return [
        codec.encode_mentions(found.mentions),
        codec.encode_citations(found.citations),
        codec.encode_contacts(found.contacts),
    ]


def keep_original(
    connection: Connection, page_id: int, core: CuratedArticle, decisions: Sequence[Decision]
) -> None:
    """Keep the program's own result beside the page while decisions change its content."""
    connection.execute(delete(ORIGINALS).where(ORIGINALS.c.page_id == page_id))
    if change_content(decisions):
        record = _encode_core(core)
        connection.execute(insert(ORIGINALS).values(page_id=page_id, record=record))


def read_core(connection: Connection, page: Row[Any]) -> CuratedArticle:
    """The program's own result for the page, without its bytes."""
    query = select(ORIGINALS.c.record).where(ORIGINALS.c.page_id == page.id)
    record = connection.execute(query).scalar_one_or_none() or {
        "blocks": page.blocks,
        "removed": page.removed,
        "mentions": page.mentions,
        "citations": page.citations,
        "contacts": page.contacts,
        "lenders": _names(connection, PAGE_LENDERS, "lender", page.id),
        "topics": _names(connection, PAGE_TOPICS, "topic", page.id),
    }
    return CuratedArticle(
        Page(page.name, b"", page.url, page.content_type, page.fetched_at),
        Article(
            page.url,
            page.encoding,
            page.title,
            page.published,
            page.author,
            page.source,
            codec.decode_blocks(record["blocks"]),
            codec.decode_removed(record["removed"]),
        ),
        tuple(record["lenders"]),
        codec.decode_mentions(record["mentions"]),
        codec.decode_citations(record["citations"]),
        codec.decode_contacts(record["contacts"]),
        tuple(record["topics"]),
        RejectionReason(page.judged) if page.judged else None,
    )


def standing_of(page: Row[Any]) -> Standing:
    """What besides its text decides about the stored page."""
    waits = Wait(page.waits) if page.waits else None
    return Standing(Basis(page.content_hash, page.body_hash), waits)


def lay_over(
    connection: Connection,
    core: CuratedArticle,
    decisions: Sequence[Decision],
    standing: Standing,
    known: Known | None = None,
) -> Decided:
    """``apply_decisions``, and conflicts of pages joined with one that is gone from its site."""
    decided = apply_decisions(core, decisions, standing, known)
    joins = [one for one in in_force(decisions) if one.kind is DecisionKind.JOIN]
    if not joins:
        return decided
    targets = {one.names[0] for one in joins}
    query = select(PAGES.c.uid).where(PAGES.c.uid.in_(targets), PAGES.c.gone_at.is_(None))
    there = set(connection.execute(query).scalars())
    missing = tuple(
        Conflict(one, ConflictKind.PAGE_MISSING, one.names[0])
        for one in joins[-1:]
        if one.names[0] not in there
    )
    return replace(decided, conflicts=(*decided.conflicts, *missing))


def redecide(
    connection: Connection, page_id: int, at: datetime, known: Known | None = None
) -> Decided:
    """The page rewritten to follow the decisions in force today."""
    page = connection.execute(select(PAGES).where(PAGES.c.id == page_id)).one()
    core = read_core(connection, page)
    decisions = read_decisions(connection, page_id)
    decided = lay_over(connection, core, decisions, standing_of(page), known)
    values = content_values(decided, page.sort_date)
    keep_original(connection, page_id, core, decisions)
    if values["record_hash"] != page.record_hash:
        write_content(connection, page_id, decided, values, at)
    else:
        told = {"review": values["review"], "conflicts": values["conflicts"]}
        connection.execute(update(PAGES).where(PAGES.c.id == page_id).values(told))
    return decided


def write_content(
    connection: Connection, page_id: int, decided: Decided, values: Values, at: datetime
) -> None:
    """Write the page's columns, names and place in the index; log what the public sees."""
    refresh_shown(connection, page_id, at, leaving=True)
    connection.execute(update(PAGES).where(PAGES.c.id == page_id).values(values))
    write_names(connection, page_id, decided.curated)
    refresh_shown(connection, page_id, at)


def write_names(connection: Connection, page_id: int, curated: CuratedArticle) -> None:
    """Write the lenders and topics of a page in place of its former ones."""
    for table in (PAGE_LENDERS, PAGE_TOPICS):
        connection.execute(delete(table).where(table.c.page_id == page_id))
    add_names(connection, {page_id: curated})


def _encode_core(core: CuratedArticle) -> dict[str, Any]:
    return {
        "blocks": codec.encode_blocks(core.article.blocks),
        "removed": codec.encode_removed(core.article.removed),
        "mentions": codec.encode_mentions(core.mentions),
        "citations": codec.encode_citations(core.citations),
        "contacts": codec.encode_contacts(core.contacts),
        "lenders": list(core.lenders),
        "topics": list(core.topics),
    }


def _names(connection: Connection, table: Any, column: str, page_id: int) -> Iterable[str]:
    query = select(table.c[column]).where(table.c.page_id == page_id)
    return list(connection.execute(query.order_by(table.c.position)).scalars())
