"""Commands killed at random points, on both engines.

``./dev bench faults [--runs=25] [--only=crawl]``

Each run kills one command (SIGKILL to all its processes) before a random SQL statement or
within 4 ms of a random commit, looks at what is left, kills every fourth restart too, and
compares the end with that of an unkilled command. Without PostgreSQL only SQLite is tried.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from postgres import find_binaries, running_server
from stores import SQLiteFactory, StoreFactory, postgres_factory

from crawler.sample_site import SampleSite
from tests.faults.commands import Runner, running_runner
from tests.faults.scenarios import Scenario, Scenarios, Trial, make_corpus, make_site
from tests.faults.serving import kill_services

RUNS = 25  # of each command on each engine
_SLOW = 5  # a crawl or a service takes so many times longer than the others


def main(words: list[str]) -> int:
    """The exit status: 0 when every killed command ended like an unkilled one."""
    known = argparse.ArgumentParser(description=__doc__)
    known.add_argument("--runs", type=int, default=RUNS, help="of each command on each engine")
    known.add_argument("--only", default="", help="commands whose name contains this")
    said = known.parse_args(words)
    failures = 0
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="zhiquan-faults-")))
        engines: dict[str, StoreFactory] = {"SQLite": SQLiteFactory(folder)}
        if find_binaries() is not None:
            server = stack.enter_context(running_server())
            engines["PostgreSQL"] = stack.enter_context(postgres_factory(server))
        for name in ("corpus", "site"):
            (folder / name).mkdir()
        corpus = make_corpus(folder / "corpus")
        make_site(folder / "site")
        address = stack.enter_context(SampleSite(folder / "site")).address
        runner = stack.enter_context(running_runner())
        for engine, stores in engines.items():
            scenarios = Scenarios(stores, corpus, folder)
            few = -(-said.runs // _SLOW)
            for scenario in _all(scenarios, stores, address):
                if said.only in scenario.name:
                    runs = few if scenario.name == "crawl" else said.runs
                    failures += _try(engine, scenario, stores, runner, runs)
            if said.only in "serve":
                failures += kill_services(engine, scenarios.filled(), few)
    return int(failures > 0)


def _all(scenarios: Scenarios, stores: StoreFactory, address: str) -> Iterator[Scenario]:
    yield scenarios.importing()
    yield scenarios.importing_archive()
    yield scenarios.migrating()
    yield scenarios.grouping()
    yield scenarios.rereading()
    yield scenarios.copying(stores)
    yield scenarios.crawling(address)


def _try(engine: str, scenario: Scenario, stores: StoreFactory, runner: Runner, runs: int) -> int:
    """How many runs failed."""
    started = time.monotonic()
    trial = Trial(scenario, stores, runner)
    failed = 0
    for number in range(runs):
        try:
            trial.kill(number)
        except AssertionError:
            failed += 1
            traceback.print_exc(limit=-2)
    print(
        f"  {engine:<10}  {scenario.name:<15}  {runs:>4} runs, {trial.killed:>4} killed"
        f" ({trial.again} again in the restart), {failed} failed,"
        f" {time.monotonic() - started:.0f} s",
        flush=True,
    )
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
