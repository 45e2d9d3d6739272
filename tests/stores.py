"""New stores for tests, on either engine: migrated once, then copied, which takes no time."""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, text

from crawler.store import Store

_COPIES_FILES = 150000  # PostgreSQL 15 copies through its log unless told otherwise: half as fast


class StoreFactory(ABC):
    """Makes stores on one engine; all of them vanish with it."""

    def __init__(self) -> None:
        self._template: str | None = None

    def make(self) -> str:
        """The address of a new store without pages."""
        if self._template is None:
            self._template = self.address()
            Store.open(self._template).close()
        return self.copy(self._template)

    @abstractmethod
    def address(self) -> str:
        """The address of a database without a schema."""

    @abstractmethod
    def copy(self, url: str) -> str:
        """The address of a copy of the store at ``url``, which nobody may have open."""

    @abstractmethod
    def drop(self, url: str) -> None:
        """Delete a store, whoever has it open."""


class SQLiteFactory(StoreFactory):
    """Stores as files in a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def address(self) -> str:
        return f"sqlite:///{self._folder / uuid4().hex}.db"

    def copy(self, url: str) -> str:
        made = self.address()
        shutil.copyfile(url.removeprefix("sqlite:///"), made.removeprefix("sqlite:///"))
        return made

    def drop(self, url: str) -> None:
        path = Path(url.removeprefix("sqlite:///"))
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)


class PostgresFactory(StoreFactory):
    """Stores as databases of a running server; ``server`` is the address of one of its own."""

    def __init__(self, server: str) -> None:
        super().__init__()
        self._base = server.rpartition("/")[0]
        self._engine = create_engine(server, isolation_level="AUTOCOMMIT")

    def address(self) -> str:
        return self._create("")

    def copy(self, url: str) -> str:
        return self._create(f" TEMPLATE {url.rpartition('/')[2]}")

    def drop(self, url: str) -> None:
        self._run(f"DROP DATABASE IF EXISTS {url.rpartition('/')[2]} WITH (FORCE)")

    def close(self) -> None:
        """Close the connection; the databases go with the server."""
        self._engine.dispose()

    def _create(self, template: str) -> str:
        name = f"test_{uuid4().hex}"
        self._run(f"CREATE DATABASE {name}{template}")
        return f"{self._base}/{name}"

    def _run(self, statement: str) -> None:
        with self._engine.connect() as connection:
            version = connection.connection.driver_connection.info.server_version
            if "TEMPLATE" in statement and version >= _COPIES_FILES:
                statement += " STRATEGY FILE_COPY"
            connection.execute(text(statement))


@contextmanager
def postgres_factory(server: str) -> Iterator[PostgresFactory]:
    """A factory on the server, its connection closed at the end."""
    factory = PostgresFactory(server)
    try:
        yield factory
    finally:
        factory.close()
