"""``zhiquan batch``: many web archives at once, on this machine or a cluster."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from crawler.cli.inputs import SEEDS_OPTION
from crawler.cli.messages import PAGE_FAILED, counted, fail, reporting_faults, tell
from crawler.work import Task, load_tools
from crawler.workers import count_processes


@click.command()
@click.argument("archives", nargs=-1, required=True, metavar="ARCHIVE...")
@click.option(
    "--to",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where articles.parquet is written, and what is done is noted.",
)
@click.option(
    "--database", metavar="URL", help="Store the articles there instead of writing Parquet."
)
@click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler; this machine when absent.")
@click.option("--workers", type=click.IntRange(1, 1024), help="Processes on this machine.")
@SEEDS_OPTION
@reporting_faults
def batch(
    archives: tuple[str, ...],
    folder: Path,
    database: str | None,
    scheduler: str | None,
    workers: int | None,
    seeds: Path | None,
) -> None:
    """Curates web archives (WARC) and finds the copies among all their pages.

    The result is one Parquet file with the fields of `zhiquan export`, a row for each page
    that says anything of lending; or, with --database, a store as `zhiquan import` fills it.
    What was interrupted goes on.
    """
    try:
        from crawler.batch.running import Place, Target, fill_store, run_batch
    except ModuleNotFoundError as error:
        fail(f"needs {error.name}: pip install -e '.[batch]' in the project's folder")
    load_tools(seeds)  # faults in the seeds show here, in one line
    task = Task(datetime.now(UTC).astimezone().date(), seeds)
    place = Place(scheduler, workers or count_processes())
    try:
        if database is None:
            finished = run_batch(task, archives, folder, place, tell)
            where = str(folder / "articles.parquet")
        else:
            finished = fill_store(task, archives, Target(database, folder), place, tell)
            where = "the store"
    except KeyboardInterrupt:
        fail("interrupted; run the same command again to continue", PAGE_FAILED)
    for fault in finished.faults:
        tell(fault)
    counts = ", ".join(f"{count} {what}" for what, count in sorted(finished.tally.items()))
    counts = counts or "no records"
    click.echo(f"{counted(finished.articles, 'article')} in {where} ({counts})")
    sys.exit(PAGE_FAILED if finished.faults else 0)
