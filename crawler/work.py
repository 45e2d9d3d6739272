"""Curating one page in a shell: the tools loaded once a process, broken pages as faults."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from crawler.curation import Curator
from crawler.lines import names_of
from crawler.model import CuratedArticle, Page, SiteKnowledge
from crawler.prefilter import Prefilter
from crawler.reading import Fault
from crawler.seeds import load_references
from crawler.vocabulary import References

# What a broken page may make the steps raise, our own mistakes included: one page must not
# end a run of thousands. The message names the type, so that the mistake is found.
_PAGE_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Task:
    """How pages are to be curated: the day citations are judged on, and the reference data."""

    on: date
    seeds: Path | None = None


@cache
def load_seeds(seeds: Path | None) -> References:
    """The reference data, once for each process."""
    return load_references(seeds)


@cache
def load_tools(seeds: Path | None) -> tuple[Curator, dict[str, str]]:
    """The curator and the lenders' names, once for each process."""
    references = load_seeds(seeds)
    return Curator(references), names_of(references.lexicon)


@cache
def load_prefilter(seeds: Path | None) -> Prefilter:
    """The look at bytes that spares parsing, once for each process."""
    return Prefilter(load_seeds(seeds))


def curate_page(
    task: Task, page: Page, site: SiteKnowledge | None = None
) -> CuratedArticle | Fault:
    """The page curated, or why it could not be; never raises for a bad page."""
    try:
        return load_tools(task.seeds)[0].curate(page, task.on, site)
    except _PAGE_FAULTS as error:
        what = f"{page.name}: cannot be curated ({type(error).__name__}: {error})"
        return Fault(page.name, what, page.url)
