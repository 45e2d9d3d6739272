"""Connections to either engine, set up so that both behave alike."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_SECONDS = 30.0
"""Writers queue this long for each other before "another program is writing" is reported."""

_GONE_AFTER = {"idle": 60, "interval": 10, "count": 3}
"""Seconds of silence, seconds between questions and their number until PostgreSQL takes a
client for gone: a machine that lost its power must not keep the writers' lock for hours."""


def is_file(url: URL) -> bool:
    """Whether the address is that of an SQLite file."""
    name = url.database
    return url.get_backend_name() == "sqlite" and bool(name) and name != ":memory:"


def make_engine(url: URL, *, readonly: bool) -> Engine:
    """The engine for the address; nothing is opened yet."""
    if is_file(url):
        return _make_sqlite(url, readonly=readonly)
    return _make_postgres(url, readonly=readonly)


def _dumps(value: object) -> str:
    return orjson.dumps(value).decode()


def _make_postgres(url: URL, *, readonly: bool) -> Engine:
    settings = {f"tcp_keepalives_{name}": value for name, value in _GONE_AFTER.items()}
    settings["lock_timeout"] = round(BUSY_SECONDS * 1000)
    if readonly:
        settings["default_transaction_read_only"] = 1
    engine = create_engine(
        url,
        # Whatever the server's default: behind the writers' lock each statement has to see
        # what the writer before committed.
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,  # a server that was restarted costs no request
        json_serializer=_dumps,
        json_deserializer=orjson.loads,
        connect_args={
            "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
            "connect_timeout": 10,
        },
    )

    dumper = _text_dumper()

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _entry: ConnectionPoolEntry) -> None:
        connection.adapters.register_dumper(str, dumper)

    return engine


def _text_dumper() -> type:
    """How texts are sent: PostgreSQL's take no NUL, which becomes U+FFFD as in HTML."""
    from psycopg.types.string import StrDumperUnknown

    class _Text(StrDumperUnknown):
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", "\ufffd"))

    return _Text


def _make_sqlite(url: URL, *, readonly: bool) -> Engine:
    mode = "ro" if readonly else "rwc"
    address = f"file:{quote(str(Path(str(url.database)).absolute()))}?mode={mode}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            address, uri=True, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None
        )

    engine = create_engine(
        "sqlite://",
        creator=connect,
        poolclass=QueuePool,
        max_overflow=-1,
        json_serializer=_dumps,
        json_deserializer=orjson.loads,
    )
    _set_sqlite_up(engine, readonly=readonly)
    return engine


def _set_sqlite_up(engine: Engine, *, readonly: bool) -> None:
    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA temp_store=MEMORY")
        if readonly:
            # Not for writers: a crawl's memory would grow with the file it writes.
            connection.execute("PRAGMA mmap_size=268435456")
            connection.execute("PRAGMA query_only=ON")
        else:
            connection.execute("PRAGMA journal_mode=WAL")
            # In WAL mode NORMAL loses no committed page when a process is killed.
            connection.execute("PRAGMA synchronous=NORMAL")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("zhiquan_writes", False)
        # A writer takes the lock at once: upgrading a read lock later could deadlock.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
