"""The forking process, the corpus and the site that all tests of this folder share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crawler.sample_site import SampleSite
from tests.faults.commands import Runner, running_runner
from tests.faults.scenarios import Corpus, make_corpus, make_site


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    """Runs commands that can be killed."""
    with running_runner() as one:
        yield one


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """A dozen pages."""
    return make_corpus(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleSite]:
    """A site of nine pages."""
    folder = tmp_path_factory.mktemp("site")
    make_site(folder)
    with SampleSite(folder) as site:
        yield site
