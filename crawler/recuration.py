"""Curating stored pages again, with what the other pages of their host have taught.

A single page cannot show which of its lines stand on every page of its site. Once a host's
pages are stored, its recurring lines and the titles of its pages are known, and the pages
that hold one of them are read again from their stored bytes.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.decisions import Conflict, Known
from crawler.linklists import learn_site
from crawler.model import Article, Block, BlockType, CuratedArticle, Page, SiteKnowledge
from crawler.reading import Fault
from crawler.restoring import Recogniser
from crawler.store import Store, Transaction
from crawler.store.audit import RecurationCounts
from crawler.store.clusters import Grouping
from crawler.store.host_texts import PageText, host_texts
from crawler.store.rereading import Place, Rereading
from crawler.text import fold_each
from crawler.work import Task, curate_page

FEWEST_PAGES = 3
"""A host with fewer pages teaches nothing that could not be chance."""


_CHUNK = 8  # pages a worker is given at once, so that a host's knowledge travels seldom
_AHEAD = 2  # chunks in flight for each process


@dataclass(frozen=True, slots=True)
class Tools:
    """What reading stored pages again needs besides the store.

    ``pool`` has ``processes`` of them.
    """

    task: Task
    grouping: Grouping
    known: Known
    recogniser: Recogniser
    pool: Executor
    processes: int


@dataclass(frozen=True, slots=True)
class Recurated:
    """What reading all stored pages again brought.

    ``resumed`` are pages that an interrupted reading had done before, ``decisions`` those
    in force, ``conflicts`` the ones that no longer fit, with the page's public id.
    """

    pages: int
    resumed: int
    changed: int
    decisions: int
    conflicts: tuple[tuple[str, Conflict], ...]
    faults: tuple[str, ...]


def recurate_host(
    store: Store, host: str, task: Task, grouping: Grouping, known: Known | None = None
) -> int:
    """How many of the host's pages changed by being read with knowledge of the others.

    What is learnt follows from the stored pages alone, so a second call changes nothing.
    """
    learner = _Learner()
    site = learn_site(learner.articles(host_texts(store, host)))
    if len(learner.pages) < FEWEST_PAGES:
        return 0
    changed = 0
    for again in _read_again(store, learner.concerned(site), task, site):
        with store.begin() as transaction:
            changed += _save_again(transaction, again, grouping, known)
    return changed


def recurate_store(reading: Rereading, tools: Tools, advance: Callable[[int], None]) -> Recurated:
    """Every page of the reading curated anew from its bytes; each is one transaction.

    People's decisions are laid over the new results. ``advance`` is told how many more
    pages are done. A reading that was interrupted goes on where it was.
    """
    total, changed, read = reading.size(), 0, 0
    faults: list[str] = []
    for host in reading.hosts():
        pages = reading.pages(host)
        site = _learn(reading.store, host)
        for (number, _), outcome in zip(
            pages, _curate_all(reading.store, [uid for _, uid in pages], tools, site), strict=True
        ):
            with reading.store.begin() as transaction:
                if isinstance(outcome, CuratedArticle):
                    changed += _save_again(transaction, outcome, tools.grouping, tools.known)
                elif outcome is not None:
                    faults.append(outcome.message)
                reading.note(transaction, Place(host, number))
            read += 1
            advance(1)
        if host:
            # What the new readings teach may differ from what the old ones taught.
            changed += recurate_host(reading.store, host, tools.task, tools.grouping, tools.known)
    now = datetime.now(UTC)
    reading.refresh_found(tools.recogniser, now)
    conflicts = tuple(reading.conflicts(tools.known))
    done = Recurated(total, total - read, changed, reading.kept(), conflicts, tuple(faults))
    reading.finish(RecurationCounts(total, changed, len(conflicts)), now)
    return done


def _learn(store: Store, host: str) -> SiteKnowledge | None:
    """What the host's pages teach as they are stored now; ``None`` when they are too few."""
    if not host:
        return None
    learner = _Learner()
    site = learn_site(learner.articles(host_texts(store, host)))
    return site if len(learner.pages) >= FEWEST_PAGES else None


def _save_again(
    transaction: Transaction, again: CuratedArticle, grouping: Grouping, known: Known | None
) -> int:
    """1 when the page changed by its new reading, 0 when it did not."""
    saved = transaction.reread(again, known)
    if saved is None or not saved.regroup:
        return 0
    grouping.regroup(transaction, saved.page_id, datetime.now(UTC))
    return 1


def _curate_all(
    store: Store, uids: Sequence[str], tools: Tools, site: SiteKnowledge | None
) -> Iterator[CuratedArticle | Fault | None]:
    """Each page curated, in order; ``None`` for one that is not stored any more."""
    chunks = (uids[at : at + _CHUNK] for at in range(0, len(uids), _CHUNK))
    running: deque[Future[list[CuratedArticle | Fault | None]]] = deque()
    for chunk in chunks:
        pages = [_stored_page(store, uid) for uid in chunk]
        running.append(tools.pool.submit(_curate_chunk, tools.task, pages, site))
        if len(running) >= tools.processes * _AHEAD:
            yield from running.popleft().result()
    while running:
        yield from running.popleft().result()


def _curate_chunk(
    task: Task, pages: Sequence[Page | None], site: SiteKnowledge | None
) -> list[CuratedArticle | Fault | None]:
    return [None if page is None else curate_page(task, page, site) for page in pages]


def _stored_page(store: Store, uid: str) -> Page | None:
    """The page as it was fetched; ``None`` when its bytes are gone."""
    with store.reading() as reader:
        stored, body = reader.page(uid), reader.body(uid)
    if stored is None or body is None:
        return None
    known = stored.curated.page
    return Page(known.name, body, known.url, known.content_type, stored.fetched_at)


def _read_again(
    store: Store, uids: Iterable[str], task: Task, site: SiteKnowledge
) -> Iterator[CuratedArticle]:
    """The pages curated from their stored bytes; those whose bytes are gone are left out."""
    for uid in uids:
        page = _stored_page(store, uid)
        outcome = None if page is None else curate_page(task, page, site)
        if isinstance(outcome, CuratedArticle):
            yield outcome


class _Learner:
    """Remembers of each page only numbers, so that a host of any size can be looked at once."""

    def __init__(self) -> None:
        self.pages: list[str] = []
        self._titles = array("q")  # one a page
        self._ends = array("q")  # where each page's lines end
        self._lines = array("q")
        self._taught: set[str] = set()  # pages that lost lines to earlier knowledge

    def articles(self, pages: Iterable[PageText]) -> Iterator[Article]:
        """Each page as an article, with the lines that earlier knowledge had removed from it."""
        for page in pages:
            self.pages.append(page.uid)
            title, *own = fold_each([page.title or "", *page.lines])
            self._titles.append(hash(title))
            self._lines.extend(map(hash, own))
            self._ends.append(len(self._lines))
            if page.removed:
                self._taught.add(page.uid)
            lines = (*page.lines, *page.removed)
            blocks = tuple(Block(BlockType.PARAGRAPH, line) for line in lines)
            yield Article(None, None, page.title, None, None, None, blocks)

    def concerned(self, site: SiteKnowledge) -> Iterator[str]:
        """The pages that hold a line which the knowledge speaks of, or lost one to it before."""
        known = {hash(line) for line in site.titles | site.repeated}
        start = 0
        for uid, title, end in zip(self.pages, self._titles, self._ends, strict=True):
            lines = self._lines[start:end]
            start = end
            if uid in self._taught or any(one != title and one in known for one in lines):
                yield uid
