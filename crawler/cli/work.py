"""Curating many pages from disk, in order, on all cores when there are enough of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from typing import TypeVar

from crawler.cli.messages import encode_line
from crawler.lines import failure_line, line_of
from crawler.model import CuratedArticle, Page
from crawler.reading import Fault, Planned, read_page, unknown_charset
from crawler.work import Task, curate_page, load_tools
from crawler.workers import count_processes, running_pool

_T = TypeVar("_T")
Item = Planned | Page | Fault

MIN_PAGES_FOR_POOL = 50
"""Below this many pages starting processes costs more than it saves; re-measure with `extract`."""

_CHUNK = 4  # pages a task: fewer make more traffic between processes, more hold back the order
_AHEAD = 4  # chunks in flight for each process, so that memory stays flat


@dataclass(frozen=True, slots=True)
class Outcome:
    """One page's result for a command: curated or not, and what a person should read."""

    result: CuratedArticle | Fault
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class LineOutcome:
    """One page's JSON line, and the message for a person when something was wrong."""

    line: bytes
    message: str | None
    failed: bool


def curate_planned(task: Task, planned: Item) -> Outcome:
    """The page read and curated, or why it could not be; never raises for a bad page."""
    page = read_page(planned) if isinstance(planned, Planned) else planned  # or from an archive
    if isinstance(page, Fault):
        return Outcome(page)
    charset = unknown_charset(page.content_type)
    warning = f"{page.name}: unknown charset {charset!r}; the bytes decided" if charset else None
    return Outcome(curate_page(task, page), warning)


def line_planned(task: Task, planned: Item) -> LineOutcome:
    """The page's JSON line of ``extract``, with ``error`` when it could not be read."""
    outcome = curate_planned(task, planned)
    result = outcome.result
    if isinstance(result, Fault):
        line = failure_line(result.name, result.url, result.message, result.rejected)
        return LineOutcome(encode_line(line), result.message, failed=True)
    line = line_of(result, load_tools(task.seeds)[1])
    return LineOutcome(encode_line(line), outcome.warning, failed=False)


def run_in_order(
    function: Callable[[Task, Item], _T], task: Task, planned: Iterable[Item]
) -> Iterator[_T]:
    """``function`` of each page, in the order given, as soon as it and all before are done."""
    load_tools(task.seeds)  # faults in the seeds show before the first page, and forks share it
    processes = count_processes()
    items = iter(planned)
    first = list(islice(items, MIN_PAGES_FOR_POOL))
    if len(first) < MIN_PAGES_FOR_POOL or processes < 2:
        yield from (function(task, one) for one in chain(first, items))
        return
    with running_pool(processes) as pool:
        yield from _stream(pool, function, task, chain(first, items), processes * _AHEAD)


def _stream(
    pool: ProcessPoolExecutor,
    function: Callable[[Task, Item], _T],
    task: Task,
    items: Iterator[Item],
    ahead: int,
) -> Iterator[_T]:
    running: deque[Future[list[_T]]] = deque()
    while True:
        while len(running) < ahead and (part := list(islice(items, _CHUNK))):
            running.append(pool.submit(_run_chunk, function, task, part))
        if not running:
            return
        yield from running.popleft().result()


def _run_chunk(function: Callable[[Task, Item], _T], task: Task, chunk: Sequence[Item]) -> list[_T]:
    return [function(task, one) for one in chunk]
