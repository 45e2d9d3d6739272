"""What a start page and robots.txt tell about a new source."""

from __future__ import annotations

import pytest

from crawler.discovery import (
    find_feeds,
    find_pattern,
    find_sitemaps,
    guess_trust,
    source_id,
    write_entry,
)
from crawler.sources import Source, SourceTrust

URL = "https://a.example/"


def test_announced_feeds_are_found_and_other_alternates_are_not() -> None:
    body = (
        b'<link rel="alternate" type="application/rss+xml" href="/feed">'
        b'<link rel="alternate" type="text/html" href="/en">'
        b'<link rel="stylesheet" type="application/rss+xml" href="/no">'
    )
    assert find_feeds(body, URL) == ("https://a.example/feed",)
    assert find_feeds(b"", URL) == ()


def test_sitemaps_of_robots_are_found_whatever_the_case() -> None:
    robots = b"User-agent: *\nSITEMAP: https://a.example/1.xml\n# Sitemap: no\nsitemap:/2.xml\n"
    assert find_sitemaps(robots) == ("https://a.example/1.xml",)


def _links(*paths: str) -> list[str]:
    return [f"https://a.example{path}" for path in paths]


def test_the_shape_most_links_share_becomes_the_pattern() -> None:
    links = _links("/about", *(f"/2024/{number}.html" for number in range(8)))
    assert find_pattern(links, "a.example") == r"^https?://[^/]+/\d+/\d+\.html$"


@pytest.mark.parametrize(
    "links",
    [
        pytest.param(_links("/a", "/b"), id="no numbers"),
        pytest.param(_links("/1", "/2"), id="too few"),
        pytest.param(
            _links(*(f"/{word}" for word in "abcdefghijklmnopqrst"), *(f"/{n}" for n in range(5))),
            id="too small a share",
        ),
        pytest.param([f"https://b.example/{n}" for n in range(9)], id="another host"),
    ],
)
def test_an_unclear_shape_gives_no_pattern(links: list[str]) -> None:
    assert find_pattern(links, "a.example") is None


def test_only_government_hosts_are_taken_for_official() -> None:
    assert guess_trust("www.nfra.gov.cn") is SourceTrust.OFFICIAL
    assert guess_trust("gov.cn.example") is SourceTrust.FARM


def test_an_entry_says_only_what_differs_from_the_default() -> None:
    entry = write_entry(Source("a", 'A "站"', SourceTrust.MEDIA, (URL,), private=True))
    assert entry.splitlines() == [
        "[[source]]",
        'id = "a"',
        'name = "A \\"站\\""',
        'trust = "media"',
        'start = ["https://a.example/"]',
        "private = true",
    ]


def test_ids_are_made_of_the_host() -> None:
    assert source_id("www.A-b.example") == "a-b-example"
