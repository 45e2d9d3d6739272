"""Search over many pages: time, size, recall and precision.

Run by ``./dev bench search``; ``ZHIQUAN_BENCH_PAGES`` sets the number of pages (60,000) and
``ZHIQUAN_BENCH_DATABASE`` an empty database to use instead of a temporary SQLite file.
Pages of about 1,250 characters are made of sentences of the house guidance; queries of one
to six characters, of two terms and of phrases are cut out of them. Times are milliseconds
of one search for 20 hits, each query once, without any cache of answers: by the clock, and
in brackets the CPU time, which says more on a busy machine.
"""

from __future__ import annotations

import os
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

from crawler.model import Article, Block, BlockType, CuratedArticle, Page
from crawler.store import Store
from crawler.store.search import Alternative, Query, search
from crawler.text import fold

ROOT = Path(__file__).resolve().parents[2]
PAGES = int(os.environ.get("ZHIQUAN_BENCH_PAGES", "60000"))
QUERIES = 200
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
        lenders = (f"lender-{chooser.randrange(400)}",)
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


def fill(store: Store, number: int) -> tuple[list[str], float]:
    """The texts of the pages, and how many were stored in a CPU-second."""
    texts: list[str] = []
    started = time.process_time()
    made = pages(number)
    spent = 0.0
    while True:
        batch = list(islice(made, BATCH))
        if not batch:
            break
        texts += [f"{page.article.title}\n{page.article.text}" for page in batch]
        started = time.process_time()
        with store.begin() as transaction:
            for page in batch:
                transaction.save(page)
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


def measure(store: Store, texts: list[str]) -> None:
    """Print times by kind of query, then recall and precision."""
    times: dict[str, list[float]] = {}
    work: dict[str, list[float]] = {}
    recall, precision, checked = 0, 0, 0
    whole_lists = 0
    for kind, terms in queries(texts):
        query = Query(tuple((Alternative(fold(term).text),) for term in terms))
        started, used = time.perf_counter(), time.process_time()
        with store.reading() as reader:
            search(reader, query, HITS)
        times.setdefault(kind, []).append((time.perf_counter() - started) * 1000)
        work.setdefault(kind, []).append((time.process_time() - used) * 1000)
        expected = {
            f"https://example.org/{at}"
            for at, text in enumerate(texts)
            if all(term in text for term in terms)
        }
        if len(expected) > 5000:
            continue
        hits = every_hit(store, query)
        whole_lists += 1
        assert len(hits) == len(set(hits))
        checked += len(expected)
        recall += len(expected & set(hits))
        precision += len(set(hits) - expected)
    for measured in (times, work):
        measured["all"] = [one for values in measured.values() for one in values]
    for kind in sorted(times):
        figures = " ".join(
            f"{name} {percentile(times[kind], share):7.2f} ({percentile(work[kind], share):6.2f})"
            for name, share in (("p50", 0.5), ("p99", 0.99))
        )
        print(f"  terms of {kind:4} {figures}")
    print(f"  recall {recall / checked:.4f}, wrong hits {precision}, lists compared {whole_lists}")


def run(make: Callable[[], tuple[str, Callable[[], int]]]) -> None:
    """Fill a new store and measure it."""
    url, size = make()
    store = Store.open(url)
    texts, rate = fill(store, PAGES)
    print(f"{PAGES} pages, {sum(map(len, texts)) * 3 / 1e6:.0f} MB of text", flush=True)
    print(f"  stored {rate:.0f} pages a CPU-second, database {size() / 1e6:.0f} MB", flush=True)
    measure(store, texts)
    store.close()


def main() -> None:
    """Measure the given database, or SQLite in a temporary folder."""
    given = os.environ.get("ZHIQUAN_BENCH_DATABASE")
    if given:
        run(lambda: (given, lambda: 0))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        run(lambda: (f"sqlite:///{path}", lambda: path.stat().st_size))


if __name__ == "__main__":
    main()
