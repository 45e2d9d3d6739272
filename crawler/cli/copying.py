"""``zhiquan copy`` and ``zhiquan backup``: a whole store, moved or kept safe."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from crawler.cli.database import DATABASE_OPTION, open_store
from crawler.cli.messages import counted, reporting_faults
from crawler.store.backup import back_up
from crawler.store.copying import copy_store


@click.command("copy")
@click.option("--from", "source", required=True, metavar="URL", help="The store to read.")
@click.option("--to", "target", required=True, metavar="URL", help="A new, empty database.")
@reporting_faults
def copy(source: str, target: str) -> None:
    """Moves a store to another database: SQLite to PostgreSQL, or back.

    Everything is copied in one transaction and counted on both sides; the source is only read.
    """
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with (
        open_store(source, writable=False) as reading,
        open_store(target, writable=True) as writing,
        Progress(*columns, console=console, disable=not console.is_terminal) as bar,
    ):
        tasks: dict[str, int] = {}

        def advance(table: str, rows: int) -> None:
            if table not in tasks:
                tasks[table] = int(bar.add_task(table, total=None))
            bar.advance(bar.task_ids[tasks[table]], rows)

        copied = copy_store(reading, writing, advance)
        rows, pages = counted(sum(copied.values()), "row"), counted(copied["pages"], "page")
        click.echo(f"Copied {rows}, {pages}: {writing.name}")


@click.command()
@DATABASE_OPTION
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@reporting_faults
def backup(database: str, path: Path) -> None:
    """A copy of an SQLite store as of now, while others go on writing to it."""
    back_up(database, path)
    click.echo(f"Backed up to {path}")
