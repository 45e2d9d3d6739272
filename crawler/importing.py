"""Storing what was read from disk: the newest record of an address, grouped with its copies."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from crawler.dedup import Fingerprint
from crawler.model import CuratedArticle
from crawler.reading import Fault
from crawler.sources import is_web_address
from crawler.store import Outcome, Store, Transaction
from crawler.store.clusters import Grouping
from crawler.store.recency import has_newer
from crawler.work import load_seeds

OLDER = "older than stored"


@cache
def own_store(database: str) -> Store:
    """This worker process's own connection to the database. Raises ``StoreError``."""
    return Store.open(database)


@cache
def load_grouping(seeds: Path | None) -> Grouping:
    """What groups pages, once for each process."""
    return Grouping(frozenset(load_seeds(seeds).places))


def check_address(curated: CuratedArticle) -> CuratedArticle | Fault:
    """The page; or why it cannot be stored, when readers cannot be sent to its address."""
    page = curated.page
    if page.url is None or is_web_address(page.url):
        return curated
    return Fault(page.name, f"{page.name}: its url {page.url!r} is not a web address", page.url)


def store_page(
    transaction: Transaction,
    grouping: Grouping,
    curated: CuratedArticle,
    fingerprint: Fingerprint | None = None,
) -> str:
    """What became of the page: an outcome, or ``OLDER`` when a newer one is stored.

    ``fingerprint`` is the page's own, for whoever made it before the transaction began.
    """
    if has_newer(transaction, curated.page):
        return OLDER
    saved = transaction.save(curated)
    now = datetime.now(UTC)
    if saved.outcome is Outcome.NEW and fingerprint is not None:
        grouping.group_new(transaction, {saved.page_id: fingerprint}, now)
    elif saved.regroup:
        grouping.regroup(transaction, saved.page_id, now)
    return saved.outcome.value
