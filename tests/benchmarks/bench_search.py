"""Search and lookups over many pages: time, size, recall, precision, on SQLite and PostgreSQL.

Run by ``./dev bench search``; ``ZHIQUAN_BENCH_PAGES`` sets the number of pages (60,000) and
``ZHIQUAN_BENCH_ENGINE`` one engine alone. PostgreSQL is started for it when it is installed.
Pages of about 1,250 characters are made of sentences of the house guidance; queries of one
to six characters, of two terms and of phrases are cut out of them. Times are milliseconds
of one search for 20 hits, without any cache of answers: the median of three runs of each
query, by the clock, and in brackets the CPU time, PostgreSQL's own included, which says more
on a busy machine. Lookups are timed the same way: one guidance by its id, and the first and a
later list of 20 of one lender.
Each list of hits is compared with a scan of all texts; lists of more than 5,000 on the pages
of some lenders only.
"""

from __future__ import annotations

import os
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice
from operator import methodcaller
from pathlib import Path

from postgres import find_binaries, new_database, running_server
from sqlalchemy import text

from crawler.model import Article, Block, BlockType, CuratedArticle, Page
from crawler.store import GuidanceFilter, Origin, Reader, Store
from crawler.store.query import Alternative, Query
from crawler.store.records import ListedPage, Position
from crawler.store.search import search
from crawler.text import fold

Text = tuple[str, str]
"""A page's whole text, folded as searching folds it, and its lender."""

FacetGroups = tuple[tuple[tuple[str, str], ...], ...]

ROOT = Path(__file__).resolve().parents[2]
PAGES = int(os.environ.get("ZHIQUAN_BENCH_PAGES", "60000"))
QUERIES = 200
RUNS = 3  # of each query; the median is taken, so that another program's burst is not ours
LONG = 5000  # hits; longer lists are compared on the pages of some lenders
SOME = 12  # of the lenders
LENDERS = 400
LENGTH = 1250  # characters of a page
BATCH = 500  # pages in a transaction while the store is filled
HITS = 20


def sentences() -> list[str]:
    """The sentences of the house guidance, each in many variants so that bigrams vary."""
    found = [
        one
        for path in sorted((ROOT / "seeds" / "guidance").glob("*.toml"))
        for one in re.findall(r"[\u4e00-\u9fff][^\"\n{}]{8,}", path.read_text("utf-8"))
    ]
    characters = sorted({one for text in found for one in text if "\u4e00" <= one <= "\u9fff"})
    chooser = random.Random(5)  # noqa: S311 - reproducible
    made = list(found)
    for _ in range(20_000):
        text = list(chooser.choice(found))
        for _ in range(len(text) // 6):
            text[chooser.randrange(len(text))] = chooser.choice(characters)
        made.append("".join(text))
    return made


def pages(number: int) -> Iterator[CuratedArticle]:
    """Generated pages, the same in every run."""
    chooser = random.Random(11)  # noqa: S311 - reproducible
    known = sentences()
    for at in range(number):
        blocks: list[Block] = []
        size = 0
        while size < LENGTH:
            text = "".join(chooser.choices(known, k=3))
            blocks.append(Block(BlockType.PARAGRAPH, text))
            size += len(text)
        url = f"https://example.org/{at}"
        title = chooser.choice(known)[:24]
        published = date(2018, 1, 1) + timedelta(days=chooser.randrange(3000))
        article = Article(url, "utf-8", title, published, None, None, tuple(blocks))
        fetched = datetime(2026, 6, 1, tzinfo=UTC)
        lenders = (f"lender-{chooser.randrange(LENDERS)}",)
        yield CuratedArticle(Page(url, b"", url, fetched_at=fetched), article, lenders)


def queries(texts: list[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Kinds of query and their terms, cut out of the pages."""
    chooser = random.Random(13)  # noqa: S311 - reproducible
    made: list[tuple[str, tuple[str, ...]]] = []

    def cut(length: int) -> str:
        while True:
            text = chooser.choice(texts)
            start = chooser.randrange(len(text) - length)
            term = text[start : start + length]
            if all("\u4e00" <= one <= "\u9fff" for one in term):
                return term

    for at in range(QUERIES):
        kind = at % 5
        if kind < 3:
            made.append((f"{kind + 1}", (cut(kind + 1),)))
        elif kind == 3:
            made.append(("4-6", (cut(chooser.randint(4, 6)),)))
        else:
            made.append(("2+2", (cut(2), cut(2))))
    return made


def fill(store: Store, number: int) -> tuple[list[Text], float]:
    """The texts of the pages with their lenders, and how many were stored in a CPU-second."""
    texts: list[Text] = []
    started = time.process_time()
    made = pages(number)
    spent = 0.0
    while True:
        batch = list(islice(made, BATCH))
        if not batch:
            break
        texts += [
            (fold(f"{page.article.title}\n{page.article.text}").text, page.lenders[0])
            for page in batch
        ]
        started = time.process_time()
        with store.begin() as transaction:
            transaction.save_new([(page, Origin()) for page in batch])
        spent += time.process_time() - started
    return texts, number / spent


def every_hit(store: Store, query: Query) -> list[str]:
    """The addresses of all hits, in order."""
    with store.reading() as reader:
        found = search(reader, query, 200)
        hits = [hit.page.url or "" for hit in found.hits]
        while found.next is not None:
            found = search(reader, query, 200, found.next)
            hits += [hit.page.url or "" for hit in found.hits]
    return hits


def percentile(values: list[float], share: float) -> float:
    """The value that ``share`` of the values do not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def expected_hits(texts: list[Text], terms: tuple[str, ...], facets: FacetGroups) -> set[str]:
    """The addresses of the pages that have every term, found by reading all of them."""
    wanted = {value for group in facets for _, value in group}
    return {
        f"https://example.org/{at}"
        for at, (whole, lender) in enumerate(texts)
        if (not wanted or lender in wanted) and all(term in whole for term in terms)
    }


def compare(store: Store, texts: list[Text], terms: tuple[str, ...]) -> tuple[int, int, int]:
    """How many hits there should be, how many of them were found, and how many wrong ones."""
    facets: FacetGroups = ()
    expected = expected_hits(texts, terms, facets)
    if len(expected) > LONG:
        facets = (tuple(("lender", f"lender-{number}") for number in range(SOME)),)
        expected = expected_hits(texts, terms, facets)
    hits = every_hit(store, Query(tuple((Alternative(fold(one).text),) for one in terms), facets))
    assert len(hits) == len(set(hits))
    return len(expected), len(expected & set(hits)), len(set(hits) - expected)


def time_query(store: Store, ask: Callable[[Reader], object]) -> tuple[float, float]:
    """The median milliseconds of one question, by the clock and of the CPU."""
    clock, work = [], []
    for _ in range(RUNS):
        with store.reading() as reader:
            server = server_time(reader)
            started, used = time.perf_counter(), time.process_time()
            ask(reader)
            clock.append((time.perf_counter() - started) * 1000)
            own = (time.process_time() - used) * 1000
            work.append(own + server_time(reader) - server)
    return statistics.median(clock), statistics.median(work)


def server_time(reader: Reader) -> float:
    """The CPU milliseconds that the connection's process on the server has used; 0 on SQLite."""
    if reader.connection.dialect.name != "postgresql":
        return 0.0
    pid = reader.connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    # Nanoseconds on the CPU; the usual figures in /proc/PID/stat count hundredths of a second.
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6


def measure(store: Store, texts: list[Text]) -> None:
    """Print times by kind of query, then recall and precision."""
    times: dict[str, list[float]] = {}
    work: dict[str, list[float]] = {}
    compared: list[tuple[int, int, int]] = []
    for kind, terms in queries([one for one, _ in texts]):
        query = Query(tuple((Alternative(fold(t).text),) for t in terms))
        spent, used = time_query(store, partial(search, query=query, limit=HITS))
        times.setdefault(kind, []).append(spent)
        work.setdefault(kind, []).append(used)
        compared.append(compare(store, texts, terms))
    for measured in (times, work):
        measured["all"] = [one for values in measured.values() for one in values]
    for kind in sorted(times):
        tell(f"terms of {kind}", times[kind], work[kind])
    expected, found, wrong = (sum(column) for column in zip(*compared, strict=True))
    print(f"  recall {found / expected:.4f}, wrong hits {wrong}, lists compared {len(compared)}")


def tell(what: str, times: list[float], work: list[float]) -> None:
    """Print the median and the slowest hundredth, by the clock and of the CPU."""
    figures = " ".join(
        f"{name} {percentile(times, share):7.2f} ({percentile(work, share):6.2f})"
        for name, share in (("p50", 0.5), ("p99", 0.99))
    )
    print(f"  {what:18} {figures}", flush=True)


def measure_lookups(store: Store) -> None:
    """Print the times of what readers ask for besides searching."""
    chooser = random.Random(17)  # noqa: S311 - reproducible
    lenders = [GuidanceFilter(f"lender-{chooser.randrange(LENDERS)}") for _ in range(QUERIES)]
    firsts: list[tuple[GuidanceFilter, list[ListedPage]]] = []
    asked: dict[str, list[Callable[[Reader], object]]] = {"list of a lender": []}
    for wanted in lenders:
        asked["list of a lender"].append(methodcaller("list_guidance", wanted, HITS))
        with store.reading() as reader:
            firsts.append((wanted, reader.list_guidance(wanted, HITS)))
    asked["the next list"] = [
        methodcaller("list_guidance", wanted, HITS, Position(rows[-1].sort_date, rows[-1].id))
        for wanted, rows in firsts
        if rows
    ]
    asked["guidance by its id"] = [
        methodcaller("guidance", chooser.choice(rows).uid) for _, rows in firsts if rows
    ]
    for what, questions in asked.items():
        spent = [time_query(store, ask) for ask in questions]
        tell(what, [one for one, _ in spent], [one for _, one in spent])


def run(name: str, url: str) -> None:
    """Fill a new store and measure it."""
    store = Store.open(url)
    texts, rate = fill(store, PAGES)
    total = sum(len(one) for one, _ in texts) * 3
    print(f"{name}: {PAGES} pages, {total / 1e6:.0f} MB of text", flush=True)
    print(f"  stored {rate:.0f} pages a CPU-second of this process", flush=True)
    measure_lookups(store)
    measure(store, texts)
    store.close()


def main() -> None:
    """Measure SQLite in a temporary folder, then PostgreSQL on a server of its own."""
    engine = os.environ.get("ZHIQUAN_BENCH_ENGINE", "")
    if engine in {"", "sqlite"}:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bench.db"
            run("SQLite", f"sqlite:///{path}")
            print(f"  database {path.stat().st_size / 1e6:.0f} MB", flush=True)
    if engine in {"", "postgresql"}:
        if find_binaries() is None:
            print("PostgreSQL: not installed here")
            return
        with running_server() as server, new_database(server) as url:
            run("PostgreSQL", url)


if __name__ == "__main__":
    main()
