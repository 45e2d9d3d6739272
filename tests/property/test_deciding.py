"""Decisions lie over the program's result: any order gives the same, undoing gives it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.decisions import Basis, Decided, Decision, Standing, apply_decisions
from crawler.model import (
    Article,
    Block,
    BlockType,
    CuratedArticle,
    Mention,
    Page,
    RejectionReason,
    RemovalReason,
    Removed,
)
from crawler.restoring import Found
from crawler.vocabulary import DecisionKind, Wait

NOW = datetime(2026, 11, 22, tzinfo=UTC)
BASES = (Basis("text", "bytes"), Basis("text", "other"), Basis("changed", "changed"))
GONE = ("微粒贷相关", "推荐阅读", "旧文一", "旧文二", "推荐阅读")


def block(text: str) -> Block:
    return Block(BlockType.PARAGRAPH, text)


@st.composite
def pages(draw: st.DrawFn) -> CuratedArticle:
    """A page with removed blocks between its own, and a mention in each own block."""
    count = draw(st.integers(1, 4))
    blocks = tuple(block(f"第{at}段说微粒贷逾期") for at in range(count))
    removed = tuple(
        Removed(RemovalReason.LINK_LIST, block(text), draw(st.integers(0, count)))
        for text in draw(st.lists(st.sampled_from(GONE), max_size=4))
    )
    article = Article(None, "utf-8", "题", None, None, None, blocks, removed)
    text, mentions, at = article.text, [], -1
    while (at := text.find("微粒贷", at + 1)) >= 0:
        mentions.append(Mention("weilidai", "微粒贷", at, at + 3, about=True))
    reason = draw(st.sampled_from((None, RejectionReason.LOAN_ADVERT)))
    return CuratedArticle(
        Page("a", b""), article, ("weilidai",), tuple(mentions), topics=("t1",), rejected=reason
    )


@st.composite
def decisions(draw: st.DrawFn) -> list[Decision]:
    """Decisions of every kind, some of them taken back."""
    made = []
    for number in range(1, draw(st.integers(0, 6)) + 1):
        kind = draw(st.sampled_from(DecisionKind))
        names, removed, found = (), None, Found()
        if kind is DecisionKind.RESTORE:
            text = draw(st.sampled_from(GONE))
            removed = Removed(RemovalReason.LINK_LIST, block(text), draw(st.integers(0, 4)))
            if text.startswith("微粒贷"):
                found = Found((Mention("weilidai", "微粒贷", 0, 3),))
        elif kind in (DecisionKind.TOPICS, DecisionKind.LENDERS):
            names = draw(st.sampled_from(((), ("weilidai",), ("t2", "t1"))))
        undone = draw(st.sampled_from((None, NOW)))
        basis = draw(st.sampled_from(BASES))
        made.append(
            Decision(number, kind, names, removed, "", basis, NOW, "甲", undone, found=found)
        )
    return made


standings = st.builds(Standing, st.sampled_from(BASES), st.sampled_from((None, *Wait)))


def lay(page: CuratedArticle, made: list[Decision], standing: Standing) -> Decided:
    return apply_decisions(page, made, standing)


@given(pages(), decisions(), standings)
@settings(max_examples=200)
def test_undoing_all_gives_back_what_was_found(
    page: CuratedArticle, made: list[Decision], standing: Standing
) -> None:
    lay(page, made, standing)
    undone = [replace(one, undone_at=NOW, undone_by="乙") for one in made]
    assert lay(page, undone, standing) == lay(page, [], standing)
    assert lay(page, undone, standing).curated is page


@given(pages(), decisions(), standings, st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_decisions_give_the_same_in_any_order(
    page: CuratedArticle, made: list[Decision], standing: Standing, shuffler: object
) -> None:
    expected = lay(page, made, standing)
    shuffler.shuffle(made)  # type: ignore[attr-defined]
    assert lay(page, made, standing) == expected


@given(pages(), decisions(), standings)
@settings(max_examples=200)
def test_no_block_is_lost_and_every_offset_fits(
    page: CuratedArticle, made: list[Decision], standing: Standing
) -> None:
    decided = lay(page, made, standing).curated
    before, after = page.article, decided.article

    def every(article: Article) -> list[str]:
        texts = [one.text for one in article.blocks]
        return sorted(texts + [one.block.text for one in article.removed])

    assert every(after) == every(before)
    own = [one for one in after.blocks if one in before.blocks]
    assert own == list(before.blocks)
    text = after.text
    assert all(text[one.start : one.end] == one.surface for one in decided.mentions)
    assert len(decided.mentions) == text.count("微粒贷")
