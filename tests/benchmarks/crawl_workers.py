"""Pages a second of 1, 2 and 4 crawl processes that share one source through Redis.

``python -m tests.benchmarks.crawl_workers [PAGES]``; needs redis-server. The processor time
shows what a process more costs when the machine has no core left for it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.crawl_speed import SOURCE, serving


@contextmanager
def running_redis() -> Iterator[str]:
    """The address of a Redis of its own while the ``with`` block runs."""
    program = shutil.which("redis-server")
    if program is None:
        raise SystemExit("no Redis is installed: apt-get install redis-server")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = (program, "--port", str(port), "--bind", "127.0.0.1", "--save", "")
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(words, stdout=subprocess.DEVNULL, cwd=folder)
        try:
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.kill()
            server.wait()


def crawl(workers: int, start: str, redis: str, folder: Path) -> tuple[float, float]:
    """Seconds until all processes have ended, and their processor seconds."""
    folder.mkdir()
    sources = folder / "sources.toml"
    sources.write_text(SOURCE.format(start=start), encoding="utf-8")
    words = ("crawl", "--sources", str(sources), "--database", f"sqlite:///{folder / 'b.db'}")
    started = time.monotonic()
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "crawler.cli", *words],
            env=os.environ | {"ZHIQUAN_REDIS_URL": redis},
            stderr=subprocess.DEVNULL,
        )
        for _ in range(workers)
    ]
    cpu = 0.0
    for process in running:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        cpu += used.ru_utime + used.ru_stime
    if any(process.returncode for process in running):
        raise SystemExit("a crawl process failed")
    return time.monotonic() - started, cpu


def main() -> None:
    """One line for each number of processes."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    pages = numbers[0] if numbers else 2000
    with tempfile.TemporaryDirectory() as name, running_redis() as redis, serving(pages) as start:
        for workers in (1, 2, 4):
            wall, cpu = crawl(workers, start, redis, Path(name, str(workers)))
            each = f"{pages / wall:.1f} pages/s, {1000 * cpu / pages:.1f} ms of processor a page"
            print(f"{workers} processes: {each}", flush=True)


if __name__ == "__main__":
    main()
