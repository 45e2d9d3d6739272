"""Databases that are damaged or locked, clocks that jump, names that do not resolve."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from stores import SQLiteFactory

from tests.faults.commands import Runner, state_of
from tests.faults.forkserver import Job
from tests.faults.scenarios import SOURCE, Corpus, Scenarios

_PAGE = 4096  # bytes of a page of an SQLite file
_COMMANDS = ("export", "import", "dedup", "recurate", "backup")


def _damage(content: bytes, chance: random.Random) -> bytes:
    """The file cut off, with a page of noise or zeros, or with 200 changed bytes."""
    damaged = bytearray(content)
    kind = chance.choice(["cut", "noise", "zeros", "bytes"])
    at = chance.randrange(len(damaged) // _PAGE) * _PAGE
    if kind == "cut":
        del damaged[chance.randrange(len(damaged)) :]
    elif kind == "bytes":
        for _ in range(200):
            damaged[chance.randrange(100, len(damaged))] ^= chance.randrange(1, 256)
    else:
        damaged[at : at + _PAGE] = chance.randbytes(_PAGE) if kind == "noise" else bytes(_PAGE)
    return bytes(damaged)


def _words(command: str, url: str, corpus: Corpus, folder: Path) -> list[str | Path]:
    if command == "import":
        return ["import", "--manifest", corpus.manifest, "--database", url]
    target = [folder / "backup.db"] if command == "backup" else []
    return [command, "--database", url, *target]


def test_a_damaged_file_is_told_in_one_line(
    sqlite_stores: SQLiteFactory, runner: Runner, corpus: Corpus, tmp_path: Path
) -> None:
    chance = random.Random(17)  # noqa: S311 - not a secret
    content = Path(_path(Scenarios(sqlite_stores, corpus, tmp_path).filled())).read_bytes()
    told = 0
    for number in range(15):
        url = f"sqlite:///{tmp_path / f'{number}.db'}"
        Path(_path(url)).write_bytes(_damage(content, chance))
        ended = runner.run(*_words(chance.choice(_COMMANDS), url, corpus, tmp_path))
        assert ended.status in {0, 2}, ended  # 0 when it did not come by the damage
        if ended.status == 2:
            told += 1
            assert ended.told.count("\n") == 1
            assert any(word in ended.told for word in ("damaged", "backup failed", "not a data"))
    assert told >= 5


@pytest.mark.parametrize(
    ("column", "value"),
    [
        pytest.param("blocks", "[[", id="json"),
        pytest.param("title", b"\xff\xfe", id="utf-8"),
        pytest.param("published", "20xx-01-01", id="date"),
        pytest.param("rejected", "no-such-reason", id="word"),
    ],
)
def test_a_value_nobody_wrote_is_told(
    column: str,
    value: str | bytes,
    sqlite_stores: SQLiteFactory,
    runner: Runner,
    corpus: Corpus,
    tmp_path: Path,
) -> None:
    url = Scenarios(sqlite_stores, corpus, tmp_path).filled()
    with closing(sqlite3.connect(_path(url))) as connection:
        change = f"UPDATE pages SET {column} = CAST(? AS TEXT) WHERE id = 3"  # noqa: S608 - constants
        connection.execute(change, (value,))
        connection.commit()
    ended = runner.run("export", "--database", url)
    assert (ended.status, ended.told.count("\n")) == (2, 1)
    assert "the file is damaged; restore a backup" in ended.told


def test_a_locked_database_is_told_and_free_again_is_written(
    store_url: str, runner: Runner, corpus: Corpus
) -> None:
    words = ("import", "--manifest", corpus.manifest, "--database", store_url)
    engine = create_engine(store_url)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("LOCK TABLE pages IN ACCESS EXCLUSIVE MODE"))
        ended = runner.run(*words, job=Job([], busy=0.2))
        assert (ended.status, ended.told.count("\n")) == (2, 1)
        assert "another program is writing to it; try again" in ended.told
    engine.dispose()
    assert runner.run(*words).status == 0
    assert not state_of(store_url).faults


@pytest.mark.parametrize("days", [-4000, 4000])
def test_a_clock_that_jumps_loses_nothing(
    days: int, sqlite_stores: SQLiteFactory, runner: Runner, corpus: Corpus
) -> None:
    jumping, steady = sqlite_stores.make(), sqlite_stores.make()
    words = ("import", "--manifest", corpus.manifest, "--database")
    assert runner.run(*words, steady).status == 0
    for shift in (0, days, 0):
        assert runner.run(*words, jumping, job=Job([], shift=shift)).status == 0
    for command in ("dedup", "recurate"):
        assert runner.run(command, "--database", jumping, job=Job([], shift=days)).status == 0
        assert runner.run(command, "--database", jumping).status == 0
    assert runner.run("recurate", "--database", steady).status == 0
    assert state_of(jumping) == state_of(steady)


def test_a_name_that_does_not_resolve_is_told(runner: Runner, tmp_path: Path) -> None:
    sources = tmp_path / "sources.toml"
    text = SOURCE.format(start="http://no-such-host.invalid/").replace("private = true\n", "")
    sources.write_text(text, encoding="utf-8")
    database = f"sqlite:///{tmp_path / 'zhiquan.db'}"
    for _ in range(2):  # the second run asks again
        ended = runner.run("crawl", "--sources", sources, "--database", database)
        assert ended.status == 1
        last = ended.told.splitlines()[-1]
        assert "http://no-such-host.invalid/" in last
        assert "DNS lookup failed" in last
    assert not state_of(database).faults


def _path(url: str) -> str:
    return url.removeprefix("sqlite:///")
