"""Disks that are full, refuse or cannot be written: one clear line, nothing lost, then recovery."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from stores import SQLiteFactory

from crawler.sample_site import SampleSite
from crawler.store import Store
from tests.faults.commands import Runner, state_of
from tests.faults.forkserver import Job
from tests.faults.scenarios import Corpus, Scenario, Scenarios

_KILOBYTES = 900  # of the small disk: room for an empty store and some pages


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 900 kB; the test is skipped where mounting one is not allowed."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or _mount("-t", "tmpfs", "-o", f"size={_KILOBYTES}k", "tmpfs", folder):
        pytest.skip("needs root to mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def _mount(*words: str | Path) -> int:
    return subprocess.run(["mount", *map(str, words)], capture_output=True, check=False).returncode


@pytest.mark.parametrize("name", ["importing", "migrating", "rereading", "copying", "crawling"])
def test_a_disk_that_refuses_is_told_and_a_second_run_finishes(
    name: str,
    sqlite_stores: SQLiteFactory,
    runner: Runner,
    corpus: Corpus,
    small_site: SampleSite,
    tmp_path: Path,
) -> None:
    scenarios = Scenarios(sqlite_stores, corpus, tmp_path)
    scenario: Scenario = (
        scenarios.copying(sqlite_stores)
        if name == "copying"
        else scenarios.crawling(small_site.address)
        if name == "crawling"
        else getattr(scenarios, name)()
    )
    begun = scenario.begin()
    unharmed, url = sqlite_stores.copy(begun), sqlite_stores.copy(begun)
    assert runner.run(*scenario.words(unharmed)).status == scenario.status
    longest = 100_000 if name == "migrating" else 300_000  # bytes a file
    ended = runner.run(*scenario.words(url), job=Job([], limit=longest))
    assert ended.status == (1 if name == "crawling" else 2), ended.told
    assert "the disk refused; check that it has space" in ended.told
    if name != "crawling":
        assert ended.told.count("\n") == 1
    if name != "migrating":
        assert not state_of(url).faults
    assert runner.run(*scenario.words(url)).status == scenario.status
    assert state_of(url) == state_of(unharmed)


def test_a_full_disk_is_told_and_with_space_the_import_finishes(
    sqlite_stores: SQLiteFactory, runner: Runner, corpus: Corpus, tmp_path: Path, small_disk: Path
) -> None:
    words = Scenarios(sqlite_stores, corpus, tmp_path).importing().words
    elsewhere = sqlite_stores.make()
    url = f"sqlite:///{small_disk / 'zhiquan.db'}"
    assert runner.run(*words(elsewhere)).status == 0
    Store.open(url).close()  # its tables alone fit
    ended = runner.run(*words(url))
    assert ended.status == 2
    assert "the disk is full; free some space" in ended.told
    left = state_of(url)
    assert not left.faults
    assert left.pages.items() <= state_of(elsewhere).pages.items()
    assert _mount("-o", "remount,size=8m", small_disk) == 0
    assert runner.run(*words(url)).status == 0
    assert state_of(url) == state_of(elsewhere)


def test_a_read_only_disk_is_told(
    sqlite_stores: SQLiteFactory, runner: Runner, corpus: Corpus, tmp_path: Path, small_disk: Path
) -> None:
    scenarios = Scenarios(sqlite_stores, corpus, tmp_path)
    path = small_disk / "zhiquan.db"
    shutil.copyfile(sqlite_stores.make().removeprefix("sqlite:///"), path)
    assert _mount("-o", "remount,ro", small_disk) == 0
    before = path.read_bytes()
    for words in (scenarios.importing().words, scenarios.grouping().words):
        ended = runner.run(*words(f"sqlite:///{path}"))
        assert (ended.status, ended.told.count("\n")) == (2, 1)
        assert "may be read and written" in ended.told
    ended = runner.run("batch", corpus.archive, "--to", small_disk / "out")
    assert (ended.status, ended.told.count("\n")) == (2, 1)
    assert "Read-only file system" in ended.told
    assert path.read_bytes() == before


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no /dev/full here")
def test_output_that_cannot_be_written_is_told(
    runner: Runner, small_site: SampleSite, tmp_path: Path, corpus: Corpus
) -> None:
    sources = tmp_path / "sources.toml"
    sources.write_text(
        f'[[source]]\nid = "test"\nname = "test"\ntrust = "own"\nprivate = true\nmax_pages = 1\n'
        f'delay = 0\nstart = ["{small_site.address}"]\n',
        encoding="utf-8",
    )
    database = f"sqlite:///{tmp_path / 'zhiquan.db'}"
    words = ("crawl", "--sources", sources, "--database", database, "--report", "/dev/full")
    ended = runner.run(*words)
    assert ended.status == 2
    assert ended.told.splitlines()[-1] == "/dev/full: cannot be written: No space left on device"
    assert "pages kept" in ended.told
    ended = runner.run(
        "extract", corpus.manifest.parent / "mp-weilidai.html", job=Job([], out="/dev/full")
    )
    assert (ended.status, ended.told) == (2, "writing failed: No space left on device\n")
