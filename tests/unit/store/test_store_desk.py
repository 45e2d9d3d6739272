"""The desk: what people decide takes effect at once, outlives every reading, and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from crawler.errors import DecisionError, StaleDecisionError
from crawler.model import (
    Block,
    BlockType,
    CuratedArticle,
    RejectionReason,
    RemovalReason,
    Removed,
)
from crawler.seeds import load_references
from crawler.store import Store
from crawler.store.clusters import Grouping
from crawler.store.desk import Choice, Desk, Dossier, QueueFilter, QueueKind
from crawler.store.tables import (
    CLUSTERS,
    ORIGINALS,
    PAGE_CLUSTERS,
    PAGE_LENDERS,
    PAGE_TOPICS,
    PAGES,
)
from crawler.store.writes import Saved, uid_of
from crawler.vocabulary import ConflictKind, DecisionKind, Review

MakePage = Callable[..., CuratedArticle]
MOMENT = datetime(2026, 3, 1, 8, tzinfo=UTC)
URL = "https://a.example/1"
UID = uid_of(URL)
LINES = ("先保留证据,再书面投诉。", "如果微粒贷的催收违规,可以向银行投诉。", "还清后会展示五年。")
BLOCK = "可以拨打12363投诉小赢卡贷,依据是《民法典》第六百八十条。"
APPROVE = Choice(DecisionKind.APPROVE)
REJECT = Choice(DecisionKind.REJECT)


@pytest.fixture(scope="module")
def references() -> Any:
    return load_references()


@pytest.fixture
def desk(store: Store, references: Any) -> Desk:
    return Desk(store, references)


def with_removed(page: CuratedArticle, *removed: tuple[str, int]) -> CuratedArticle:
    """The page, with blocks that were removed at these places."""
    rows = tuple(
        Removed(RemovalReason.LINK_LIST, Block(BlockType.PARAGRAPH, text), position)
        for text, position in removed
    )
    return replace(page, article=replace(page.article, removed=rows))


def save(store: Store, page: CuratedArticle, days: int = 0) -> Saved:
    """Saves and groups the page as a crawl would, ``days`` after the first."""
    fetched = MOMENT + timedelta(days=days)
    page = replace(page, page=replace(page.page, fetched_at=fetched))
    with store.begin() as transaction:
        saved = transaction.save(page)
        if saved.regroup:
            Grouping().regroup(transaction, saved.page_id, fetched)
    return saved


def look(desk: Desk, uid: str = UID) -> Dossier:
    found = desk.dossier(uid)
    assert found is not None
    return found


def shown(store: Store, uid: str = UID) -> bool:
    with store.reading() as reader:
        page = reader.page(uid)
    assert page is not None
    return page.shown


def state(store: Store) -> list[list[Any]]:
    """Everything that decisions may change, row by row."""
    tables = (PAGES, PAGE_LENDERS, PAGE_TOPICS, PAGE_CLUSTERS, CLUSTERS, ORIGINALS)
    with store.reading() as reader:
        return [
            [
                tuple(row)
                for row in reader.connection.execute(select(table).order_by(*table.primary_key))
            ]
            for table in tables
        ]


def test_a_rejected_page_is_not_shown_and_comes_back_when_undone(
    store: Store, desk: Desk, make_page: MakePage
) -> None:
    save(store, make_page(url=URL))
    before = state(store)
    number = desk.decide(UID, replace(REJECT, names=("off_topic",), reason="跑题"), "甲")
    assert not shown(store)
    assert look(desk).page.curated.rejected is RejectionReason.OFF_TOPIC
    desk.undo(number, "乙")
    assert shown(store)
    assert state(store) == before
    undone = look(desk).decisions[0]
    assert (undone.undone_by, undone.made_by, undone.reason) == ("乙", "甲", "跑题")


def test_an_approval_overrules_the_program(store: Store, desk: Desk, make_page: MakePage) -> None:
    save(store, make_page(url=URL, rejected=RejectionReason.OFF_TOPIC))
    assert not shown(store)
    desk.decide(UID, APPROVE, "甲")
    assert shown(store)
    assert look(desk).page.curated.rejected is None
    assert look(desk).core.rejected is RejectionReason.OFF_TOPIC


def test_a_restored_block_stands_where_it_stood(
    store: Store, desk: Desk, make_page: MakePage
) -> None:
    page = with_removed(make_page("\n".join(LINES), url=URL), ("前", 0), (BLOCK, 1), ("后", 1))
    save(store, page)
    before = state(store)
    number = desk.decide(UID, Choice(DecisionKind.RESTORE, removed=1), "甲")
    curated = look(desk).page.curated
    article = curated.article
    assert [block.text for block in article.blocks] == [LINES[0], BLOCK, *LINES[1:]]
    assert [(one.block.text, one.position) for one in article.removed] == [("前", 0), ("后", 2)]
    text = article.text
    assert {text[one.start : one.end] for one in curated.contacts} == {"12363"}
    assert {text[one.start : one.end] for one in curated.mentions} == {"小赢卡贷"}
    assert any("民法典" in text[one.start : one.end] for one in curated.citations)
    assert look(desk).restored == {1}
    with pytest.raises(DecisionError):
        desk.decide(UID, Choice(DecisionKind.RESTORE, removed=1), "甲")
    desk.undo(number, "甲")
    assert state(store) == before


@pytest.mark.parametrize("kind", [DecisionKind.TOPICS, DecisionKind.LENDERS])
def test_edited_names_are_shown_and_outlive_a_better_reading(
    store: Store, desk: Desk, make_page: MakePage, kind: DecisionKind, references: Any
) -> None:
    known = sorted(desk.known.topics if kind is DecisionKind.TOPICS else desk.known.lenders)
    column = "topics" if kind is DecisionKind.TOPICS else "lenders"
    save(store, make_page(url=URL, **{column: (known[0],)}))
    number = desk.decide(UID, Choice(kind, (known[2], known[1])), "甲")
    save(store, make_page(url=URL, **{column: (known[3],)}), days=1)
    assert getattr(look(desk).page.curated, column) == (known[2], known[1])
    assert getattr(look(desk).core, column) == (known[3],)
    assert look(desk).conflicts == ()
    desk.undo(number, "甲")
    assert getattr(look(desk).page.curated, column) == (known[3],)


@pytest.mark.parametrize(
    "choice",
    [
        pytest.param(Choice(DecisionKind.TOPICS, ("no-such-topic",)), id="topic"),
        pytest.param(Choice(DecisionKind.LENDERS, ("no-such-lender",)), id="lender"),
        pytest.param(Choice(DecisionKind.REJECT, ("no-such-reason",)), id="reason"),
        pytest.param(Choice(DecisionKind.RESTORE, removed=3), id="block"),
        pytest.param(Choice(DecisionKind.SPLIT), id="alone"),
        pytest.param(Choice(DecisionKind.JOIN, (UID,)), id="itself"),
        pytest.param(Choice(DecisionKind.JOIN, ("0" * 16,)), id="unknown-page"),
        pytest.param(Choice(DecisionKind.JOIN), id="nowhere"),
    ],
)
def test_what_does_not_fit_is_refused_and_leaves_no_trace(
    store: Store, desk: Desk, make_page: MakePage, choice: Choice
) -> None:
    save(store, make_page(url=URL))
    before = state(store)
    with pytest.raises(DecisionError):
        desk.decide(UID, choice, "甲")
    assert state(store) == before
    assert desk.audit(10) == []


def test_a_page_that_changed_since_it_was_looked_at_is_not_decided(
    store: Store, desk: Desk, make_page: MakePage
) -> None:
    save(store, make_page(url=URL))
    mark = look(desk).mark
    save(store, make_page("换了一段文字。", url=URL), days=1)
    with pytest.raises(StaleDecisionError):
        desk.decide(UID, APPROVE, "甲", mark)
    mark = look(desk).mark
    number = desk.decide(UID, APPROVE, "甲", mark)
    with pytest.raises(StaleDecisionError):
        desk.decide(UID, REJECT, "乙", mark)
    desk.undo(number, "甲")
    with pytest.raises(DecisionError):
        desk.undo(number, "甲")


def test_a_changed_text_is_told_and_settled_by_deciding_again(
    store: Store, desk: Desk, make_page: MakePage
) -> None:
    topic = sorted(desk.known.topics)[0]
    save(store, make_page(url=URL))
    desk.decide(UID, APPROVE, "甲")
    number = desk.decide(UID, Choice(DecisionKind.TOPICS, (topic,)), "甲")
    assert look(desk).row.review is Review.CURRENT
    save(store, make_page("网站改了这一段话。", url=URL), days=1)
    changed = look(desk)
    assert changed.row.review is Review.CHANGED
    assert shown(store)
    assert [(one.kind, one.decision.id) for one in changed.conflicts] == [
        (ConflictKind.TEXT_CHANGED, number)
    ]
    assert [row.uid for row in desk.queue(QueueFilter(QueueKind.CONFLICT), 9)] == [UID]
    assert [row.uid for row in desk.queue(QueueFilter(QueueKind.CHANGED), 9)] == [UID]
    desk.decide(UID, APPROVE, "乙")
    desk.confirm(number, "乙")
    settled = look(desk)
    assert (settled.row.review, settled.conflicts, settled.row.conflicts) == (Review.CURRENT, (), 0)


def test_a_better_reading_of_the_same_bytes_is_no_conflict(
    store: Store, desk: Desk, make_page: MakePage
) -> None:
    page = make_page("\n".join(LINES), url=URL, rejected=RejectionReason.OFF_TOPIC)
    save(store, page)
    desk.decide(UID, APPROVE, "甲")
    again = replace(page, article=replace(page.article, blocks=page.article.blocks[1:]))
    save(store, again, days=1)
    assert shown(store)
    assert look(desk).row.review is Review.CURRENT
    assert look(desk).versions == ()


def test_an_approval_does_not_hold_for_a_rejected_text_nobody_saw(
    store: Store, desk: Desk, make_page: MakePage
) -> None:
    save(store, make_page(url=URL, rejected=RejectionReason.OFF_TOPIC))
    desk.decide(UID, APPROVE, "甲")
    save(
        store, make_page("现在是贷款广告。", url=URL, rejected=RejectionReason.LOAN_ADVERT), days=1
    )
    assert not shown(store)
    assert [one.kind for one in look(desk).conflicts] == [ConflictKind.REJECTED_SINCE]


def test_a_block_that_is_gone_is_told_and_one_that_is_kept_is_not(
    store: Store, desk: Desk, make_page: MakePage
) -> None:
    page = make_page("\n".join(LINES), url=URL)
    save(store, with_removed(page, (BLOCK, 1)))
    desk.decide(UID, Choice(DecisionKind.RESTORE, removed=0), "甲")
    save(store, make_page("\n".join((LINES[0], BLOCK, *LINES[1:])), url=URL), days=1)
    assert look(desk).conflicts == ()
    save(store, page, days=2)
    assert [(one.kind, one.detail) for one in look(desk).conflicts] == [
        (ConflictKind.BLOCK_GONE, BLOCK)
    ]
    save(store, with_removed(page, ("新的一行", 0), (BLOCK, 2)), days=3)
    assert look(desk).conflicts == ()
    assert BLOCK in look(desk).page.curated.article.text


def test_the_queue_goes_on_where_it_ended(store: Store, desk: Desk, make_page: MakePage) -> None:
    for number in range(5):
        save(
            store, make_page(f"第{number}篇。", url=f"https://a.example/{number}"), days=number % 2
        )
    whole = [row.uid for row in desk.queue(QueueFilter(), 9)]
    assert len(whole) == 5
    parts, after = [], None
    while rows := desk.queue(QueueFilter(), 2, after):
        parts += [row.uid for row in rows]
        after = rows[-1].place
    assert parts == whole
    assert desk.counts()[QueueKind.NEW] == 5
    desk.decide(whole[0], APPROVE, "甲")
    assert desk.counts()[QueueKind.NEW] == 4
    found = desk.queue(QueueFilter(QueueKind.ALL, text="EXAMPLE/3"), 9)
    assert [row.url for row in found] == ["https://a.example/3"]
    assert desk.queue(QueueFilter(text="%"), 9) == []


def test_the_log_tells_who_did_what(store: Store, desk: Desk, make_page: MakePage) -> None:
    save(store, make_page(url=URL))
    number = desk.decide(UID, replace(REJECT, reason="跑题"), "甲")
    desk.undo(number, "乙")
    told = [(one.kind.value, one.label, one.uid, one.detail) for one in desk.audit(10)]
    assert told == [
        ("undo", "乙", UID, f"#{number} reject"),
        ("decision", "甲", UID, f"#{number} reject curator 跑题"),
    ]
    assert [one.label for one in desk.audit(10, before=desk.audit(1)[0].id)] == ["甲"]
