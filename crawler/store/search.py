"""Full-text search: title hits first, then texts, each in the stored order of quality.

A page's row number in the index is its rank (currency of the law it cites, then
freshness), so the engine reads the best rows first and stops when it has enough. The
index knows which bigrams a page has but not where; therefore every row that is about to
be shown is checked against its text. Recall is 1 on every term that stands in a page as
whole characters, and precision is 1 through that check. A time is a few spans of rows,
since the rank holds the month; the day is checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import orjson
from sqlalchemy import Text, cast, select

from crawler.model import Citation, Contact
from crawler.store import index
from crawler.store.query import Alternative, Part, Place, Query, is_empty, rows_behind
from crawler.store.reads import Reader
from crawler.store.records import ListedPage
from crawler.store.tables import PAGES
from crawler.store.tokens import are_sufficient
from crawler.text import fold, may_hold

_SPARE: Final = 4  # candidates read beyond what is wanted, since a few may fail the check
_MOST_CANDIDATES = 1024  # read for one answer; a further part continues behind them
_LARGEST_BATCH: Final = 256  # rows read and checked at once
_COUNTED: Final = 2000  # best rows over which facets are counted
_COUNTED_TEXTS: Final = 400
"""The same where each row's text must be read: about 25 ms. Re-measure with bench_search."""

_START = Place()

_Facet = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that matches, with its blocks' texts and what was recognised in them."""

    page: ListedPage
    texts: tuple[str, ...]
    citations: tuple[Citation, ...]
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A page that passed the check."""

    id: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The hits, and where the next ones begin; ``None`` when there are none."""

    hits: tuple[Hit, ...]
    next: Place | None


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts over the best matches; ``complete`` tells whether these were all.

    When they are all, every number is exact; else each is at least what it says.
    """

    total: int
    complete: bool
    lenders: tuple[tuple[str, int], ...]
    topics: tuple[tuple[str, int], ...]


def search(reader: Reader, query: Query, limit: int, after: Place = _START) -> Found:
    """At most ``limit`` hits behind ``after``, best first; none for a query without words."""
    kept: list[_Candidate] = []
    place = after
    if is_empty(query):
        return Found((), None)
    for read, (at, hit) in enumerate(_checked(reader, query, after, limit + _SPARE)):
        if hit is not None and len(kept) == limit:
            return Found(_complete(reader, kept), place)
        if read == _MOST_CANDIDATES:
            return Found(_complete(reader, kept), at)
        if hit is not None:
            kept.append(hit)
        place = at
    return Found(_complete(reader, kept), None)


def _complete(reader: Reader, kept: Sequence[_Candidate]) -> tuple[Hit, ...]:
    ids = [one.id for one in kept]
    annotations = reader.annotations_of(ids)
    return tuple(
        Hit(page, one.texts, annotations[page.id].citations, annotations[page.id].contacts)
        for page, one in zip(reader.pages_by_id(ids), kept, strict=True)
    )


def count_facets(reader: Reader, query: Query) -> Facets:
    """How many of the best matches there are, by lender and topic."""
    if is_empty(query):
        return Facets(0, True, (), ())
    terms = (one.term for group in query.groups for one in group if one.facet is None)
    sufficient = all(map(are_sufficient, terms)) and not (query.since or query.until)
    most = _COUNTED if sufficient else _COUNTED_TEXTS
    rows = rows_behind(reader.connection, query, Place(Part.TEXTS), most + 1)
    if sufficient:
        pages = [index.page_number(row) for row in rows[:most]]
    else:
        pages = [one.id for one in _check(reader, query, rows[:most]).values()]
    lenders, topics = reader.facets_of(pages)
    return Facets(len(pages), len(rows) <= most, lenders, topics)


def _checked(
    reader: Reader, query: Query, after: Place, batch: int
) -> Iterator[tuple[Place, _Candidate | None]]:
    """The places behind ``after`` with their page, or ``None`` where the check fails."""
    for part in Part:
        if part < after.part:
            continue
        place, size = after if part is after.part else Place(part), batch
        while rows := rows_behind(reader.connection, query, place, size):
            hits = _check(reader, query, rows, part)
            yield from ((Place(part, row), hits.get(row)) for row in rows)
            # Where the check fails often, few large batches cost less than many small ones.
            place, size = Place(part, rows[-1]), min(2 * size, _LARGEST_BATCH)


def _check(
    reader: Reader, query: Query, rows: Sequence[int], part: Part | None = None
) -> dict[int, _Candidate]:
    """The rows whose pages match, with these pages; only those that belong to ``part``."""
    ids = [index.page_number(row) for row in rows]
    facets = _facets_of(reader, query, ids)
    # As JSON: most rows that fail do so before it has to be parsed, which takes half of the time.
    written = cast(PAGES.c.blocks, Text)
    columns = select(PAGES.c.id, PAGES.c.search_row, PAGES.c.title, written)
    pages = columns.where(PAGES.c.id.in_(ids))
    if query.since is not None:
        pages = pages.where(PAGES.c.sort_date >= query.since)
    if query.until is not None:
        pages = pages.where(PAGES.c.sort_date <= query.until)
    found: dict[int, _Candidate] = {}
    for number, row, told, blocks in reader.connection.execute(pages):
        has, title = facets.get(number, frozenset()), told or ""
        in_title = _has_all(query, title, has)
        if part is not None and (part is Part.TITLES) is not in_title:
            continue
        if not in_title and not _may_have_all(query, f"{title}\n{blocks}", has):
            continue
        page = _Candidate(number, tuple(block[1] for block in orjson.loads(blocks)))
        if in_title or _has_all(query, "\n".join((title, *page.texts)), has):
            found[row] = page
    return found


def _facets_of(reader: Reader, query: Query, ids: Sequence[int]) -> dict[int, frozenset[_Facet]]:
    """The facets of each page; asked for only when the query has any to compare."""
    if not any(one.facet for group in query.groups for one in group):
        return {}
    lenders, topics = reader.names_of(ids)
    return {
        number: frozenset(
            [("lender", one) for one in lenders.get(number, ())]
            + [("topic", one) for one in topics.get(number, ())]
        )
        for number in ids
    }


def _has_all(query: Query, text: str, has: frozenset[_Facet]) -> bool:
    return all(any(_matches(one, text, has) for one in group) for group in query.groups)


def _matches(one: Alternative, text: str, has: frozenset[_Facet]) -> bool:
    if one.facet is not None:
        return one.facet in has
    # Most terms stand in the text as they are, or not at all: folding it is for the others.
    if one.term in text:
        return True
    return may_hold(text, one.term) and one.term in fold(text).text


def _may_have_all(query: Query, written: str, has: frozenset[_Facet]) -> bool:
    """Whether a page may match, by its title and its blocks as they are stored."""
    terms = (one.term for group in query.groups for one in group)
    # What JSON escapes is not written as it reads, nor is the end of a block.
    if "\\" in written or any("\n" in term for term in terms):
        return True
    return all(
        any(
            one.facet in has if one.facet is not None else may_hold(written, one.term)
            for one in group
        )
        for group in query.groups
    )
