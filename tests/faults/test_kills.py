"""Commands killed at random points: nothing is half-written, and the restart makes it good.

A few runs of each; ``./dev bench faults`` does hundreds.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from stores import PostgresFactory, SQLiteFactory, StoreFactory

from tests.faults.commands import Runner
from tests.faults.scenarios import Corpus, Scenario, Scenarios, Trial

RUNS = 2
_ON_POSTGRES = ("importing", "rereading")  # the others by the long version


@pytest.mark.parametrize(
    "name", ["importing", "importing_archive", "migrating", "grouping", "rereading"]
)
def test_a_killed_command_ends_like_an_unkilled_one(
    name: str, sqlite_stores: SQLiteFactory, runner: Runner, corpus: Corpus, tmp_path: Path
) -> None:
    _kill(getattr(Scenarios(sqlite_stores, corpus, tmp_path), name)(), sqlite_stores, runner)


@pytest.mark.parametrize("name", _ON_POSTGRES)
def test_so_it_does_on_postgresql(
    name: str, postgres_stores: PostgresFactory, runner: Runner, corpus: Corpus, tmp_path: Path
) -> None:
    _kill(getattr(Scenarios(postgres_stores, corpus, tmp_path), name)(), postgres_stores, runner)


def test_a_killed_copy_can_be_made_again(
    sqlite_stores: SQLiteFactory,
    store_factory: StoreFactory,
    runner: Runner,
    corpus: Corpus,
    tmp_path: Path,
) -> None:
    _kill(Scenarios(sqlite_stores, corpus, tmp_path).copying(store_factory), store_factory, runner)


def _kill(scenario: Scenario, stores: StoreFactory, runner: Runner) -> None:
    trial = Trial(scenario, stores, runner)
    for number in range(RUNS):
        trial.kill(number)
    assert trial.killed
