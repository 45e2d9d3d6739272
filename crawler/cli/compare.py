"""``zhiquan compare``: do two pages say the same about the same lender, and why."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from crawler.cli.database import DATABASE_OPTION, open_store
from crawler.cli.inputs import SEEDS_OPTION
from crawler.cli.messages import encode_line, reporting_faults, write_line
from crawler.dedup import Relation, Verdict, compare, fingerprint_of
from crawler.dedup.passages import Passage, find_passages
from crawler.errors import InputError
from crawler.lines import names_of
from crawler.model import CuratedArticle
from crawler.reading import Fault, Planned, read_page, well_formed
from crawler.seeds import load_references
from crawler.work import Task, curate_page

_REASONS = {
    "identical": "the texts are the same but for marks and white space",
    "resembles": "most of both texts is the same",
    "contained": "one text stands in the other",
    "other_lender": "the same template for another lender",
    "other_name": "the same template with another name in it",
    "other_fact": "the same template with another place, year, rate or amount",
    "shared_passages": "they share passages, but each says something else",
    "other_text": "the texts have little in common",
    "empty": "one page has no article",
}


@click.command("compare")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--json", "as_json", is_flag=True, help="One JSON line instead of a report.")
@DATABASE_OPTION
@SEEDS_OPTION
@reporting_faults
def compare_pages(
    first: str, second: str, as_json: bool, database: str, seeds: Path | None
) -> None:
    """Whether two pages say the same about the same lender and question, and why.

    A and B are files, or ids of stored pages as `zhiquan export` shows them.
    """
    references = load_references(seeds)
    names = names_of(references.lexicon)
    pages = [_page(name, database, seeds) for name in (first, second)]
    prints = [fingerprint_of(page) for page in pages]
    verdict = compare(prints[0], prints[1], frozenset(references.places))
    passages = [
        find_passages(page.article.text, page.mentions, other)
        for page, other in zip(pages, reversed(prints), strict=True)
    ]
    if as_json:
        write_line(encode_line(_line(pages, passages, verdict, names)))
    else:
        _report(pages, passages, verdict, names)


def _page(name: str, database: str, seeds: Path | None) -> CuratedArticle:
    """The page in a file or, when there is no such file, the stored page with this id."""
    if not Path(name).exists():
        with open_store(database, writable=False) as store, store.reading() as reader:
            stored = reader.page(name)
        if stored is None:
            raise InputError(f"{name}: neither a file nor the id of a stored page")
        return stored.curated
    if Path(name).is_dir():
        raise InputError(f"{name}: is a folder; name one page of it")
    page = read_page(Planned(well_formed(name), Path(name)))
    if isinstance(page, Fault):
        raise InputError(page.message)
    curated = curate_page(Task(datetime.now(UTC).astimezone().date(), seeds), page)
    if isinstance(curated, Fault):
        raise InputError(curated.message)
    return curated


def _line(
    pages: list[CuratedArticle],
    passages: list[tuple[Passage, ...]],
    verdict: Verdict,
    names: dict[str, str],
) -> dict[str, object]:
    return {
        "relation": verdict.relation.value,
        "same": verdict.relation is Relation.SAME,
        "reason": verdict.reason,
        "containment": round(verdict.containment, 4),
        "resemblance": round(verdict.resemblance, 4),
        "changed": [
            [_named(change.first, names), _named(change.second, names)]
            for change in verdict.changed
        ],
        "pages": [
            {
                "page": page.page.name,
                "title": page.article.title,
                "lenders": [names.get(lender, lender) for lender in page.lenders],
                "topics": list(page.topics),
                "shared": [one.text for one in found if one.shared],
                "own": [one.text for one in found if not one.shared],
            }
            for page, found in zip(pages, passages, strict=True)
        ],
    }


def _report(
    pages: list[CuratedArticle],
    passages: list[tuple[Passage, ...]],
    verdict: Verdict,
    names: dict[str, str],
) -> None:
    click.echo(f"{verdict.relation.value}: {_REASONS[verdict.reason]} ({verdict.reason})")
    click.echo(f"containment {verdict.containment:.2f}, resemblance {verdict.resemblance:.2f}")
    for change in verdict.changed:
        click.echo(f"exchanged: {_named(change.first, names)} / {_named(change.second, names)}")
    for mark, page, found in zip("AB", pages, passages, strict=True):
        lenders = ", ".join(names.get(one, one) for one in page.lenders) or "none"
        click.echo(f"\n{mark}  {page.page.name}: {page.article.title}")
        click.echo(f"   lenders: {lenders}; topics: {', '.join(page.topics) or 'none'}")
        shared = sum(one.shared for one in found)
        click.echo(f"   {shared} of {len(found)} lines stand in the other page (=):")
        for one in found:
            click.echo(f"   {'=' if one.shared else mark + '>'} {one.text}")


def _named(piece: str, names: dict[str, str]) -> str:
    return " ".join(names.get(part, part) for part in piece.split(" ")).replace(
        "\ue000", "[lender]"
    )
