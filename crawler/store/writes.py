"""Writing pages: one transaction a page, the same result however often it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from crawler.decisions import Basis, Decided, Known, Standing, in_force
from crawler.model import CuratedArticle
from crawler.store.additions import Addition, add_pages, known_keys, pack_body
from crawler.store.bonds import joined_with
from crawler.store.decided import (
    keep_original,
    lay_over,
    read_decisions,
    redecide,
    write_content,
)
from crawler.store.groups import elect, group
from crawler.store.shown import refresh_shown
from crawler.store.tables import BODIES, PAGES, VERSIONS
from crawler.store.values import (
    Origin,
    Values,
    content_values,
    key_of,
    page_values,
    uid_of,
)
from crawler.vocabulary import Wait

__all__ = ["Origin", "Outcome", "Saved", "Transaction", "key_of", "uid_of"]


class Outcome(StrEnum):
    """What saving a page did."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


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

# Made once: making a statement costs more than running it.
_BY_KEY = select(PAGES).where(PAGES.c.key == bindparam("wanted"))


class Transaction:
    """Writes that take effect together. ``connection`` is for the store's own modules."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def save(
        self, curated: CuratedArticle, origin: Origin = _NO_ORIGIN, known: Known | None = None
    ) -> Saved:
        """The page as stored, with what people decided about it laid over ``curated``.

        A changed text keeps the earlier one as a version. With ``known``, names that the
        reference data lost count as conflicts.
        """
        moment = curated.page.fetched_at or datetime.now(UTC)
        values = page_values(curated, origin, moment)
        old = self.connection.execute(_BY_KEY, {"wanted": values["key"]}).one_or_none()
        if old is None:
            (number,) = add_pages(self.connection, [Addition(curated, origin, values)])
            return Saved(number, values["uid"], Outcome.NEW)
        values |= {"waits": _waits(old, origin, curated), "gone_at": None}
        return self._save_over(curated, values, old, known)

    def save_new(self, pages: Sequence[tuple[CuratedArticle, Origin]]) -> list[Saved | None]:
        """What ``save`` gives for each page that was never stored, at a fraction of its cost.

        ``None`` for a page that is stored already, or stands twice among these: it is left
        to ``save``.
        """
        now = datetime.now(UTC)
        additions = [
            Addition(curated, origin, page_values(curated, origin, curated.page.fetched_at or now))
            for curated, origin in pages
        ]
        taken = set(known_keys(self.connection, [one.values["key"] for one in additions]))
        fresh: list[Addition] = []
        for one in additions:
            if one.values["key"] not in taken:
                taken.add(one.values["key"])
                fresh.append(one)
        numbers = dict(
            zip((id(one) for one in fresh), add_pages(self.connection, fresh), strict=True)
        )
        return [
            Saved(numbers[id(one)], one.values["uid"], Outcome.NEW) if id(one) in numbers else None
            for one in additions
        ]

    def reread(self, curated: CuratedArticle, known: Known | None = None) -> Saved | None:
        """The stored page with a newer reading of its own bytes; when it was fetched stays.

        ``None`` when the bytes are no longer the stored ones: the page was fetched and read
        meanwhile, and the newer text stays.
        """
        key = key_of(curated.page.url, curated.page.name)
        old = self.connection.execute(select(PAGES).where(PAGES.c.key == key)).one_or_none()
        if old is None:
            return None
        values = page_values(curated, _NO_ORIGIN, old.fetched_at)
        values |= {"waits": old.waits, "gone_at": old.gone_at}
        if values["body_hash"] != old.body_hash:
            return None
        return self._save_over(curated, values, old, known)

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
        elect(self.connection, page_id, at)
        self._tell_joined(page_id, at)
        return True

    def touch(self, url: str, at: datetime) -> bool:
        """Whether a stored page was noted as unchanged at ``at`` (a 304 response)."""
        result = self.connection.execute(
            update(PAGES).where(PAGES.c.key == key_of(url, url)).values(fetched_at=at)
        )
        return result.rowcount > 0

    def group(self, cluster: str, pages: Sequence[int], representative: int, at: datetime) -> None:
        """Make ``pages`` the cluster's members; clusters left without members vanish."""
        group(self.connection, cluster, pages, representative, at)

    def _save_over(
        self, core: CuratedArticle, values: Values, old: Row[Any], known: Known | None
    ) -> Saved:
        """The stored page, with the decisions in force laid over its new reading."""
        decisions = in_force(read_decisions(self.connection, old.id))
        waits = Wait(values["waits"]) if values["waits"] else None
        standing = Standing(_basis(values), waits)
        decided = lay_over(self.connection, core, decisions, standing, known)
        if decisions:
            keep_original(self.connection, old.id, core, decisions)
        return self._update(decided, values, old)

    def _update(self, decided: Decided, values: Values, old: Row[Any]) -> Saved:
        moment = values["fetched_at"]
        if decided.curated.article.published is None:
            values["sort_date"] = min(old.sort_date, values["sort_date"])
        content = content_values(decided, values["sort_date"])
        changed = values["content_hash"] != old.content_hash
        back = old.gone_at is not None and values["gone_at"] is None
        recurated = content["record_hash"] != old.record_hash
        if not changed and not recurated and not back:
            self._note_fetch(values | content, old)
            return Saved(old.id, old.uid, Outcome.UNCHANGED, regroup=False)
        new_body = values["body_hash"] != old.body_hash
        if changed and new_body:
            # The page itself changed; a better reading of the same bytes is no version.
            self._keep_version(old, moment)
            values["changed_at"] = moment
        if values["origin"] is None:
            values["trust"] = old.trust
        for column in ("origin", "etag", "last_modified"):
            values[column] = values[column] or getattr(old, column)
        write_content(self.connection, old.id, decided, values | content, moment)
        if new_body:
            self._write_body(old.id, decided.curated)
        if back:
            self._tell_joined(old.id, moment)
        outcome = Outcome.CHANGED if changed else Outcome.UNCHANGED
        return Saved(old.id, old.uid, outcome)

    def _note_fetch(self, values: Values, old: Row[Any]) -> None:
        noted = {
            name: values[name] or getattr(old, name)
            for name in ("fetched_at", "origin", "etag", "last_modified")
        }
        noted |= {name: values[name] for name in ("judged", "waits", "review", "conflicts")}
        if values["origin"] is not None:
            noted["trust"] = values["trust"]
        self.connection.execute(update(PAGES).where(PAGES.c.id == old.id).values(noted))

    def _tell_joined(self, page_id: int, at: datetime) -> None:
        """Pages that people joined with this one are in conflict while it is gone."""
        for other in sorted(joined_with(self.connection, [page_id])):
            redecide(self.connection, other, at)

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

    def _write_body(self, page_id: int, curated: CuratedArticle) -> None:
        body = curated.page.body
        if not body:
            return
        self.connection.execute(delete(BODIES).where(BODIES.c.page_id == page_id))
        connection = self.connection
        connection.execute(insert(BODIES).values(page_id=page_id, body=pack_body(body)))


def _basis(values: Values) -> Basis:
    return Basis(values["content_hash"], values["body_hash"])


def _waits(old: Row[Any], origin: Origin, curated: CuratedArticle) -> Wait | None:
    """Why a stored page waits: what is public stays so, what waits follows today's crawl.

    A page that was rejected so far is published like a new one.
    """
    waited = Wait(old.waits) if old.waits else None
    if origin.source is None:
        return waited
    if waited is not None or (old.judged is not None and curated.rejected is None):
        return origin.waits
    return None
