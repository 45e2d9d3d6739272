"""Several programs at once on one store: nothing is lost, and order leaves no trace."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import concurrent_writing as work
from sqlalchemy import create_engine, select, text
from stores import StoreFactory

from crawler.seeds import load_references
from crawler.store import Store
from crawler.store.clusters import Grouping
from crawler.store.desk import Choice, Desk
from crawler.store.feedback import list_reports
from crawler.store.frontier import Frontier
from crawler.store.query import Alternative, Query
from crawler.store.search import search
from crawler.store.tables import CLUSTERS, COPIES, DECISIONS, PAGE_CLUSTERS, PAGES
from crawler.store.writes import uid_of
from crawler.vocabulary import DecisionKind

JOBS = ("save", "save", "decide", "read")


def start(job: str, url: str, seed: int) -> subprocess.Popen[str]:
    script = Path(work.__file__)
    return subprocess.Popen(
        [sys.executable, str(script), job, url, str(seed)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run_at_once(url: str) -> list[dict[str, Any]]:
    """What each program did; they begin together, and the reader ends after the others."""
    programs = [start(job, url, seed) for seed, job in enumerate(JOBS)]
    try:
        for one in programs:
            assert one.stdout is not None
            line = one.stdout.readline()
            assert line == "ready\n", one.stderr and one.stderr.read()
        for one in programs:
            assert one.stdin is not None
            one.stdin.write("go\n")
            one.stdin.flush()
        done = [one.communicate(timeout=120) for one in programs]
    finally:
        for one in programs:
            one.kill()
            one.wait()
    assert [told for _, told in done] == [""] * len(JOBS)
    return [json.loads(printed) for printed, _ in done]


def state(store: Store) -> dict[str, tuple[Any, ...]]:
    """By page: its cluster, that cluster's representative, its copies and what is shown of it."""
    lead, copy = PAGES.alias(), PAGES.alias()
    clusters = (
        select(PAGES.c.id, PAGES.c.title, PAGE_CLUSTERS.c.cluster, lead.c.title, PAGES.c.shown)
        .join(PAGE_CLUSTERS, PAGE_CLUSTERS.c.page_id == PAGES.c.id)
        .join(CLUSTERS, CLUSTERS.c.id == PAGE_CLUSTERS.c.cluster)
        .join(lead, lead.c.id == CLUSTERS.c.representative)
    )
    pairs = select(COPIES.c.page_id, copy.c.title).join(copy, copy.c.id == COPIES.c.copy_id)
    with store.reading() as reader:
        copies: dict[int, set[str]] = {}
        for page, title in reader.connection.execute(pairs):
            copies.setdefault(page, set()).add(title)
        topics = reader.names_of(reader.page_ids())[1]
        return {
            title: (cluster, leading, shown, copies.get(page), topics.get(page, ()))
            for page, title, cluster, leading, shown in reader.connection.execute(clusters)
        }


def run_alone(store: Store) -> None:
    """What the programs should lead to: every page as it was saved last, then the decisions."""
    for name, lines in work.LINES.items():
        with store.begin() as transaction:
            saved = transaction.save(work.curated(name, lines))
            Grouping().regroup(transaction, saved.page_id, work.NOW)
    desk = Desk(store, load_references())
    desk.decide(uid_of(work.url_of(work.FIRST)), Choice(DecisionKind.REJECT), "desk")
    desk.decide(uid_of(work.url_of(work.DECIDED)), work.topics(1), "desk")


def found(store: Store) -> set[str]:
    """The pages that a word in all of them finds."""
    with store.reading() as reader:
        hits = search(reader, Query(((Alternative("的"),),)), 100).hits
    return {hit.page.title or "" for hit in hits}


def make_hostile(url: str) -> None:
    """A server whose own default would show writers the state of before they had their turn."""
    if url.startswith("postgresql"):
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        name = url.rpartition("/")[2]
        with engine.connect() as connection:
            change = f"ALTER DATABASE {name} SET default_transaction_isolation = serializable"
            connection.execute(text(change))
        engine.dispose()


def test_writers_at_once_lose_nothing(store_factory: StoreFactory) -> None:
    together, alone = store_factory.make(), store_factory.make()
    make_hostile(together)
    first, expected = Store.open(together), Store.open(alone)
    with first.begin() as transaction:  # the desk decides about pages that are there
        for name in (work.DECIDED, work.FIRST):
            transaction.save(work.curated(name, work.LINES[name]))
    *savers, desk, reader = run_at_once(together)
    run_alone(expected)
    assert state(first) == state(expected)
    assert found(first) == found(expected) == {t for t, row in state(first).items() if row[2]}

    with first.reading() as look:
        made = set(look.connection.execute(select(DECISIONS.c.id)).scalars())
    assert made == set(desk["made"])
    assert [one.count for one in list_reports(first)] == [len(savers) * work.REPORTS]
    assert {one["run"] for one in savers} == {savers[0]["run"]}
    assert Frontier(first, "a", savers[0]["run"]).size() == len(work.ADDRESSES)
    assert sum(one["new"] for one in savers) == len(work.ADDRESSES)
    assert reader["looks"] >= 5
    assert reader["torn"] == 0
    for store, url in ((first, together), (expected, alone)):
        store.close()
        store_factory.drop(url)
