"""Several crawl processes on one source through a real Redis: nothing twice, nothing lost."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from crawler.sample_site import SampleSite
from crawler.store import Store
from crawler.store.frontier import past_runs
from tests.integration.conftest import Zhiquan, command
from tests.integration.test_crawl import by_path, frontier_of, write_source

COMPARED = ("title", "text", "removed", "lenders", "topics", "rejected", "published")


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    """A Redis server of its own on a free port, which keeps nothing on disk."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("no Redis is installed: apt-get install redis-server")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        words = (program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder)
        server = subprocess.Popen(words, stdout=subprocess.DEVNULL)
        try:
            url = f"redis://127.0.0.1:{port}/0"
            with closing(Redis.from_url(url)) as client:
                while not _answers(client):
                    assert server.poll() is None, "redis-server ended"
            yield url
        finally:
            server.kill()
            server.wait()


def _answers(client: Redis) -> bool:
    try:
        return bool(client.ping())
    except RedisError:
        return False


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


@pytest.mark.timeout(280)
def test_two_of_four_processes_are_killed_and_the_store_is_that_of_one(
    zhiquan: Zhiquan, sample_site: SampleSite, redis_url: str, tmp_path: Path
) -> None:
    alone, shared = (f"sqlite:///{tmp_path / name}.db" for name in ("alone", "shared"))
    quick = write_source(tmp_path, sample_site.address)
    assert zhiquan("crawl", "--sources", quick, "--database", alone).status == 0

    Store.open(shared).close()
    folder = tmp_path / "slow"
    folder.mkdir()
    slow = write_source(folder, sample_site.address, delay=0.1)
    words = ("crawl", "--sources", slow, "--database", shared)
    workers = [_start(redis_url, *words) for _ in range(4)]
    try:
        while frontier_of(shared) < 8:
            assert all(one.poll() is None for one in workers), "a worker ended too early"
        for worker in workers[:2]:
            worker.kill()
        told = [_read_all(worker) for worker in workers[2:]]
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
            assert worker.stderr is not None
            worker.stderr.close()
    assert [worker.returncode for worker in workers[2:]] == [0, 0], told
    assert not any("Traceback" in one for one in told), told

    pages = [by_path(zhiquan("export", "--database", one)) for one in (alone, shared)]
    compared = [
        {path: [line[key] for key in COMPARED] for path, line in lines.items()} for lines in pages
    ]
    assert compared[0] == compared[1]
    store = Store.open_readonly(shared)
    try:
        (run,) = past_runs(store)
    finally:
        store.close()
    assert run.summary is not None
    assert run.summary["known"] == run.summary["fetched"]
    with closing(Redis.from_url(redis_url)) as client:
        left = [key for key in client.keys("zhiquan:*") if b":claims:" not in key]  # type: ignore[union-attr]  # a list, not awaitable
    assert not [key for key in left if key.endswith((b":requests", b":seen"))]


def test_a_redis_that_cannot_be_reached_is_one_clear_line(
    zhiquan: Zhiquan, sample_site: SampleSite, database: str, tmp_path: Path
) -> None:
    sources = write_source(tmp_path, sample_site.address)
    words = ("crawl", "--sources", sources, "--database", database)
    ran = zhiquan(*words, "--redis", "redis://127.0.0.1:9/0")
    assert ran.status == 2
    assert "ZHIQUAN_REDIS_URL" in ran.told
