"""Fixtures that every test may use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from postgres import find_binaries, running_server
from stores import PostgresFactory, SQLiteFactory, StoreFactory, postgres_factory

# The same examples on every run, and no time limit: a busy machine is not a fault.
settings.register_profile("zhiquan", deadline=None, derandomize=True)
settings.load_profile("zhiquan")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def project_folder() -> Path:
    """The repository's root folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder of real pages beside the project; the test is skipped when it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no shared folder beside the project")
    return folder


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The database ``postgres`` of a server started for these tests, which may fill it.

    Tests are skipped only when no PostgreSQL is installed; a server that fails to start fails.
    """
    if find_binaries() is None:
        pytest.skip("no PostgreSQL is installed; ./dev test installs it")
    with running_server() as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_stores(tmp_path_factory: pytest.TempPathFactory) -> StoreFactory:
    """Makes stores on SQLite."""
    return SQLiteFactory(tmp_path_factory.mktemp("stores"))


@pytest.fixture(scope="session")
def postgres_stores(postgres_url: str) -> Iterator[PostgresFactory]:
    """Makes stores on PostgreSQL."""
    with postgres_factory(postgres_url) as factory:
        yield factory


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def store_factory(request: pytest.FixtureRequest) -> StoreFactory:
    """Makes stores; a test that uses it runs once on each engine."""
    name = "sqlite_stores" if request.param == "sqlite" else "postgres_stores"
    factory: StoreFactory = request.getfixturevalue(name)
    return factory


@pytest.fixture
def store_url(store_factory: StoreFactory) -> Iterator[str]:
    """The address of a store without pages, on either engine."""
    url = store_factory.make()
    yield url
    store_factory.drop(url)


@pytest.fixture
def postgres_database(postgres_stores: PostgresFactory) -> Iterator[str]:
    """The address of a store without pages on PostgreSQL, dropped after the test."""
    url = postgres_stores.make()
    yield url
    postgres_stores.drop(url)
