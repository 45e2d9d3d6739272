"""How long a spider waits between requests when several processes ask the same hosts."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.signalmanager import SignalManager

from crawler.spiders.source import SourceSpider

HOST = "one.example"


class Crawling:
    """A spider and Scrapy's own throttle, with one host being asked; no request is made."""

    def __init__(self, delay: float) -> None:
        self.slot = Slot(4, delay)
        downloader = SimpleNamespace(slots={HOST: self.slot})
        settings = Settings({"AUTOTHROTTLE_ENABLED": True, "DOWNLOAD_DELAY": delay})
        settings.set("AUTOTHROTTLE_START_DELAY", delay)
        self._crawler = SimpleNamespace(
            settings=settings,
            signals=SignalManager(),
            engine=SimpleNamespace(downloader=downloader),
            get_extension=lambda _: throttle,
        )
        throttle = AutoThrottle.from_crawler(self._crawler)  # type: ignore[arg-type]  # a stand-in
        source = SimpleNamespace(id="one", hosts=(HOST,))
        self.spider = SourceSpider(SimpleNamespace(source=source, shared=None))  # type: ignore[arg-type]
        self.spider.crawler = self._crawler  # type: ignore[assignment]
        self._crawler.signals.send_catch_log(signals.spider_opened, spider=self.spider)

    def answer(self) -> None:
        """A quick answer arrives, after which Scrapy thinks the delay over."""
        request = Request(
            f"https://{HOST}/", meta={"download_slot": HOST, "download_latency": 0.01}
        )
        response = Response(request.url, request=request)
        self._crawler.signals.send_catch_log(
            signals.response_downloaded, response=response, request=request, spider=self.spider
        )


@pytest.mark.parametrize(
    ("delay", "processes", "waited"),
    [(0.5, 1, 0.5), (0.5, 4, 2.0), (0.0, 4, 0.0), (30.0, 4, 120.0)],
    ids=["alone", "four", "no delay", "beyond Scrapy's longest delay"],
)
def test_processes_that_share_a_source_ask_no_oftener_than_one(
    delay: float, processes: int, waited: float
) -> None:
    crawling = Crawling(delay)
    crawling.spider.share_delay(processes)
    assert crawling.slot.delay == waited
    for _ in range(20):
        crawling.answer()
    assert crawling.slot.delay == pytest.approx(waited, abs=0.01)


def test_the_last_process_asks_as_often_as_one_again() -> None:
    crawling = Crawling(0.5)
    for processes in (4, 2, 2, 1):
        crawling.spider.share_delay(processes)
    for _ in range(20):
        crawling.answer()
    assert crawling.slot.delay == pytest.approx(0.5, abs=0.01)
