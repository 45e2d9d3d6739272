"""Decisions laid over what the program found: pure, in any order, and told when they misfit."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from crawler.decisions import (
    Basis,
    Decision,
    Known,
    Standing,
    apply_decisions,
)
from crawler.model import (
    Article,
    Block,
    BlockType,
    Contact,
    ContactStatus,
    CuratedArticle,
    Mention,
    Page,
    RejectionReason,
    RemovalReason,
    Removed,
)
from crawler.restoring import Found, Recogniser
from crawler.seeds import load_references
from crawler.vocabulary import ConflictKind, DecisionKind, Publication, Review, Wait

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TODAY = Basis("content", "body")
LATER = Basis("other content", "other body")
REREAD = Basis("other content", "body")
ADVERT = RejectionReason.LOAN_ADVERT


def block(text: str) -> Block:
    return Block(BlockType.PARAGRAPH, text)


def removed(text: str, position: int) -> Removed:
    return Removed(RemovalReason.LINK_LIST, block(text), position)


def core(*texts: str, gone: tuple[Removed, ...] = (), **changes: Any) -> CuratedArticle:
    article = Article(None, "utf-8", "题", None, None, None, tuple(map(block, texts)), gone)
    return replace(CuratedArticle(Page("a", b""), article), **changes)


def decision(kind: DecisionKind, number: int = 1, **changes: Any) -> Decision:
    made = Decision(number, kind, (), None, "", TODAY, NOW, "甲")
    return replace(made, **changes)


def restore(text: str, position: int, number: int = 1, found: Found | None = None) -> Decision:
    kind = DecisionKind.RESTORE
    return decision(kind, number, removed=removed(text, position), found=found or Found())


STANDING = Standing(TODAY)
APPROVE, REJECT = decision(DecisionKind.APPROVE), decision(DecisionKind.REJECT)


def test_without_decisions_the_program_decides() -> None:
    kept, rejected = core("一"), core("一", rejected=ADVERT)
    assert apply_decisions(kept, (), STANDING).curated is kept
    assert apply_decisions(kept, (), STANDING).publication is Publication.PUBLISHED
    assert apply_decisions(rejected, (), STANDING).publication is Publication.WITHHELD
    waiting = apply_decisions(kept, (), Standing(TODAY, Wait.TRUST))
    assert (waiting.publication, waiting.review) == (Publication.WAITING, Review.NONE)
    assert apply_decisions(rejected, (), Standing(TODAY, Wait.TRUST)).publication is (
        Publication.WITHHELD
    )


@pytest.mark.parametrize(
    ("judged", "verdicts", "now", "publication", "review", "conflict"),
    [
        pytest.param(None, [REJECT], TODAY, "withheld", "current", None, id="reject"),
        pytest.param(None, [REJECT], LATER, "withheld", "changed", None, id="reject-changed"),
        pytest.param(ADVERT, [APPROVE], TODAY, "published", "current", None, id="overrule"),
        pytest.param(ADVERT, [APPROVE], REREAD, "published", "current", None, id="reread"),
        pytest.param(
            ADVERT, [APPROVE], LATER, "withheld", "changed", "rejected_since", id="unseen"
        ),
        pytest.param(None, [APPROVE], LATER, "published", "changed", None, id="changed"),
        pytest.param(
            None, [APPROVE, replace(REJECT, id=2)], TODAY, "withheld", "current", None, id="newer"
        ),
        pytest.param(
            None,
            [APPROVE, replace(REJECT, id=2, undone_at=NOW)],
            TODAY,
            "published",
            "current",
            None,
            id="newer-undone",
        ),
    ],
)
def test_verdicts(
    judged: RejectionReason | None,
    verdicts: list[Decision],
    now: Basis,
    publication: str,
    review: str,
    conflict: str | None,
) -> None:
    decided = apply_decisions(core("一", rejected=judged), verdicts, Standing(now, Wait.TRUST))
    assert (decided.publication, decided.review) == (publication, review)
    assert [one.kind.value for one in decided.conflicts] == ([conflict] if conflict else [])
    assert (decided.curated.rejected is None) is (publication == "published")


def test_restored_blocks_stand_where_they_stood_in_any_order() -> None:
    gone = (removed("甲", 0), removed("乙", 1), removed("丙", 1), removed("丁", 2))
    page = core("一", "二", gone=gone)
    wanted = [restore("丙", 1, 1), restore("丁", 2, 2), restore("甲", 0, 3)]
    for order in itertools.permutations(wanted):
        decided = apply_decisions(page, order, STANDING)
        assert decided.curated.article.text == "甲\n一\n丙\n二\n丁"
        left = [(one.block.text, one.position) for one in decided.curated.article.removed]
        assert left == [("乙", 2)]
        assert decided.restored == {0, 2, 3}


def test_of_equal_blocks_the_nearest_comes_back() -> None:
    gone = (removed("同", 0), removed("同", 2))
    page = core("一", "二", gone=gone)
    assert apply_decisions(page, [restore("同", 2)], STANDING).restored == {1}
    assert apply_decisions(page, [restore("同", 0)], STANDING).restored == {0}
    both = [restore("同", 2, 1), restore("同", 2, 2)]
    assert apply_decisions(page, both, STANDING).restored == {0, 1}


def test_offsets_follow_the_restored_blocks() -> None:
    page = core(
        "微粒贷一",
        "微粒贷二12378",
        gone=(removed("小赢卡贷与95555", 1),),
        lenders=("weilidai",),
        mentions=(Mention("weilidai", "微粒贷", 0, 3, True), Mention("weilidai", "微粒贷", 5, 8)),
        contacts=(Contact("12378", ContactStatus.VERIFIED, 9, 14),),
    )
    found = Found(
        mentions=(Mention("xiaoying", "小赢卡贷", 0, 4),),
        contacts=(Contact("95555", ContactStatus.UNVERIFIED, 5, 10),),
    )
    curated = apply_decisions(page, [restore("小赢卡贷与95555", 1, found=found)], STANDING).curated
    text = curated.article.text
    assert [(text[one.start : one.end], one.about) for one in curated.mentions] == [
        ("微粒贷", True),
        ("小赢卡贷", False),
        ("微粒贷", True),
    ]
    assert [text[one.start : one.end] for one in curated.contacts] == ["95555", "12378"]


def test_a_span_across_the_restored_block_is_left_out() -> None:
    page = core(
        "拨打123",
        "78投诉",
        gone=(removed("中", 1),),
        contacts=(Contact("12378", ContactStatus.VERIFIED, 2, 8),),
    )
    assert apply_decisions(page, [restore("中", 1)], STANDING).curated.contacts == ()


def test_a_block_that_is_kept_now_is_no_conflict_and_one_that_is_gone_is() -> None:
    made = [restore("甲", 0)]
    assert apply_decisions(core("甲", "一"), made, STANDING).conflicts == ()
    (told,) = apply_decisions(core("一"), made, STANDING).conflicts
    assert (told.kind, told.detail) == (ConflictKind.BLOCK_GONE, "甲")


def test_names_hold_whatever_the_program_finds_and_lost_ones_are_told() -> None:
    page = core("一", topics=("a",), lenders=("x",))
    made = [
        decision(DecisionKind.TOPICS, 1, names=("b", "c")),
        decision(DecisionKind.LENDERS, 2, names=()),
        decision(DecisionKind.TOPICS, 3, names=("c", "lost")),
    ]
    known = Known(frozenset("x"), frozenset("abc"))
    decided = apply_decisions(page, made, STANDING, known)
    assert (decided.curated.topics, decided.curated.lenders) == (("c", "lost"), ())
    assert [(one.kind, one.detail) for one in decided.conflicts] == [
        (ConflictKind.NAME_UNKNOWN, "lost")
    ]
    assert apply_decisions(page, made, STANDING).conflicts == ()


@pytest.mark.parametrize("kind", [DecisionKind.TOPICS, DecisionKind.SPLIT, DecisionKind.REPRESENT])
def test_a_changed_text_is_told_until_the_decision_is_made_anew(kind: DecisionKind) -> None:
    made = decision(kind)
    assert apply_decisions(core("一"), [made], Standing(REREAD)).conflicts == ()
    (told,) = apply_decisions(core("一"), [made], Standing(LATER)).conflicts
    assert told.kind is ConflictKind.TEXT_CHANGED
    anew = decision(kind, 2, basis=LATER)
    assert apply_decisions(core("一"), [made, anew], Standing(LATER)).conflicts == ()


def test_what_a_restored_block_names_is_recognised() -> None:
    recogniser = Recogniser(load_references())
    article = core("一").article
    text = "贷款逾期可以拨打12378投诉小赢卡贷,依据是《民法典》第六百八十条。"
    found = recogniser.find(article, block(text), date(2026, 11, 22))
    assert [text[one.start : one.end] for one in found.mentions] == ["小赢卡贷"]
    assert "12378" in {text[one.start : one.end] for one in found.contacts}
    assert found.citations
    assert recogniser.find(article, block("没有名字。"), date(2026, 11, 22)) == Found()
