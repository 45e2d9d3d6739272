"""Redis ends in the middle of a crawl: it is told, and the next run brings the rest."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from crawler.sample_site import SampleSite
from crawler.store import Store
from tests.faults.commands import Runner, state_of
from tests.faults.scenarios import SOURCE
from tests.integration.conftest import command
from tests.integration.test_crawl import frontier_of


@contextmanager
def _running_redis(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("no Redis is installed: apt-get install redis-server")
    words = (program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder)
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    try:
        with closing(Redis.from_url(f"redis://127.0.0.1:{port}/0")) as client:
            while not _answers(client):
                assert server.poll() is None, "redis-server ended"
        yield server
    finally:
        server.kill()
        server.wait()


def _answers(client: Redis) -> bool:
    try:
        return bool(client.ping())
    except RedisError:
        return False


def test_a_crawl_whose_redis_ends_is_finished_by_the_next(
    runner: Runner, small_site: SampleSite, tmp_path: Path
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    quick, slow = tmp_path / "quick.toml", tmp_path / "slow.toml"
    source = SOURCE.format(start=small_site.address)
    quick.write_text(source, encoding="utf-8")
    slow.write_text(source.replace("delay = 0", "delay = 0.5"), encoding="utf-8")
    alone, shared = (f"sqlite:///{tmp_path / name}.db" for name in ("alone", "shared"))
    assert runner.run("crawl", "--sources", quick, "--database", alone).status in {0, 1}
    Store.open(shared).close()
    words = ("crawl", "--sources", slow, "--database", shared)
    words = (*words, "--redis", f"redis://127.0.0.1:{port}/0")
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ZHIQUAN_")}
    with _running_redis(tmp_path, port):
        crawl = subprocess.Popen(command(*words), stderr=subprocess.PIPE, env=kept)
        while frontier_of(shared) < 3:
            assert crawl.poll() is None, "the crawl ended before Redis did"
    told = crawl.communicate(timeout=120)[1].decode()
    assert "Traceback" not in told, told
    assert crawl.returncode in {1, 2}, told
    with _running_redis(tmp_path, port):  # which has forgotten everything
        again = runner.run("crawl", "--sources", quick, "--database", shared, *words[-2:])
    assert again.status in {0, 1}, again.told
    assert state_of(shared) == state_of(alone)
