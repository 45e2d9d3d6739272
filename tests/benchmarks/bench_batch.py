"""Web archives as a batch: what the engine costs over a plain loop, and what the filter loses.

Run by ``./dev bench batch``; ``--full`` takes 100,000 records instead of 10,000. Two records in
a hundred are on the subject: a page of the sample site with its numbers changed, or one with
words of its own. The others are pages on other matters, in UTF-8 and GB18030, of some 20 kB;
every thirtieth of those has a stray word of lending and so passes the filter.

``loop`` runs the job's steps one after the other in one process; ``dask`` runs them on one
worker process, so that the difference is the engine's, its start included. Times are CPU
seconds of all processes, and by the clock. At last ``unfiltered`` curates every record of
another mixture, half of it on the subject: what it keeps and the filter drops is lost.
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
from crawl_site import FORMS, THINGS, make_page, own_words

from crawler.batch.joining import cluster, find_same, prepare
from crawler.batch.parts import make_part
from crawler.batch.running import Place, run_batch
from crawler.model import CuratedArticle, Page
from crawler.prefilter import Prefilter
from crawler.seeds import load_references, seeds_folder
from crawler.work import Task, curate_page, load_prefilter, load_tools

ARCHIVES = 20
RECORDS = 100_000 if "--full" in sys.argv else 10_000
ON_SUBJECT = 50  # one record in so many
STRAY = 30  # one of the other records in so many has a word of lending
OTHERS = 200  # different pages on other matters; each record adds its number
CHECKED = 4_000  # records curated without the filter, every second on the subject


def main() -> None:
    """Print the table."""
    task = Task(datetime.now(UTC).date())
    load_tools(None)
    load_prefilter(None)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archives = [str(one) for one in _make_archives(folder)]
        print(
            f"{RECORDS} records in {ARCHIVES} archives, {_size(archives) / 1e6:.0f} MB", flush=True
        )
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
        _check_filter(task)


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


def _check_filter(task: Task) -> None:
    prefilter = Prefilter(load_references())
    maker = _Maker(2)
    passed = kept = lost = size = others = 0
    looking = 0.0
    for number in range(CHECKED):
        record = maker.record(number)
        began = time.process_time()
        may = prefilter.may_keep(record.body, record.content_type)
        looking += time.process_time() - began
        result = curate_page(task, Page(record.url, record.body, record.url, record.content_type))
        keeps = isinstance(result, CuratedArticle) and result.rejected is None
        passed, kept, lost = passed + may, kept + keeps, lost + (keeps > may)
        others += may and number % 2
        size += len(record.body)
    print(
        f"filter, {CHECKED} records: {passed} pass ({others} of {CHECKED // 2} on other matters),"
        f" {kept} are kept, {lost} of them lost; {size / looking / 1e6:.0f} MB a CPU second"
    )


def _size(archives: list[str]) -> int:
    return sum(Path(one).stat().st_size for one in archives)


def _make_archives(folder: Path) -> Iterator[Path]:
    maker = _Maker(ON_SUBJECT)
    each = RECORDS // ARCHIVES
    for archive in range(ARCHIVES):
        path = folder / f"{archive:03}.warc.gz"
        write_archive(path, (maker.record(archive * each + at) for at in range(each)))
        yield path


class _Maker:
    """Makes records, one in ``on_subject`` of them on the subject; the same in every run."""

    def __init__(self, on_subject: int) -> None:
        self._on_subject = on_subject
        self._chooser = random.Random(3)  # noqa: S311 - reproducible
        self._site = [
            path.read_bytes() for path in sorted((seeds_folder() / "site").rglob("*.html"))
        ]
        prefilter = Prefilter(load_references())
        groups = dict(load_references().curation_words)
        words, things = (
            [one for one in some if not prefilter.may_keep(one.encode())]
            for some in (groups["foreign"], THINGS)
        )
        made = iter(lambda: _other_page(self._chooser, words, things), "")
        clean = (page for page in made if not prefilter.may_keep(page.encode()))
        self._others = list(islice(clean, OTHERS))

    def record(self, number: int) -> Record:
        """The record of this number."""
        url = f"http://host{number % 97}.example/{number}"
        if number % self._on_subject == 0:
            return Record(url, self._page_on_subject(number), "text/html")
        text = self._chooser.choice(self._others).replace("NUMBER", str(number))
        stray = "他说起贷款的事。" if number % STRAY == 1 else ""
        encoding = "gb18030" if number % 4 == 1 else "utf-8"
        body = text.replace("STRAY", stray).encode(encoding)
        return Record(url, body, f"text/html; charset={encoding}")

    def _page_on_subject(self, number: int) -> bytes:
        if number // self._on_subject % 2:
            return make_page(number, 0)
        year = str(self._chooser.randrange(2000, 2026)).encode()
        body = self._chooser.choice(self._site)
        return body.replace(b"2024", year).replace(b"</p>", year + b"</p>")


def _other_page(chooser: random.Random, words: list[str], things: list[str]) -> str:
    """A page without a word of lending: navigation, scripts, text, a list of other titles."""
    navigation = "".join(
        f'<li><a href="/{at}">{chooser.choice(things)}</a></li>' for at in range(40)
    )
    script = "".join(
        f'window.set("{chooser.random()}",{{"a":{chooser.random()},"h":"\\u003cb\\u003e"}});\n'
        for _ in range(chooser.randrange(40, 120))
    )
    paragraphs = "".join(
        f'<p class="text">{"".join(chooser.choices(words, k=3))},{own_words(chooser)}</p>\n'
        for _ in range(chooser.randrange(6, 40))
    )
    related = "".join(
        f'<li><a href="/out/{chooser.random()}" title="{at}">'
        f"{chooser.choice(FORMS).format(chooser.choice(things), at)}</a></li>"
        for at in range(chooser.randrange(20, 120))
    )
    return (
        "<html><head><title>第NUMBER篇</title>"
        f"<script>{script}</script></head><body><ul>{navigation}</ul>"
        f"<div>{paragraphs}<p>STRAY</p></div><ul>{related}</ul></body></html>"
    )


if __name__ == "__main__":
    main()
