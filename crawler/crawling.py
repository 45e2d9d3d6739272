"""One crawl of several sources in one process: set up, run to the end, told in numbers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.errors import ConfigError
from crawler.intake import Intake
from crawler.model import Fetched
from crawler.publication import PUBLISHING, find_wait
from crawler.report import RunReport, encode_run
from crawler.settings import process_settings, settings_of
from crawler.sources import Source, SourceTrust, trust_ranks
from crawler.spiders.links import canonical_url
from crawler.store import Store
from crawler.store.frontier import Frontier
from crawler.store.publishing import end_waiting, note_trusts
from crawler.storing import Job
from crawler.work import Task
from crawler.workers import Workers, collect_seldom

if TYPE_CHECKING:
    from crawler.spiders.shared import SharedQueue


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """What one source's run brought. ``faults`` are lines for a person, one an address.

    ``finished`` is false when the run was stopped: the next one continues it. ``closing`` is
    false when another process has ended the run that both worked on. ``kept`` and
    ``rejected`` count the source's stored pages, ``removed`` only what this process curated.
    """

    source: Source
    finished: bool
    outcomes: dict[str, int]
    kept: int
    rejected: dict[str, int]
    removed: dict[str, int]
    faults: tuple[str, ...]
    known: int
    duplicates: int
    run: int
    closing: bool = True

    @property
    def fetched(self) -> int:
        """How many addresses were asked for in this run."""
        return sum(self.outcomes.values())


@dataclass(slots=True)
class _Running:
    source: Source
    frontier: Frontier
    intake: Intake
    done: list[str] = field(default_factory=list)  # why the spider closed


@dataclass(frozen=True, slots=True)
class Crew:
    """What all sources of a crawl share: the store, how to curate, and who does it.

    ``database`` is the store's address, for the workers; ``contact`` is what site owners
    read in the user agent.
    """

    store: Store
    database: str
    task: Task
    workers: Workers
    contact: str
    publishing: frozenset[SourceTrust] = PUBLISHING  # the trusts that publish by themselves
    redis: str | None = None  # the address of the queue that several processes share


Watch = Callable[[Sequence[Intake]], AbstractContextManager[None]]


def run_crawl(sources: Sequence[Source], crew: Crew, watch: Watch) -> list[SourceSummary]:
    """Crawls the sources until nothing discovered is due; the summaries in their order.

    ``watch`` shows how it goes. Installs Twisted's reactor, so a process can call it once.
    """
    ranks = tuple(trust_ranks(sources).items())
    note_trusts(crew.store, dict(ranks), datetime.now(UTC))
    jobs = [_begin(source, crew, ranks) for source in sources]
    with watch([job.intake for job in jobs]):
        _run(jobs, crew.contact)
    return [_summary(job) for job in jobs]


def _begin(source: Source, crew: Crew, ranks: tuple[tuple[str, int], ...]) -> _Running:
    addresses = (*source.start, *source.sitemaps, *source.feeds)
    starts = [url for url in map(canonical_url, addresses) if url is not None]
    frontier = Frontier.begin(crew.store, source.id, starts, datetime.now(UTC))
    waits = find_wait(source, crew.publishing)
    job = Job(crew.database, source, frontier.run, crew.task, ranks, waits)
    shared = _share(crew.redis, frontier) if crew.redis else None
    intake = Intake(job, crew.store, frontier, crew.workers, shared)
    return _Running(source, frontier, intake)


def _share(redis: str, frontier: Frontier) -> SharedQueue:
    try:
        from crawler.spiders.shared import SharedQueue
    except ImportError as error:
        raise ConfigError(
            f"ZHIQUAN_REDIS_URL: {error.name} is not installed:"
            " pip install -e '.[redis]' in the project's folder"
        ) from error
    return SharedQueue(redis, frontier.name)


def _run(jobs: Sequence[_Running], contact: str) -> None:
    # Imported here, since these modules take a second to load and only a crawl needs them.
    from scrapy import signals
    from scrapy.crawler import AsyncCrawlerProcess, Crawler
    from scrapy.settings import Settings

    from crawler.spiders.source import SourceSpider

    process = AsyncCrawlerProcess(process_settings([job.source for job in jobs]))
    # Its handler shows errors alone; without this each request's two lines are made first.
    logging.getLogger("scrapy").setLevel(logging.ERROR)
    for job in jobs:
        shared = job.intake.shared
        settings = settings_of(job.source, contact, shared.settings() if shared else {})
        crawler = Crawler(SourceSpider, Settings(settings))
        crawler.signals.connect(
            lambda reason, job=job: job.done.append(reason), signals.spider_closed, weak=False
        )
        process.crawl(crawler, intake=job.intake)
    collect_seldom()
    process.start()
    for job in jobs:
        job.intake.close()


def _summary(job: _Running) -> SourceSummary:
    intake = job.intake
    faults = [*intake.faults, *_loops(job.frontier.redirects())]
    if intake.shared is not None and intake.shared.fault:
        faults.append(f"{job.source.id}: {intake.shared.fault}")
    if intake.dropped:
        limit = job.source.max_pages
        faults.append(f"{job.source.id}: addresses beyond max_pages = {limit}: {intake.dropped}")
    finished = job.done == ["finished"] and not job.frontier.due(0, 1)
    summary = SourceSummary(
        source=job.source,
        finished=finished,
        outcomes=job.frontier.counts(),
        kept=job.frontier.kept(),
        rejected=job.frontier.rejected(),
        removed=dict(intake.removed.most_common()),
        faults=tuple(faults),
        known=job.frontier.size(),
        duplicates=job.frontier.duplicates(),
        run=job.frontier.run,
    )
    if finished:
        enough = summary.kept >= summary.source.expected
        end_waiting(job.frontier.store, summary.source.id, datetime.now(UTC), enough=enough)
        first = job.frontier.finish(encode_run(report_of(summary)), datetime.now(UTC))
        summary = replace(summary, closing=first)
    if intake.shared is not None:
        intake.shared.leave(finished=finished)
    return summary


def _loops(redirects: dict[str, str]) -> Iterator[str]:
    """One line for each circle of redirects."""
    seen: set[str] = set()
    for start in redirects:
        trail: list[str] = []
        url = start
        while url in redirects and url not in seen:
            seen.add(url)
            trail.append(url)
            url = redirects[url]
        if url in trail:
            yield f"{url}: redirect loop of {len(trail) - trail.index(url)} addresses"


def failed(summaries: Sequence[SourceSummary]) -> bool:
    """Whether some page could not be read, or a run was stopped before its end."""
    return any(
        not summary.finished or Fetched.FAILED.value in summary.outcomes for summary in summaries
    )


def report_of(summary: SourceSummary) -> RunReport:
    """The summary as the report draws it."""
    return RunReport(
        source=summary.source.id,
        name=summary.source.name,
        run=summary.run,
        finished=summary.finished,
        fetched=summary.fetched,
        known=summary.known,
        kept=summary.kept,
        expected=summary.source.expected,
        outcomes=summary.outcomes,
        rejected=summary.rejected,
        removed=summary.removed,
        duplicates=summary.duplicates,
        faults=summary.faults,
    )
