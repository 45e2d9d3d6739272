"""A short run of the fuzzer, and pages built to hurt."""

from __future__ import annotations

import time

import pytest
from fuzz_extraction import SLOWEST, load_bodies, run_case
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extraction import extract_article
from crawler.model import Article, Page, Rejected

TEXT = "收到催收电话以后,先核对对方的身份,再决定怎样协商。"
BODIES = load_bodies()


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9))
def test_mutated_pages_raise_nothing_and_stay_fast(number: int) -> None:
    _, _, took = run_case(number, 0, BODIES)
    assert took <= SLOWEST


HOSTILE = {
    "10,000 levels": "<div>" * 10_000 + TEXT + "</div>" * 10_000,
    "10,000 open inline elements": "<p>" + "<span>" * 10_000 + TEXT,
    "300,000 attributes": "<p " + " ".join(f"a{n}=1" for n in range(300_000)) + f">{TEXT}",
    "entities of entities": '<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(10))
    + "]><p>&a9;&a9;</p>",
    "unclosed comment": "<!--" + "x-" * 500_000,
    "unclosed tag": f"<div><p>{TEXT}<b><i><a href='x",
    "script only": "<script>" + "var a = 1;" * 100_000 + "</script>",
    "null bytes": f"<p>\0{TEXT}\0</p>" * 50,
    "frameset": "<frameset><frame src=a.html></frameset>",
    "only less-than signs": "<" * 1_000_000,
    "one endless word": "<p>" + "1" * 400_000,
    "one endless blank": "<p>a" + " " * 1_000_000 + "b",
    "dates without end": "<p>" + "2024-04-05 " * 40_000,
    "nested JSON-LD": '<script type="application/ld+json">' + '{"@graph":[' * 50_000,
    "endless title": "<title>" + "标题-" * 100_000 + f"</title><p>{TEXT}",
    "headings without end": "<h1>标题标题标题</h1>" * 8_000,
    "empty body": "<html><body></body></html>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_bounded(name: str) -> None:
    start = time.process_time()
    outcome = extract_article(Page("hostile.html", HOSTILE[name].encode()))
    assert isinstance(outcome, Article | Rejected)
    assert time.process_time() - start <= SLOWEST


def test_ten_megabytes_are_bounded() -> None:
    body = (f"<p>{TEXT}</p>" * 200_000).encode("gb18030")[:10_000_001]
    start = time.process_time()
    outcome = extract_article(Page("large.html", body))
    assert isinstance(outcome, Article | Rejected)
    # Ten times the text of the longest real page may take ten times as long as one may.
    assert time.process_time() - start <= 10 * SLOWEST
