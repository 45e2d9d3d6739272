"""robots.txt: obeyed by every request of a host, also those that wait for it together.

Scrapy 2.19 lets all but the first of several waiting requests pass: awaiting its shared
Deferred consumes the parser. It also reads an error page as rules that allow everything.
"""

from __future__ import annotations

import asyncio

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
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

FORBIDDEN = "forbidden by robots.txt"

MAX_CRAWL_DELAY = 60.0
"""Seconds between requests that a site may ask for; more would end no crawl in a day."""

MAX_ROBOTS_BYTES = 512 * 1024
"""RFC 9309 lets a crawler ignore what stands after 500 KiB."""

_UNREACHABLE = (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    OSError,
)


class RobotsMiddleware(RobotsTxtMiddleware):
    """Fetches each host's robots.txt once, before anything else is asked of the host.

    As RFC 9309 says: 4xx allows everything; 5xx and no answer allow nothing for now.
    """

    async def process_request(self, request: Request) -> None:
        """Nothing when the request may be sent; raises ``IgnoreRequest`` otherwise."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        parser = await self.robot_parser(request)
        if parser is not None and not parser.allowed(request.url, self._robotstxt_useragent):
            raise IgnoreRequest(FORBIDDEN)

    async def robot_parser(self, request: Request) -> ProtegoRobotParser | None:
        """The rules of the request's host; ``None`` when it has none."""
        parts = urlparse_cached(request)
        key = f"{parts.scheme}://{parts.netloc}"
        if key not in self._parsers:
            # A task, not a Deferred: any number of requests can wait for it.
            self._parsers[key] = asyncio.ensure_future(self._fetch(key))
        return await asyncio.shield(self._parsers[key])

    async def _fetch(self, site: str) -> ProtegoRobotParser | None:
        request = Request(
            f"{site}/robots.txt",
            priority=self.DOWNLOAD_PRIORITY,
            meta={"dont_obey_robotstxt": True, "download_maxsize": 4 * MAX_ROBOTS_BYTES},
            callback=NO_CALLBACK,
        )
        try:
            response = await self.crawler.engine.download_async(request)
        except _UNREACHABLE as error:
            raise IgnoreRequest(f"robots.txt cannot be fetched: {error}") from error
        if response.status >= 500 or response.status == 429:
            raise IgnoreRequest(f"robots.txt cannot be fetched: HTTP {response.status}")
        if not 200 <= response.status < 300:
            return None
        return self._parse(response)

    def _parse(self, response: Response) -> ProtegoRobotParser:
        parser = ProtegoRobotParser.from_crawler(self.crawler, response.body[:MAX_ROBOTS_BYTES])
        wanted = parser.crawl_delay(self._robotstxt_useragent) or 0.0
        throttle = self.crawler.get_extension(AutoThrottle)
        if wanted > 0 and throttle is not None:
            delay = min(wanted, MAX_CRAWL_DELAY)
            throttle.mindelay = max(throttle.mindelay, delay)
            for slot in self.crawler.engine.downloader.slots.values():
                slot.delay = max(slot.delay, delay)
        return parser
