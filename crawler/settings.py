"""Scrapy settings: only what differs from its defaults, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crawler.sources import Source
from crawler.spiders.guard import PRIVATE_HOSTS

MAX_PAGE_BYTES = 8 * 1024 * 1024
"""The longest real page measured has 2.4 MB; the limit also stops decompression bombs."""

# Spelled in full, so that nothing else of Scrapy takes part, neither now nor after an upgrade:
# no telnet console, remote control, cookies, cache or proxy, and no redirect that nobody records.
# Callbacks give answers, never requests, and see every status: spiders need no middleware.
# What only stands there to be switched off takes half a second to load.
_DOWNLOADING = {
    "crawler.spiders.robots.RobotsMiddleware": 100,  # says why it replaces Scrapy's
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": 550,
    "crawler.spiders.guard.GuardMiddleware": 560,  # behind retry: a refusal is final
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 590,
}

_NO_SETTINGS: Mapping[str, Any] = {}

USER_AGENT = "zhiquan (+{contact}; guidance for borrowers; obeys robots.txt)"


def process_settings(sources: Sequence[Source]) -> dict[str, Any]:
    """The settings that all sources of one process share: logging and name look-up."""
    return {
        "LOG_LEVEL": "ERROR",
        "TWISTED_DNS_RESOLVER": "crawler.spiders.guard.GuardedResolver",  # no private addresses
        PRIVATE_HOSTS: [host for source in sources if source.private for host in source.hosts],
        "DNS_TIMEOUT": max((source.timeout for source in sources), default=30.0),
    }


def settings_of(
    source: Source, contact: str, shared: Mapping[str, Any] = _NO_SETTINGS
) -> dict[str, Any]:
    """The settings under which one source is crawled; ``contact`` goes into the user agent.

    ``shared`` are those of a queue that several processes share.
    """
    return {
        "BOT_NAME": "zhiquan",
        "USER_AGENT": USER_AGENT.format(contact=contact),  # truthful, with an address to write to
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": "zhiquan",
        "COOKIES_ENABLED": False,  # nothing here needs a session
        "TELNETCONSOLE_ENABLED": False,  # no remote control of a running crawl
        "REMOTE_CONTROL_ENABLED": False,  # the same
        "HTTPPROXY_ENABLED": False,  # a proxy would resolve addresses for us, past our checks
        "DOWNLOAD_VERIFY_CERTIFICATES": True,  # what is published as guidance must be authentic
        "CONCURRENT_REQUESTS_PER_DOMAIN": source.connections,  # politeness
        "DOWNLOAD_DELAY": source.delay,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": source.delay,  # the default of 5 s would slow every small site
        "AUTOTHROTTLE_TARGET_CONCURRENCY": float(source.connections),
        "DOWNLOAD_TIMEOUT": source.timeout,
        "DOWNLOAD_MAXSIZE": MAX_PAGE_BYTES,
        "DOWNLOAD_WARNSIZE": 0,  # one limit, not two
        "METAREFRESH_ENABLED": False,  # a page that refreshes is still a page
        "RETRY_TIMES": 2,
        "RETRY_GIVE_UP_LOG_LEVEL": "DEBUG",  # the command tells each fault once
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1",
            "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
        },
        "DOWNLOADER_MIDDLEWARES_BASE": {},
        "DOWNLOADER_MIDDLEWARES": _DOWNLOADING,
        PRIVATE_HOSTS: source.hosts if source.private else (),
        "SPIDER_MIDDLEWARES_BASE": {},
        "WARN_ON_GENERATOR_RETURN_VALUE": False,  # it reads our source again for each answer
        "CONCURRENT_ITEMS": 1,  # a response gives one answer; Scrapy starts a task for each slot
        "ITEM_PIPELINES": {"crawler.pipelines.StorePipeline": 100},
        "EXTENSIONS_BASE": {},
        "EXTENSIONS": {"scrapy.extensions.throttle.AutoThrottle": 0},
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",  # the store counts
        **shared,
        "LOG_LEVEL": "ERROR",  # faults of pages are told as one line each by the command
        "STATS_DUMP": False,
    }
