"""The search index's rows: SQLite's contentless FTS5, or tsvector columns on PostgreSQL.

A row's number is its rank: reading rows in order of their numbers reads the best first,
so that a query stops as soon as it has enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from crawler.store.tokens import facet_token, index_tokens

_ID_BITS = 40
_TOP_QUALITY = 9999

SQLITE_SCHEMA = tuple(
    f"CREATE VIRTUAL TABLE search_{part} USING fts5("
    "tokens, content='', detail=none, prefix='1',"
    " tokenize=\"ascii tokenchars ':-_.'\")"
    for part in ("titles", "texts")
)
POSTGRES_SCHEMA = (
    (
        "CREATE TABLE search_entries (search_row BIGINT PRIMARY KEY,"
        " titles TSVECTOR NOT NULL, texts TSVECTOR NOT NULL)"
    ),
    "CREATE INDEX ix_search_entries_titles ON search_entries USING gin (titles)",
    "CREATE INDEX ix_search_entries_texts ON search_entries USING gin (texts)",
)


_ADD = {
    part: text(f"INSERT INTO search_{part}(rowid, tokens) VALUES (:row, :tokens)")  # noqa: S608 - two constants
    for part in ("titles", "texts")
}
_ADD_VECTORS = text(
    "INSERT INTO search_entries VALUES"
    " (:row, array_to_tsvector(:titles), array_to_tsvector(:texts))"
)


@dataclass(frozen=True, slots=True)
class Document:
    """What of a page is searched: its texts and its facets."""

    title: str
    blocks: tuple[str, ...]
    lenders: tuple[str, ...]
    topics: tuple[str, ...]


def row_number(quality: int, page_id: int) -> int:
    """The page's row in the index: lower for higher quality, then for the newer page."""
    return ((_TOP_QUALITY - quality) << _ID_BITS) | ((1 << _ID_BITS) - 1 - page_id)


def row_span(best: int, worst: int) -> tuple[int, int]:
    """The first and the last row of pages with these and the qualities between."""
    return (_TOP_QUALITY - best) << _ID_BITS, ((_TOP_QUALITY - worst + 1) << _ID_BITS) - 1


def page_number(row: int) -> int:
    """The page whose row it is."""
    return (1 << _ID_BITS) - 1 - (row & ((1 << _ID_BITS) - 1))


def add(connection: Connection, row: int, document: Document) -> None:
    """Index the document under ``row``."""
    add_all(connection, [(row, document)])


def add_all(connection: Connection, rows: Sequence[tuple[int, Document]]) -> None:
    """Index each document under its row; there is at least one."""
    tokens = [(row, *_tokens(document)) for row, document in rows]
    if connection.dialect.name == "postgresql":
        found = [{"row": row, "titles": titles, "texts": texts} for row, titles, texts in tokens]
        connection.execute(_ADD_VECTORS, found)
        return
    titled = [{"row": row, "tokens": " ".join(titles)} for row, titles, _ in tokens]
    connection.execute(_ADD["titles"], titled)
    told = [{"row": row, "tokens": " ".join(texts)} for row, _, texts in tokens]
    connection.execute(_ADD["texts"], told)


def remove(connection: Connection, row: int, document: Document) -> None:
    """Take the document out again; it must be the one that was added."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("DELETE FROM search_entries WHERE search_row = :row"), {"row": row})
        return
    for part, tokens in zip(("titles", "texts"), _tokens(document), strict=True):
        connection.execute(
            text(
                f"INSERT INTO search_{part}(search_{part}, rowid, tokens)"  # noqa: S608 - two constants
                " VALUES ('delete', :row, :tokens)"
            ),
            {"row": row, "tokens": " ".join(tokens)},
        )


def _tokens(document: Document) -> tuple[list[str], list[str]]:
    facets = {facet_token("lender", name) for name in document.lenders}
    facets |= {facet_token("topic", name) for name in document.topics}
    titles = index_tokens([document.title])
    texts = titles | index_tokens(document.blocks)
    return sorted(titles | facets), sorted(texts | facets)
