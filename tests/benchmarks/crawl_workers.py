"""Pages a second of 1, 2 and 4 crawl processes that share one source through Redis.

``./dev bench crawl-workers``; ``ZHIQUAN_BENCH_PAGES`` sets the number of pages (2,000). Needs
redis-server; into PostgreSQL as well where it is installed. The processor time shows what a
process more costs when the machine has no core left for it: the cores in use are those of the
crawl and of PostgreSQL, without the site and Redis. Writers take turns on both engines; on
PostgreSQL that is one lock, and its own statistics tell, asked fifty times a second, for which
part of the time somebody held it and how many connections waited for it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from postgres import find_binaries, new_database, running_server
from sqlalchemy import Connection, create_engine, text

from crawler.store import Store
from tests.benchmarks.crawl_speed import SOURCE, serving

_LOCKS = text(
    "SELECT granted FROM pg_locks WHERE locktype = 'advisory'"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
_BACKENDS = text(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid()"
)


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


@dataclass
class Watch:
    """What the connections to a database did, in looks at its server's own statistics."""

    looks: int = 0
    held: int = 0  # looks at which somebody had the writers' lock
    waiting: int = 0  # connections that waited for it, over all looks
    used: dict[int, int] = field(default_factory=dict)  # process -> its nanoseconds on the CPU

    def look(self, connection: Connection) -> None:
        """Note what is going on now."""
        rows = connection.execute(_LOCKS).all()
        self.looks += 1
        self.held += any(row.granted for row in rows)
        self.waiting += sum(row.granted is False for row in rows)
        for pid in connection.execute(_BACKENDS).scalars():
            with suppress(OSError):
                self.used[pid] = int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])

    @property
    def cpu(self) -> float:
        """The server's processor seconds for these connections."""
        return sum(self.used.values()) / 1e9

    def told(self) -> str:
        """The lock's part of a line."""
        if not self.looks:
            return ""
        share, waiting = self.held / self.looks, self.waiting / self.looks
        return f", lock held {share:.0%} of the time, {waiting:.1f} connections waiting for it"


@contextmanager
def watching(url: str) -> Iterator[Watch]:
    """A watch that looks at a PostgreSQL database while the ``with`` block runs."""
    watch, over = Watch(), threading.Event()
    if not url.startswith("postgresql"):
        yield watch
        return
    engine = create_engine(url, isolation_level="AUTOCOMMIT")

    def look_on() -> None:
        with engine.connect() as connection:
            while not over.wait(0.02):
                watch.look(connection)

    thread = threading.Thread(target=look_on)
    thread.start()
    try:
        yield watch
    finally:
        over.set()
        thread.join()
        engine.dispose()


def crawl(workers: int, start: str, redis: str, url: str) -> tuple[float, float, Watch]:
    """Seconds until all processes have ended, their processor seconds, and the lock's use."""
    Store.open(url).close()
    with tempfile.TemporaryDirectory() as name, watching(url) as watch:
        sources = Path(name) / "sources.toml"
        sources.write_text(SOURCE.format(start=start), encoding="utf-8")
        started = time.monotonic()
        running = [
            subprocess.Popen(
                [sys.executable, "-m", "crawler.cli", "crawl", "--sources", str(sources)],
                env=os.environ | {"ZHIQUAN_REDIS_URL": redis, "ZHIQUAN_DATABASE_URL": url},
                stderr=subprocess.DEVNULL,
            )
            for _ in range(workers)
        ]
        cpu = 0.0
        for process in running:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            cpu += used.ru_utime + used.ru_stime
        wall = time.monotonic() - started
    if any(process.returncode for process in running):
        raise SystemExit("a crawl process failed")
    return wall, cpu, watch


def measure(engine: str, pages: int, start: str, address: Callable[[], str]) -> None:
    """One line for each number of processes, each with a store of its own."""
    for workers in (1, 2, 4):
        with running_redis() as redis:
            wall, cpu, watch = crawl(workers, start, redis, address())
        total = cpu + watch.cpu
        each = f"{pages / wall:.1f} pages/s, {1000 * total / pages:.1f} ms of processor a page"
        cores = f"{total / wall:.2f} of {os.cpu_count()} cores"
        print(f"{engine}, {workers} processes: {each}, {cores}{watch.told()}", flush=True)


def main() -> None:
    """SQLite, then PostgreSQL."""
    pages = int(os.environ.get("ZHIQUAN_BENCH_PAGES", "2000"))
    with tempfile.TemporaryDirectory() as name, serving(pages) as start:
        names = (f"sqlite:///{Path(name) / str(number)}.db" for number in count())
        measure("SQLite", pages, start, names.__next__)
        if find_binaries() is None:
            print("PostgreSQL: not installed here")
            return
        with running_server() as server, ExitStack() as stack:
            measure("PostgreSQL", pages, start, lambda: stack.enter_context(new_database(server)))


if __name__ == "__main__":
    main()
