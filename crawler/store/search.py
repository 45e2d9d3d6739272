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
from datetime import date
from enum import IntEnum
from typing import Any, Final

import orjson
from sqlalchemy import Connection, Text, cast, select, text

from crawler.model import Citation, Contact
from crawler.store import index
from crawler.store.quality import qualities_between
from crawler.store.reads import Reader
from crawler.store.records import ListedPage
from crawler.store.tables import PAGES
from crawler.store.tokens import are_sufficient, facet_token, query_tokens
from crawler.text import fold, may_hold

_SPARE: Final = 4  # candidates read beyond what is wanted, since a few may fail the check
_MOST_CANDIDATES = 1024  # read for one answer; a further part continues behind them
_LARGEST_BATCH: Final = 256  # rows read and checked at once
_COUNTED: Final = 2000  # best rows over which facets are counted
_COUNTED_TEXTS: Final = 400
"""The same where each row's text must be read: about 25 ms. Re-measure with bench_search."""
_LAST_ROW: Final = (1 << 63) - 1


_Facet = tuple[str, str]


class Part(IntEnum):
    """Which hits an answer has come to."""

    TITLES = 0
    TEXTS = 1


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way for a page to match: its text has ``term`` (folded), or it has the facet."""

    term: str = ""
    facet: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A page matches when it matches an alternative of each group and has all ``facets``.

    ``facets`` are groups too: of each, a page has at least one. ``since`` and ``until`` are
    the first and the last day on which it may have been published, or first seen where it
    does not say.
    """

    groups: tuple[tuple[Alternative, ...], ...]
    facets: tuple[tuple[tuple[str, str], ...], ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer ended, and the next one begins."""

    part: Part = Part.TITLES
    row: int = -1


_START = Place()


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
    if not _expression(query, _SQLite()):
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
    if not _expression(query, _SQLite()):
        return Facets(0, True, (), ())
    terms = (one.term for group in query.groups for one in group if one.facet is None)
    sufficient = all(map(are_sufficient, terms)) and not (query.since or query.until)
    most = _COUNTED if sufficient else _COUNTED_TEXTS
    rows = _rows(reader.connection, query, Place(Part.TEXTS), most + 1)
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
        while rows := _rows(reader.connection, query, place, size):
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


def _rows(connection: Connection, query: Query, place: Place, number: int) -> list[int]:
    """The index's rows behind ``place`` that may match, best first."""
    spans = _spans(query, place.row)
    if not spans:
        return []
    if connection.dialect.name == "postgresql":
        return _postgres_rows(connection, query, place.part, spans, number)
    table = "search_titles" if place.part is Part.TITLES else "search_texts"
    statement = text(
        f"SELECT rowid FROM {table} WHERE {table} MATCH :match"  # noqa: S608 - two constants
        " AND rowid > :after AND rowid <= :last ORDER BY rowid LIMIT :number"
    )
    values: dict[str, Any] = {"match": _expression(query, _SQLite())}
    rows: list[int] = []
    for after, last in spans:  # FTS5 seeks the start of a span, but reads through a gap
        if len(rows) < number:
            values |= {"after": after, "last": last, "number": number - len(rows)}
            rows += connection.execute(statement, values).scalars()
    return rows


def _postgres_rows(
    connection: Connection, query: Query, part: Part, spans: Sequence[tuple[int, int]], number: int
) -> list[int]:
    column = "titles" if part is Part.TITLES else "texts"
    # The planner takes no account of unpacking the vectors that other scans read; with the
    # position inside of the CTE it would walk the primary key (200 ms instead of 5).
    connection.execute(text("SET LOCAL enable_seqscan = off"))
    values: dict[str, Any] = {"number": number, "match": _expression(query, _Postgres())}
    inside = []
    for at, (after, last) in enumerate(spans):
        inside.append(f"search_row > :after{at} AND search_row <= :last{at}")
        values |= {f"after{at}": after, f"last{at}": last}
    statement = (
        f"WITH found AS MATERIALIZED (SELECT search_row FROM search_entries"  # noqa: S608 - constants and numbers
        f" WHERE {column} @@ CAST(:match AS tsquery))"
        f" SELECT search_row FROM found WHERE {' OR '.join(inside)}"
        " ORDER BY search_row LIMIT :number"
    )
    return list(connection.execute(text(statement), values).scalars())


def _spans(query: Query, after: int) -> list[tuple[int, int]]:
    """The rows in question behind ``after``: (the one before the first, the last), ascending."""
    if query.since is None and query.until is None:
        return [(after, _LAST_ROW)]
    qualities = qualities_between(query.since, query.until)
    spans = (index.row_span(best, worst) for best, worst in qualities)
    return [(max(first - 1, after), last) for first, last in spans if last > after]


class _SQLite:
    both, either = " AND ", " OR "

    def token(self, token: str, *, prefix: bool = False) -> str:
        return f'"{token}"*' if prefix else f'"{token}"'


class _Postgres:
    both, either = " & ", " | "

    def token(self, token: str, *, prefix: bool = False) -> str:
        quoted = token.replace("\\", "\\\\").replace("'", "''")
        return f"'{quoted}':*" if prefix else f"'{quoted}'"


def _expression(query: Query, language: _SQLite | _Postgres) -> str:
    """The query in the engine's language. Tokens are letters, digits and facets only."""
    groups = [[_alternative(one, language) for one in group] for group in query.groups]
    groups += [[language.token(facet_token(*facet)) for facet in group] for group in query.facets]
    joined = (language.either.join(one for one in group if one) for group in groups)
    return language.both.join(f"({one})" for one in joined if one)


def _alternative(one: Alternative, language: _SQLite | _Postgres) -> str:
    if one.facet is not None:
        return language.token(facet_token(*one.facet))
    tokens, prefixes = query_tokens(one.term)
    parts = [language.token(token) for token in tokens]
    parts += [language.token(token, prefix=True) for token in prefixes]
    return f"({language.both.join(parts)})" if parts else ""
