"""What arrives while earlier work runs is taken together: small batches when little is to do."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")


class Batches(Generic[_T, _R]):
    """Hands items to ``work`` in batches, in order, at most ``parallel`` batches at once.

    ``work`` gives one result for each item. What it raises, every item of its batch raises.
    """

    def __init__(
        self,
        work: Callable[[Sequence[_T]], Awaitable[Sequence[_R]]],
        most: int,
        parallel: int,
    ) -> None:
        self._work = work
        self._most = most
        self._parallel = parallel
        self._waiting: deque[tuple[_T, asyncio.Future[_R]]] = deque()
        self._running: set[asyncio.Task[None]] = set()

    async def put(self, item: _T) -> _R:
        """What ``work`` made of the item."""
        done: asyncio.Future[_R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        self._start()
        return await done

    def _start(self) -> None:
        while self._waiting and len(self._running) < self._parallel:
            free = self._parallel - len(self._running)
            size = min(self._most, -(-len(self._waiting) // free))  # shared among the free ones
            batch = [self._waiting.popleft() for _ in range(size)]
            task = asyncio.ensure_future(self._run(batch))
            self._running.add(task)
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._start()

    async def _run(self, batch: Sequence[tuple[_T, asyncio.Future[_R]]]) -> None:
        try:
            results = await self._work([item for item, _ in batch])
        except BaseException as error:
            for _, done in batch:
                if not done.done():
                    done.set_exception(error)
            if not isinstance(error, Exception):
                raise
            return
        for (_, done), result in zip(batch, results, strict=True):
            if not done.done():
                done.set_result(result)
