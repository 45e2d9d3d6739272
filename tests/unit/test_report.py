"""The crawl report: every number and fault on one page, nothing executable."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from lxml import html

from crawler.report import RunReport, render_report

RUN = RunReport(
    source="a",
    name="某站 <b>",
    run=3,
    finished=True,
    fetched=12,
    known=40,
    kept=7,
    expected=5,
    outcomes={"new": 8, "failed": 2},
    rejected={"off_topic": 3},
    removed={},
    duplicates=1,
    faults=("http://a.example/<script>alert(1)</script>: HTTP 500",),
)
AT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def test_numbers_charts_and_faults_stand_on_the_page() -> None:
    page = html.document_fromstring(render_report([RUN], AT).encode())
    text = page.text_content()
    for part in (
        "2026-01-02 03:04",
        "某站 <b>",
        "#3",
        "12",
        "40",
        "7 / 5",
        "off_topic",
        "HTTP 500",
    ):
        assert part in text
    assert [bar.get("width") for bar in page.iter("rect")] == ["240", "60", "240"]


def test_nothing_on_the_page_runs_or_loads() -> None:
    page = html.document_fromstring(render_report([RUN], AT).encode())
    assert not list(page.iter("script", "img", "link", "iframe"))
    assert not page.xpath("//@src | //@href")


def test_a_shortfall_and_an_interruption_are_said() -> None:
    good = render_report([RUN], AT)
    short = render_report([replace(RUN, kept=4)], AT)
    stopped = render_report([replace(RUN, finished=False, kept=4)], AT)
    assert ("低于预期" in good, "低于预期" in short, "低于预期" in stopped) == (False, True, False)
    assert ("中断" in good, "中断" in stopped) == (False, True)
