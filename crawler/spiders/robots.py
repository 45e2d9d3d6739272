"""robots.txt: obeyed by every request of a host, also those that wait for it together.

Scrapy 2.19 lets all but the first of several waiting requests pass: awaiting its shared
Deferred consumes the parser. It also reads an error page as rules that allow everything.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self

from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.utils.httpobj import urlparse_cached

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

FORBIDDEN = "forbidden by robots.txt"

MAX_CRAWL_DELAY = 60.0
"""Seconds between requests that a site may ask for; more would end no crawl in a day."""

MAX_ROBOTS_BYTES = 512 * 1024
"""RFC 9309 lets a crawler ignore what stands after 500 KiB."""

_FIRST = 1000  # priority: before any page

_UNREACHABLE = (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    OSError,
)


class RobotsMiddleware:
    """Fetches each host's robots.txt once, before anything else is asked of the host.

    As RFC 9309 says: 4xx allows everything; 5xx and no answer allow nothing for now.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent = str(crawler.settings["ROBOTSTXT_USER_AGENT"])
        # Tasks, not Deferreds: any number of requests can wait for one.
        self._rules: dict[str, asyncio.Task[ProtegoRobotParser | None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware of this crawler."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Nothing when the request may be sent; raises ``IgnoreRequest`` otherwise."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        parts = urlparse_cached(request)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = asyncio.ensure_future(self._fetch(site))
        rules = await asyncio.shield(self._rules[site])
        if rules is not None and not rules.allowed(request.url, self._agent):
            raise IgnoreRequest(FORBIDDEN)

    async def _fetch(self, site: str) -> ProtegoRobotParser | None:
        request = Request(
            f"{site}/robots.txt",
            priority=_FIRST,
            meta={"dont_obey_robotstxt": True},
            callback=NO_CALLBACK,
        )
        engine = self._crawler.engine
        if engine is None:
            raise IgnoreRequest("the crawl has ended")
        try:
            response = await engine.download_async(request)
        except _UNREACHABLE as error:
            raise IgnoreRequest(f"robots.txt cannot be fetched: {error}") from error
        if response.status >= 500 or response.status == 429:
            raise IgnoreRequest(f"robots.txt cannot be fetched: HTTP {response.status}")
        if not 200 <= response.status < 300:
            return None
        return self._parse(response)

    def _parse(self, response: Response) -> ProtegoRobotParser:
        parser = ProtegoRobotParser.from_crawler(self._crawler, response.body[:MAX_ROBOTS_BYTES])
        wanted = parser.crawl_delay(self._agent) or 0.0
        throttle, engine = self._crawler.get_extension(AutoThrottle), self._crawler.engine
        if wanted > 0 and throttle is not None and engine is not None:
            delay = min(wanted, MAX_CRAWL_DELAY)
            throttle.mindelay = max(throttle.mindelay, delay)
            for slot in engine.downloader.slots.values():
                slot.delay = max(slot.delay, delay)
        return parser
