"""What a worker process does with answers: curates them, and stores them in one transaction.

A page, the addresses it names and the record that it was fetched are committed together,
for a batch of pages at once: a killed process leaves either all of that or nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from crawler.dedup import Fingerprint
from crawler.dedup.fingerprint import fingerprint_of
from crawler.errors import StoreError
from crawler.importing import load_grouping, own_store
from crawler.model import CuratedArticle, Fetched, Page
from crawler.reading import Fault
from crawler.sources import Source
from crawler.spiders.answers import Answer
from crawler.spiders.links import LinkRules, find_links, is_sitemap_index
from crawler.store import Origin, Outcome, Transaction
from crawler.store.frontier import Discovered, Frontier, Settled
from crawler.vocabulary import Wait
from crawler.work import Task, curate_page

FETCHED = {
    Outcome.NEW: Fetched.NEW,
    Outcome.CHANGED: Fetched.CHANGED,
    Outcome.UNCHANGED: Fetched.UNCHANGED,
}

_SLACK = 10_000
"""Addresses that pages being worked on may add meanwhile; within it the limit is counted."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker needs besides the answers: one for all answers of a source's run."""

    database: str
    source: Source
    run: int
    task: Task
    ranks: tuple[tuple[str, int], ...]  # source id -> how much it is trusted
    waits: Wait | None = None  # why the source's new pages are not published at once


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer, and about how many addresses its source had when it came."""

    answer: Answer
    known: int


@dataclass(frozen=True, slots=True)
class Done:
    """What a worker did with an answer: small, since it travels between processes.

    ``outcome`` is ``None`` when the answer could not be stored; it is not settled then, so
    that the next run fetches it again.
    """

    outcome: Fetched | None
    fault: str | None = None
    rejected: str | None = None
    removed: tuple[tuple[str, int], ...] = ()
    new: int = 0  # addresses discovered
    dropped: int = 0  # addresses beyond the source's limit


@dataclass(frozen=True, slots=True)
class _Read:
    """An answer's page, read: nothing of it depends on the database."""

    taken: Taken
    result: CuratedArticle | Fault | None  # None for a sitemap or feed
    links: tuple[str, ...]  # those that the source allows
    fingerprint: Fingerprint | None = None


@cache
def rules_of(source: Source) -> LinkRules:
    """What the source allows to follow."""
    return LinkRules(source)


def work_on(job: Job, batch: Sequence[Taken]) -> list[Done]:
    """What became of each answer. Runs in a worker process; never raises for a bad page."""
    read = [_read(job, taken) for taken in batch]
    try:
        return _store_all(job, read)
    except StoreError as error:
        if len(read) == 1:
            url = read[0].taken.answer.due.url
            return [Done(None, f"{url}: not stored: {error}")]
    # One page of the batch may be the reason: the others must not suffer for it.
    return [done for taken in batch for done in work_on(job, [taken])]


def _read(job: Job, taken: Taken) -> _Read:
    answer = taken.answer
    page = answer.page
    if page is None:
        raise ValueError("an answer without a page is settled by the main process")
    result = curate_page(job.task, page) if answer.is_page else None
    if isinstance(result, Fault):
        return _Read(taken, result, ())
    fingerprint = fingerprint_of(result) if result is not None else None
    if answer.due.depth >= job.source.max_depth:
        return _Read(taken, result, (), fingerprint)
    encoding = result.article.encoding if result is not None else None
    named = find_links(page.body, encoding, due_url(page))
    rules = rules_of(job.source)
    names_lists = result is None and is_sitemap_index(page.body)
    is_allowed = rules.is_list_allowed if names_lists else rules.is_allowed
    allowed = tuple(url for url in named if is_allowed(url))
    return _Read(taken, result, allowed, fingerprint)


def due_url(page: Page) -> str:
    """The address the page was fetched from."""
    return page.url or page.name


def _store_all(job: Job, batch: Sequence[_Read]) -> list[Done]:
    store = own_store(job.database)
    frontier = Frontier(store, job.source.id, job.run)
    near = any(not _has_room(job.source, read, len(batch)) for read in batch)
    with store.begin() as transaction:
        if near:  # what one page adds decides how many addresses the next may
            return [
                done for read in batch for done in _store_some(transaction, job, frontier, [read])
            ]
        return _store_some(transaction, job, frontier, batch)


def _store_some(
    transaction: Transaction, job: Job, frontier: Frontier, batch: Sequence[_Read]
) -> list[Done]:
    links = [_within_limit(job.source, frontier, transaction, read) for read in batch]
    settled = _save_all(transaction, job, batch)
    answers = [
        (one, Discovered(urls, read.taken.answer.due.depth + 1, read.taken.answer.due.url))
        for one, urls, read in zip(settled, links, batch, strict=True)
    ]
    new = frontier.settle_all(transaction, answers)
    done = [
        _done(one, read.result, len(read.links) - len(urls))
        for one, urls, read in zip(settled, links, batch, strict=True)
    ]
    return [replace(done[0], new=new), *done[1:]]  # who of them named an address first is equal


def _save_all(transaction: Transaction, job: Job, batch: Sequence[_Read]) -> list[Settled]:
    """How each answer is settled, its page saved: new pages together, the others one by one."""
    origins = [_origin(job, read) for read in batch]
    articles = [
        (at, read.result, origins[at])
        for at, read in enumerate(batch)
        if isinstance(read.result, CuratedArticle)
    ]
    stored = transaction.save_new([(result, origin) for _, result, origin in articles])
    found: dict[int, Outcome] = {}
    fresh: dict[int, Fingerprint] = {}
    grouping = load_grouping(job.task.seeds)
    for (at, _, _), saved in zip(articles, stored, strict=True):
        fingerprint = batch[at].fingerprint
        if saved is not None and fingerprint is not None:
            found[at], fresh[saved.page_id] = saved.outcome, fingerprint
    if fresh:
        grouping.group_new(transaction, fresh, batch[0].taken.answer.settled.at)
    for at, result, origin in articles:
        if at not in found:
            saved = transaction.save(result, origin)
            found[at] = saved.outcome
            if saved.regroup:
                grouping.regroup(transaction, saved.page_id, batch[at].taken.answer.settled.at)
    return [_settled(read, found.get(at)) for at, read in enumerate(batch)]


def _origin(job: Job, read: _Read) -> Origin:
    settled = read.taken.answer.settled
    trust = dict(job.ranks).get(job.source.id, 0)
    return Origin(job.source.id, settled.etag, settled.last_modified, trust, job.waits)


def _settled(read: _Read, outcome: Outcome | None) -> Settled:
    settled, result = read.taken.answer.settled, read.result
    if isinstance(result, Fault):
        return Settled(settled.url, Fetched.FAILED, settled.at, result.message)
    if outcome is None:
        return replace(settled, outcome=Fetched.SKIPPED, detail="a list of addresses")
    return replace(settled, outcome=FETCHED[outcome])


def _has_room(source: Source, read: _Read, together: int = 1) -> bool:
    """Whether the source's limit is far, also when as many pages add addresses together."""
    return read.taken.known + len(read.links) * together + _SLACK <= source.max_pages


def _within_limit(
    source: Source, frontier: Frontier, transaction: Transaction, read: _Read
) -> tuple[str, ...]:
    """The links, without those that would lead beyond the source's limit of addresses."""
    links = read.links
    if _has_room(source, read):
        return links
    room = source.max_pages - frontier.size(transaction)
    if len(links) <= room:
        return links
    unknown = frontier.unknown(transaction, links)
    return unknown[: max(0, room)]


def _done(settled: Settled, result: CuratedArticle | Fault | None, dropped: int) -> Done:
    if not isinstance(result, CuratedArticle):
        fault = result.message if isinstance(result, Fault) else None
        return Done(settled.outcome, fault, dropped=dropped)
    removed = Counter(removed.reason.value for removed in result.article.removed)
    rejected = result.rejected.value if result.rejected else None
    return Done(settled.outcome, None, rejected, tuple(removed.items()), dropped=dropped)
