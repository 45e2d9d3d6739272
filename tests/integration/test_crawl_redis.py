"""Several crawl processes on one source through a real Redis: nothing twice, nothing lost."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from redis.exceptions import RedisError

from crawler.sample_site import SampleSite
from crawler.store import Store
from crawler.store.runs import list_runs
from tests.integration.conftest import Zhiquan, command, run_zhiquan
from tests.integration.test_crawl import by_path, frontier_of, write_source

COMPARED = ("title", "text", "removed", "lenders", "topics", "rejected", "published")

Pages = dict[str, list[Any]]


class RedisServer:
    """A Redis server of its own on a free port, which keeps nothing on disk."""

    def __init__(self, program: str, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{port}/0"
        rest = ("--bind", "127.0.0.1", "--save", "", "--dir", str(folder))
        self._words = (program, "--port", str(port), *rest)
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._running = subprocess.Popen(self._words, stdout=subprocess.DEVNULL)
        with closing(Redis.from_url(self.url)) as client:
            while not _answers(client):
                assert self._running.poll() is None, "redis-server ended"

    def stop(self) -> None:
        if self._running is not None:
            self._running.kill()
            self._running.wait()


def _answers(client: Redis) -> bool:
    try:
        return bool(client.ping())
    except RedisError:
        return False


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A running Redis."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("no Redis is installed: apt-get install redis-server")
    server = RedisServer(program, tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def alone(sample_site: SampleSite, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """What one process without Redis stores of the sample site."""
    folder = tmp_path_factory.mktemp("alone")
    database = f"sqlite:///{folder / 'alone.db'}"
    sources = write_source(folder, sample_site.address)
    assert (
        run_zhiquan("crawl", "--sources", sources, "--database", database, cwd=folder).status == 0
    )
    return pages_of(database, folder)


def pages_of(database: str, folder: Path) -> Pages:
    """What a store says of each page."""
    lines = by_path(run_zhiquan("export", "--database", database, cwd=folder))
    return {path: [line[key] for key in COMPARED] for path, line in lines.items()}


@pytest.fixture(params=["sqlite", "postgresql"])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty store for several processes."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_database"))
    url = f"sqlite:///{tmp_path / 'shared.db'}"
    Store.open(url).close()
    return url


def _start(redis_url: str, *words: str | Path) -> subprocess.Popen[bytes]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ZHIQUAN_")}
    environment = kept | {"ZHIQUAN_REDIS_URL": redis_url}
    return subprocess.Popen(command(*words), stderr=subprocess.PIPE, env=environment)


def _read_all(worker: subprocess.Popen[bytes]) -> str:
    """What the process told until it ended by itself."""
    assert worker.stderr is not None
    told = worker.stderr.read().decode()
    worker.wait(timeout=60)
    return told


def _end(workers: Sequence[subprocess.Popen[bytes]]) -> None:
    """Leaves no process and no pipe behind."""
    for worker in workers:
        worker.kill()
        worker.wait()
        assert worker.stderr is not None
        worker.stderr.close()


@pytest.mark.timeout(280)
def test_two_of_four_processes_are_killed_and_the_store_is_that_of_one(
    alone: Pages, sample_site: SampleSite, redis: RedisServer, shared: str, tmp_path: Path
) -> None:
    slow = write_source(tmp_path, sample_site.address, delay=0.1)
    words = ("crawl", "--sources", slow, "--database", shared)
    workers = [_start(redis.url, *words) for _ in range(4)]
    try:
        while frontier_of(shared) < 8:
            assert all(one.poll() is None for one in workers), "a worker ended too early"
        for worker in workers[:2]:
            worker.kill()
        told = [_read_all(worker) for worker in workers[2:]]
    finally:
        _end(workers)
    assert [worker.returncode for worker in workers[2:]] == [0, 0], told
    assert not any("Traceback" in one for one in told), told
    assert pages_of(shared, tmp_path) == alone
    store = Store.open_readonly(shared)
    try:
        (run,) = list_runs(store, 9)
    finally:
        store.close()
    assert run.summary is not None
    assert run.summary["known"] == run.summary["fetched"]
    with closing(Redis.from_url(redis.url)) as client:
        left = client.keys("zhiquan:*")
    assert isinstance(left, list)
    assert not [key for key in left if key.endswith((b":requests", b":seen"))]


@pytest.mark.timeout(280)
def test_a_crawl_that_loses_redis_says_so_and_the_next_run_continues_it(
    alone: Pages, sample_site: SampleSite, redis: RedisServer, database: str, tmp_path: Path
) -> None:
    Store.open(database).close()
    slow = write_source(tmp_path, sample_site.address, delay=0.3)
    words = ("crawl", "--sources", slow, "--database", database)
    worker = _start(redis.url, *words)
    try:
        while frontier_of(database) < 3:
            assert worker.poll() is None, "the crawl ended before it lost Redis"
        redis.stop()
        told = _read_all(worker)
    finally:
        _end([worker])
        redis.start()
    assert worker.returncode == 1, told
    assert "Traceback" not in told
    assert sum("Redis is lost" in line for line in told.splitlines()) == 1, told
    assert "the next run continues" in told
    assert frontier_of(database) < len(alone)
    write_source(tmp_path, sample_site.address)
    worker = _start(redis.url, *words)
    told = _read_all(worker)
    _end([worker])
    assert worker.returncode == 0, told
    assert pages_of(database, tmp_path) == alone


@pytest.mark.parametrize("address", ["redis://127.0.0.1:9/0", "nowhere", "http://127.0.0.1:9/"])
def test_a_redis_that_cannot_be_reached_is_one_clear_line(
    zhiquan: Zhiquan, sample_site: SampleSite, database: str, tmp_path: Path, address: str
) -> None:
    sources = write_source(tmp_path, sample_site.address)
    words = ("crawl", "--sources", sources, "--database", database)
    ran = zhiquan(*words, "--redis", address)
    assert ran.status == 2
    assert ran.told.startswith("ZHIQUAN_REDIS_URL: ")
    assert ran.told.count("\n") == 1
