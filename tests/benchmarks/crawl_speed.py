"""Pages a second, end to end: ``zhiquan crawl`` with all its curation against the peer.

``python -m tests.benchmarks.crawl_speed [PAGES [ROUNDS]]`` runs both in turn and prints the
medians of their wall time and of the processor time of all their processes; the latter says
more on a machine that does other work. ``--memory`` runs ours alone, also at ten times the
pages.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SOURCE = """
[[source]]
id = "bench"
name = "bench"
trust = "own"
start = ["{start}"]
deny = ["/out/"]
private = true
delay = 0
connections = 8
max_pages = 1_000_000
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: seconds, processor seconds of all its processes, and megabytes.

    ``peak`` is the most memory that one of its processes held.
    """

    wall: float
    cpu: float
    peak: float


def run(*words: str) -> Cost:
    """What the command cost."""
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{words[0]} ended with {process.returncode}")
    cpu = used.ru_utime + used.ru_stime
    return Cost(time.monotonic() - started, cpu, used.ru_maxrss / 1024)


@contextmanager
def serving(pages: int) -> Iterator[str]:
    """The start address of the generated site while the ``with`` block runs."""
    site = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.crawl_site", str(pages)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield site.stdout.readline().strip() if site.stdout else ""
    finally:
        site.kill()
        site.wait()


def crawl_ours(start: str, folder: Path) -> Cost:
    """Our crawl into a new database."""
    sources = folder / "sources.toml"
    sources.write_text(SOURCE.format(start=start), encoding="utf-8")
    database = folder / f"{time.monotonic_ns()}.db"
    words = ("crawl", "--sources", str(sources), "--database", f"sqlite:///{database}")
    return run("crawler.cli", *words)


def crawl_theirs(start: str, folder: Path, pages: int) -> Cost:
    """The peer's crawl into a new file; it must have got every page."""
    lines = folder / f"{time.monotonic_ns()}.jsonl"
    cost = run("tests.benchmarks.crawl_peer", start, str(lines))
    got = len(lines.read_text(encoding="utf-8").splitlines())
    if got != pages:
        raise SystemExit(f"the peer got {got} of {pages} pages")
    return cost


def compare(pages: int, rounds: int) -> None:
    """Prints what both cost, run in turn."""
    ours: list[Cost] = []
    theirs: list[Cost] = []
    with tempfile.TemporaryDirectory() as name, serving(pages) as start:
        for _ in range(rounds):
            ours.append(crawl_ours(start, Path(name)))
            theirs.append(crawl_theirs(start, Path(name), pages))
    for label, costs in (("zhiquan", ours), ("Scrapy + trafilatura", theirs)):
        wall = statistics.median(one.wall for one in costs)
        cpu = statistics.median(one.cpu for one in costs)
        peak = max(one.peak for one in costs)
        each = f"{pages / wall:6.1f} pages/s, {1000 * cpu / pages:5.1f} ms of processor a page"
        print(f"{label:>20}: {each}, peak of one process {peak:.0f} MB")
    wall = statistics.median(b.wall / a.wall for a, b in zip(ours, theirs, strict=True))
    cpu = statistics.median(b.cpu / a.cpu for a, b in zip(ours, theirs, strict=True))
    print(f"ratio of pages/s {wall:.2f}; of processor time {cpu:.2f}")


def measure_memory(pages: int) -> None:
    """Prints the peaks of our crawl of so many pages, and of ten times as many."""
    peaks = []
    for count in (pages, 10 * pages):
        with tempfile.TemporaryDirectory() as name, serving(count) as start:
            cost = crawl_ours(start, Path(name))
        peaks.append(cost.peak)
        print(f"{count} pages: {count / cost.wall:.1f} pages/s, peak {cost.peak:.0f} MB")
    print(f"ratio of peaks {peaks[1] / peaks[0]:.2f}")


def main() -> None:
    """Speed by default, memory when asked."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    pages, rounds = [*numbers, *(2000, 3)[len(numbers) :]][:2]
    if "--memory" in sys.argv:
        measure_memory(pages)
    else:
        compare(pages, rounds)


if __name__ == "__main__":
    main()
