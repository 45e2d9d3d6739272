"""Running ``zhiquan`` so that it can be killed, and looking at what is left of a store."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from crawler.cli.store import stored_line
from crawler.store import Store
from crawler.store.query import Alternative, Query
from crawler.store.search import search
from crawler.store.tables import BODIES, CLUSTERS, PAGE_CLUSTERS, PAGES, SIGNATURES
from crawler.text import fold
from tests.faults.forkserver import Job

_SCRIPT = Path(__file__).with_name("forkserver.py")
_COMPARED = (
    "title",
    "text",
    "removed",
    "lenders",
    "topics",
    "rejected",
    "published",
    "publication",
)
_SEARCHES = ("催收", "上门", "12378", "征信", "律师函")
KILLED = -9


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: -9 when it was killed. Statements and commits are those begun."""

    status: int
    statements: int
    commits: int
    shown: str
    told: str


class Runner:
    """Runs commands in the forking process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, *words: str | Path, job: Job | None = None) -> Ended:
        """How the command ended; ``job`` says what happens to it. Fails on any traceback."""
        whole = replace(job or Job([]), words=[str(word) for word in words])
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(whole)) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the forking process ended"
        ended = Ended(**json.loads(answer))
        assert "Traceback" not in ended.told, ended.told
        return ended


@contextmanager
def running_runner() -> Iterator[Runner]:
    """A runner, its process ended with the block."""
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith("ZHIQUAN_")
    }
    with subprocess.Popen(
        [sys.executable, str(_SCRIPT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        yield Runner(process)
        assert process.stdin is not None
        process.stdin.close()


@dataclass(frozen=True, slots=True)
class State:
    """What a store says: pages by address or name, groups of copies, leads, and search hits."""

    pages: dict[str, tuple[Any, ...]]
    groups: frozenset[frozenset[str]]
    leads: frozenset[str]
    hits: dict[str, frozenset[str]]
    signed: int  # pages that have their signature
    faults: tuple[str, ...]


def state_of(url: str) -> State:
    """The store's state; ``faults`` says what is half-written in it."""
    store = Store.open_readonly(url)
    try:
        with store.reading() as reader:
            lines = [stored_line(stored, {}) for stored in reader.export()]
            keys = {str(line["id"]): str(line["url"] or line["page"]) for line in lines}
            hits = {}
            for words in _SEARCHES:
                found = search(reader, Query(((Alternative(fold(words).text),),)), 1000)
                hits[words] = frozenset(keys[hit.page.uid] for hit in found.hits)
            signed = _count(reader.connection, select(func.count()).select_from(SIGNATURES))
            faults = tuple(_find_faults(reader.connection))
    finally:
        store.close()
    groups: dict[str, set[str]] = {}
    for line in lines:
        groups.setdefault(str(line["cluster"]), set()).add(keys[str(line["id"])])
    return State(
        {keys[str(line["id"])]: tuple(line[name] for name in _COMPARED) for line in lines},
        frozenset(frozenset(group) for group in groups.values()),
        frozenset(keys[str(line["id"])] for line in lines if line["representative"]),
        hits,
        signed,
        faults,
    )


def _find_faults(connection: Any) -> Iterator[str]:
    """What no transaction leaves behind: each page has its parts, and no part is alone."""
    if connection.dialect.name == "sqlite":
        for check in ("integrity_check", "foreign_key_check"):
            rows = connection.exec_driver_sql(f"PRAGMA {check}").fetchall()
            yield from (f"{check}: {row}" for row in rows if row != ("ok",))
        index = "SELECT count(*) FROM search_texts_docsize"
    else:
        index = "SELECT count(*) FROM search_entries"

    pages = _count(connection, select(func.count()).select_from(PAGES))
    for table in (BODIES, PAGE_CLUSTERS):
        rows = _count(connection, select(func.count()).select_from(table))
        if rows != pages:
            yield f"{rows} {table.name} of {pages} pages"
    used = _count(connection, select(func.count(PAGE_CLUSTERS.c.cluster.distinct())))
    if used != _count(connection, select(func.count()).select_from(CLUSTERS)):
        yield "clusters without pages"
    shown = _count(connection, select(func.count(PAGES.c.search_row)))
    if shown != _count(connection, select(func.count()).where(PAGES.c.shown)):
        yield "pages shown and not indexed"
    if shown != connection.exec_driver_sql(index).scalar():
        yield "rows of the search index that no page has"


def _count(connection: Any, query: Any) -> int:
    return int(connection.execute(query).scalar_one())
