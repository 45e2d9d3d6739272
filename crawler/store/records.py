"""What is read from the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from crawler.model import Block, Citation, Contact, CuratedArticle
from crawler.vocabulary import Publication

FacetCounts = tuple[tuple[str, int], ...]
"""Lender or topic ids and numbers of pages, most frequent first."""


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page with what was recognised in it; its bytes only when they were asked for."""

    id: int
    uid: str
    curated: CuratedArticle
    host: str
    origin: str | None
    first_seen: datetime
    fetched_at: datetime
    changed_at: datetime
    gone_at: datetime | None
    cluster: str
    representative: bool
    shown: bool
    publication: Publication


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page as it stands in a list."""

    id: int
    uid: str
    title: str | None
    summary: str
    url: str | None
    host: str
    source: str | None
    published: date | None
    sort_date: date
    fetched_at: datetime
    lenders: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annotations:
    """What was recognised in a page when it was stored."""

    citations: tuple[Citation, ...] = ()
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class GuidanceFilter:
    """Which guidance to list; ``None`` sets no condition. Dates are inclusive."""

    lender: str | None = None
    topic: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a guidance list: the last row that was read."""

    sort_date: date
    id: int


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier text of a page, and from when to when it was seen."""

    title: str | None
    published: date | None
    blocks: tuple[Block, ...]
    seen_from: datetime
    seen_until: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """What the public saw happen to a guidance: added, changed or deleted."""

    sequence: int
    at: datetime
    kind: str
    uid: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is stored; ``rejected`` gives reason and number, most frequent first."""

    pages: int
    shown: int
    clusters: int
    versions: int
    rejected: tuple[tuple[str, int], ...]
