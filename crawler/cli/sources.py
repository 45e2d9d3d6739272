"""``zhiquan sources``: look at a source before anything is stored, or propose a new one."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import click

from crawler.cli.crawl import CONTACT_OPTION, at_site, served
from crawler.cli.database import open_store
from crawler.cli.inputs import SEEDS_OPTION
from crawler.cli.messages import PAGE_FAILED, fail, printable, reporting_faults, tell
from crawler.cli.outputs import check_target
from crawler.crawling import Crew, SourceSummary, failed, run_crawl
from crawler.discovery import (
    find_feeds,
    find_pattern,
    find_sitemaps,
    guess_trust,
    source_id,
    write_entry,
)
from crawler.errors import ConfigError
from crawler.lines import names_of
from crawler.seeds import seeds_folder
from crawler.sources import DEFAULT_DEPTH, Source, load_sources, select_sources
from crawler.spiders.links import canonical_url, find_links
from crawler.store import Store, StoredPage
from crawler.store.frontier import outcome_of
from crawler.work import Task, load_seeds, load_tools
from crawler.workers import count_processes, running_workers

Then = Callable[[Store, SourceSummary], None]

SOURCES_OPTION = click.option(
    "--sources",
    "sources_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Another file of sources than the bundled one.",
)


@click.group()
def sources() -> None:
    """Sources of a crawl: try one out, or propose a new one."""


@sources.command("test")
@click.argument("source_name", metavar="ID")
@click.option("--pages", default=30, show_default=True, type=click.IntRange(1, 200))
@SOURCES_OPTION
@SEEDS_OPTION
@CONTACT_OPTION
@reporting_faults
def try_source(
    source_name: str, pages: int, sources_file: Path | None, seeds: Path | None, contact: str
) -> None:
    """Fetches a few pages politely and shows what would be kept, removed and rejected."""
    known = load_sources(sources_file or (seeds or seeds_folder()) / "sources.toml")
    (source,) = select_sources(known, (source_name,))
    names = names_of(load_seeds(seeds).lexicon)

    def show(store: Store, summary: SourceSummary) -> None:
        with store.reading() as reader:
            for stored in reader.export():
                _show_page(stored, names)
        click.echo(f"{summary.kept} of {summary.known} pages would be kept; nothing was stored")

    sys.exit(_crawl_aside(replace(source, max_pages=pages), seeds, contact, show))


@sources.command("add")
@click.argument("address", metavar="URL")
@click.option("--private", is_flag=True, help="The address is meant to be on a private network.")
@click.option(
    "--write",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Append the entry to this file instead of printing it.",
)
@SEEDS_OPTION
@CONTACT_OPTION
@reporting_faults
def add_source(
    address: str, *, private: bool, write: Path | None, seeds: Path | None, contact: str
) -> None:
    """Discovers sitemaps and feeds and proposes an entry for a file of sources."""
    start = canonical_url(address)
    if start is None:
        raise ConfigError(f"{address}: is not a web address; give one such as https://a.example/")
    host = urlsplit(start).hostname or ""
    if write is not None:
        check_target(write)
        _check_entry(write, source_id(host))
    guesses = (urljoin(start, "/robots.txt"), urljoin(start, "/sitemap.xml"))
    looked = Source(
        source_id(host),
        host,
        guess_trust(host),
        (start, *guesses),
        hosts=(host,),
        max_depth=0,
        private=private,
    )

    def propose(store: Store, _summary: SourceSummary) -> None:
        entry = write_entry(_propose(store, looked, start))
        if write is None:
            click.echo(entry)
            return
        with write.open("a", encoding="utf-8") as stream:
            stream.write("\n" + entry)
        tell(f"{write}: entry {looked.id} added; check trust, follow and expected by hand")

    sys.exit(_crawl_aside(looked, seeds, contact, propose))


def _check_entry(file: Path, identifier: str) -> None:
    """Raises ``ConfigError`` when the file cannot be read or has an entry with this id."""
    if not file.exists() or not file.stat().st_size:
        return
    if any(one.id == identifier for one in load_sources(file)):
        raise ConfigError(f"{file}: {identifier} stands there already; edit its entry")


def _propose(store: Store, looked: Source, start: str) -> Source:
    pages = _bodies(store)
    if start not in pages:
        fail(f"{start}: cannot be fetched; see the line above", PAGE_FAILED)
    title, body = pages[start]
    _, robots = pages.get(urljoin(start, "/robots.txt"), (None, b""))
    sitemaps = list(find_sitemaps(robots))
    guess = urljoin(start, "/sitemap.xml")
    if guess not in sitemaps and guess in looked.start and _is_list(store, looked.id, guess):
        sitemaps.append(guess)
    pattern = find_pattern(find_links(body, None, start), looked.hosts[0])
    return replace(
        looked,
        name=title or looked.name,
        start=(start,),
        sitemaps=tuple(sitemaps),
        feeds=find_feeds(body, start),
        follow=(pattern,) if pattern else (),
        max_depth=DEFAULT_DEPTH,
    )


def _bodies(store: Store) -> dict[str, tuple[str | None, bytes]]:
    """Address -> title and bytes of every page fetched."""
    with store.reading() as reader:
        stored = [(one.curated.page.url or "", one) for one in reader.export()]
        return {
            url: (one.curated.article.title, reader.body(one.uid) or b"") for url, one in stored
        }


def _is_list(store: Store, source: str, url: str) -> bool:
    return outcome_of(store, source, url) == ("skipped", "a list of addresses")


def _crawl_aside(source: Source, seeds: Path | None, contact: str, then: Then) -> int:
    """Crawls into a database that is thrown away, after ``then`` has looked at it."""
    task = Task(datetime.now(UTC).astimezone().date(), seeds)
    load_tools(task.seeds)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_workers(count_processes()) as workers,
    ):
        database = f"sqlite:///{folder}/aside.db"
        with open_store(database, writable=True) as store, served((source,), store, None) as site:
            ready = at_site(source, site)
            crew = Crew(store, database, task, workers, contact or "no contact configured")
            summaries = run_crawl([ready], crew, _quiet)
            for fault in summaries[0].faults:
                tell(fault)
            then(store, summaries[0])
    return PAGE_FAILED if failed(summaries) else 0


def _quiet(_intakes: Sequence[object]) -> nullcontext[None]:
    return nullcontext()


def _show_page(stored: StoredPage, names: dict[str, str]) -> None:
    curated = stored.curated
    verdict = f"rejected: {curated.rejected}" if curated.rejected else "kept"
    click.echo(printable(f"{curated.page.url}  [{verdict}]"))
    if curated.article.title:
        lenders = ", ".join(names.get(one, one) for one in curated.lenders)
        facts = [curated.article.title, str(curated.article.published or ""), lenders]
        facts += [", ".join(curated.topics)]
        click.echo("    " + printable(" | ".join(fact for fact in facts if fact)))
    removed = Counter(one.reason.value for one in curated.article.removed)
    if removed:
        counts = ", ".join(f"{count} {reason}" for reason, count in removed.most_common())
        click.echo(f"    removed: {counts}")
