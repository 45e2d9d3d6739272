"""The curator's desk: what is to be looked at, and what a person decides about it.

Each decision, its effect on what the public sees and its line in the log are one
transaction. Nothing is ever deleted: a decision is undone by leaving it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from crawler.decisions import VERDICTS, Decision, Known
from crawler.errors import DecisionError, StaleDecisionError
from crawler.model import RejectionReason, Removed
from crawler.restoring import Found, Recogniser
from crawler.store import codec
from crawler.store.audit import AuditEntry, add_entry, list_entries
from crawler.store.bonds import rebuild_bonds
from crawler.store.clusters import Grouping
from crawler.store.decided import (
    decision_of,
    found_row,
    lay_over,
    read_core,
    read_decisions,
    redecide,
    standing_of,
)
from crawler.store.dossier import Dossier, find_page, mark_of, read_dossier
from crawler.store.engine import Store
from crawler.store.groups import cluster_of, elect
from crawler.store.queue import (
    QueueFilter,
    QueueKind,
    QueuePlace,
    QueueRow,
    count_queue,
    list_origins,
    list_queue,
)
from crawler.store.tables import DECISIONS, PAGES
from crawler.store.writes import Transaction
from crawler.vocabulary import AuditKind, DecisionKind, Publication, References

__all__ = [
    "AuditEntry",
    "AuditKind",
    "Choice",
    "Desk",
    "Dossier",
    "QueueFilter",
    "QueueKind",
    "QueuePlace",
    "QueueRow",
]

_MOST_TOPICS = 3
_LONGEST_REASON = 2000  # code points


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person wants.

    ``names`` is a rejection's reason (none is "curator"), the ids of topics or lenders best
    first, or the public id of a page whose cluster is to be joined. ``removed`` is the index
    of the block to be restored among ``Dossier.core.article.removed``.
    """

    kind: DecisionKind
    names: tuple[str, ...] = ()
    removed: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Made:
    """A choice that fits its page, as it is stored."""

    kind: DecisionKind
    names: tuple[str, ...] = ()
    removed: Removed | None = None
    found: Found | None = None
    reason: str = ""


class Desk:
    """Reads and writes for the desk. Safe between threads, like its store."""

    def __init__(self, store: Store, references: References) -> None:
        self._store = store
        self._references = references
        self._grouping = Grouping(frozenset(references.places))
        self.known = Known(
            frozenset(one.id for one in references.lexicon.lenders),
            frozenset(one.id for one in references.topics),
        )

    def queue(
        self, wanted: QueueFilter, limit: int, after: QueuePlace | None = None
    ) -> list[QueueRow]:
        """The pages of a list, the newest change first, from behind ``after``."""
        with self._store.reading() as reader:
            return list_queue(reader, wanted, limit, after)

    def counts(self) -> dict[QueueKind, int]:
        """How many pages each list has, up to a thousand."""
        with self._store.reading() as reader:
            return count_queue(reader)

    def sources(self) -> list[str]:
        """The ids of the crawl sources that pages came from."""
        with self._store.reading() as reader:
            return list_origins(reader)

    def dossier(self, uid: str) -> Dossier | None:
        """Everything about one page; ``None`` when there is no such page."""
        with self._store.reading() as reader:
            return read_dossier(reader, uid, self.known)

    def decide(self, uid: str, choice: Choice, by: str, mark: str | None = None) -> int:
        """The number of the new decision, which takes effect at once.

        ``mark`` is that of the dossier the person saw. Raises ``StaleDecisionError`` when
        it is no longer the page's, ``DecisionError`` when the choice does not fit the page.
        """
        with self._store.begin() as transaction:
            page = _require(find_page(transaction.connection, uid), uid)
            decisions = read_decisions(transaction.connection, page.id)
            if mark is not None and mark != mark_of(page, decisions):
                raise StaleDecisionError(f"{uid}: changed meanwhile; look at it again")
            made = self._prepare(transaction.connection, page, choice)
            return self._add(transaction, page, made, by)

    def confirm(self, decision_id: int, by: str) -> int:
        """The number of the same decision made anew, on the page as it is today."""
        with self._store.begin() as transaction:
            page, old = _find(transaction.connection, decision_id)
            made = _Made(old.kind, old.names, old.removed, old.found, old.reason)
            return self._add(transaction, page, made, by)

    def undo(self, decision_id: int, by: str) -> str:
        """The public id of the page, which is as if the decision had not been made."""
        now = datetime.now(UTC)
        with self._store.begin() as transaction:
            connection = transaction.connection
            page, old = _find(connection, decision_id)
            change = update(DECISIONS).where(DECISIONS.c.id == decision_id)
            connection.execute(change.values(undone_at=now, undone_by=by))
            add_entry(connection, AuditKind.UNDO, by, page.uid, f"#{decision_id} {old.kind}")
            self._follow(transaction, page, old.kind, old.names, now)
            return str(page.uid)

    def audit(self, limit: int, before: int | None = None) -> list[AuditEntry]:
        """The log, newest first."""
        return list_entries(self._store, limit, before)

    def note(self, kind: AuditKind, label: str, detail: str = "") -> None:
        """Write an event into the log."""
        with self._store.begin() as transaction:
            add_entry(transaction.connection, kind, label, None, detail)

    @cached_property
    def _recogniser(self) -> Recogniser:
        return Recogniser(self._references)

    def _prepare(self, connection: Connection, page: Row[Any], choice: Choice) -> _Made:
        """The choice as it is stored. Raises ``DecisionError`` when it does not fit the page."""
        kind, names = choice.kind, tuple(dict.fromkeys(choice.names))
        reason = choice.reason.strip()[:_LONGEST_REASON]
        if kind is DecisionKind.RESTORE:
            return self._restored(connection, page, choice, reason)
        if kind is DecisionKind.REJECT:
            names = names or (RejectionReason.CURATOR.value,)
            _check(names[:1], {one.value for one in RejectionReason})
        elif kind is DecisionKind.TOPICS:
            _check(names, self.known.topics)
            if len(names) > _MOST_TOPICS:
                raise DecisionError(f"{page.uid}: at most {_MOST_TOPICS} topics")
        elif kind is DecisionKind.LENDERS:
            _check(names, self.known.lenders)
        elif kind is DecisionKind.SPLIT:
            names = _others(connection, page)
            if not names:
                raise DecisionError(f"{page.uid}: stands alone already")
        elif kind is DecisionKind.JOIN:
            names = _goal(connection, page, names)
        elif kind is DecisionKind.REPRESENT:
            if page.publication != Publication.PUBLISHED or page.gone_at is not None:
                raise DecisionError(f"{page.uid}: is not published, so it cannot be shown")
            names = ()
        else:
            names = ()
        return _Made(kind, names, reason=reason)

    def _restored(
        self, connection: Connection, page: Row[Any], choice: Choice, reason: str
    ) -> _Made:
        core = read_core(connection, page)
        removed = core.article.removed
        if choice.removed is None or not 0 <= choice.removed < len(removed):
            raise DecisionError(f"{page.uid}: no block {choice.removed} was removed")
        decisions = read_decisions(connection, page.id)
        decided = lay_over(connection, core, decisions, standing_of(page))
        if choice.removed in decided.restored:
            raise DecisionError(f"{page.uid}: block {choice.removed} was restored already")
        block = removed[choice.removed]
        found = self._recogniser.find(core.article, block.block, datetime.now(UTC).date())
        return _Made(choice.kind, (), block, found, reason)

    def _add(self, transaction: Transaction, page: Row[Any], made: _Made, by: str) -> int:
        connection, now = transaction.connection, datetime.now(UTC)
        values = {
            "page_id": page.id,
            "kind": made.kind.value,
            "names": list(made.names),
            "removed": codec.encode_removed((made.removed,))[0] if made.removed else None,
            "found": found_row(made.found) if made.found else None,
            "reason": made.reason,
            "content_hash": page.content_hash,
            "body_hash": page.body_hash,
            "made_at": now,
            "made_by": by,
        }
        statement = insert(DECISIONS).values(values).returning(DECISIONS.c.id)
        number = int(connection.execute(statement).scalar_one())
        told = " ".join((f"#{number}", made.kind.value, *made.names[:_MOST_TOPICS], made.reason))
        add_entry(connection, AuditKind.DECISION, by, page.uid, told.strip())
        self._follow(transaction, page, made.kind, made.names, now)
        return number

    def _follow(
        self,
        transaction: Transaction,
        page: Row[Any],
        kind: DecisionKind,
        names: tuple[str, ...],
        now: datetime,
    ) -> None:
        """Bring the page and its clusters in line with the decisions in force."""
        connection = transaction.connection
        redecide(connection, page.id, now, self.known)
        if kind in {DecisionKind.SPLIT, DecisionKind.JOIN}:
            rebuild_bonds(connection)
            named = connection.execute(select(PAGES.c.id).where(PAGES.c.uid.in_(names))).scalars()
            start = {page.id, *named}
            start |= {one for number in start for one in cluster_of(connection, number)[1]}
            self._grouping.recluster(transaction, start, now)
        elif kind in VERDICTS or kind is DecisionKind.REPRESENT:
            elect(connection, page.id, now)
        elif kind is not DecisionKind.TOPICS:
            self._grouping.regroup(transaction, page.id, now)


def _require(page: Row[Any] | None, what: object) -> Row[Any]:
    if page is None:
        raise DecisionError(f"{what}: no such page")
    return page


def _find(connection: Connection, decision_id: int) -> tuple[Row[Any], Decision]:
    """The decision, which must be in force, and the row of its page."""
    query = select(DECISIONS).where(DECISIONS.c.id == decision_id)
    row = connection.execute(query).one_or_none()
    if row is None or row.undone_at is not None:
        raise DecisionError(f"#{decision_id}: no such decision is in force")
    page = connection.execute(select(PAGES).where(PAGES.c.id == row.page_id)).one_or_none()
    return _require(page, row.page_id), decision_of(row)


def _check(names: tuple[str, ...], allowed: frozenset[str] | set[str]) -> None:
    for name in names:
        if name not in allowed:
            raise DecisionError(f"{name!r} is not known")


def _others(connection: Connection, page: Row[Any]) -> tuple[str, ...]:
    """The public ids of the other pages of the page's cluster."""
    _, members = cluster_of(connection, page.id)
    query = select(PAGES.c.uid).where(PAGES.c.id.in_(members), PAGES.c.id != page.id)
    return tuple(connection.execute(query.order_by(PAGES.c.uid)).scalars())


def _goal(connection: Connection, page: Row[Any], names: tuple[str, ...]) -> tuple[str, ...]:
    """The page to be joined, then the members of its cluster."""
    if len(names) != 1:
        raise DecisionError(f"{page.uid}: name one page of the other cluster")
    target = _require(find_page(connection, names[0]), names[0])
    if cluster_of(connection, page.id)[0] == cluster_of(connection, target.id)[0]:
        raise DecisionError(f"{page.uid}: is of the same cluster as {names[0]} already")
    return (names[0], *_others(connection, target))
