"""The database: pages with everything recognised in them, clusters, versions, search index.

SQLAlchemy Core on SQLite (WAL) or PostgreSQL. SQL stands nowhere else in the project.
"""

from crawler.store.engine import DEFAULT_URL, Store
from crawler.store.reads import Reader
from crawler.store.records import Counts, GuidanceFilter, ListedPage, StoredPage
from crawler.store.writes import Origin, Outcome, Saved, Transaction

__all__ = [
    "DEFAULT_URL",
    "Counts",
    "GuidanceFilter",
    "ListedPage",
    "Origin",
    "Outcome",
    "Reader",
    "Saved",
    "Store",
    "StoredPage",
    "Transaction",
]
