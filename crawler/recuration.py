"""Curating stored pages again, with what the other pages of their host have taught.

A single page cannot show which of its lines stand on every page of its site. Once a host's
pages are stored, its recurring lines and the titles of its pages are known, and the pages
that hold one of them are read again from their stored bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from crawler.linklists import learn_site
from crawler.model import Article, CuratedArticle, Page, RemovalReason, SiteKnowledge
from crawler.store import Store, StoredPage
from crawler.store.clusters import Grouping
from crawler.text import fold
from crawler.work import Task, curate_page

FEWEST_PAGES = 3
"""A host with fewer pages teaches nothing that could not be chance."""


def recurate_host(store: Store, host: str, task: Task, grouping: Grouping) -> int:
    """How many of the host's pages changed by being read with knowledge of the others.

    What is learnt follows from the stored pages alone, so a second call changes nothing.
    """
    with store.reading() as reader:
        pages = list(reader.host_pages(host))
        if len(pages) < FEWEST_PAGES:
            return 0
        site = learn_site(_unlearnt(page.curated.article) for page in pages)
        wanted = [(page, reader.body(page.uid)) for page in pages if _may_change(page, site)]
    changed = 0
    for again in _read_again(wanted, task, site):
        with store.begin() as transaction:
            saved = transaction.save(again)
            if saved.regroup:
                grouping.regroup(transaction, saved.page_id, datetime.now(UTC))
                changed += 1
    return changed


def _read_again(
    pages: Sequence[tuple[StoredPage, bytes | None]], task: Task, site: SiteKnowledge
) -> Iterator[CuratedArticle]:
    """The pages curated from their stored bytes; those whose bytes are gone are left out."""
    for stored, body in pages:
        if body is None:
            continue
        known = stored.curated.page
        page = Page(known.name, body, known.url, known.content_type, stored.fetched_at)
        outcome = curate_page(task, page, site)
        if isinstance(outcome, CuratedArticle):
            yield outcome


def _unlearnt(article: Article) -> Article:
    """The article with the lines that earlier knowledge of the site had removed from it."""
    back = [one.block for one in article.removed if one.reason is RemovalReason.SITE_REPEAT]
    return replace(article, blocks=(*article.blocks, *back))


def _may_change(page: StoredPage, site: SiteKnowledge) -> bool:
    """Whether the page holds a line that the knowledge speaks of, or lost one to it before."""
    article = page.curated.article
    if any(one.reason is RemovalReason.SITE_REPEAT for one in article.removed):
        return True
    known = (site.titles | site.repeated) - {fold(article.title or "").text}
    return any(fold(block.text).text in known for block in article.blocks)
