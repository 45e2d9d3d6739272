"""A pool of processes that curate pages, and ends with the process that started it."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import TypeVar

from crawler.extraction import load_second_opinion

_COLLECT = (20_000, 20, 50)
"""Objects after which the collector runs: a page makes some ten thousand, nearly all of which
end without it."""

_J = TypeVar("_J")
_T = TypeVar("_T")
_R = TypeVar("_R")


def count_processes() -> int:
    """How many processes can run at once for us; at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


@contextmanager
def running_pool(processes: int) -> Iterator[ProcessPoolExecutor]:
    """A pool that shares what this process has loaded, ended with the ``with`` block.

    Enter it before any thread is started, any database opened and Twisted's reactor
    installed: the processes are forked at once.
    """
    load_second_opinion()  # once for all of them
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_settle_in)
    pool.submit(os.getpid).result()  # the first task makes the pool fork all its processes
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


class Workers:
    """Processes that work on batches, and outlive pages that end a process.

    A page beyond memory, or one that makes a library crash, takes a process and with it the
    whole pool down. Then every item that was being worked on is tried once more in a process
    of its own; one that ends this too is the culprit.
    """

    def __init__(self, pool: ProcessPoolExecutor, processes: int) -> None:
        self.processes = processes
        self._pool = pool
        self._alone: ProcessPoolExecutor | None = None
        self._suspecting: asyncio.Lock | None = None

    async def run(
        self, function: Callable[[_J, Sequence[_T]], Sequence[_R]], job: _J, items: Sequence[_T]
    ) -> list[_R | None]:
        """``function(job, items)``; ``None`` stands for an item that ended two processes."""
        pool = self._pool
        loop = asyncio.get_running_loop()
        try:
            return list(await loop.run_in_executor(pool, function, job, items))
        except BrokenProcessPool:
            self._renew(pool)
        # One at a time, so that there is no doubt who ended the process.
        self._suspecting = self._suspecting or asyncio.Lock()
        async with self._suspecting:
            return [await self._run_alone(function, job, item) for item in items]

    async def _run_alone(
        self, function: Callable[[_J, Sequence[_T]], Sequence[_R]], job: _J, item: _T
    ) -> _R | None:
        self._alone = self._alone or _later_pool(1)
        loop = asyncio.get_running_loop()
        try:
            (result,) = await loop.run_in_executor(self._alone, function, job, [item])
        except BrokenProcessPool:
            self._alone.shutdown(wait=False)
            self._alone = None
            return None
        return result

    def _renew(self, broken: ProcessPoolExecutor) -> None:
        """Replaces the broken pool, once however many tasks found it broken."""
        if self._pool is broken:
            broken.shutdown(wait=False)
            self._pool = _later_pool(self.processes)

    def close(self) -> None:
        """Ends the processes."""
        for pool in (self._pool, self._alone):
            if pool is not None:
                pool.shutdown(wait=True, cancel_futures=True)


def _later_pool(processes: int) -> ProcessPoolExecutor:
    """A pool for a process that has threads by now, which must not be forked."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_settle_in)


@contextmanager
def running_workers(processes: int) -> Iterator[Workers]:
    """Workers that end with the ``with`` block; enter it as early as ``running_pool``."""
    with running_pool(processes) as pool:
        workers = Workers(pool, processes)
        try:
            yield workers
        finally:
            workers.close()


def collect_seldom() -> None:
    """Leaves what is loaded by now to stay: looking through it again took an eighth of the time."""
    gc.freeze()
    gc.set_threshold(*_COLLECT)


def _settle_in() -> None:
    """Leaves Ctrl-C to the parent, and ends this process when the parent is gone.

    A killed parent closes no queue: without the watch its workers would wait for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    collect_seldom()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
