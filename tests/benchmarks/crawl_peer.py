"""The peer: a plain Scrapy spider that extracts with trafilatura and writes JSON lines.

``python -m tests.benchmarks.crawl_peer START FILE``
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import trafilatura
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response


class PlainSpider(Spider):
    """As a tutorial would write it."""

    name = "plain"

    def parse(self, response: Response) -> Iterator[Any]:
        """The page's text, and requests for what it links to."""
        found = trafilatura.bare_extraction(response.text, url=response.url, with_metadata=True)
        if found is not None:
            yield {"url": response.url, "title": found.title, "text": found.text}
        for link in response.css("a::attr(href)"):
            if not link.get().startswith("/out/"):
                yield Request(response.urljoin(link.get()))


def main() -> None:
    """Crawls to the end."""
    process = AsyncCrawlerProcess(
        {
            "LOG_LEVEL": "ERROR",
            "ROBOTSTXT_OBEY": True,
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
            "FEEDS": {sys.argv[2]: {"format": "jsonlines", "encoding": "utf-8"}},
        }
    )
    PlainSpider.start_urls = [sys.argv[1]]
    process.crawl(PlainSpider)
    process.start()


if __name__ == "__main__":
    main()
