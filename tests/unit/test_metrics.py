"""Crawl runs as Prometheus' text format."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.errors import ConfigError
from crawler.metrics import run_lines, write_metrics
from crawler.report import RunReport, encode_run
from crawler.store.runs import PastRun

_BEGAN, _ENDED = (datetime(2026, 1, 2, hour, tzinfo=UTC) for hour in (3, 4))


def _run(source: str, *, finished: bool) -> PastRun:
    report = RunReport(
        source=source,
        name="某站",
        run=7,
        finished=True,
        fetched=5,
        known=5,
        kept=3,
        expected=4,
        outcomes={"new": 4, "failed": 1},
        rejected={"off_topic": 1},
        removed={},
        duplicates=0,
        faults=("x",),
    )
    ended = _ENDED if finished else None
    return PastRun(7, source, _BEGAN, ended, encode_run(report) if finished else None)


def test_each_run_is_told_with_its_source_and_every_metric_is_described() -> None:
    lines = list(
        run_lines([_run("a", finished=False), _run("b", finished=True)], [_run("b", finished=True)])
    )
    assert 'zhiquan_crawl_started_seconds{source="a"} 1767322800' in lines
    assert 'zhiquan_crawl_finished_seconds{source="b"} 1767326400' in lines
    assert 'zhiquan_crawl_addresses{source="b",outcome="new"} 4' in lines
    assert 'zhiquan_crawl_rejected_pages{source="b",reason="off_topic"} 1' in lines
    assert 'zhiquan_crawl_kept_pages{source="b"} 3' in lines
    assert not [
        line for line in lines if line.startswith("zhiquan_crawl_kept_pages") and '"a"' in line
    ]
    named = {line.split("{")[0] for line in lines if not line.startswith("#")}
    assert named == {line.split()[2] for line in lines if line.startswith("# TYPE")}


def test_nothing_crawled_gives_no_line() -> None:
    assert list(run_lines([], [])) == []


def test_a_source_cannot_break_out_of_its_label() -> None:
    lines = list(run_lines([_run('a"} 1\nx \\', finished=False)], []))
    assert lines[-1] == 'zhiquan_crawl_started_seconds{source="a\\"} 1\\nx \\\\"} 1767322800'


def test_the_file_appears_whole(tmp_path: Path) -> None:
    path = tmp_path / "zhiquan.prom"
    path.write_text("old")
    write_metrics(path, [], [_run("b", finished=True)])
    assert path.read_text("utf-8").endswith("\n")
    assert "old" not in path.read_text("utf-8")
    assert [one.name for one in tmp_path.iterdir()] == ["zhiquan.prom"]


def test_what_is_no_file_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is not a file"):
        write_metrics(tmp_path, [], [])
    with pytest.raises(ConfigError, match="cannot be written"):
        write_metrics(tmp_path / "none" / "zhiquan.prom", [], [])
