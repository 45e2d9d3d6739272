"""Answers to the store: curated off the reactor, one transaction each."""

from __future__ import annotations

import asyncio
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self, cast

from crawler.model import CuratedArticle, Page
from crawler.sources import Source
from crawler.spiders.links import LinkRules, find_links
from crawler.spiders.source import Answer, SourceSpider
from crawler.store import Origin, Outcome, Store
from crawler.store.clusters import Grouping
from crawler.store.frontier import Discovered, Due, Fetched, Frontier, Settled
from crawler.work import Task, curate_page

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_FETCHED = {
    Outcome.NEW: Fetched.NEW,
    Outcome.CHANGED: Fetched.CHANGED,
    Outcome.UNCHANGED: Fetched.UNCHANGED,
}


@dataclass(frozen=True, slots=True)
class Worked:
    """What a worker made of a page: the article (``None`` for sitemaps), links, or the fault."""

    curated: CuratedArticle | None
    links: tuple[str, ...]
    fault: str | None = None


def work_on(task: Task, page: Page, is_page: bool) -> Worked:
    """The page curated and its links found. Runs in a worker process; never raises."""
    if not is_page:
        return Worked(None, find_links(page.body, None, page.url or ""))
    outcome = curate_page(task, page)
    if not isinstance(outcome, CuratedArticle):
        return Worked(None, (), outcome.message)
    return Worked(outcome, find_links(page.body, outcome.article.encoding, page.url or ""))


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where pages go, and how they are grouped there."""

    store: Store
    grouping: Grouping


class Intake:
    """Where one source's answers go: worker processes, then one thread that writes."""

    def __init__(
        self,
        source: Source,
        shelf: Shelf,
        frontier: Frontier,
        task: Task,
        pool: ProcessPoolExecutor,
    ) -> None:
        self.source = source
        self.rules = LinkRules(source)
        self.rejected: Counter[str] = Counter()
        self.removed: Counter[str] = Counter()
        self.faults: list[str] = []
        self._store = shelf.store
        self._grouping = shelf.grouping
        self._frontier = frontier
        self._task = task
        self._pool = pool
        # One writer: SQLite has one, and answers keep their order.
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._known = frontier.size()
        self.dropped = 0  # addresses beyond the source's limit of pages

    def next_due(self, after: int, limit: int) -> list[Due]:
        """The next due addresses."""
        return self._frontier.due(after, limit)

    async def take(self, answer: Answer) -> None:
        """Curates and stores the answer; returns when it is committed."""
        loop = asyncio.get_running_loop()
        if answer.page is None:
            await loop.run_in_executor(self._writer, self._settle, answer)
            return
        if answer.settled.body_hash == answer.due.body_hash:
            settled = replace(answer.settled, outcome=Fetched.UNCHANGED, detail="same bytes")
            same = replace(answer, settled=settled)
            await loop.run_in_executor(self._writer, self._settle, same)
            return
        worked = await loop.run_in_executor(
            self._pool, work_on, self._task, answer.page, answer.is_page
        )
        await loop.run_in_executor(self._writer, self._store_page, answer, worked)

    def settle_now(self, due: Due, what: str) -> None:
        """Records an address that never got an answer as failed."""
        settled = Settled(due.url, Fetched.FAILED, datetime.now(UTC), what)
        self._writer.submit(self._settle, Answer(due, settled))

    def close(self) -> None:
        """Waits until everything taken is committed."""
        self._writer.shutdown(wait=True)

    def _settle(self, answer: Answer) -> None:
        settled, due = answer.settled, answer.due
        found = Discovered((), 0, None)
        if answer.target is not None:
            found = Discovered((answer.target,), due.depth, due.url, due.hops + 1)
        with self._store.begin() as transaction:
            self._known += self._frontier.settle(transaction, settled, found)
            if settled.outcome is Fetched.GONE:
                transaction.mark_gone(due.url, settled.at)
            elif settled.outcome is Fetched.UNCHANGED:
                transaction.touch(due.url, settled.at)
        if settled.outcome in {Fetched.FAILED, Fetched.GONE, Fetched.SKIPPED}:
            self.faults.append(f"{due.url}: {settled.detail}")

    def _store_page(self, answer: Answer, worked: Worked) -> None:
        due, settled = answer.due, answer.settled
        found = Discovered(self._allowed(worked.links, due), due.depth + 1, due.url)
        with self._store.begin() as transaction:
            if worked.curated is not None:
                origin = Origin(self.source.id, settled.etag, settled.last_modified)
                saved = transaction.save(worked.curated, origin)
                if saved.regroup:
                    self._grouping.regroup(transaction, saved.page_id, settled.at)
                settled = replace(settled, outcome=_FETCHED[saved.outcome])
            elif worked.fault is not None:
                settled = Settled(due.url, Fetched.FAILED, settled.at, worked.fault)
            else:
                settled = replace(settled, outcome=Fetched.SKIPPED, detail="a list of addresses")
            self._known += self._frontier.settle(transaction, settled, found)
        self._count(worked)

    def _allowed(self, links: tuple[str, ...], due: Due) -> tuple[str, ...]:
        """The links to follow: none too deep, none beyond the limit of known addresses."""
        if due.depth >= self.source.max_depth:
            return ()
        allowed = tuple(link for link in links if self.rules.is_allowed(link))
        if self._known + len(allowed) <= self.source.max_pages:
            return allowed
        new = self._frontier.unknown(allowed)
        room = max(0, self.source.max_pages - self._known)
        self.dropped += max(0, len(new) - room)
        return new[:room]

    def _count(self, worked: Worked) -> None:
        if worked.fault is not None:
            self.faults.append(worked.fault)
        if worked.curated is None:
            return
        self.removed.update(removed.reason.value for removed in worked.curated.article.removed)
        if worked.curated.rejected is not None:
            self.rejected[worked.curated.rejected.value] += 1


class StorePipeline:
    """Hands each answer to its source's intake."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The pipeline of this crawler."""
        return cls(crawler)

    async def process_item(self, item: Answer) -> Answer:
        """The same answer, once it is committed."""
        spider = cast("SourceSpider", self._crawler.spider)
        await spider.intake.take(item)
        spider.closed_answer(item)
        return item
