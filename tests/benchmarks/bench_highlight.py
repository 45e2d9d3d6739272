"""Marking a page of 50,000 text nodes with 20,000 names, against other ways to find them.

Run by ``./dev bench highlight``. CPU time of the page's main thread in Debian's Chromium,
medians of several runs in one browser, every way over a freshly made copy of the page.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
import os
import random
import statistics
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from crawler.cli.pack import EXTENSION, MARK_SCRIPTS, PAGE_SCRIPTS, shipped
from crawler.lexicon_json import lexicon_document
from crawler.seeds import load_references
from crawler.vocabulary import Lender, Lexicon

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
NAMES = 20_000
NODES = 50_000
HITS = 2_000
RUNS = 5
PEER_RUNS = 2  # they take seconds each
PAIRS = 15  # laying a page out takes ten times what is looked for, and varies
SEED = 11


def enlarged(lexicon: Lexicon) -> Lexicon:
    """The lexicon with made-up lenders, named as lenders are, until it holds 20,000 names."""
    shuffler = random.Random(3)  # noqa: S311 - reproducible test data
    names = {name for one in lexicon.lenders for name in one.surfaces}
    tails = [
        one.name[-2:] for one in lexicon.lenders if len(one.name) > 3 and not one.context_forms
    ]
    signs = [chr(code) for code in range(0x4E00, 0x6E00)]
    added: list[Lender] = []
    while len(names) < NAMES:
        name = "".join(shuffler.choices(signs, k=2)) + shuffler.choice(tails)
        if name not in names:
            names.add(name)
            plain = {"aliases": (), "domains": (), "context_forms": (), "blocked_in": ()}
            new = dataclasses.replace(
                lexicon.lenders[0], id=f"made-{len(added)}", name=name, **plain
            )
            added.append(new)
    return dataclasses.replace(lexicon, lenders=(*lexicon.lenders, *added))


def page_body(names: list[str], common: str, *, hits: int, nodes: int = NODES) -> str:
    """Paragraphs of ordinary characters with inline elements; ``hits`` of them name a lender."""
    shuffler = random.Random(SEED)  # noqa: S311 - reproducible test data
    weights = [1 / (rank + 10) for rank in range(len(common))]
    paragraphs = nodes // 3
    named = set(shuffler.sample(range(paragraphs), hits)) if hits else set()

    def words(size: int) -> str:
        return "".join(shuffler.choices(common, weights, k=size))

    parts = []
    for at in range(paragraphs):
        middle = shuffler.choice(names) if at in named else words(8)
        start, end = words(shuffler.randint(20, 50)), words(shuffler.randint(20, 50))
        parts.append(f"<p>{start},<b>{middle}</b>,{end}。</p>")
        if at % 12 == 11:
            parts.append("</section><section>")
    return f"<main><section>{''.join(parts)}</section></main>"


@contextmanager
def project_server() -> Iterator[str]:
    """The project's files on a loopback port: module scripts need an address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Keeps the table clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(ROOT)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class Bench:
    """One page in Chromium in which ways to find names are timed."""

    def __init__(self, page: Page, data: dict[str, Any], address: str) -> None:
        self.page = page
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(f"{address}/tests/benchmarks/highlight.html")
        page.wait_for_function("() => window.ready")
        page.evaluate("data => window.prepare(data)", data)

    def cpu(self) -> float:
        """Milliseconds of CPU time the main thread has used so far."""
        metrics = self.session.send("Performance.getMetrics")["metrics"]
        return next(one["value"] for one in metrics if one["name"] == "ThreadTime") * 1000

    def measure(self, way: str, body: str, runs: int = RUNS) -> tuple[float, dict[str, Any]]:
        """The median CPU milliseconds of a way, and what it returned last."""
        found = [self.run(way, body) for _ in range(runs)]
        return statistics.median(spent for spent, _ in found), found[-1][1]

    def beyond(self, way: str, bare: str, body: str) -> tuple[float, dict[str, Any]]:
        """The median of what a way takes beyond a bare one that is run just before it."""
        pairs = [(self.run(bare, body)[0], self.run(way, body)) for _ in range(PAIRS)]
        more = [spent - alone for alone, (spent, _) in pairs]
        return statistics.median(more), pairs[-1][1][1]

    def against(self, way: str, bare: str, body: str) -> tuple[float, float, dict[str, Any]]:
        """A way's median milliseconds, its median ratio to a bare one run just before, its result.

        A processor's pace changes within minutes: only what ran together can be compared.
        """
        pairs = [(self.run(bare, body)[0], self.run(way, body)) for _ in range(RUNS)]
        spent = statistics.median(spent for _, (spent, _) in pairs)
        ratio = statistics.median(spent / alone for alone, (spent, _) in pairs)
        return spent, ratio, pairs[-1][1][1]

    def run(self, way: str, body: str) -> tuple[float, dict[str, Any]]:
        """The CPU milliseconds of a way on a freshly made page, and what it returned."""
        self.page.evaluate("body => window.fill(body)", body)
        self.page.evaluate("async way => { await window.before[way]?.(); }", way)
        self.session.send("HeapProfiler.collectGarbage")
        start = self.cpu()
        result = self.page.evaluate("way => window.ways[way]()", way)
        return self.cpu() - start, result

    def longest_task(self, way: str, body: str) -> float:
        """CPU milliseconds of the main thread's longest task during a way; median of runs."""
        longest = []
        browser = self.page.context.browser
        assert browser is not None  # launched, so there is one
        for _ in range(RUNS):
            self.page.evaluate("body => window.fill(body)", body)
            self.session.send("HeapProfiler.collectGarbage")
            browser.start_tracing(page=self.page, categories=["toplevel", "__metadata"])
            self.page.evaluate("way => window.ways[way]()", way)
            events = json.loads(browser.stop_tracing())["traceEvents"]
            main_threads = {
                (one["pid"], one["tid"])
                for one in events
                if one["name"] == "thread_name" and one["args"]["name"] == "CrRendererMain"
            }
            tasks = (
                one.get("tdur", 0)
                for one in events
                if one["name"].endswith("RunTask") and (one["pid"], one["tid"]) in main_threads
            )
            longest.append(max(tasks, default=0) / 1000)
        return statistics.median(longest)

    def heap(self) -> float:
        """Megabytes of JavaScript heap in use after a collection."""
        self.session.send("HeapProfiler.collectGarbage")
        return float(self.session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def gzipped(scripts: Iterable[str], read: Callable[[Path], bytes]) -> int:
    """Bytes of some of the extension's scripts, gzipped together."""
    return len(gzip.compress(b"".join(read(EXTENSION / name) for name in scripts), 9))


def report_sizes() -> None:
    """Prints what a page loads, gzipped."""
    for what, scripts in (("every page", PAGE_SCRIPTS), ("a page with a name", MARK_SCRIPTS)):
        source, packed = gzipped(scripts, Path.read_bytes), gzipped(scripts, shipped)
        print(f"scripts of {what}, gzipped: {packed:,} bytes packed, {source:,} as written")


def show(name: str, milliseconds: float, note: str) -> None:
    """Prints one row of the table."""
    print(f"{name:46} {milliseconds:9.1f} ms CPU  {note}", flush=True)


def report(bench: Bench, bodies: dict[str, str]) -> None:
    """Prints the table."""
    bench.page.evaluate("body => window.fill(body)", bodies["hits"])
    held = bench.page.evaluate("() => window.describe()")
    walk, _ = bench.measure("walk", bodies["hits"])
    note = f"{held['nodes']:,} text nodes, {held['characters']:,} characters"
    show("bare walk over the text nodes", walk, note)
    ours, ratio, found = bench.against("ours", "walk", bodies["hits"])
    show(f"this extension, {found['hits']} hits", ours, f"{ratio:.2f} x the walk")
    clean, ratio, found = bench.against("ours", "walk", bodies["clean"])
    show(f"- {found['hits']} hits", clean, f"{ratio:.2f} x the walk")
    sliced, ratio, _ = bench.against("sliced", "walk", bodies["hits"])
    show("- in slices, without drawing", sliced, f"{ratio:.2f} x the walk")
    idle, _ = bench.measure("idle", bodies["hits"])
    walk, _ = bench.measure("walk", bodies["hits"])
    drawn = bench.measure("drawn", bodies["hits"])[0] - idle
    show("- and drawn, over an idle page", drawn, f"{drawn / walk:.2f} x the walk")
    alone = bench.longest_task("idle", bodies["hits"])
    for which in ("hits", "clean"):
        longest = bench.longest_task("drawn", bodies[which])
        show(f"- longest task, {which}", longest, f"{alone:.1f} ms on the page without us")
    append, _ = bench.beyond("append", "appendBare", bodies["hits"])
    show("- append 1,000 nodes, over none of us", append, "")
    scroll, result = bench.beyond("scroll", "scrollBare", bodies["hits"])
    show("- scrolling, a frame, over none of us", scroll / result["frames"], "")
    for way, name in (
        ("ahocorasick", "modern-ahocorasick, fast profile"),
        ("regexp", "one RegExp of all names"),
        ("mark", "mark.js, markRegExp"),
    ):
        spent, result = bench.measure(way, bodies["hits"], PEER_RUNS)
        show(f"{name}, {result['hits']} hits", spent, f"{spent / ours:.1f} x this extension")


def main() -> None:
    """Print the table of times and ratios."""
    references = load_references()
    lexicon = enlarged(references.lexicon)
    data = lexicon_document(dataclasses.replace(references, lexicon=lexicon))
    names = [name for one in lexicon.lenders for name in one.surfaces]
    plain = [one.name for one in lexicon.lenders if one.id.startswith("made-")]
    common = lexicon.frames.common
    bodies = {
        "hits": page_body(plain, common, hits=HITS),
        "clean": page_body(plain, common, hits=0),
    }
    with project_server() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--enable-precise-memory-info", *(["--no-sandbox"] if os.geteuid() == 0 else [])],
        )
        bench = Bench(browser.new_page(), {"lexicon": json.dumps(data), "names": names}, address)
        before = bench.heap()
        ready = bench.page.evaluate("() => window.makeIndex()")
        held = bench.heap() - before
        print(f"index of {len(names)} names: {ready:.1f} ms, {held:.1f} MB of heap", flush=True)
        report(bench, bodies)
        browser.close()
    report_sizes()


if __name__ == "__main__":
    main()
