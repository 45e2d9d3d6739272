"""Moving a whole store from one database to another, of either kind."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import BigInteger, Connection, Table, func, insert, select, text

from crawler.errors import StoreError
from crawler.store.engine import Store
from crawler.store.shown import index_again
from crawler.store.tables import METADATA, PAGES

_BATCH = 500  # rows of a page's size; a batch stays in the tens of megabytes
Progress = Callable[[str, int], None]


def copy_store(source: Store, target: Store, progress: Progress | None = None) -> dict[str, int]:
    """Rows copied, by table; ``target`` then answers as ``source`` did.

    Everything arrives in one transaction or not at all. Raises ``StoreError`` when the target
    already holds rows, or when a count differs at the end.
    """
    with source.reading() as reader, target.begin() as transaction:
        reading, writing = reader.connection, transaction.connection
        _require_empty(writing, target.name)
        copied = {
            table.name: _copy_table(reading, writing, table, progress)
            for table in METADATA.sorted_tables
        }
        _index(writing, progress)
        _continue_numbers(writing)
        _verify(reading, writing, target.name)
    return copied


def _require_empty(connection: Connection, name: str) -> None:
    for table in METADATA.sorted_tables:
        if connection.execute(select(table).limit(1)).first() is not None:
            raise StoreError(f"{name}: is not empty ({table.name} has rows); give a new database")


def _copy_table(
    reading: Connection, writing: Connection, table: Table, progress: Progress | None
) -> int:
    rows = reading.execution_options(yield_per=_BATCH).execute(
        select(table).order_by(*table.primary_key.columns)
    )
    copied = 0
    for part in rows.mappings().partitions():
        writing.execute(insert(table), [dict(row) for row in part])
        copied += len(part)
        if progress:
            progress(table.name, len(part))
    return copied


def _index(connection: Connection, progress: Progress | None) -> None:
    """Search rows hold the same numbers in both; their tokens are made anew for the engine."""
    indexed = select(PAGES.c.id).where(PAGES.c.search_row.is_not(None)).order_by(PAGES.c.id)
    for number in connection.execute(indexed).scalars().all():
        index_again(connection, number)
        if progress:
            progress("search", 1)


def _continue_numbers(connection: Connection) -> None:
    """PostgreSQL's counters know nothing of keys that were written by hand."""
    if connection.dialect.name != "postgresql":
        return
    for table in METADATA.sorted_tables:
        key = table.autoincrement_column
        if key is None or not isinstance(key.type, BigInteger):
            continue
        names = {"table": table.name, "key": key.name}
        sequence = connection.execute(
            text("SELECT pg_get_serial_sequence(:table, :key)"), names
        ).scalar()
        last = connection.execute(select(func.max(key))).scalar()
        if sequence and last is not None:
            connection.execute(
                text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last}
            )


def _verify(reading: Connection, writing: Connection, name: str) -> None:
    for table in METADATA.sorted_tables:
        count = select(func.count()).select_from(table)
        had, has = reading.execute(count).scalar(), writing.execute(count).scalar()
        if had != has:
            raise StoreError(f"{name}: {table.name} has {has} rows instead of {had}; nothing kept")
