"""The texts of one host's pages, a few at a time: what its pages teach about each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import JSON, Text, case, cast, null, select, type_coerce

from crawler.model import RemovalReason
from crawler.store.engine import Store
from crawler.store.tables import PAGES

_AT_ONCE = 50  # pages read together, so that memory stays flat

# A page loses a hundred links and more; they are unpacked only where one of them is asked for.
_TAUGHT = case(
    (
        cast(PAGES.c.removed, Text).contains(f'"{RemovalReason.SITE_REPEAT.value}"'),
        type_coerce(PAGES.c.removed, JSON),
    ),
    else_=null(),
).label("removed")


@dataclass(frozen=True, slots=True)
class PageText:
    """A stored page's title and lines; ``removed`` are those that its host had taught to drop."""

    uid: str
    title: str | None
    lines: tuple[str, ...]
    removed: tuple[str, ...]


def host_texts(store: Store, host: str) -> Iterator[PageText]:
    """The host's pages in the order in which they were first stored."""
    after = 0
    columns = (PAGES.c.id, PAGES.c.uid, PAGES.c.title, PAGES.c.blocks, _TAUGHT)
    query = select(*columns).where(PAGES.c.host == host).order_by(PAGES.c.id).limit(_AT_ONCE)
    while True:
        with store.reading() as reader:
            rows = reader.connection.execute(query.where(PAGES.c.id > after)).all()
        if not rows:
            return
        after = rows[-1].id
        for row in rows:
            removed = (
                block[1]
                for reason, _, block in row.removed or ()
                if reason == RemovalReason.SITE_REPEAT
            )
            lines = tuple(block[1] for block in row.blocks)
            yield PageText(row.uid, row.title, lines, tuple(removed))
