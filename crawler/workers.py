"""A pool of processes that curate pages, and ends with the process that started it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait


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
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_settle_in)
    pool.submit(os.getpid).result()  # the first task makes the pool fork all its processes
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


class Workers:
    """A pool that is replaced when one of its processes dies, say of a page beyond memory."""

    def __init__(self, pool: ProcessPoolExecutor, processes: int) -> None:
        self.pool = pool
        self._processes = processes

    def renew(self, broken: ProcessPoolExecutor) -> None:
        """Replaces the broken pool, once however many tasks found it broken."""
        if self.pool is broken:
            broken.shutdown(wait=False)
            # Not forked: by now this process has threads.
            context = multiprocessing.get_context("spawn")
            self.pool = ProcessPoolExecutor(
                self._processes, mp_context=context, initializer=_settle_in
            )


@contextmanager
def running_workers(processes: int) -> Iterator[Workers]:
    """Workers that end with the ``with`` block; enter it as early as ``running_pool``."""
    with running_pool(processes) as pool:
        workers = Workers(pool, processes)
        try:
            yield workers
        finally:
            workers.pool.shutdown(wait=True, cancel_futures=True)


def _settle_in() -> None:
    """Leaves Ctrl-C to the parent, and ends this process when the parent is gone.

    A killed parent closes no queue: without the watch its workers would wait for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
