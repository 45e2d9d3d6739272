"""``zhiquan crawl``: the sources into the store; resumable at any point."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from crawler.cli.database import DATABASE_OPTION, open_store
from crawler.cli.inputs import SEEDS_OPTION
from crawler.cli.messages import PAGE_FAILED, counted, reporting_faults, tell
from crawler.cli.outputs import check_target, write_whole
from crawler.cli.progress import watching
from crawler.cli.publication import PUBLISH_OPTION
from crawler.crawling import Crew, SourceSummary, failed, report_of, run_crawl
from crawler.errors import ConfigError
from crawler.importing import load_grouping
from crawler.metrics import write_metrics
from crawler.recuration import recurate_host
from crawler.report import render_report
from crawler.sample_site import SampleSite
from crawler.seeds import load_labels, seeds_folder
from crawler.sources import Source, SourceTrust, load_sources, select_sources
from crawler.store import Store
from crawler.store.frontier import known_start
from crawler.store.runs import latest_runs
from crawler.work import Task, load_tools
from crawler.workers import count_processes, running_workers


def _check_contact(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    if not value.isprintable():
        raise click.BadParameter("it has a line break or a control character")
    return value


CONTACT_OPTION = click.option(
    "--contact",
    callback=_check_contact,
    envvar="ZHIQUAN_CONTACT",
    show_envvar=True,
    default="",
    help="An address or web page that site owners can write to; part of the user agent.",
)


@click.command()
@click.option("--source", "ids", multiple=True, metavar="ID", help="Only this source; repeatable.")
@click.option(
    "--sources",
    "sources_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Another file of sources than the bundled one.",
)
@click.option("--site-port", type=int, hidden=True, help="Where the sample site is served already.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write an HTML page that tells what the crawl brought.",
)
@click.option(
    "--redis",
    envvar="ZHIQUAN_REDIS_URL",
    show_envvar=True,
    metavar="URL",
    help="Share the work with other crawl processes through this Redis (redis://host:6379/0).",
)
@click.option(
    "--metrics",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the newest runs' numbers for Prometheus' textfile collector.",
)
@PUBLISH_OPTION
@DATABASE_OPTION
@SEEDS_OPTION
@CONTACT_OPTION
@reporting_faults
def crawl(
    ids: tuple[str, ...],
    sources_file: Path | None,
    site_port: int | None,
    report: Path | None,
    redis: str | None,
    metrics: Path | None,
    database: str,
    seeds: Path | None,
    contact: str,
    publishing: frozenset[SourceTrust],
) -> None:
    """Crawls the sources into the store; what was interrupted continues on the next run."""
    for target in filter(None, (report, metrics)):
        check_target(target)
    labels = load_labels(seeds) if report is not None else {}
    known = load_sources(sources_file or (seeds or seeds_folder()) / "sources.toml")
    sources = select_sources(known, ids)
    if not sources:
        raise ConfigError("no source is enabled; name one with --source")
    task = Task(datetime.now(UTC).astimezone().date(), seeds)
    load_tools(task.seeds)  # shared with the workers that are forked next
    with (
        running_workers(count_processes()) as workers,
        open_store(database, writable=True) as store,
        served(sources, store, site_port) as site,
    ):
        who = contact or "no contact configured"
        crew = Crew(store, database, task, workers, who, publishing, redis)
        ready = [at_site(source, site) for source in sources]
        summaries = run_crawl(ready, crew, watching)
        again = recurate_sources(store, summaries, task)
        with store.reading() as reader:
            newest, ended = (latest_runs(reader, finished=one) for one in (False, True))
    for summary in summaries:
        show(summary)
    if again:
        tell(f"{counted(again, 'page')} read again with what the others of their host taught")
    if metrics is not None:
        write_metrics(metrics, newest, ended)
    if report is not None:
        page = render_report([report_of(one) for one in summaries], datetime.now(UTC), labels)
        write_whole(report, page.encode())
    sys.exit(PAGE_FAILED if failed(summaries) else 0)


def recurate_sources(store: Store, summaries: Sequence[SourceSummary], task: Task) -> int:
    """How many pages changed once the other pages of their hosts were known.

    Also after a run that brought nothing new: the run before may have been killed just here.
    """
    with store.reading() as reader:
        hosts = reader.hosts([one.source.id for one in summaries if one.finished and one.closing])
    grouping = load_grouping(task.seeds)
    return sum(recurate_host(store, host, task, grouping) for host in hosts)


def show(summary: SourceSummary) -> None:
    """Tells what one source's run brought: numbers first, then one line for each fault."""
    state = "" if summary.finished else " (interrupted; the next run continues)"
    fetched, kept = counted(summary.fetched, "address", "addresses"), counted(summary.kept, "page")
    tell(f"{summary.source.id}: {fetched}{state}: {_list(summary.outcomes)}")
    tell(f"{summary.source.id}: {kept} kept; rejected: {_list(summary.rejected)}")
    tell(f"{summary.source.id}: removed blocks: {_list(summary.removed)}")
    copies = counted(summary.duplicates, "page says", "pages say")
    tell(f"{summary.source.id}: {copies} what another one says")
    if summary.finished and summary.kept < summary.source.expected:
        expected = summary.source.expected
        tell(f"{summary.source.id}: fewer pages than the {expected} expected; new ones wait")
    for fault in summary.faults:
        tell(fault)


def _list(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {what}" for what, count in counts.items()) or "none"


def served(
    sources: tuple[Source, ...], store: Store, port: int | None
) -> SampleSite | nullcontext[str | None]:
    """The address of the sample site, served when a source needs it and nobody else does."""
    bundled = [source for source in sources if source.bundled]
    if not bundled:
        return nullcontext(None)
    if port is not None:
        return nullcontext(f"http://127.0.0.1:{port}/")
    return SampleSite(port=last_port(store, bundled[0].id))


def last_port(store: Store, source: str) -> int:
    """The port the source was crawled on before, so that its pages keep their addresses; or 0."""
    start = known_start(store, source)
    return (urlsplit(start).port or 0) if start else 0


def at_site(source: Source, site: SampleSite | str | None) -> Source:
    """The source, at the sample site's address when it is the bundled one."""
    if not source.bundled or site is None:
        return source
    address = site if isinstance(site, str) else site.address
    return replace(source, start=(address,), hosts=("127.0.0.1",))
