"""Everything that a curator looks at before deciding about one page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from crawler.decisions import Conflict, Decision, Known
from crawler.model import CuratedArticle
from crawler.store.decided import lay_over, read_core, read_decisions, standing_of
from crawler.store.feedback import Report, list_reports
from crawler.store.groups import cluster_of
from crawler.store.queue import QueueRow, queue_rows
from crawler.store.reads import Reader
from crawler.store.records import ListedPage, StoredPage, Version
from crawler.store.tables import PAGES


@dataclass(frozen=True, slots=True)
class Dossier:
    """One page: ``page`` with the decisions laid over it, ``core`` as the program found it.

    ``decisions`` are newest first, undone ones included. ``restored`` are the indexes of
    ``core.article.removed`` that were put back. ``members`` are the pages of its cluster,
    itself included, the representative first. ``mark`` changes with the page's text and
    with every decision on it.
    """

    row: QueueRow
    page: StoredPage
    core: CuratedArticle
    decisions: tuple[Decision, ...]
    conflicts: tuple[Conflict, ...]
    restored: frozenset[int]
    versions: tuple[Version, ...]
    members: tuple[QueueRow, ...]
    siblings: tuple[ListedPage, ...]
    reports: tuple[Report, ...]
    body: bytes | None
    mark: str

    @property
    def content_type(self) -> str | None:
        """The Content-Type that the page came with."""
        return self.page.curated.page.content_type

    @property
    def encoding(self) -> str | None:
        """The encoding that the page's bytes were decoded with."""
        return self.page.curated.article.encoding


def read_dossier(reader: Reader, uid: str, known: Known) -> Dossier | None:
    """The page's dossier; ``None`` when there is no such page."""
    connection = reader.connection
    page, row = reader.page(uid), find_page(connection, uid)
    if page is None or row is None:
        return None
    decisions = read_decisions(connection, page.id)
    core = read_core(connection, row)
    decided = lay_over(connection, core, decisions, standing_of(row), known)
    _, numbers = cluster_of(connection, page.id)
    members = sorted(queue_rows(reader, numbers), key=lambda one: not one.representative)
    return Dossier(
        row=next(one for one in members if one.id == page.id),
        page=page,
        core=core,
        decisions=tuple(reversed(decisions)),
        conflicts=decided.conflicts,
        restored=decided.restored,
        versions=tuple(reader.versions(page.id)),
        members=tuple(members),
        siblings=tuple(reader.siblings(page.id)),
        reports=tuple(list_reports(reader, uid)),
        body=reader.body(uid),
        mark=mark_of(row, decisions),
    )


def find_page(connection: Connection, uid: str) -> Row[Any] | None:
    """The page's row."""
    if not uid.isalnum():  # PostgreSQL takes no NUL even to compare
        return None
    return connection.execute(select(PAGES).where(PAGES.c.uid == uid)).one_or_none()


def mark_of(page: Row[Any], decisions: list[Decision]) -> str:
    """What tells whether the page or the decisions on it changed."""
    made = ",".join(f"{one.id}{'' if one.undone_at is None else '-'}" for one in decisions)
    told = f"{page.content_hash} {page.record_hash} {made}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]
