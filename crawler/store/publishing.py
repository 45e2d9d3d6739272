"""Pages that waited: published when a crawl's run ends well, or their source is trusted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select, update

from crawler.store.decided import redecide
from crawler.store.engine import Store
from crawler.store.groups import elect
from crawler.store.tables import PAGES
from crawler.vocabulary import Wait

_AT_ONCE = 50  # pages a transaction: other writers wait no longer than a moment


def end_waiting(store: Store, source: str, at: datetime, *, enough: bool) -> int:
    """How many of the source's pages a finished run lets out; after a shortfall none.

    Pages that an earlier shortfall held back come out with the next run that brings enough.
    A call that was interrupted is completed by the next one.
    """
    if enough:
        return _release(store, source, (Wait.RUN, Wait.SHORTFALL), at)
    with store.begin() as transaction:
        held = update(PAGES).where(PAGES.c.origin == source, PAGES.c.waits == Wait.RUN.value)
        transaction.connection.execute(held.values(waits=Wait.SHORTFALL.value))
    return 0


def trust_sources(store: Store, sources: Iterable[str], at: datetime) -> int:
    """How many pages come out because their sources publish by themselves now."""
    return sum(_release(store, source, (Wait.TRUST,), at) for source in sources)


def note_trusts(store: Store, ranks: Mapping[str, int], at: datetime) -> int:
    """How many stored pages have another trust now, after their sources' ranks."""
    changed = 0
    for source, rank in sorted(ranks.items()):
        other = (PAGES.c.origin == source) & (PAGES.c.trust != rank)
        with store.begin() as transaction:
            connection = transaction.connection
            if connection.execute(select(PAGES.c.id).where(other).limit(1)).first() is None:
                continue
            change = update(PAGES).where(other).values(trust=rank).returning(PAGES.c.id)
            pages = sorted(connection.execute(change).scalars())
            for page_id in pages:
                elect(connection, page_id, at)
        changed += len(pages)
    return changed


def _release(store: Store, source: str, waits: Iterable[Wait], at: datetime) -> int:
    wanted = (PAGES.c.origin == source) & PAGES.c.waits.in_([wait.value for wait in waits])
    query = select(PAGES.c.id).where(wanted).order_by(PAGES.c.id).limit(_AT_ONCE)
    released = 0
    while True:
        with store.begin() as transaction:
            connection = transaction.connection
            pages = list(connection.execute(query).scalars())
            out = update(PAGES).where(PAGES.c.id.in_(pages)).values(waits=None)
            connection.execute(out)
            for page_id in pages:
                redecide(connection, page_id, at)
                elect(connection, page_id, at)
        released += len(pages)
        if len(pages) < _AT_ONCE:
            return released
