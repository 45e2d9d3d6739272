"""Whether a page from an archive is still news to the store."""

from __future__ import annotations

from sqlalchemy import select

from crawler.model import Page
from crawler.store.tables import PAGES
from crawler.store.writes import Transaction, key_of


def has_newer(transaction: Transaction, page: Page) -> bool:
    """Whether what is stored of the page's address was fetched after ``page`` was."""
    if page.fetched_at is None:
        return False
    key = key_of(page.url, page.name)
    newer = select(PAGES.c.id).where(PAGES.c.key == key, PAGES.c.fetched_at > page.fetched_at)
    return transaction.connection.execute(newer).first() is not None
