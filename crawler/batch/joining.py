"""Finding copies among all parts: candidates by plain SQL, verdicts on pairs, clusters.

The rules are the store's (``dedup.index``): a key counts on the first entries that have it,
a candidate shares enough of the smaller one's keys, and each page is compared with its best
candidates among those before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from crawler.batch.parts import member_of
from crawler.dedup import (
    MAX_POSTINGS,
    Edge,
    Fingerprint,
    Relation,
    compare,
    find_clusters,
)
from crawler.dedup.index import MIN_SHARED
from crawler.seeds import load_references
from crawler.store.postings import MAX_CANDIDATES
from crawler.work import Task

PAIRS_A_CHUNK = 2000

_PREPARE = """
CREATE TABLE entries AS
  SELECT row_number() OVER (ORDER BY part, line) AS entry, *, len(keys) AS size FROM (
    SELECT *, filename AS part, file_row_number AS line FROM
      read_parquet($parts, filename = true, file_row_number = true)
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY fetched_at DESC, part DESC, line DESC) = 1
  );
CREATE TABLE exact AS
  SELECT entry, min(entry) OVER (PARTITION BY digest) AS first FROM entries WHERE bare <> '';
CREATE TABLE keys AS SELECT entry, unnest(keys) AS key FROM entries;
CREATE TABLE postings AS
  SELECT entry, key FROM keys
  QUALIFY row_number() OVER (PARTITION BY key ORDER BY entry) <= $postings;
CREATE TABLE candidates AS
  SELECT one, two, row_number() OVER (ORDER BY two, one) - 1 AS pair FROM (
    SELECT shared.one, shared.two, hits / least(first.size, second.size) AS alike FROM (
      SELECT postings.entry AS one, keys.entry AS two, count(*) AS hits
      FROM postings JOIN keys ON keys.key = postings.key AND postings.entry < keys.entry
      GROUP BY ALL
    ) AS shared
    JOIN entries AS first ON first.entry = shared.one
    JOIN entries AS second ON second.entry = shared.two
    JOIN exact ON exact.entry = shared.two AND exact.first = shared.two
    WHERE hits >= $share * first.size OR hits >= $share * second.size
    QUALIFY row_number() OVER (PARTITION BY shared.two ORDER BY alike DESC, shared.one)
      <= $candidates
  );
"""
_PRINT = "title, bare, named, surfaces, about, keys, digest"


def prepare(folder: Path) -> int:
    """Join the fingerprints below ``folder`` into pairs to compare; the number of chunks."""
    _database(folder).unlink(missing_ok=True)
    with duckdb.connect(str(_database(folder))) as connection:
        values: dict[str, object] = {
            "parts": str(folder / "fingerprints" / "part-*.parquet"),
            "postings": MAX_POSTINGS,
            "share": MIN_SHARED,
            "candidates": MAX_CANDIDATES,
        }
        for statement in filter(str.strip, _PREPARE.split(";")):
            used = {name: value for name, value in values.items() if f"${name}" in statement}
            connection.execute(statement, used)
        pairs = _one(connection, "SELECT count(*) FROM candidates")
    return -(-pairs // PAIRS_A_CHUNK)


def find_same(task: Task, folder: Path, chunk: int) -> list[tuple[str, str]]:
    """The chunk's pairs of ids that say the same."""
    places = frozenset(load_references(task.seeds).places)
    with duckdb.connect(str(_database(folder)), read_only=True) as connection:
        pairs = connection.execute(
            "SELECT a.id, b.id, one, two FROM candidates JOIN entries AS a ON a.entry = one"
            " JOIN entries AS b ON b.entry = two WHERE pair BETWEEN ? AND ? ORDER BY pair",
            [chunk * PAIRS_A_CHUNK, (chunk + 1) * PAIRS_A_CHUNK - 1],
        ).fetchall()
        prints = _fingerprints(connection, {id for pair in pairs for id in pair[:2]})
    return [
        (one, two)
        for one, two, *_entries in pairs
        if compare(prints[two], prints[one], places).relation is Relation.SAME
    ]


def cluster(task: Task, folder: Path, same: Iterable[tuple[str, str]]) -> int:
    """Write the articles with their clusters to ``folder``/articles.parquet; how many there are."""
    places = frozenset(load_references(task.seeds).places)
    with duckdb.connect(str(_database(folder))) as connection:
        rows = _rows(connection, "SELECT * EXCLUDE (bare, keys, named, surfaces) FROM entries")
        members = {row["id"]: member_of(row) for row in rows}
        exact = connection.execute(
            "SELECT a.id, b.id FROM exact JOIN entries AS a ON a.entry = exact.entry"
            " JOIN entries AS b ON b.entry = exact.first WHERE exact.entry <> exact.first"
        ).fetchall()
        edges = [Edge(one, two) for one, two in (*exact, *same)]

        def relate(one: str, two: str) -> Relation:
            prints = _fingerprints(connection, {one, two})
            return compare(prints[one], prints[two], places).relation

        leads = find_clusters(members, edges, relate)
        return _write_articles(connection, folder, leads)


def _write_articles(
    connection: duckdb.DuckDBPyConnection, folder: Path, leads: dict[str, str]
) -> int:
    names: dict[str, str] = {}
    for key in sorted(leads):
        names.setdefault(leads[key], key)  # a cluster is called by its first member
    connection.execute(
        "CREATE OR REPLACE TABLE clusters (id VARCHAR, cluster VARCHAR, lead VARCHAR)"
    )
    connection.executemany(
        "INSERT INTO clusters VALUES (?, ?, ?)",
        [(key, names[lead], lead) for key, lead in sorted(leads.items())] or [("", "", "")],
    )
    partial = folder / ".articles.parquet"
    quoted = str(partial).replace("'", "''")
    connection.execute(
        "COPY (SELECT articles.* EXCLUDE (filename, file_row_number), clusters.cluster,"  # noqa: S608
        " clusters.lead = clusters.id AS representative"
        " FROM read_parquet($parts, filename = true, file_row_number = true) AS articles"
        " JOIN entries ON entries.id = articles.id AND entries.line = articles.file_row_number"
        " AND parse_filename(entries.part) = parse_filename(articles.filename)"
        " JOIN clusters ON clusters.id = articles.id ORDER BY entries.entry)"
        f" TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)",
        {"parts": str(folder / "articles" / "part-*.parquet")},
    )
    partial.rename(folder / "articles.parquet")
    return _one(connection, "SELECT count(*) FROM entries")


def _fingerprints(
    connection: duckdb.DuckDBPyConnection, ids: Iterable[str]
) -> dict[str, Fingerprint]:
    query = f"SELECT id, {_PRINT} FROM entries WHERE id IN (SELECT unnest(?))"  # noqa: S608 - constant
    return {
        id: Fingerprint(
            title, bare, tuple(named), tuple(surfaces), frozenset(about), tuple(keys), digest
        )
        for id, title, bare, named, surfaces, about, keys, digest in connection.execute(
            query, [sorted(ids)]
        ).fetchall()
    }


def _database(folder: Path) -> Path:
    return folder / ".join.duckdb"


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    result = connection.execute(query)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
