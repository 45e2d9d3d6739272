"""The spider of one source: due addresses out, answers in; the frontier is its only queue."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, Spider, signals
from scrapy.exceptions import DontCloseSpider, IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.utils.request import request_from_dict
from twisted.python.failure import Failure

from crawler.model import Fetched, Page
from crawler.reading import find_binary, media_type
from crawler.settings import MAX_PAGE_BYTES
from crawler.spiders.answers import Answer
from crawler.spiders.faults import explain
from crawler.spiders.links import canonical_url, is_list, join, unpack
from crawler.spiders.robots import FORBIDDEN
from crawler.spiders.wire import request_parts
from crawler.store.frontier import Due, Settled

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.intake import Intake

OPEN = 128
"""Addresses handed to Scrapy and not settled yet: enough for every worker process to have a
batch in work and one waiting, few enough to stay flat. Re-measure with the crawl benchmark."""

RESCUED = 1000
"""Due addresses looked at when the shared queue is empty, to find those of dead processes."""

MAX_HOPS = 5
"""Redirects followed in a row; browsers allow 20, no real article needs more than 3."""

_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_GZIP = b"\x1f\x8b"
_LINK_TYPES = frozenset(
    {"application/xml", "text/xml", "application/rss+xml", "application/atom+xml"}
)


class SourceSpider(Spider):
    """Fetches what is due of one source until nothing is."""

    name = "source"

    def __init__(self, intake: Intake) -> None:
        super().__init__(f"source-{intake.source.id}")
        self.intake = intake
        self.allowed_domains = list(intake.source.hosts)
        self._last = 0  # number of the last address handed out
        self._open: dict[str, Due] = {}  # addresses that are this process's to settle
        self._missed: set[str] = set()  # those open when the engine was last idle
        self._shared = intake.shared
        self._processes = 1  # that work on the same queue

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider, told by the engine when it has nothing to do."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.fetch_more, signal=signals.spider_idle)
        crawler.signals.connect(spider.note_dropped, signal=signals.request_dropped)
        return spider

    def share_delay(self, processes: int) -> None:
        """Waits as many times longer between requests as processes ask the same hosts."""
        throttle, engine = self.crawler.get_extension(AutoThrottle), self.crawler.engine
        if throttle is None or engine is None or processes == self._processes:
            return
        throttle.mindelay *= processes / self._processes
        throttle.maxdelay = max(throttle.maxdelay, throttle.mindelay)
        self._processes = processes
        for slot in engine.downloader.slots.values():
            slot.delay = max(slot.delay, throttle.mindelay)

    async def start(self) -> AsyncIterator[Request]:
        """Requests for the first due addresses."""
        if self._shared is not None:
            self._shared.beat(self)
        for request in self._next_requests():
            yield request

    def fetch_more(self) -> None:
        """Keeps the spider open while anything is due; an address nobody settled has failed."""
        requests = self._next_requests()
        if requests:
            self._send(requests)
            raise DontCloseSpider
        # Between the engine's parts an answer is nowhere for a moment; one that is still nowhere
        # when the engine is idle again is lost.
        if self._open and set(self._open) != self._missed:
            self._missed = set(self._open)
            raise DontCloseSpider
        for due in list(self._open.values()):
            self.intake.settle_now(due, "lost between the engine's parts")
            self._closed(due)
        if self._shared is not None and self._shared.fault is None and self._awaits_others():
            raise DontCloseSpider

    def note_dropped(self, request: Request) -> None:
        """An address the scheduler refused is settled, or the run would never end."""
        due = request.cb_kwargs.get("due")
        if self._shared is None and due is not None and due.url in self._open:
            self.intake.settle_now(due, "refused by the scheduler")
            self._closed(due)

    def opened(self, due: Due) -> None:
        """Called when an address is this process's to settle."""
        self._open[due.url] = due

    def closed_answer(self, answer: Answer) -> None:
        """Called when an answer is stored: hands out more before the engine runs dry."""
        self._closed(answer.due)
        if len(self._open) < OPEN // 2:
            self._send(self._next_requests())

    def parse(self, response: Response, due: Due) -> list[Answer]:
        """The answer to one address, whatever the server said."""
        if response.status == 304:
            return [Answer(due, self._settled(due, Fetched.UNCHANGED, "not modified"))]
        if response.status in {404, 410}:
            return [Answer(due, self._settled(due, Fetched.GONE, f"HTTP {response.status}"))]
        if 300 <= response.status < 400:
            return [self._redirect(response, due)]
        if 200 <= response.status < 300:
            return [self._page(response, due)]
        return [Answer(due, self._settled(due, Fetched.FAILED, f"HTTP {response.status}"))]

    def fail(self, failure: Failure) -> list[Answer]:
        """The answer to an address that could not be fetched."""
        due: Due = failure.request.cb_kwargs["due"]  # type: ignore[attr-defined]  # Scrapy sets it
        error = failure.value
        what = explain(error) if error is not None else "no answer"
        outcome = Fetched.FAILED
        if isinstance(error, IgnoreRequest) and what == FORBIDDEN:
            outcome = Fetched.FORBIDDEN
        return [Answer(due, self._settled(due, outcome, what))]

    def _page(self, response: Response, due: Due) -> Answer:
        declared = response.headers.get("Content-Type")
        content_type = declared.decode("latin-1") if declared else None
        media = media_type(content_type)
        charset = self.intake.source.charset
        if charset and "charset=" not in (content_type or "").lower():
            content_type = f"{media or 'text/html'}; charset={charset}"
        is_page = media is None or media in _PAGE_TYPES
        body = response.body
        if body.startswith(_GZIP):
            unpacked = unpack(body, MAX_PAGE_BYTES)
            if unpacked is not None and is_list(unpacked):
                body, is_page, media = unpacked, False, "application/xml"
        if not is_page and media not in _LINK_TYPES:
            return Answer(due, self._settled(due, Fetched.SKIPPED, f"is {media}, not a page"))
        if not body.strip():
            return Answer(due, self._settled(due, Fetched.SKIPPED, "is empty"))
        binary = find_binary(body, content_type)
        if binary is not None:
            return Answer(due, self._settled(due, Fetched.SKIPPED, f"is {binary}, not a page"))
        settled = Settled(
            url=due.url,
            outcome=Fetched.NEW,
            at=datetime.now(UTC),
            etag=_header(response, "ETag"),
            last_modified=_header(response, "Last-Modified"),
            body_hash=hashlib.blake2b(body, digest_size=16).hexdigest(),
        )
        page = Page(due.url, body, due.url, content_type, settled.at)
        return Answer(due, settled, page, is_page=is_page)

    def _redirect(self, response: Response, due: Due) -> Answer:
        location = _header(response, "Location")
        target = canonical_url(join(response.url, location) or "") if location else None
        if target is None:
            what = f"HTTP {response.status} without an address to go to"
        elif target == due.url:
            what = "redirects to itself"
        elif due.hops >= MAX_HOPS:
            what = f"more than {MAX_HOPS} redirects in a row"
        elif not self.intake.rules.is_allowed(target):
            settled = self._settled(due, Fetched.SKIPPED, f"redirects to {target}, not followed")
            return Answer(due, settled)
        else:
            return Answer(due, self._settled(due, Fetched.REDIRECTED, target), target=target)
        return Answer(due, self._settled(due, Fetched.FAILED, what))

    def _settled(self, due: Due, outcome: Fetched, detail: str) -> Settled:
        return Settled(due.url, outcome, datetime.now(UTC), detail)

    def _next_requests(self) -> list[Request]:
        # All at once: a generator that waits would hand out again what others handed out meanwhile.
        found = self.intake.next_due(self._last, OPEN - len(self._open))
        if found:
            self._last = found[-1].id
        if self._shared is None:
            for due in found:  # otherwise an address is opened by the process that takes it
                self.opened(due)
        return [self._request(due) for due in found]

    def _request(self, due: Due, *, again: bool = False) -> Request:
        # Only a shared queue meets an address twice: every process hands out what is due.
        dont_filter = again or self._shared is None
        return request_from_dict(request_parts(due, dont_filter=dont_filter), spider=self)

    def _closed(self, due: Due) -> None:
        self._open.pop(due.url, None)
        if self._shared is not None:
            self._shared.release(due.url)

    def _awaits_others(self) -> bool:
        """Whether other processes work on the rest; what a dead one had taken is queued again."""
        shared = self.intake.shared
        if shared is None:
            return False
        rest = self.intake.next_due(0, RESCUED)
        lost = shared.find_lost([due.url for due in rest]) if rest else set()
        self._send([self._request(due, again=True) for due in rest if due.url in lost])
        return bool(rest) and shared.fault is None

    def _send(self, requests: list[Request]) -> None:
        engine = self.crawler.engine
        if engine is None or not engine.running:
            return
        for request in requests:
            engine.crawl(request)


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1").strip()[:1000] or None if value else None
