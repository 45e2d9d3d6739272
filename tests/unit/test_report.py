"""The crawl report: every number and fault on one page, nothing executable."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import orjson
from lxml import html

from crawler.report import RunReport, decode_run, encode_run, render_report
from crawler.seeds import load_labels

RUN = RunReport(
    source="a",
    name="某站 <b>",
    run=3,
    finished=True,
    fetched=12,
    known=40,
    kept=7,
    expected=5,
    outcomes={"new": 8, "failed": 2, "moved": 0},
    rejected={"off_topic": 3},
    removed={},
    duplicates=1,
    faults=("http://a.example/<script>alert(1)</script>: HTTP 500",),
)
AT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
LABELS = load_labels()


def test_numbers_charts_and_faults_stand_on_the_page() -> None:
    page = html.document_fromstring(render_report([RUN], AT, LABELS).encode())
    text = page.text_content()
    for part in (
        "2026-01-02 03:04",
        "某站 <b>",
        "#3",
        "12",
        "40",
        "7 / 5",
        "与主题无关 Off topic",
        "抓取失败，下次再试",
        "moved",
        "HTTP 500",
    ):
        assert part in text
    assert [bar.get("width") for bar in page.iter("rect")] == ["240", "60", "1", "240"]


def test_nothing_on_the_page_runs_or_loads() -> None:
    page = html.document_fromstring(render_report([RUN], AT, LABELS).encode())
    assert not list(page.iter("script", "img", "link", "iframe"))
    assert not page.xpath("//@src | //@href")


def test_a_shortfall_and_an_interruption_are_said() -> None:
    good = render_report([RUN], AT, LABELS)
    short = render_report([replace(RUN, kept=4)], AT, LABELS)
    stopped = render_report([replace(RUN, finished=False, kept=4)], AT, LABELS)
    assert ("低于预期" in good, "低于预期" in short, "低于预期" in stopped) == (False, True, False)
    assert ("中断" in good, "中断" in stopped) == (False, True)


def test_a_finished_run_is_drawn_again_from_what_was_kept() -> None:
    kept = orjson.loads(orjson.dumps(encode_run(RUN)))
    assert render_report([decode_run("a", 3, kept)], AT, LABELS) == render_report([RUN], AT, LABELS)
    assert "中断" in render_report([decode_run("a", 3, None)], AT, LABELS)


def test_the_number_of_faults_is_kept_when_there_are_too_many_to_keep() -> None:
    many = replace(RUN, faults=tuple(f"http://a.example/{at}: HTTP 500" for at in range(600)))
    kept = encode_run(many)
    again = decode_run("a", 3, kept)
    assert len(again.faults) == 500
    assert "Faults (600)" in render_report([again], AT, LABELS)


def test_the_shortfall_is_part_of_the_record() -> None:
    assert encode_run(replace(RUN, kept=4))["shortfall"] == 1
    assert encode_run(RUN)["shortfall"] == 0
