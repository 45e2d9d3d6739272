"""Fixtures that every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

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
