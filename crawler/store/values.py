"""A page as the columns of its row."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urldefrag, urlsplit

import orjson

from crawler.decisions import Basis, Decided
from crawler.model import CuratedArticle
from crawler.store import codec
from crawler.store.quality import quality_of, summary_of
from crawler.vocabulary import Wait

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Origin:
    """How a page was come by: the crawl source's id and the validators HTTP gave.

    ``trust`` is the source's rank, ``waits`` why its new pages are not published at once.
    """

    source: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    trust: int = 0
    waits: Wait | None = None


def key_of(url: str | None, name: str) -> str:
    """What identifies a page: its URL without the fragment, or its name when it has none."""
    return urldefrag(url).url if url else name


def uid_of(key: str) -> str:
    """The page's public id: the same in every store that holds the page."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def basis_of(curated: CuratedArticle) -> Basis:
    """The digests of what the program read, and of the bytes it read it from."""
    article = curated.article
    content = _hash(article.title, article.published, codec.encode_blocks(article.blocks))
    return Basis(content, hashlib.sha256(curated.page.body).hexdigest()[:32])


def page_values(curated: CuratedArticle, origin: Origin, moment: datetime) -> Values:
    """What people cannot change: where the page comes from and when it was fetched."""
    page, article = curated.page, curated.article
    key, basis = key_of(page.url, page.name), basis_of(curated)
    return {
        "uid": uid_of(key),
        "key": key,
        "name": page.name,
        "url": page.url,
        "host": (urlsplit(page.url).hostname or "") if page.url else "",
        "content_type": page.content_type,
        "encoding": article.encoding,
        "title": article.title,
        "published": article.published,
        "author": article.author,
        "source": article.source,
        "judged": curated.rejected.value if curated.rejected else None,
        "content_hash": basis.content,
        "body_hash": basis.body,
        "origin": origin.source,
        "trust": origin.trust,
        "etag": origin.etag,
        "last_modified": origin.last_modified,
        "fetched_at": moment,
        "sort_date": sort_date(article.published, moment),
    }


def content_values(decided: Decided, dated: date) -> Values:
    """What the page says and whether it is published, with the decisions laid over it."""
    curated, article = decided.curated, decided.curated.article
    values: Values = {
        "summary": summary_of(article),
        "blocks": codec.encode_blocks(article.blocks),
        "removed": codec.encode_removed(article.removed),
        "mentions": codec.encode_mentions(curated.mentions),
        "citations": codec.encode_citations(curated.citations),
        "contacts": codec.encode_contacts(curated.contacts),
        "rejected": curated.rejected.value if curated.rejected else None,
        "publication": decided.publication.value,
    }
    page = curated.page
    told = (page.name, page.url, page.content_type, article.encoding, article.title)
    dates = (article.published, article.author, article.source)
    values["record_hash"] = _hash(told, dates, values, curated.lenders, curated.topics)
    values["quality"] = quality_of(curated, dated)
    values["review"] = decided.review.value
    values["conflicts"] = len(decided.conflicts)
    return values


def sort_date(published: date | None, moment: datetime) -> date:
    """The date to order by: a page cannot be newer than the day it was seen."""
    return min(published, moment.date()) if published else moment.date()


def _hash(*parts: object) -> str:
    return hashlib.sha256(orjson.dumps(parts)).hexdigest()[:32]
