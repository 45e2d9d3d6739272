"""Curating stored pages again, with what the other pages of their host have taught.

A single page cannot show which of its lines stand on every page of its site. Once a host's
pages are stored, its recurring lines and the titles of its pages are known, and the pages
that hold one of them are read again from their stored bytes.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from crawler.linklists import learn_site
from crawler.model import Article, Block, BlockType, CuratedArticle, Page, SiteKnowledge
from crawler.store import Store
from crawler.store.clusters import Grouping
from crawler.store.host_texts import PageText, host_texts
from crawler.text import fold
from crawler.work import Task, curate_page

FEWEST_PAGES = 3
"""A host with fewer pages teaches nothing that could not be chance."""


def recurate_host(store: Store, host: str, task: Task, grouping: Grouping) -> int:
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
            saved = transaction.save(again)
            if saved.regroup:
                grouping.regroup(transaction, saved.page_id, datetime.now(UTC))
                changed += 1
    return changed


def _read_again(
    store: Store, uids: Iterable[str], task: Task, site: SiteKnowledge
) -> Iterator[CuratedArticle]:
    """The pages curated from their stored bytes; those whose bytes are gone are left out."""
    for uid in uids:
        with store.reading() as reader:
            stored, body = reader.page(uid), reader.body(uid)
        if stored is None or body is None:
            continue
        known = stored.curated.page
        page = Page(known.name, body, known.url, known.content_type, stored.fetched_at)
        outcome = curate_page(task, page, site)
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
            self._titles.append(_number(page.title or ""))
            self._lines.extend(_number(line) for line in page.lines)
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


def _number(line: str) -> int:
    """A number that equal lines share in this process."""
    return hash(fold(line).text)
