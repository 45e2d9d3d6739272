"""``zhiquan batch``: what the single machine finds, from a cluster of processes."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from archive_files import Record, write_archive

from crawler.seeds import seeds_folder

_OWN = (sys.executable, "-m", "crawler.cli")
_SAME = ("title", "published", "text", "lenders", "topics", "rejected", "cluster", "representative")


def _run(*words: str, status: int = 0) -> str:
    done = subprocess.run([*_OWN, *words], capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    return done.stdout + done.stderr


def _records() -> list[Record]:
    """The sample site's pages, copies of some, and one page in two versions."""
    pages = sorted((seeds_folder() / "site").rglob("*.html"))
    records = [
        Record(f"http://{host}.example/{number}", page.read_bytes(), "text/html")
        for host, wanted in (("a", pages), ("b", pages[::2]), ("c", pages[::5]))
        for number, page in enumerate(wanted)
    ]
    changed = records[3].body.replace("。</p>".encode(), b"!</p>", 1)
    records.append(Record(records[3].url, changed, "text/html", date="2019-01-01T00:00:00Z"))
    records.append(Record("http://d.example/", "<p>今天天气很好</p>".encode(), "text/html"))
    random.Random(8).shuffle(records)  # noqa: S311 - the same order each time
    return records


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("archives")
    records = _records()
    paths = [folder / f"{number}.warc.gz" for number in range(3)]
    for number, path in enumerate(paths):
        write_archive(path, records[number::3])
    return [str(path) for path in paths]


def _rows(folder: Path) -> dict[str, dict[str, object]]:
    found = duckdb.connect().execute(
        "SELECT * FROM read_parquet(?)", [str(folder / "articles.parquet")]
    )
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return {str(row["url"]): row for row in rows}


def test_a_batch_finds_what_one_machine_finds(archives: list[str], tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'one.db'}"
    _run("import", *archives, "--database", database)
    lines = map(json.loads, _run("export", "--database", database).splitlines())
    expected = {line["url"]: line for line in lines}
    said = _run("batch", *archives, "--to", str(tmp_path / "out"), "--workers", "2")
    found = _rows(tmp_path / "out")
    assert found.keys() == expected.keys()
    assert "http://d.example/" not in found
    for url, line in expected.items():
        row = found[url] | {"published": str(found[url]["published"] or "") or None}
        assert {name: row[name] for name in _SAME} == {name: line[name] for name in _SAME}, url
    sizes = [row["cluster"] for row in found.values()]
    assert max(sizes.count(one) for one in sizes) >= 3
    assert f"{len(found)} articles" in said
    # A part that is missing is made again, the others stand.
    before = (tmp_path / "out" / "parts" / "00000.json").stat().st_mtime_ns
    (tmp_path / "out" / "parts" / "00001.json").unlink()
    _run("batch", *archives, "--to", str(tmp_path / "out"), "--workers", "1")
    assert _rows(tmp_path / "out") == found
    assert (tmp_path / "out" / "parts" / "00000.json").stat().st_mtime_ns == before
    refused = _run("batch", archives[0], "--to", str(tmp_path / "out"), status=2)
    assert "other archives" in refused


def _lines(database: str) -> dict[str, dict[str, object]]:
    """The lines of a store's export by address, without the moments at which it was filled."""
    told = _run("export", "--database", database)
    lines = [json.loads(line) for line in told.splitlines()]
    left_out = ("first_seen",)
    return {
        line["url"]: {name: value for name, value in line.items() if name not in left_out}
        for line in lines
    }


@pytest.mark.parametrize("workers", ["1", "3"])
def test_a_batch_fills_a_store_as_import_does(
    archives: list[str], store_url: str, tmp_path: Path, workers: str
) -> None:
    one = f"sqlite:///{tmp_path / 'one.db'}"
    _run("import", *archives, "--database", one)
    options = ("--to", str(tmp_path / "notes"), "--database", store_url, "--workers", workers)
    said = _run("batch", *archives, *options)
    expected = _lines(one)
    assert _lines(store_url) == expected
    assert f"{len(expected)} articles in the store" in said
    assert not (tmp_path / "notes" / "articles.parquet").exists()
    # An archive whose note is missing is read again, and changes nothing.
    (tmp_path / "notes" / "parts" / "00001.json").unlink()
    said = _run("batch", *archives, *options)
    assert "unchanged" in said
    assert _lines(store_url) == expected


def test_a_record_whose_address_is_none_is_told(tmp_path: Path) -> None:
    body = (seeds_folder() / "site" / "mp" / "weilidai.html").read_bytes()
    archive = tmp_path / "a.warc"
    write_archive(archive, [Record(url, body, "text/html") for url in ("http://[a/", "http://a/")])
    where = ("--to", str(tmp_path / "notes"), "--database", f"sqlite:///{tmp_path / 'a.db'}")
    said = _run("batch", str(archive), *where, "--workers", "1", status=1)
    assert "'http://[a/' is not a web address" in said
    assert "1 article in the store" in said


def test_the_notes_of_one_store_are_none_of_another(archives: list[str], tmp_path: Path) -> None:
    for name, status in (("one", 0), ("two", 2)):
        database = f"sqlite:///{tmp_path / name}.db"
        words = ("--to", str(tmp_path / "notes"), "--database", database)
        said = _run("batch", archives[0], *words, status=status)
    assert "for another place" in said


def test_a_store_that_is_not_there_is_one_line(archives: list[str], tmp_path: Path) -> None:
    database = "postgresql+psycopg://nobody@127.0.0.1:9/nothing"
    words = ("--to", str(tmp_path / "notes"), "--database", database)
    said = _run("batch", archives[0], *words, status=2)
    assert len(said.splitlines()) == 1
    assert "Traceback" not in said


def test_a_scheduler_that_is_not_there_is_one_line(archives: list[str], tmp_path: Path) -> None:
    said = _run(
        "batch",
        archives[0],
        "--to",
        str(tmp_path / "o"),
        "--scheduler",
        "tcp://127.0.0.1:9",
        status=2,
    )
    assert "no Dask scheduler answers" in said
    assert "Traceback" not in said


def test_ctrl_c_is_one_line_and_leaves_no_process(archives: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "out"
    words = ("batch", *archives, "--to", str(folder), "--workers", "2")
    running = subprocess.Popen(
        [*_OWN, *words],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    _wait_for((folder / "archives.txt").exists)  # its processes are started next
    os.killpg(running.pid, signal.SIGINT)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 1
    assert told == "interrupted; run the same command again to continue\n"
    _wait_for(lambda: not _has_processes(running.pid))
    assert "articles" in _run(*words)


def _wait_for(condition: Callable[[], bool]) -> None:
    given_up = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < given_up
        os.sched_yield()


def _has_processes(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
