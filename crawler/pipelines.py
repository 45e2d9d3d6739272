"""The Scrapy pipeline: hands each answer to its source's intake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, cast

from crawler.spiders.answers import Answer
from crawler.spiders.source import SourceSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class StorePipeline:
    """Waits until an answer is committed before it counts as done."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The pipeline of this crawler."""
        return cls(crawler)

    async def process_item(self, item: Answer) -> Answer:
        """The same answer, once it is committed."""
        spider = cast("SourceSpider", self._crawler.spider)
        await spider.intake.take(item)
        spider.closed_answer(item)
        return item
