"""``zhiquan extract``: pages from disk to JSON lines, in order, without a database."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import click

from crawler.archives import open_archives
from crawler.cli.inputs import SEEDS_OPTION, PageInput, page_input
from crawler.cli.messages import PAGE_FAILED, reporting_faults, tell, write_line
from crawler.cli.work import line_planned, run_in_order
from crawler.work import Task


@click.command()
@page_input
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Judge citations as of this day; today when absent.",
)
@SEEDS_OPTION
@reporting_faults
def extract(pages: PageInput, on: datetime | None, seeds: Path | None) -> None:
    """Pages from disk to JSON lines on standard output, one per page, in order.

    PATH is an HTML or plain-text file, a folder of them, or a web archive (WARC).
    """
    task = Task((on or datetime.now(UTC).astimezone()).date(), seeds)
    failed = False
    planned = open_archives(pages.planned(), None, Counter())
    for outcome in run_in_order(line_planned, task, planned):
        write_line(outcome.line)
        if outcome.message:
            tell(outcome.message)
        failed |= outcome.failed
    sys.exit(PAGE_FAILED if failed else 0)
