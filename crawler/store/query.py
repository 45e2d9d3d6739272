"""What a search asks, in the words of either engine, and the index's rows that may answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any, Final

from sqlalchemy import Connection, text

from crawler.store import index
from crawler.store.quality import qualities_between
from crawler.store.tokens import facet_token, query_tokens

_LAST_ROW: Final = (1 << 63) - 1


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


def is_empty(query: Query) -> bool:
    """Whether the query has nothing to look up: neither a letter or digit nor a facet."""
    return not _expression(query, _SQLite())


def rows_behind(connection: Connection, query: Query, place: Place, number: int) -> list[int]:
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
