"""Worker processes that die: what they worked on is tried again, the culprit is named."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from crawler.batches import Batches
from crawler.workers import Workers, running_workers


def double(deadly: frozenset[int], items: Sequence[int]) -> list[int]:
    """Each item doubled; ends the process at a deadly one."""
    for item in items:
        if item in deadly:
            os.kill(os.getpid(), signal.SIGKILL)
    return [item * 2 for item in items]


def die_once(marker: Path, items: Sequence[int]) -> list[int]:
    """Each item doubled; ends the process the first time."""
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return [item * 2 for item in items]


@pytest.fixture
def workers() -> Iterator[Workers]:
    """One worker process, and what follows it."""
    with running_workers(1) as running:
        yield running


def test_the_item_that_ends_two_processes_is_told_from_its_batch(workers: Workers) -> None:
    async def work() -> list[list[int | None]]:
        first = await workers.run(double, frozenset({3}), [1, 2, 3, 4])
        second = await workers.run(double, frozenset({3}), [5])
        return [first, second]

    assert asyncio.run(work()) == [[2, 4, None, 8], [10]]


def test_an_item_whose_process_dies_once_is_not_lost(workers: Workers, tmp_path: Path) -> None:
    assert asyncio.run(workers.run(die_once, tmp_path / "dead", [1, 2])) == [2, 4]


def test_what_arrives_during_work_is_taken_together() -> None:
    taken: list[list[int]] = []

    async def work(batch: Sequence[int]) -> list[int]:
        taken.append(list(batch))
        await asyncio.sleep(0)
        return [item + 1 for item in batch]

    async def put_all() -> list[int]:
        batches: Batches[int, int] = Batches(work, most=3, parallel=1)
        return await asyncio.gather(*(batches.put(item) for item in range(6)))

    assert asyncio.run(put_all()) == [1, 2, 3, 4, 5, 6]
    assert taken == [[0], [1, 2, 3], [4, 5]]


def test_a_fault_of_a_batch_is_raised_for_each_of_its_items_and_the_next_goes_on() -> None:
    async def work(batch: Sequence[int]) -> list[int]:
        if 1 in batch:
            raise LookupError
        return list(batch)

    async def put_all() -> list[object]:
        batches: Batches[int, int] = Batches(work, most=2, parallel=1)
        puts = (batches.put(item) for item in range(4))
        return await asyncio.gather(*puts, return_exceptions=True)

    kinds = [type(one) for one in asyncio.run(put_all())]
    assert kinds == [int, LookupError, LookupError, int]
