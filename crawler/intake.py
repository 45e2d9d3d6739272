"""Where one source's answers go: worker processes curate and store, one transaction each."""

from __future__ import annotations

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from crawler.errors import StoreError
from crawler.model import CuratedArticle, Page
from crawler.reading import Fault
from crawler.sources import Source
from crawler.spiders.answers import Answer
from crawler.spiders.links import LinkRules, find_links
from crawler.store import Origin, Outcome, Store, Transaction
from crawler.store.clusters import Grouping
from crawler.store.frontier import Discovered, Due, Fetched, Frontier, Settled
from crawler.work import Task, curate_page, load_seeds
from crawler.workers import Workers

_FETCHED = {
    Outcome.NEW: Fetched.NEW,
    Outcome.CHANGED: Fetched.CHANGED,
    Outcome.UNCHANGED: Fetched.UNCHANGED,
}
_TOLD = frozenset({Fetched.FAILED, Fetched.GONE, Fetched.SKIPPED})

_SLACK = 10_000
"""Addresses that pages being worked on may add meanwhile; within it the limit is counted."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker needs besides the answer: one for all answers of a source's run."""

    database: str
    source: Source
    run: int
    task: Task
    ranks: tuple[tuple[str, int], ...]  # source id -> how much it is trusted


@dataclass(frozen=True, slots=True)
class Done:
    """What a worker did with an answer: small, since it travels between processes."""

    outcome: Fetched
    fault: str | None = None
    rejected: str | None = None
    removed: tuple[tuple[str, int], ...] = ()
    new: int = 0  # addresses discovered
    dropped: int = 0  # addresses beyond the source's limit


@cache
def _store(database: str) -> Store:
    """This worker's own connection to the database."""
    return Store.open(database)


@cache
def _grouping(seeds: Path | None, ranks: tuple[tuple[str, int], ...]) -> Grouping:
    return Grouping(frozenset(load_seeds(seeds).places))


@cache
def _rules(source: Source) -> LinkRules:
    return LinkRules(source)


def work_on(job: Job, answer: Answer, known: int) -> Done:
    """The page curated and stored with the addresses it names. Runs in a worker process.

    ``known`` is about how many addresses the source has. Raises ``StoreError`` when the
    database cannot be written.
    """
    page = answer.page
    if page is None:
        raise ValueError("an answer without a page is settled by the main process")
    result = curate_page(job.task, page) if answer.is_page else None
    encoding = result.article.encoding if isinstance(result, CuratedArticle) else None
    rules, deep = _rules(job.source), answer.due.depth >= job.source.max_depth
    named = (
        () if deep or isinstance(result, Fault) else find_links(page.body, encoding, due_url(page))
    )
    allowed = tuple(url for url in named if rules.is_allowed(url))
    store = _store(job.database)
    frontier = Frontier(store, job.source.id, job.run)
    with store.begin() as transaction:
        links = _within_limit(job.source, frontier, transaction, allowed, known)
        settled = _save(transaction, job, answer, result)
        found = Discovered(links, answer.due.depth + 1, answer.due.url)
        new = frontier.settle(transaction, settled, found)
    return _done(settled, result, new, len(allowed) - len(links))


def due_url(page: Page) -> str:
    """The address the page was fetched from."""
    return page.url or page.name


def _save(
    transaction: Transaction,
    job: Job,
    answer: Answer,
    result: CuratedArticle | Fault | None,
) -> Settled:
    settled = answer.settled
    if result is None:
        return replace(settled, outcome=Fetched.SKIPPED, detail="a list of addresses")
    if isinstance(result, Fault):
        return Settled(settled.url, Fetched.FAILED, settled.at, result.message)
    origin = Origin(job.source.id, settled.etag, settled.last_modified)
    saved = transaction.save(result, origin)
    if saved.regroup:
        grouping = _grouping(job.task.seeds, job.ranks)
        grouping.regroup(transaction, saved.page_id, settled.at)
    return replace(settled, outcome=_FETCHED[saved.outcome])


def _within_limit(
    source: Source,
    frontier: Frontier,
    transaction: Transaction,
    links: tuple[str, ...],
    known: int,
) -> tuple[str, ...]:
    """The links, without those that would lead beyond the source's limit of addresses."""
    if known + len(links) + _SLACK <= source.max_pages:
        return links
    room = source.max_pages - frontier.size(transaction)
    if len(links) <= room:
        return links
    unknown = frontier.unknown(transaction, links)
    return unknown[: max(0, room)]


def _done(settled: Settled, result: CuratedArticle | Fault | None, new: int, dropped: int) -> Done:
    if not isinstance(result, CuratedArticle):
        fault = result.message if isinstance(result, Fault) else None
        return Done(settled.outcome, fault, new=new, dropped=dropped)
    removed = Counter(removed.reason.value for removed in result.article.removed)
    rejected = result.rejected.value if result.rejected else None
    return Done(settled.outcome, None, rejected, tuple(removed.items()), new, dropped)


class Intake:
    """Takes one source's answers and counts what became of them."""

    def __init__(self, job: Job, store: Store, frontier: Frontier, workers: Workers) -> None:
        self.source = job.source
        self.rules = _rules(job.source)
        self.rejected: Counter[str] = Counter()
        self.removed: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()
        self.faults: list[str] = []
        self.known = frontier.size()
        self.dropped = 0  # addresses beyond the source's limit of pages
        self._job = job
        self._store = store
        self._frontier = frontier
        self._workers = workers
        # One thread, so that what is settled here never waits for itself.
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store")

    def next_due(self, after: int, limit: int) -> list[Due]:
        """The next due addresses."""
        return self._frontier.due(after, limit)

    async def take(self, answer: Answer) -> None:
        """Curates and stores the answer; returns when it is committed."""
        loop = asyncio.get_running_loop()
        if answer.page is not None and answer.settled.body_hash == answer.due.body_hash:
            same = replace(answer.settled, outcome=Fetched.UNCHANGED, detail="same bytes")
            answer = replace(answer, settled=same, page=None)
        if answer.page is None:
            await loop.run_in_executor(self._writer, self._settle, answer)
            return
        pool = self._workers.pool
        try:
            done = await loop.run_in_executor(pool, work_on, self._job, answer, self.known)
        except BrokenProcessPool:
            self._workers.renew(pool)
            lost = replace(answer.settled, outcome=Fetched.FAILED, detail="a worker process died")
            lost = replace(lost, etag=None, last_modified=None, body_hash=None)
            await loop.run_in_executor(self._writer, self._settle, Answer(answer.due, lost))
            return
        except StoreError as error:
            # Not settled, so that the next run fetches it again.
            self.faults.append(f"{answer.due.url}: not stored: {error}")
            return
        self._count(answer, done)

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
            self.known += self._frontier.settle(transaction, settled, found)
            if settled.outcome is Fetched.GONE:
                transaction.mark_gone(due.url, settled.at)
            elif settled.outcome is Fetched.UNCHANGED:
                transaction.touch(due.url, settled.at)
        self.outcomes[settled.outcome.value] += 1
        if settled.outcome in _TOLD:
            self.faults.append(f"{due.url}: {settled.detail}")

    def _count(self, answer: Answer, done: Done) -> None:
        self.outcomes[done.outcome.value] += 1
        self.known += done.new
        self.dropped += done.dropped
        self.removed.update(dict(done.removed))
        if done.rejected is not None:
            self.rejected[done.rejected] += 1
        if done.fault is not None:
            self.faults.append(done.fault)
