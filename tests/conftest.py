"""Fixtures that every test may use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from postgres import find_binaries, new_database, running_server

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


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[str]:
    """A new, empty PostgreSQL database, dropped after the test."""
    with new_database(postgres_url) as url:
        yield url
