"""Running the real command, and a site to crawl."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from crawler.sample_site import SampleSite


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did."""

    status: int
    lines: list[dict[str, Any]]
    told: str
    shown: str


Zhiquan = Callable[..., Ran]


def command(*words: str | Path) -> list[str]:
    """The ``zhiquan`` command of this environment."""
    return [sys.executable, "-m", "crawler.cli", *map(str, words)]


_MEASURING = """
import resource, subprocess, sys
status = subprocess.call(sys.argv[2:])
with open(sys.argv[1], "w") as file:
    file.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024))
sys.exit(status)
"""
"""A small process between us and the command: what a process starts is counted with its own size
at first, and ours is that of all tests."""


def run_zhiquan(*words: str | Path, cwd: Path, peak: Path | None = None) -> Ran:
    """What ``zhiquan`` did when run in the folder ``cwd``; fails on any traceback.

    The largest memory of one of its processes, in megabytes, is written to ``peak``.
    """
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith("ZHIQUAN_")
    }
    measuring = [sys.executable, "-S", "-c", _MEASURING, str(peak)] if peak else []
    done = subprocess.run(
        [*measuring, *command(*words)], cwd=cwd, env=environment, capture_output=True, timeout=240
    )
    told = done.stderr.decode()
    assert "Traceback" not in told, told
    shown = done.stdout.decode()
    lines = [json.loads(line) for line in shown.splitlines() if line[:1] == "{"]
    return Ran(done.returncode, lines, told, shown)


@pytest.fixture
def zhiquan(tmp_path: Path) -> Zhiquan:
    """Runs ``zhiquan`` in an empty folder."""
    folder = tmp_path / "cwd"
    folder.mkdir()
    return partial(run_zhiquan, cwd=folder)


@pytest.fixture
def database(tmp_path: Path) -> str:
    """The address of a database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'zhiquan.db'}"


@pytest.fixture(scope="session")
def sample_site() -> Iterator[SampleSite]:
    """The bundled sample site, served on a free port."""
    with SampleSite() as site:
        yield site
