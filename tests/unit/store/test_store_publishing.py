"""Pages that wait: for a person, for their crawl's end, and after a shortfall."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from crawler.model import CuratedArticle, RejectionReason
from crawler.seeds import load_references
from crawler.store import Origin, Store
from crawler.store.clusters import Grouping
from crawler.store.desk import Choice, Desk, QueueFilter, QueueKind
from crawler.store.publishing import end_waiting, note_trusts, trust_sources
from crawler.store.tables import PAGES
from crawler.vocabulary import DecisionKind, Wait

MakePage = Callable[..., CuratedArticle]
MOMENT = datetime(2026, 3, 1, 8, tzinfo=UTC)
LONG = "逾期以后有人打电话说今天就要上门,先不要慌张,把来电时间和号码都记下来,再向机构投诉。"


def save(store: Store, page: CuratedArticle, origin: Origin, days: int = 0) -> str:
    fetched = MOMENT + timedelta(days=days)
    page = replace(page, page=replace(page.page, fetched_at=fetched))
    with store.begin() as transaction:
        saved = transaction.save(page, origin)
        if saved.regroup:
            Grouping().regroup(transaction, saved.page_id, fetched)
    return saved.uid


def shown(store: Store) -> set[str]:
    with store.reading() as reader:
        rows = reader.connection.execute(select(PAGES.c.uid).where(PAGES.c.shown))
        return set(rows.scalars())


@pytest.fixture(scope="module")
def references() -> Any:
    return load_references()


@pytest.mark.parametrize("enough", [True, False], ids=["enough", "shortfall"])
def test_new_pages_come_out_only_with_a_run_that_brings_enough(
    store: Store, make_page: MakePage, *, enough: bool
) -> None:
    run = Origin("one", waits=Wait.RUN)
    old = save(store, make_page("旧文。", url="https://a.example/old"), Origin("one"))
    save(store, make_page("旧文改了。", url="https://a.example/old"), run, days=1)
    new = save(store, make_page("新文。", url="https://a.example/new"), run, days=1)
    other = save(
        store, make_page("别的。", url="https://b.example/"), Origin("two", waits=Wait.RUN)
    )
    assert shown(store) == {old}
    assert end_waiting(store, "one", MOMENT, enough=enough) == (1 if enough else 0)
    assert shown(store) == ({old, new} if enough else {old})
    assert end_waiting(store, "one", MOMENT, enough=True) == (0 if enough else 1)
    assert shown(store) == {old, new}
    assert end_waiting(store, "two", MOMENT, enough=True) == 1
    assert shown(store) == {old, new, other}


def test_a_page_that_is_no_longer_rejected_waits_like_a_new_one(
    store: Store, make_page: MakePage
) -> None:
    page = make_page("一段话。", url="https://a.example/1")
    uid = save(store, replace(page, rejected=RejectionReason.TOO_SHORT), Origin("one"))
    save(store, page, Origin("one", waits=Wait.RUN), days=1)
    assert shown(store) == set()
    end_waiting(store, "one", MOMENT, enough=True)
    assert shown(store) == {uid}


def test_a_farm_waits_for_a_person_or_for_trust(
    store: Store, make_page: MakePage, references: Any
) -> None:
    farm = Origin("farm", waits=Wait.TRUST)
    one = save(store, make_page("第一篇文章。", url="https://f.example/1"), farm)
    two = save(store, make_page("又写了另外的事情。", url="https://f.example/2"), farm)
    assert end_waiting(store, "farm", MOMENT, enough=True) == 0
    desk = Desk(store, references)
    assert {row.uid for row in desk.queue(QueueFilter(QueueKind.WAITING), 9)} == {one, two}
    number = desk.decide(one, Choice(DecisionKind.APPROVE), "甲")
    assert shown(store) == {one}
    desk.undo(number, "甲")
    assert shown(store) == set()
    desk.decide(two, Choice(DecisionKind.REJECT), "甲")
    assert trust_sources(store, ["farm"], MOMENT) == 2
    assert shown(store) == {one}


def test_a_waiting_page_does_not_hide_a_published_copy(store: Store, make_page: MakePage) -> None:
    copy = save(store, make_page(LONG, url="https://m.example/1"), Origin("media", trust=1))
    official = Origin("official", trust=3, waits=Wait.RUN)
    first = save(store, make_page(LONG, url="https://gov.example/1"), official)
    assert shown(store) == {copy}
    end_waiting(store, "official", MOMENT, enough=True)
    assert shown(store) == {first}


def test_another_trust_chooses_another_representative(store: Store, make_page: MakePage) -> None:
    one = save(store, make_page(LONG, url="https://a.example/1"), Origin("one", trust=2))
    two = save(store, make_page(LONG, url="https://b.example/1"), Origin("two", trust=1))
    assert shown(store) == {one}
    assert note_trusts(store, {"one": 2, "two": 1}, MOMENT) == 0
    assert note_trusts(store, {"two": 3}, MOMENT) == 1
    assert shown(store) == {two}
