"""``zhiquan dedup``: group the whole store anew, and explain its groups."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import click

from crawler.cli.database import DATABASE_OPTION, open_store
from crawler.cli.inputs import SEEDS_OPTION, bundled_ranks
from crawler.cli.messages import counted, reporting_faults
from crawler.dedup import Relation, compare, fingerprint_of
from crawler.seeds import load_references
from crawler.store import StoredPage
from crawler.store.clusters import Grouping
from crawler.store.publishing import note_trusts


@click.command()
@click.option("--explain", is_flag=True, help="Show each group with its pages and the reasons.")
@DATABASE_OPTION
@SEEDS_OPTION
@reporting_faults
def dedup(explain: bool, database: str, seeds: Path | None) -> None:
    """Groups all stored pages anew and says how many say the same.

    Pages are grouped as they are stored; run this after lenders or places were edited.
    What people decided about clusters stays.
    """
    places = frozenset(load_references(seeds).places)
    grouping = Grouping(places)
    now = datetime.now(UTC)
    with open_store(database, writable=True, new=False) as store:
        note_trusts(store, bundled_ranks(seeds), now)
        with store.reading() as reader:
            ids = reader.page_ids()
        for page_id in ids:
            with store.begin() as transaction:
                grouping.regroup(transaction, page_id, now)
        groups: dict[str, list[StoredPage]] = defaultdict(list)
        with store.reading() as reader:
            for page in reader.export():
                groups[page.cluster].append(page)
    several = {cluster: pages for cluster, pages in groups.items() if len(pages) > 1}
    copies = sum(len(pages) - 1 for pages in several.values())
    click.echo(
        f"{counted(len(ids), 'page')} in {counted(len(groups), 'group')};"
        f" {counted(copies, 'copy', 'copies')} of another"
    )
    if explain:
        for cluster, pages in sorted(several.items()):
            _explain(cluster, pages, places)


def _explain(cluster: str, pages: list[StoredPage], places: frozenset[str]) -> None:
    """The group's representative, and why each other page belongs to it."""
    lead = next(page for page in pages if page.representative)
    click.echo(f"\n{cluster}  {lead.curated.page.name}: {lead.curated.article.title}")
    ours = fingerprint_of(lead.curated)
    for page in pages:
        if page is lead:
            continue
        verdict = compare(ours, fingerprint_of(page.curated), places)
        how = verdict.reason if verdict.relation is Relation.SAME else "through another copy"
        click.echo(
            f"   {page.curated.page.name}: {how},"
            f" containment {verdict.containment:.2f}, resemblance {verdict.resemblance:.2f}"
        )
