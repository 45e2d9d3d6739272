"""Web archives as a batch: what the engine costs over a plain loop, and what the filter loses.

Run by ``./dev bench batch``; ``--full`` takes 100,000 records instead of 10,000. One record in
twenty is a page of the sample site with its numbers and names changed, the others are pages
on other matters, in UTF-8 and GB18030, a third with one stray word of lending.

``loop`` runs the job's steps one after the other in one process; ``dask`` runs them on one
worker process, so that the difference is the engine's. Times are CPU seconds of all processes,
and in brackets by the clock. ``unfiltered`` curates every record: what it keeps and the
filtered path does not is lost.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from archive_files import Record, write_archive

from crawler.archives import read_archive
from crawler.batch.joining import cluster, find_same, prepare
from crawler.batch.parts import make_part
from crawler.batch.running import Place, run_batch
from crawler.model import CuratedArticle, Page
from crawler.prefilter import Prefilter
from crawler.seeds import load_references, seeds_folder
from crawler.work import Task, curate_page, load_prefilter, load_tools

ARCHIVES = 20
RECORDS = 100_000 if "--full" in sys.argv else 10_000
ON_SUBJECT = 20  # one record in so many
CHECKED = 4_000  # records curated without the filter


def main() -> None:
    """Print the table."""
    task = Task(datetime.now(UTC).date())
    load_tools(None)
    load_prefilter(None)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archives = [str(one) for one in _make_archives(folder)]
        print(f"{RECORDS} records in {ARCHIVES} archives, {_size(archives) / 1e6:.0f} MB")
        loop = _timed(lambda: _loop(task, archives, folder / "loop"))
        place = Place(workers=1)
        dask = _timed(lambda: run_batch(task, archives, folder / "dask", place, lambda _line: None))
        print("| way | CPU s | by the clock | records a CPU second |")
        print("|---|---|---|---|")
        for what, (cpu, clock) in (("loop", loop), ("dask, one worker", dask)):
            print(f"| {what} | {cpu:.1f} | {clock:.1f} | {RECORDS / cpu:.0f} |")
        print(
            f"engine: {dask[0] / loop[0] - 1:+.1%} CPU, {dask[1] / loop[1] - 1:+.1%} by the clock"
        )
        _check_filter(task, archives)


def _loop(task: Task, archives: list[str], folder: Path) -> None:
    for number, archive in enumerate(archives):
        make_part(task, folder, number, archive)
    same = [pair for chunk in range(prepare(folder)) for pair in find_same(task, folder, chunk)]
    cluster(task, folder, same)


def _timed(job: Callable[[], object]) -> tuple[float, float]:
    before, began = _cpu(), time.perf_counter()
    job()
    return _cpu() - before, time.perf_counter() - began


def _cpu() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def _check_filter(task: Task, archives: list[str]) -> None:
    prefilter = Prefilter(load_references())
    pages = (page for path in archives for page in read_archive(path) if isinstance(page, Page))
    passed = kept = lost = size = 0
    looking = 0.0
    for page in islice(pages, CHECKED):
        began = time.process_time()
        may = prefilter.may_keep(page.body)
        looking += time.process_time() - began
        result = curate_page(task, page)
        keeps = isinstance(result, CuratedArticle) and result.rejected is None
        passed, kept, lost, size = (
            passed + may,
            kept + keeps,
            lost + (keeps > may),
            size + len(page.body),
        )
    print(
        f"filter, {CHECKED} records: {passed} pass, {kept} are kept, {lost} of them lost", end="; "
    )
    print(f"{size / looking / 1e6:.0f} MB a CPU second")


def _size(archives: list[str]) -> int:
    return sum(Path(one).stat().st_size for one in archives)


def _make_archives(folder: Path) -> Iterator[Path]:
    chooser = random.Random(3)  # noqa: S311 - reproducible
    pages = [path.read_bytes() for path in sorted((seeds_folder() / "site").rglob("*.html"))]
    words = _common_words()
    for archive in range(ARCHIVES):
        path = folder / f"{archive:03}.warc.gz"
        each = RECORDS // ARCHIVES
        write_archive(
            path, (_record(chooser, pages, words, archive * each + at) for at in range(each))
        )
        yield path


def _common_words() -> list[str]:
    """Sentences without a word of lending, from the reference data on other matters."""
    groups = dict(load_references().curation_words)
    return [word for word in groups["foreign"] if len(word) > 1]


def _record(chooser: random.Random, pages: list[bytes], words: list[str], number: int) -> Record:
    url = f"http://host{number % 97}.example/{number}"
    if number % ON_SUBJECT == 0:
        body = chooser.choice(pages)
        year = str(chooser.randrange(2000, 2026)).encode()
        return Record(
            url, body.replace(b"2024", year).replace(b"</p>", year + b"</p>"), "text/html"
        )
    lines = ["".join(chooser.choices(words, k=12)) + "。" for _ in range(chooser.randrange(8, 40))]
    if number % 3 == 0:
        lines.append("他说起贷款的事。")
    text = "".join(f'<p class="text">{line}</p>\n' for line in lines)
    encoding = "gb18030" if number % 4 == 0 else "utf-8"
    html = f"<html><head><title>第{number}篇</title></head><body><div>{text}</div></body></html>"
    return Record(url, html.encode(encoding), f"text/html; charset={encoding}")


if __name__ == "__main__":
    main()
