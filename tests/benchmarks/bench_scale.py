"""What a page, a store and a browser page cost as they grow, drawn as ``.images/scale.png``.

Run by ``./dev bench scale``: extraction, dedup, search and highlighting in sizes of powers of
ten. ``--full`` goes on to a million stored articles and text nodes and 300,000 searched pages,
which takes long.
``--extraction``, ``--dedup``, ``--search`` and ``--highlight`` measure that panel alone; the
others are then drawn from the figures of ``var/scale.json``, and with ``--draw`` all are.
All figures are CPU time, medians of repeated runs. The exponent of the growth from the size
before stands last on a line: 1 is linear, 0 is constant.
"""

from __future__ import annotations

import dataclasses
import json
import math
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import bench_dedup
import bench_highlight
import bench_search
import matplotlib as mpl
from playwright.sync_api import sync_playwright
from trafilatura import extract

from crawler.extraction import extract_article
from crawler.lexicon_json import lexicon_document
from crawler.model import Article, Page
from crawler.seeds import load_references
from crawler.store import Store
from crawler.store.query import Alternative, Query
from crawler.store.search import search
from crawler.text import fold

mpl.use("Agg")  # draws without a screen

from matplotlib import pyplot

ROOT = Path(__file__).resolve().parents[2]
FIGURES = ROOT / "var" / "scale.json"
IMAGE = ROOT / ".images" / "scale.png"
SMALL = (1_000, 10_000, 100_000)
LARGE = (*SMALL, 1_000_000)
SEARCHED = (*SMALL, 300_000)  # a million pages take an hour to fill
BUDGET = 3.0  # CPU seconds for the repeated runs of one size
RUNS = 15  # at most
NODES_A_HIT = 25  # as on the page of bench_highlight
OWN_COLOUR = "#0b6e4f"
COLOURS = {"trafilatura": "#8a8f98", "bare walk": "#8a8f98", "99th percentile": "#c2571a"}

Points = dict[str, dict[str, float]]
"""What was measured -> size -> milliseconds."""


def median_cpu(work: Callable[[], object]) -> float:
    """Median CPU milliseconds of a call, of three runs or more."""
    work()  # tables and caches are loaded outside the clock
    spent: list[float] = []
    while len(spent) < 3 or (sum(spent) < 1000 * BUDGET and len(spent) < RUNS):
        start = time.process_time()
        work()
        spent.append(1000 * (time.process_time() - start))
    return statistics.median(spent)


def page_of(size: int) -> bytes:
    """A page whose article has ``size`` characters, with a list of links for every thousand."""
    chooser = random.Random(size)  # noqa: S311 - reproducible test data
    known = bench_search.sentences()
    parts: list[str] = []
    written = 0
    while written < size:
        paragraph = "。".join(chooser.choices(known, k=4))[: size - written]
        parts.append(f"<p>{paragraph}</p>")
        written += len(paragraph)
        if written // 1000 > (written - len(paragraph)) // 1000:
            items = (f'<li><a href="/{chooser.random()}">{one[:20]}</a></li>' for one in known[:8])
            parts.append(f"<ul>{''.join(items)}</ul>")
    return (
        "<!doctype html><html><head><meta charset=utf-8><title>网贷逾期怎么办</title></head><body>"
        '<nav><a href="/">首页</a> <a href="/a">法律知识</a></nav>'
        f"<article><h1>网贷逾期怎么办</h1>{''.join(parts)}</article></body></html>"
    ).encode()


def measure_extraction(*, full: bool) -> Iterator[tuple[str, int, float]]:
    """Milliseconds to extract one page of so many characters, ours and trafilatura's."""
    for size in LARGE:
        body = page_of(size)
        text = body.decode()
        page = Page("https://example.org/", body, fetched_at=datetime(2026, 6, 1, tzinfo=UTC))
        assert isinstance(extract_article(page), Article)
        peer = partial(extract, text, include_comments=False)
        yield "trafilatura", size, median_cpu(peer)
        yield "Zhiquan", size, median_cpu(partial(extract_article, page))


def measure_dedup(*, full: bool) -> Iterator[tuple[str, int, float]]:
    """Milliseconds to look one article up among so many and add it."""
    with tempfile.TemporaryDirectory() as folder:
        for size, spent, _ in bench_dedup.growth(Path(folder), LARGE if full else SMALL):
            yield "look up and add one", size, spent


def measure_search(*, full: bool) -> Iterator[tuple[str, int, float]]:
    """Milliseconds of one search for 20 hits in so many pages on SQLite."""
    for size in SEARCHED if full else SMALL:
        with tempfile.TemporaryDirectory() as folder:
            store = Store.open(f"sqlite:///{Path(folder) / 'bench.db'}")
            texts, _ = bench_search.fill(store, size)
            spent = []
            for _, terms in bench_search.queries([text for text, _ in texts]):
                query = Query(tuple((Alternative(fold(one).text),) for one in terms))
                ask = partial(search, query=query, limit=bench_search.HITS)
                spent.append(bench_search.time_query(store, ask)[1])
            store.close()
        yield "median query", size, bench_search.percentile(spent, 0.5)
        yield "99th percentile", size, bench_search.percentile(spent, 0.99)


def measure_highlight(*, full: bool) -> Iterator[tuple[str, int, float]]:
    """Milliseconds of the main thread to find 20,000 names in so many text nodes."""
    references = load_references()
    lexicon = bench_highlight.enlarged(references.lexicon)
    document = lexicon_document(dataclasses.replace(references, lexicon=lexicon))
    names = [name for one in lexicon.lenders for name in one.surfaces]
    plain = [one.name for one in lexicon.lenders if one.id.startswith("made-")]
    data = {"lexicon": json.dumps(document), "names": names}
    with bench_highlight.project_server() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        bench = bench_highlight.Bench(browser.new_page(), data, address)
        bench.page.set_default_timeout(0)
        bench.page.evaluate("() => window.makeIndex()")
        for size in LARGE if full else SMALL:
            body = bench_highlight.page_body(
                plain, lexicon.frames.common, hits=size // NODES_A_HIT, nodes=size
            )
            runs = 3 if size > SMALL[-1] else bench_highlight.RUNS
            yield "bare walk", size, bench.measure("walk", body, runs)[0]
            yield "Zhiquan", size, bench.measure("ours", body, runs)[0]
        browser.close()


PANELS: dict[str, tuple[Callable[..., Iterator[tuple[str, int, float]]], str, str]] = {
    "extraction": (measure_extraction, "Extract one page", "characters of the article"),
    "dedup": (measure_dedup, "Find the copies of one article", "articles stored"),
    "search": (measure_search, "Search for 20 hits, SQLite", "pages stored"),
    "highlight": (measure_highlight, "Find names in Chromium", "text nodes of the page"),
}


def measure(name: str, *, full: bool) -> None:
    """Measures a panel; each point is printed and kept as it comes."""
    points: Points = {}
    for label, size, spent in PANELS[name][0](full=full):
        line = points.setdefault(label, {})
        before = list(line.items())[-1:]
        line[str(size)] = round(spent, 4)
        growth = "".join(
            f"  exponent {math.log(spent / last) / math.log(size / int(at)):.2f}"
            for at, last in before
        )
        print(f"{name:11} {label:20} {size:>9,} {spent:10.2f} ms{growth}", flush=True)
        FIGURES.parent.mkdir(exist_ok=True)
        # Read again: another panel may be measured beside this one.
        FIGURES.write_text(json.dumps(known_figures() | {name: points}, indent=1), "utf-8")


def draw(figures: dict[str, Points]) -> None:
    """Writes the picture: four small panels with logarithmic axes."""
    settings = {"font.size": 8, "axes.spines.top": False, "axes.spines.right": False}
    with pyplot.rc_context(settings):
        sheet, axes = pyplot.subplots(1, len(PANELS), figsize=(10.4, 2.7), layout="constrained")
        for axis, (name, (_, title, unit)) in zip(axes, PANELS.items(), strict=True):
            for label, line in figures.get(name, {}).items():
                sizes = [int(size) for size in line]
                colour = COLOURS.get(label, OWN_COLOUR)
                axis.loglog(sizes, list(line.values()), "o-", ms=3.5, lw=1.4, c=colour, label=label)
            axis.set(title=title, xlabel=unit)
            low, high = axis.get_ylim()
            axis.set_ylim(min(low, high / 100), high * 2)
            axis.grid(visible=True, lw=0.4, c="#dddddd")
            if name in figures:
                axis.legend(frameon=False, loc="best")
        axes[0].set_ylabel("milliseconds of CPU")
        IMAGE.parent.mkdir(exist_ok=True)
        sheet.savefig(IMAGE, dpi=110, facecolor="white", metadata={"Software": None})
        pyplot.close(sheet)


def known_figures() -> dict[str, Points]:
    """The figures of panels measured before; empty when there are none."""
    return json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}


def main() -> None:
    """Measure the panels asked for, all of them without a name, and draw all that is known."""
    named = [name for name in PANELS if f"--{name}" in sys.argv]
    if "--draw" not in sys.argv:
        for name in named or PANELS:
            measure(name, full="--full" in sys.argv)
    draw(known_figures())
    print(f"drawn: {IMAGE.relative_to(ROOT)}, {IMAGE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
