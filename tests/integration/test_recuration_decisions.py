"""Decisions over new readings of the stored bytes and new crawls; two writers at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from crawler.decisions import Known
from crawler.model import CuratedArticle, Page, RejectionReason
from crawler.recuration import Recurated, Tools, recurate_store
from crawler.restoring import Recogniser
from crawler.seeds import load_references
from crawler.store import Store
from crawler.store.clusters import Grouping
from crawler.store.desk import Choice, Desk, Dossier
from crawler.store.rereading import Rereading
from crawler.store.tables import CHANGES, PAGES
from crawler.store.writes import uid_of
from crawler.vocabulary import ConflictKind, DecisionKind, Publication
from crawler.work import Task, curate_page

TASK = Task(date(2026, 11, 22))
MOMENT = datetime(2026, 3, 1, tzinfo=UTC)
FURNITURE = "懂法的人都在看的权益手册"
SUBJECTS = ("上门催收", "爆通讯录", "征信异议", "协商分期")


def page_about(subject: str, extra: str = "", days: int = 0) -> Page:
    """A page with a line of furniture between its paragraphs, and a list of links."""
    links = "".join(
        f'<li><a href="/x{at}">{title}怎么办</a></li>' for at, title in enumerate(SUBJECTS)
    )
    body = f"""<html><head><meta charset="utf-8"><title>遇到{subject}怎么办</title></head><body>
    <h1>遇到{subject}怎么办</h1><div class="content">
    <p>逾期以后遇到{subject},先不要慌张,把来电的时间、号码和说过的话都记录下来。</p>
    <p>如果对方的催收行为违规,可以向机构投诉,也可以向金融监管部门反映{subject}的情况。</p>
    <p>{FURNITURE}</p>
    <p>还款有困难的,应当主动联系贷款机构协商,把谈好的方案写成书面文件。{extra}</p>
    <p>关于{subject}的证据要保存好,录音、短信和聊天截图都可以作为投诉的材料。</p>
    <h3>相关文章</h3><ul>{links}</ul></div></body></html>"""
    url = f"https://one.example/{SUBJECTS.index(subject)}.html"
    return Page(url, body.encode(), url, "text/html", MOMENT + timedelta(days=days))


def uid(subject: str) -> str:
    return uid_of(f"https://one.example/{SUBJECTS.index(subject)}.html")


def crawl(store: Store, page: Page) -> None:
    """What a crawl does with an answer."""
    curated = curate_page(TASK, page)
    assert isinstance(curated, CuratedArticle)
    with store.begin() as transaction:
        saved = transaction.save(curated)
        if saved.regroup:
            Grouping().regroup(transaction, saved.page_id, MOMENT)


@pytest.fixture(scope="module")
def references() -> Any:
    return load_references()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(tmp_path: Any, request: pytest.FixtureRequest) -> Iterator[Store]:
    """Four pages of one host, on either engine."""
    url = f"sqlite:///{tmp_path}/z.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_database")
    opened = Store.open(url)
    for subject in SUBJECTS:
        crawl(opened, page_about(subject))
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store, references: Any) -> Desk:
    return Desk(store, references)


def look(desk: Desk, subject: str) -> Dossier:
    found = desk.dossier(uid(subject))
    assert found is not None
    return found


class Interrupted(Exception):
    """Stands for a kill."""


def recurate(store: Store, references: Any, stop_after: int | None = None) -> Recurated:
    known = Known(
        frozenset(one.id for one in references.lexicon.lenders),
        frozenset(one.id for one in references.topics),
    )
    done = 0

    def advance(pages: int) -> None:
        nonlocal done
        done += pages
        if done == stop_after:
            raise Interrupted

    reading = Rereading.begin(store, [], "all", datetime.now(UTC))
    with ThreadPoolExecutor(1) as pool:
        tools = Tools(TASK, Grouping(), known, Recogniser(references), pool, 1)
        return recurate_store(reading, tools, advance)


def spoil(store: Store) -> None:
    """Make the stored readings those of a lesser program."""
    with store.begin() as transaction:
        change = update(PAGES).values(record_hash="", content_hash="", summary="")
        transaction.connection.execute(change)


def exported(store: Store) -> list[Any]:
    with store.reading() as reader:
        return [replace(page, shown=page.shown) for page in reader.export()]


def test_every_kind_of_decision_outlives_a_new_reading(
    store: Store, desk: Desk, references: Any
) -> None:
    first, second, third, fourth = SUBJECTS
    topics, lenders = sorted(desk.known.topics), sorted(desk.known.lenders)
    removed = look(desk, first).core.article.removed
    wanted = next(at for at, one in enumerate(removed) if "爆通讯录" in one.block.text)
    desk.decide(uid(first), Choice(DecisionKind.RESTORE, removed=wanted), "甲")
    desk.decide(uid(first), Choice(DecisionKind.TOPICS, (topics[0],)), "甲")
    desk.decide(uid(second), Choice(DecisionKind.LENDERS, (lenders[0],)), "甲")
    desk.decide(uid(third), Choice(DecisionKind.REJECT), "甲")
    desk.decide(uid(fourth), Choice(DecisionKind.APPROVE), "甲")
    spoil(store)
    done = recurate(store, references)
    assert (done.pages, done.decisions, done.conflicts, done.faults) == (4, 5, (), ())
    page = look(desk, first).page.curated
    assert removed[wanted].block.text in page.article.text
    assert page.topics == (topics[0],)
    assert FURNITURE not in page.article.text  # read with what the host teaches
    assert look(desk, second).page.curated.lenders == (lenders[0],)
    assert look(desk, third).page.curated.rejected is RejectionReason.CURATOR
    assert look(desk, third).row.publication is Publication.WITHHELD
    assert look(desk, fourth).row.publication is Publication.PUBLISHED
    before = exported(store)
    again = recurate(store, references)
    assert (again.changed, again.resumed) == (0, 0)
    assert exported(store) == before


def test_conflicts_are_told(store: Store, desk: Desk, references: Any) -> None:
    subject = SUBJECTS[0]
    number = desk.decide(
        uid(subject), Choice(DecisionKind.LENDERS, (sorted(desk.known.lenders)[0],)), "甲"
    )
    crawl(store, page_about(subject, "这句话是后来加上去的。", days=1))
    done = recurate(store, references)
    assert [(one, two.kind, two.decision.id) for one, two in done.conflicts] == [
        (uid(subject), ConflictKind.TEXT_CHANGED, number)
    ]
    lost = replace(references, lexicon=replace(references.lexicon, lenders=()))
    kinds = {two.kind for _, two in recurate(store, lost).conflicts}
    assert kinds == {ConflictKind.TEXT_CHANGED, ConflictKind.NAME_UNKNOWN}


def test_an_interrupted_reading_goes_on_where_it_was(store: Store, references: Any) -> None:
    recurate(store, references)
    expected = exported(store)
    spoil(store)
    with pytest.raises(Interrupted):
        recurate(store, references, stop_after=3)
    done = recurate(store, references)
    assert (done.pages, done.resumed) == (4, 3)
    assert exported(store) == expected


def test_a_reading_does_not_bring_back_what_is_gone_or_undo_what_was_fetched(
    store: Store, references: Any
) -> None:
    gone, changed = SUBJECTS[:2]
    old = curate_page(TASK, page_about(changed))
    assert isinstance(old, CuratedArticle)
    with store.begin() as transaction:
        transaction.mark_gone(f"https://one.example/{SUBJECTS.index(gone)}.html", MOMENT)
    crawl(store, page_about(changed, "这句话是后来加上去的。", days=1))
    with store.begin() as transaction:
        assert transaction.reread(old) is None  # read before the page was fetched again
    recurate(store, references)
    with store.reading() as reader:
        pages = {page.uid: page for page in reader.export()}
    assert pages[uid(gone)].gone_at is not None
    assert not pages[uid(gone)].shown
    assert "后来加上" in pages[uid(changed)].curated.article.text


def test_a_desk_and_a_crawl_at_once_lose_nothing(store: Store, desk: Desk, references: Any) -> None:
    """Every decision made while pages change is in force, and laid over the last text."""
    topics = sorted(desk.known.topics)[:3]
    faults: list[BaseException] = []
    made: list[int] = []
    start = threading.Barrier(2)

    def crawling() -> None:
        start.wait()
        for days in range(1, 7):
            for subject in SUBJECTS:
                crawl(store, page_about(subject, f"第{days}次修改的内容在这里。", days))

    def deciding() -> None:
        start.wait()
        for turn in range(6):
            for subject in SUBJECTS:
                choice = Choice(DecisionKind.TOPICS, (topics[turn % 3],))
                made.append(desk.decide(uid(subject), choice, "甲"))

    def guarded(work: Any) -> None:
        try:
            work()
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=guarded, args=(one,)) for one in (crawling, deciding)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(made) == 24
    for subject in SUBJECTS:
        found = look(desk, subject)
        assert len(found.decisions) == 6
        assert found.page.curated.topics == (topics[2],)
        assert "第6次修改" in found.page.curated.article.text
        assert len(found.versions) == 6
    with store.reading() as reader:
        sequence = reader.connection.execute(select(CHANGES.c.sequence)).scalars().all()
    assert len(set(sequence)) == len(sequence)
