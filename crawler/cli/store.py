"""``zhiquan import`` and ``zhiquan export``: pages into the store, and the store as lines."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import click

from crawler.archives import is_archive, open_archives
from crawler.cli.database import DATABASE_OPTION, open_store
from crawler.cli.inputs import SEEDS_OPTION, PageInput, page_input
from crawler.cli.messages import PAGE_FAILED, encode_line, reporting_faults, tell, write_line
from crawler.cli.work import curate_planned, run_in_order
from crawler.importing import check_address, store_page
from crawler.lines import line_of, names_of
from crawler.prefilter import Prefilter
from crawler.reading import Fault
from crawler.seeds import load_references
from crawler.store import StoredPage
from crawler.store.clusters import Grouping
from crawler.work import Task


@click.command("import")
@page_input
@click.option(
    "--all-records", is_flag=True, help="Of archives also pages that say nothing of debt."
)
@DATABASE_OPTION
@SEEDS_OPTION
@reporting_faults
def import_pages(pages: PageInput, all_records: bool, database: str, seeds: Path | None) -> None:
    """Pages from disk into the store, curated like crawled ones.

    PATH is an HTML or plain-text file, a folder of them, or a web archive (WARC). Of an
    archive only pages with a word of lending are read, and none that is older than what
    the store has of its address.
    """
    task = Task(datetime.now(UTC).astimezone().date(), seeds)
    tally: Counter[str] = Counter()
    references = load_references(seeds)
    named = pages.planned()
    # Making the filter takes longer than curating a page: only archives need it.
    filters = not all_records and any(is_archive(one.name) for one in named)
    planned = open_archives(named, Prefilter(references) if filters else None, tally)
    grouping = Grouping(frozenset(references.places))
    with open_store(database, writable=True) as store:
        for outcome in run_in_order(curate_planned, task, planned):
            result = outcome.result
            if not isinstance(result, Fault):
                result = check_address(result)
            if isinstance(result, Fault):
                tell(result.message)
                tally["failed"] += 1
                continue
            if outcome.warning:
                tell(outcome.warning)
            with store.begin() as transaction:
                became = store_page(transaction, grouping, result)
            tally[became] += 1
    tell(", ".join(f"{count} {what}" for what, count in sorted(tally.items())) or "no pages")
    sys.exit(PAGE_FAILED if tally["failed"] else 0)


@click.command()
@DATABASE_OPTION
@SEEDS_OPTION
@reporting_faults
def export(database: str, seeds: Path | None) -> None:
    """The store as JSON lines on standard output, one per page."""
    names = names_of(load_references(seeds).lexicon)
    with open_store(database, writable=False) as store, store.reading() as reader:
        for stored in reader.export():
            write_line(encode_line(stored_line(stored, names)))


def stored_line(stored: StoredPage, names: dict[str, str]) -> dict[str, object]:
    """The line of ``extract`` for a stored page, and what the store adds."""
    return line_of(stored.curated, names) | {
        "id": stored.uid,
        "cluster": stored.cluster,
        "representative": stored.representative,
        "publication": stored.publication.value,
        "fetched_at": stored.fetched_at.isoformat(),
        "first_seen": stored.first_seen.isoformat(),
        "gone_at": stored.gone_at.isoformat() if stored.gone_at else None,
    }
