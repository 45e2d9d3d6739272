"""Several crawl processes on one source: queue and duplicate filter in Redis, truth in the store.

scrapy-redis keeps the queue and the filter. It forgets the requests that a killed process
had taken; so each process says what it has taken and that it lives, and what is due in the
store but neither queued nor taken by a living process is queued again. Redis may be emptied
at any time: nothing is known there that the store does not know.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from redis import Redis
from redis.exceptions import RedisError
from scrapy_redis.scheduler import Scheduler

from crawler.errors import ConfigError

if TYPE_CHECKING:
    from scrapy import Request

    from crawler.spiders.source import SourceSpider

BEAT = 2.0
"""Seconds between two signs of life."""

LEASE = 12
"""Seconds without a sign of life after which what a process had taken is queued again. Too
short a lease costs a second download of the same page, and nothing else."""

_TURN = 8  # seconds in which one process alone looks for what was lost
_FORGOTTEN = 86_400  # seconds after which Redis drops a run that nobody works on


class SharedQueue:
    """This process's part in the queue of one source's run. ``name`` is the run's."""

    def __init__(self, url: str, name: str) -> None:
        self.me = secrets.token_hex(8)
        self.url = url
        self.fault: str | None = None
        try:
            self._redis: Redis = Redis.from_url(url, socket_timeout=10, decode_responses=True)
        except ValueError as error:
            raise ConfigError(f"ZHIQUAN_REDIS_URL: {error}") from error
        self._base = f"zhiquan:{name}"
        self._beating: asyncio.Task[None] | None = None
        try:
            self._sign()
        except RedisError as error:
            raise ConfigError(
                f"ZHIQUAN_REDIS_URL: Redis cannot be used: {error}; start it or unset the variable"
            ) from error

    def settings(self) -> dict[str, Any]:
        """The Scrapy settings that put the queue into Redis."""
        return {
            "SCHEDULER": "crawler.spiders.shared.SharedScheduler",
            "SCHEDULER_QUEUE_CLASS": "scrapy_redis.queue.FifoQueue",  # no address outranks another
            "SCHEDULER_QUEUE_KEY": self._key("requests"),
            "SCHEDULER_SERIALIZER": "crawler.spiders.wire",  # JSON: pickles could run anything
            "DUPEFILTER_CLASS": "scrapy_redis.dupefilter.RFPDupeFilter",
            "SCHEDULER_DUPEFILTER_KEY": self._key("seen"),
            "SCHEDULER_PERSIST": True,  # a process that leaves must not empty the others' queue
            "REDIS_URL": self.url,
        }

    def claim(self, url: str) -> None:
        """Notes that this process has taken the address out of the queue."""
        self._redis.sadd(self._key("claims", self.me), url)

    def release(self, url: str) -> None:
        """Notes that the address is settled."""
        if self.fault is not None:  # asking a server that is gone stops the loop for seconds
            return
        try:
            self._redis.srem(self._key("claims", self.me), url)
        except RedisError as error:
            self.lose(error)

    def find_lost(self, urls: Sequence[str]) -> set[str]:
        """Those of the addresses that no living process has taken; empty out of turn."""
        try:
            if not self._redis.set(self._key("turn"), self.me, nx=True, ex=_TURN):
                return set()  # another process looks
            lost = set(urls)
            for worker in self._living():
                lost -= set(map(str, self._redis.smembers(self._key("claims", worker))))
        except RedisError as error:
            self.lose(error)
            return set()
        return lost

    def count_living(self) -> int:
        """How many processes work on the run, this one included."""
        return max(1, len(self._living()))

    def lose(self, error: RedisError) -> None:
        """Notes that Redis is gone: the crawl ends, and the next run continues it."""
        self.fault = f"Redis is lost: {error}; the next run continues"

    def beat(self, spider: SourceSpider) -> None:
        """Starts to give signs of life, and to share the source's delay with the others."""
        self._beating = asyncio.ensure_future(self._beat(spider))

    def leave(self, *, finished: bool) -> None:
        """Ends the signs of life; forgets the run when it is finished."""
        if self._beating is not None:
            self._beating.cancel()
        if self.fault is not None:  # what is left there ends by itself
            return
        own = [self._key("claims", self.me), self._key("alive", self.me)]
        run = [self._key("requests"), self._key("seen"), self._key("workers"), self._key("turn")]
        try:
            self._redis.delete(*own, *(run if finished else ()))
        except RedisError as error:
            self.lose(error)

    async def _beat(self, spider: SourceSpider) -> None:
        while self.fault is None:
            try:
                self._sign()
                spider.share_delay(self.count_living())
            except RedisError as error:
                self.lose(error)
            await asyncio.sleep(BEAT)

    def _sign(self) -> None:
        with self._redis.pipeline() as pipe:
            pipe.set(self._key("alive", self.me), 1, ex=LEASE)
            pipe.sadd(self._key("workers"), self.me)
            for name in ("workers", "requests", "seen"):
                pipe.expire(self._key(name), _FORGOTTEN)
            pipe.expire(self._key("claims", self.me), _FORGOTTEN)
            pipe.execute()

    def _living(self) -> list[str]:
        workers = sorted(map(str, self._redis.smembers(self._key("workers"))))
        return [one for one in workers if self._redis.exists(self._key("alive", one))]

    def _key(self, *parts: str) -> str:
        return ":".join((self._base, *parts))


class SharedScheduler(Scheduler):  # type: ignore[misc]  # the library has no types
    """scrapy-redis's scheduler, which says what this process takes and survives losing Redis."""

    spider: SourceSpider

    def enqueue_request(self, request: Request) -> bool:
        """Whether the request was queued; not when another process has queued it."""
        if self._shared.fault is not None:
            return False
        try:
            return bool(super().enqueue_request(request))
        except RedisError as error:
            self._shared.lose(error)
            return False

    def next_request(self) -> Request | None:
        """The next request of any process; ``None`` when the queue is empty."""
        if self._shared.fault is not None:
            return None
        try:
            request: Request | None = super().next_request()
            if request is not None:
                due = request.cb_kwargs["due"]
                self._shared.claim(due.url)
                self.spider.opened(due)
            return request
        except RedisError as error:
            self._shared.lose(error)
            return None

    def has_pending_requests(self) -> bool:
        """Whether the queue holds anything."""
        try:
            return self._shared.fault is None and bool(super().has_pending_requests())
        except RedisError as error:
            self._shared.lose(error)
            return False

    @property
    def _shared(self) -> SharedQueue:
        shared = self.spider.intake.shared
        assert shared is not None  # noqa: S101 - this scheduler is only set together with it
        return shared
