"""What is killed: each command with a small store to begin with, and how it ends unkilled."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from archive_files import Record, write_archive
from stores import StoreFactory

from crawler.model import CuratedArticle
from crawler.reading import Fault, Planned, plan_pages, read_page
from crawler.seeds import load_references, seeds_folder
from crawler.store import Store, engine
from crawler.store.clusters import Grouping
from crawler.work import Task, curate_page
from tests.faults.commands import KILLED, Ended, Runner, state_of
from tests.faults.forkserver import Job

_PAGES = (
    "mp/weilidai",
    "bbs/weilidai-copy",
    "lawfirm/letters",
    "bbs/letters-copy",
    "wiki/visit-xiaoying",
    "wiki/visit-paipaidai",
    "blog/soup",
    "blog/limitation",
    "news/credit",
    "notice/rate",
    "ask/phone-calls",
    "ads/koubei",
)
_SITE = tuple(name for name in _PAGES if not name.startswith(("wiki/", "blog/soup")))
_OLDEST = "0001"
_LATEST_MICROS = 4000  # after a commit began: most commits are over by then
_TWICE = 0.25  # share of the runs whose restart is killed too
SOURCE = """
[[source]]
id = "test"
name = "test"
trust = "own"
start = ["{start}"]
deny = ["/go/"]
private = true
delay = 0
timeout = 20
"""


@dataclass(frozen=True, slots=True)
class Corpus:
    """A dozen pages, as the commands take them."""

    manifest: Path
    archive: Path


@dataclass(frozen=True, slots=True)
class Scenario:
    """A command that is killed.

    ``begin`` makes the store to begin with, which no run may change, and whose copy every
    run gets. ``words`` are the command's for that copy. It ends with ``status`` when nothing
    happens to it.
    """

    name: str
    begin: Callable[[], str]
    words: Callable[[str], list[str]]
    status: int = 0


def make_corpus(folder: Path) -> Corpus:
    """The corpus' files in the folder."""
    site = seeds_folder() / "site"
    records = []
    lines = []
    for name in _PAGES:
        body = (site / f"{name}.html").read_bytes()
        page = folder / f"{name.replace('/', '-')}.html"
        page.write_bytes(body)
        url = f"https://www.example.com/{name}"
        lines.append(json.dumps({"page": page.name, "url": url}))
        records.append(Record(url, body, content_type="text/html"))
    manifest = folder / "manifest.jsonl"
    manifest.write_text("\n".join(lines), encoding="utf-8")
    archive = folder / "pages.warc.gz"
    write_archive(archive, records)
    return Corpus(manifest, archive)


def make_site(folder: Path) -> None:
    """A site of the corpus' pages that link to nobody, in the folder."""
    site = seeds_folder() / "site"
    links = []
    for name in _SITE:
        page = f"{name.replace('/', '-')}.html"
        (folder / page).write_bytes((site / f"{name}.html").read_bytes())
        links.append(f'<li><a href="/{page}">{page}</a></li>')
    index = f"<title>目录</title><ul>{''.join(links)}</ul>"
    (folder / "index.html").write_text(index, encoding="utf-8")


class Scenarios:
    """The scenarios on one engine; stores to begin with are made when first asked for."""

    def __init__(self, stores: StoreFactory, corpus: Corpus, folder: Path) -> None:
        self._stores = stores
        self._corpus = corpus
        self._folder = folder

    def importing(self) -> Scenario:
        """``import`` of a folder's pages."""
        given = ["import", "--manifest", str(self._corpus.manifest), "--database"]
        return Scenario("import, folder", self._stores.make, lambda url: [*given, url])

    def importing_archive(self) -> Scenario:
        """``import`` of a web archive."""
        given = ["import", str(self._corpus.archive), "--database"]
        return Scenario("import, WARC", self._stores.make, lambda url: [*given, url])

    def migrating(self) -> Scenario:
        """A command that finds pages under the oldest schema."""
        # Nobody has this token: all that the command does is to migrate.
        given = ["desk", "revoke", "nobody", "--database"]
        return Scenario("migration", self._oldest, lambda url: [*given, url], status=1)

    def grouping(self) -> Scenario:
        """``dedup`` of pages that were never grouped."""
        return Scenario("dedup", self._ungrouped, lambda url: ["dedup", "--database", url])

    def rereading(self) -> Scenario:
        """``recurate`` of pages that were read otherwise before."""
        return Scenario("recurate", self._outdated, lambda url: ["recurate", "--database", url])

    def copying(self, others: StoreFactory) -> Scenario:
        """``copy`` of a filled store to a new one, which may be of the other engine."""
        given = ["copy", "--from", self.filled(), "--to"]
        return Scenario("copy", others.make, lambda url: [*given, url])

    def crawling(self, address: str) -> Scenario:
        """``crawl`` of the site at the address."""
        sources = self._folder / "sources.toml"
        sources.write_text(SOURCE.format(start=address), encoding="utf-8")
        given = ["crawl", "--sources", str(sources), "--database"]
        return Scenario("crawl", self._stores.make, lambda url: [*given, url])

    def filled(self) -> str:
        """The address of a store with the corpus' pages, grouped."""
        url = self._stores.make()
        store = Store.open(url)
        for curated in _curated(self._corpus):
            _save(store, curated)
        store.close()
        return url

    def _oldest(self) -> str:
        url = self.filled()
        store = Store.open(url)
        with store.begin() as transaction:
            _downgrade(transaction.connection)
        store.close()
        return url

    def _ungrouped(self) -> str:
        url = self._stores.make()
        store = Store.open(url)
        for curated in _curated(self._corpus):
            with store.begin() as transaction:
                transaction.save(curated)
        store.close()
        return url

    def _outdated(self) -> str:
        url = self._stores.make()
        store = Store.open(url)
        for number, curated in enumerate(_curated(self._corpus)):
            blocks = curated.article.blocks[: 1 + number % 3]
            old = replace(curated.article, title=f"旧标题{number}", blocks=blocks)
            _save(store, replace(curated, article=old, mentions=(), citations=(), contacts=()))
        store.close()
        return url


def _save(store: Store, curated: CuratedArticle) -> None:
    grouping = Grouping(frozenset(load_references(None).places))
    with store.begin() as transaction:
        saved = transaction.save(curated)
        grouping.regroup(transaction, saved.page_id, datetime(2026, 1, 1, tzinfo=UTC))


def _downgrade(connection: Any) -> None:
    """Bring the schema back to the oldest one; the pages stay."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(engine._MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.downgrade(config, _OLDEST)


def _curated(corpus: Corpus) -> list[CuratedArticle]:
    found = []
    for planned in plan_pages((), corpus.manifest):
        assert isinstance(planned, Planned)
        page = read_page(planned)
        assert not isinstance(page, Fault)
        result = curate_page(Task(date(2026, 1, 1)), page)
        assert not isinstance(result, Fault)
        found.append(result)
    return found


class Trial:
    """A scenario that is run once unkilled, then killed as often as wanted."""

    def __init__(self, scenario: Scenario, stores: StoreFactory, runner: Runner) -> None:
        self._scenario = scenario
        self._stores = stores
        self._runner = runner
        self._begun = scenario.begin()
        self.killed = 0
        self.again = 0  # restarts that were killed too
        url = stores.copy(self._begun)
        self._unkilled = self._run(url, Job([]))
        assert self._unkilled.status == scenario.status, self._unkilled.told
        self._expected = state_of(url)
        assert not self._expected.faults, self._expected.faults
        stores.drop(url)

    def kill(self, number: int) -> None:
        """Kill it at a point that follows from ``number``; then it ends like the unkilled one.

        Fails when anything is half-written after the kill, or other than expected at the end.
        """
        chance = random.Random(f"{self._scenario.name} {number}")  # noqa: S311 - not a secret
        url = self._stores.copy(self._begun)
        for attempt in range(3):
            job = self._shot(chance)
            ended = self._run(url, job)
            if ended.status != KILLED:
                break
            self.killed += attempt == 0
            self.again += attempt > 0
            self._check_harmed(url, job)
            if chance.random() > _TWICE:
                break
        ended = self._run(url, Job([]))
        # A copy that was killed after its commit is complete, and is not made over it.
        done = self._scenario.name == "copy" and "is not empty" in ended.told
        assert done or ended.status == self._scenario.status, f"{job}: {ended}"
        assert state_of(url) == self._expected, job
        self._stores.drop(url)

    def _run(self, url: str, job: Job) -> Ended:
        return self._runner.run(*self._scenario.words(url), job=job)

    def _shot(self, chance: random.Random) -> Job:
        if chance.random() < 0.5:
            return Job([], statement=chance.randint(1, self._unkilled.statements))
        micros = chance.randint(0, _LATEST_MICROS)
        return Job([], commit=chance.randint(1, self._unkilled.commits), micros=micros)

    def _check_harmed(self, url: str, job: Job) -> None:
        """No row is half-written, and each page is whole: as before the command, or after it."""
        if self._scenario.name == "migration":
            return  # the schema may be the old one, which only migrating can read
        left = state_of(url)
        assert not left.faults, f"{job}: {left.faults}"
        if self._scenario.name != "dedup":  # which begins with pages that have none
            assert left.signed == len(left.pages), job
        if self._scenario.name.startswith(("import", "crawl")):
            wrong = {key for key, page in left.pages.items() if self._expected.pages[key] != page}
            assert not wrong or self._scenario.name == "crawl", f"{job}: {wrong}"
