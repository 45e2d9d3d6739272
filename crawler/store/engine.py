"""Opening the database: connections, migrations, transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from crawler.errors import MigrationError, StoreAddressError, StoreError
from crawler.store.connections import is_file, make_engine
from crawler.store.faults import clear_faults, place
from crawler.store.reads import Reader
from crawler.store.tables import REVISION
from crawler.store.writes import Transaction

DEFAULT_URL = "sqlite:///var/zhiquan.db"
_MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_WRITERS = 7263002  # the lock that writers on PostgreSQL queue for


class Store:
    """An open database. Safe to share between threads; each transaction takes a connection."""

    def __init__(self, engine: Engine, url: URL, *, writable: bool) -> None:
        self._engine = engine
        self._url = url
        self._writable = writable
        self.is_new = False
        """Whether opening it made it: until something is stored, it is empty."""

    @classmethod
    def open(cls, url: str, *, new: bool = True) -> Store:
        """The store at ``url``, migrated as needed, for reading and writing.

        One that does not exist is created or, unless it may be ``new``, a ``StoreError``.
        """
        parsed = _parse_url(url)
        _check_folder(parsed)
        if not new:
            _check_existence(parsed)
        engine = make_engine(parsed, readonly=False)
        store = cls(engine, parsed, writable=True)
        try:
            with clear_faults(parsed):
                store.is_new = _migrate(engine, parsed)
        except StoreError:
            store.close()
            raise
        return store

    @classmethod
    def open_readonly(cls, url: str) -> Store:
        """The store at ``url`` through connections on which the engine refuses every write.

        Raises ``StoreError`` when it does not exist and ``MigrationError`` when its schema
        is not this program's.
        """
        parsed = _parse_url(url)
        _check_folder(parsed)
        _check_existence(parsed)
        engine = make_engine(parsed, readonly=True)
        store = cls(engine, parsed, writable=False)
        try:
            with clear_faults(parsed), engine.connect() as connection:
                _check_revision(_find_revision(connection), parsed, writable=False)
        except StoreError:
            store.close()
            raise
        return store

    @property
    def name(self) -> str:
        """The database as a person knows it; never holds a password."""
        return place(self._url)

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        """One transaction: committed at the block's end, rolled back on an exception."""
        if not self._writable:
            raise StoreError(f"{self.name}: opened for reading only")
        with clear_faults(self._url):
            engine = self._engine.execution_options(zhiquan_writes=True)
            with engine.begin() as connection:
                if connection.dialect.name == "postgresql":
                    # Writers take turns, as on SQLite: what one reads another may be changing.
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_WRITERS})"))
                yield Transaction(connection)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Reads that all see the same state of the database."""
        engine = self._engine
        if engine.dialect.name == "postgresql":
            # Its default shows each statement what was committed meanwhile.
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with clear_faults(self._url), engine.connect() as connection:
            yield Reader(connection)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def _parse_url(url: str) -> URL:
    try:
        parsed = make_url(url)
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError) as error:
        raise StoreAddressError(
            "the database address cannot be used; give sqlite:///path/to/file.db"
            " or postgresql+psycopg://user@host/name"
        ) from error
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StoreAddressError(
            f"{place(parsed)}: only sqlite and postgresql databases are supported"
        )
    if parsed.get_backend_name() == "sqlite" and not is_file(parsed):
        raise StoreAddressError(
            "a database in memory is lost at once; give sqlite:///path/to/file.db"
        )
    return parsed


def _check_folder(url: URL) -> None:
    if not is_file(url):
        return
    path = Path(str(url.database))
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; give the path of a file")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: its folder does not exist; create {path.parent} first")


def _check_existence(url: URL) -> None:
    if is_file(url) and not Path(str(url.database)).exists():
        raise StoreError(f"{place(url)}: no such database; crawl or import something first")


def _find_revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if row is None else str(row)


def _check_revision(found: str | None, url: URL, *, writable: bool) -> None:
    """Raises ``MigrationError`` unless the schema is ours, or older and may be migrated."""
    if found == REVISION:
        return
    if found is not None and found > REVISION:
        raise MigrationError(
            f"{place(url)}: its schema {found} is newer than this program's {REVISION};"
            " upgrade zhiquan"
        )
    if not writable:
        what = f"its schema {found} is older than {REVISION}" if found else "it has no tables yet"
        raise MigrationError(f"{place(url)}: {what}; run a command that writes, such as import")


def _migrate(engine: Engine, url: URL) -> bool:
    """Whether the database had no tables before."""
    with engine.connect() as connection:
        found = _find_revision(connection)
    _check_revision(found, url, writable=True)
    if found == REVISION:
        return False
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.execution_options(zhiquan_writes=True).begin() as connection:
        if url.get_backend_name() == "postgresql":
            # Two programs starting together migrate one after the other.
            connection.execute(text("SELECT pg_advisory_xact_lock(7263001)"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return found is None
