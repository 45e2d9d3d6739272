"""Where one source's answers go: to worker processes with their pages, or straight to the store.

Answers that arrive while others are worked on are taken together, so that a fast crawl pays
for one transaction a batch and a slow one waits for nobody.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.batches import Batches
from crawler.errors import StoreError
from crawler.model import Fetched
from crawler.spiders.answers import Answer
from crawler.store import Store, Transaction
from crawler.store.frontier import Discovered, Due, Frontier, Settled
from crawler.storing import Done, Job, Taken, rules_of, work_on
from crawler.workers import Workers

if TYPE_CHECKING:
    from crawler.spiders.shared import SharedQueue

_TOLD = frozenset({Fetched.FAILED, Fetched.GONE, Fetched.SKIPPED})

PAGES_AT_ONCE = 16
"""Pages in one transaction. Twice as many save another 2 % of the time of a crawl, and keep
other writers waiting twice as long; re-measure with the crawl benchmark."""

SETTLED_AT_ONCE = 200  # answers without a page in one transaction; each is two small updates


class Intake:
    """Takes one source's answers and counts what became of them."""

    def __init__(
        self,
        job: Job,
        store: Store,
        frontier: Frontier,
        workers: Workers,
        shared: SharedQueue | None = None,
    ) -> None:
        self.source = job.source
        self.shared = shared  # the queue of several processes, when there are several
        self.rules = rules_of(job.source)
        self.removed: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()
        self.faults: list[str] = []
        self.known = frontier.size()
        self.dropped = 0  # addresses beyond the source's limit of pages
        self._job = job
        self._store = store
        self._frontier = frontier
        self._workers = workers
        # One batch more than processes, so that none waits for the next.
        parallel = workers.processes + 1
        self._pages: Batches[Taken, Done | None] = Batches(self._work, PAGES_AT_ONCE, parallel)
        self._others: Batches[Answer, None] = Batches(self._settle_batch, SETTLED_AT_ONCE, 1)
        # One thread, so that what is settled here never waits for itself.
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store")

    def next_due(self, after: int, limit: int) -> list[Due]:
        """The next due addresses; none while the store cannot be read, which is noted."""
        try:
            if self.shared is not None:
                self.known = self._frontier.size()  # others discover addresses too
            return self._frontier.due(after, limit)
        except StoreError as error:
            what = f"{self.source.id}: {error}"
            if what not in self.faults:
                self.faults.append(what)
            return []

    async def take(self, answer: Answer) -> None:
        """Curates and stores the answer; returns when it is committed.

        One that cannot be stored is noted and not settled: the next run fetches it again.
        """
        try:
            await self._take(answer)
        except StoreError as error:
            self.faults.append(f"{answer.due.url}: not stored: {error}")

    async def _take(self, answer: Answer) -> None:
        if answer.page is not None and answer.settled.body_hash == answer.due.body_hash:
            same = replace(answer.settled, outcome=Fetched.UNCHANGED, detail="same bytes")
            answer = replace(answer, settled=same, page=None)
        if answer.page is None:
            await self._others.put(answer)
            return
        done = await self._pages.put(Taken(answer, self.known))
        if done is None:
            failed = Settled(
                answer.settled.url,
                Fetched.FAILED,
                answer.settled.at,
                "ended two worker processes, so it is not curated",
            )
            await self._others.put(Answer(answer.due, failed))
            return
        self._count(done)

    def settle_now(self, due: Due, what: str) -> None:
        """Records an address that never got an answer as failed."""
        settled = Settled(due.url, Fetched.FAILED, datetime.now(UTC), what)
        self._writer.submit(self._settle, [Answer(due, settled)])

    def close(self) -> None:
        """Waits until everything taken is committed."""
        self._writer.shutdown(wait=True)

    async def _work(self, batch: Sequence[Taken]) -> list[Done | None]:
        return await self._workers.run(work_on, self._job, batch)

    async def _settle_batch(self, batch: Sequence[Answer]) -> list[None]:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._writer, self._settle, batch)
        return [None] * len(batch)

    def _settle(self, batch: Sequence[Answer]) -> None:
        with self._store.begin() as transaction:
            new = sum(self._settle_one(transaction, answer) for answer in batch)
        self.known += new
        for answer in batch:
            self.outcomes[answer.settled.outcome.value] += 1
            if answer.settled.outcome in _TOLD:
                self.faults.append(f"{answer.due.url}: {answer.settled.detail}")

    def _settle_one(self, transaction: Transaction, answer: Answer) -> int:
        settled, due = answer.settled, answer.due
        found = Discovered((), 0, None)
        if answer.target is not None:
            found = Discovered((answer.target,), due.depth, due.url, due.hops + 1)
        if settled.outcome is Fetched.GONE:
            transaction.mark_gone(due.url, settled.at)
        elif settled.outcome is Fetched.UNCHANGED:
            transaction.touch(due.url, settled.at)
        return self._frontier.settle(transaction, settled, found)

    def _count(self, done: Done) -> None:
        if done.outcome is not None:
            self.outcomes[done.outcome.value] += 1
        self.known += done.new
        self.dropped += done.dropped
        self.removed.update(dict(done.removed))
        if done.fault is not None:
            self.faults.append(done.fault)
