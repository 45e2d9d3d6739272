"""``zhiquan recurate``: read the stored pages again, and keep what people decided."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from crawler.cli.database import DATABASE_OPTION, open_store
from crawler.cli.inputs import SEEDS_OPTION
from crawler.cli.messages import PAGE_FAILED, counted, fail, reporting_faults, tell
from crawler.cli.publication import PUBLISH_OPTION
from crawler.decisions import Known
from crawler.recuration import Recurated, Tools, recurate_store
from crawler.restoring import Recogniser
from crawler.seeds import seeds_folder
from crawler.sources import Source, SourceTrust, load_sources, select_sources, trust_ranks
from crawler.store import Store
from crawler.store.clusters import Grouping
from crawler.store.publishing import note_trusts, trust_sources
from crawler.store.rereading import Rereading
from crawler.vocabulary import References
from crawler.work import Task, load_seeds, load_tools
from crawler.workers import count_processes, running_pool


@click.command()
@click.option("--source", "ids", multiple=True, metavar="ID", help="Only its pages; repeatable.")
@click.option(
    "--sources",
    "sources_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Another file of sources than the bundled one.",
)
@PUBLISH_OPTION
@DATABASE_OPTION
@SEEDS_OPTION
@reporting_faults
def recurate(
    ids: tuple[str, ...],
    sources_file: Path | None,
    publishing: frozenset[SourceTrust],
    database: str,
    seeds: Path | None,
) -> None:
    """Curates the stored pages anew from their bytes; nothing is fetched.

    Run it after the program or its reference data changed. Decisions made in the desk stay
    in force; those that no longer fit are told and wait in the desk. What was interrupted
    continues on the next run of the same day.
    """
    folder = seeds or seeds_folder()
    sources = load_sources(sources_file or folder / "sources.toml")
    if ids:
        select_sources(sources, ids)
    task = Task(datetime.now(UTC).astimezone().date(), seeds)
    load_tools(task.seeds)  # shared with the workers that are forked next
    scope = f"{','.join(sorted(set(ids)))} {task.on} {_digest(folder)}"
    processes = count_processes()
    with running_pool(processes) as pool, open_store(database, writable=True, new=False) as store:
        _note_sources(store, sources, publishing)
        reading = Rereading.begin(store, sorted(set(ids)), scope, datetime.now(UTC))
        references = load_seeds(task.seeds)
        grouping = Grouping(frozenset(references.places))
        tools = Tools(task, grouping, known_of(references), Recogniser(references), pool, processes)
        try:
            with _bar(reading.size()) as advance:
                done = recurate_store(reading, tools, advance)
        except KeyboardInterrupt:
            fail("interrupted; run the same command again to continue", PAGE_FAILED)
    _tell(done)
    sys.exit(PAGE_FAILED if done.faults else 0)


def known_of(references: References) -> Known:
    """The ids that decisions may name."""
    return Known(
        frozenset(lender.id for lender in references.lexicon.lenders),
        frozenset(topic.id for topic in references.topics),
    )


def _note_sources(
    store: Store, sources: tuple[Source, ...], publishing: frozenset[SourceTrust]
) -> None:
    """Bring the stored pages in line with who is trusted, and who publishes, today."""
    now = datetime.now(UTC)
    note_trusts(store, trust_ranks(sources), now)
    trust_sources(store, [one.id for one in sources if one.trust in publishing], now)


def _digest(folder: Path) -> str:
    """Of the reference data: a reading that began with other data is not continued."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.toml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _bar(total: int) -> Iterator[Callable[[int], None]]:
    """Takes how many more pages are done, and shows it on a terminal."""
    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("pages"), TimeRemainingColumn())
    shown = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    with shown as progress:
        bar = progress.add_task("", total=total)
        yield lambda pages: progress.advance(bar, pages)


def _tell(done: Recurated) -> None:
    for fault in done.faults:
        tell(fault)
    for uid, conflict in done.conflicts:
        decision = conflict.decision
        what = f"{conflict.kind.value} {conflict.detail}".strip()
        tell(f"{uid}: decision #{decision.id} ({decision.kind.value}): {what}")
    resumed = f" ({done.resumed} of them before an interruption)" if done.resumed else ""
    read, kept = counted(done.pages, "page"), counted(done.decisions, "decision")
    tell(
        f"{read} read again{resumed}: {done.changed} changed, {len(done.faults)} failed;"
        f" {kept} kept, {len(done.conflicts)} in conflict"
    )
