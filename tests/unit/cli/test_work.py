"""Many pages in order: the pool gives what one process gives."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from crawler.cli import work
from crawler.reading import Fault, Planned
from crawler.work import Task

TASK = Task(date(2026, 1, 2))


def _name(task: Task, planned: Planned | Fault) -> str:
    return f"{task.on} {planned.name}"


# The pool itself is tested by the command, in a process without threads.
@pytest.mark.parametrize("count", [0, 1, 49])
def test_every_page_comes_once_and_in_order(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "load_tools", lambda seeds: None)
    planned = [Planned(f"p{number}", Path("x")) for number in range(count)]
    expected = [f"2026-01-02 p{number}" for number in range(count)]
    assert list(work.run_in_order(_name, TASK, planned)) == expected


def test_a_fault_passes_through_as_a_line_with_its_message() -> None:
    outcome = work.line_planned(TASK, Fault("a.html", "a.html: does not exist"))
    assert outcome.failed
    assert outcome.message == "a.html: does not exist"
    assert b'"error":"a.html: does not exist"' in outcome.line


def test_a_command_starts_without_loading_the_second_opinion() -> None:
    check = "import sys, crawler.cli.extract; sys.exit('trafilatura' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
