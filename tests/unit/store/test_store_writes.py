"""Saving pages: idempotent, with versions, clusters and a log of what the public sees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from crawler.model import (
    Block,
    BlockType,
    Citation,
    CitationKind,
    CitationStatus,
    Contact,
    ContactStatus,
    CuratedArticle,
    Link,
    Mention,
    RejectionReason,
    RemovalReason,
    Removed,
)
from crawler.store import GuidanceFilter, Origin, Outcome, Store

MakePage = Callable[..., CuratedArticle]

LATER = datetime(2026, 5, 1, tzinfo=UTC)


def save(store: Store, page: object, origin: Origin | None = None) -> object:
    with store.begin() as transaction:
        return transaction.save(page, *([origin] if origin else []))


def shown(store: Store) -> list[str]:
    with store.reading() as reader:
        return [one.title for one in reader.list_guidance(GuidanceFilter(), 50)]


def kinds(store: Store) -> list[str]:
    with store.reading() as reader:
        return [one.kind for one in reader.changes(0, 50)]


def test_a_page_comes_back_as_it_was_saved(store: Store, make_page: MakePage) -> None:
    page = make_page(
        lenders=("b", "a"),
        topics=("threat", "negotiation"),
        mentions=(Mention("a", "某贷", 0, 2, True),),
        citations=(
            Citation(
                "《合同法》",
                CitationKind.STATUTE,
                CitationStatus.REPEALED,
                1,
                6,
                "contract-law",
                "200",
                "民法典第670条",
                date(2021, 1, 1),
                True,
                "注",
            ),
        ),
        contacts=(Contact("12378", ContactStatus.VERIFIED, 3, 8, "监管总局"),),
    )
    blocks = (
        Block(BlockType.HEADING, "标题", level=2),
        Block(BlockType.LIST_ITEM, "见规定", (Link("规定", "https://x.example"),)),
    )
    removed = (Removed(RemovalReason.LINK_LIST, Block(BlockType.PARAGRAPH, "其他"), 1),)
    page = replace(page, article=replace(page.article, blocks=blocks, removed=removed, author="某"))
    saved = save(store, page)
    with store.reading() as reader:
        found = reader.page(saved.uid)
        assert reader.body(saved.uid) == page.page.body
    assert found is not None
    assert found.curated == replace(page, page=replace(page.page, body=b""))
    assert found.representative
    assert found.cluster == saved.uid


def test_saving_the_same_again_changes_nothing(store: Store, make_page: MakePage) -> None:
    assert save(store, make_page()).outcome is Outcome.NEW
    assert save(store, make_page()).outcome is Outcome.UNCHANGED
    with store.reading() as reader:
        assert reader.counts().pages == 1
        assert reader.counts().versions == 0
    assert kinds(store) == ["added"]


def test_a_changed_text_keeps_the_earlier_one_with_dates(store: Store, make_page: MakePage) -> None:
    first = save(store, make_page("旧文"))
    page = make_page("新文")
    second = save(store, replace(page, page=replace(page.page, fetched_at=LATER)))
    assert second.outcome is Outcome.CHANGED
    assert second.uid == first.uid
    with store.reading() as reader:
        (version,) = reader.versions(first.page_id)
        assert reader.page(first.uid).curated.article.text == "新文"
    assert [block.text for block in version.blocks] == ["旧文"]
    assert version.seen_from == make_page().page.fetched_at
    assert version.seen_until == LATER
    assert kinds(store) == ["added", "changed"]


def test_recuration_of_the_same_text_makes_no_version(store: Store, make_page: MakePage) -> None:
    first = save(store, make_page())
    assert save(store, make_page(topics=("threat",))).outcome is Outcome.UNCHANGED
    with store.reading() as reader:
        assert reader.versions(first.page_id) == []
        assert reader.page(first.uid).curated.topics == ("threat",)


@pytest.mark.parametrize(
    ("url", "same"),
    [
        pytest.param("https://a.example/1#top", True, id="fragment"),
        pytest.param("https://a.example/1?x=2", False, id="query"),
    ],
)
def test_the_url_without_fragment_identifies_a_page(
    store: Store, make_page: MakePage, url: str, same: bool
) -> None:
    first = save(store, make_page())
    assert (save(store, make_page(url=url)).uid == first.uid) is same


def test_a_page_without_url_is_identified_by_its_name(store: Store, make_page: MakePage) -> None:
    assert save(store, make_page(url=None)).outcome is Outcome.NEW
    assert save(store, make_page(url=None)).outcome is Outcome.UNCHANGED


def test_validators_stay_when_a_later_answer_has_none(store: Store, make_page: MakePage) -> None:
    save(store, make_page(), Origin("court", '"1"', "Mon"))
    save(store, make_page("anders"))
    with store.reading() as reader:
        (page,) = reader.export()
    assert page.origin == "court"


def test_a_rejected_page_is_kept_but_not_shown(store: Store, make_page: MakePage) -> None:
    save(store, make_page(rejected=RejectionReason.LOAN_ADVERT))
    save(store, make_page(url="https://a.example/2", title="另一篇"))
    assert shown(store) == ["另一篇"]
    with store.reading() as reader:
        assert reader.counts().rejected == (("loan_advert", 1),)


def test_a_page_that_becomes_rejected_is_logged_as_deleted(
    store: Store, make_page: MakePage
) -> None:
    save(store, make_page())
    save(store, make_page(rejected=RejectionReason.OFF_TOPIC))
    assert shown(store) == []
    assert kinds(store) == ["added", "deleted"]
    save(store, make_page())
    assert kinds(store) == ["added", "deleted", "added"]


def test_a_gone_page_is_hidden_until_it_is_back(store: Store, make_page: MakePage) -> None:
    save(store, make_page())
    with store.begin() as transaction:
        assert transaction.mark_gone("https://a.example/1", LATER)
        assert not transaction.mark_gone("https://a.example/1", LATER)
        assert not transaction.mark_gone("https://a.example/other", LATER)
    assert shown(store) == []
    save(store, make_page())
    assert shown(store) == ["逾期后怎么办"]


def test_touching_a_page_notes_the_time_only(store: Store, make_page: MakePage) -> None:
    saved = save(store, make_page())
    with store.begin() as transaction:
        assert transaction.touch("https://a.example/1", LATER)
        assert not transaction.touch("https://a.example/other", LATER)
    with store.reading() as reader:
        assert reader.page(saved.uid).fetched_at == LATER
    assert kinds(store) == ["added"]


def test_a_cluster_shows_its_representative_alone(store: Store, make_page: MakePage) -> None:
    first = save(store, make_page(title="甲"))
    second = save(store, make_page(title="乙", url="https://b.example/1"))
    save(store, make_page(title="丙", url="https://c.example/1"))
    with store.begin() as transaction:
        members = [first.page_id, second.page_id]
        transaction.group(first.uid, members, second.page_id, LATER)
    assert sorted(shown(store)) == ["丙", "乙"]
    with store.reading() as reader:
        assert reader.guidance(first.uid).uid == second.uid
        assert [one.uid for one in reader.sources(first.uid)] == [first.uid, second.uid]
        assert reader.counts().clusters == 2


def test_a_split_cluster_shows_both_again(store: Store, make_page: MakePage) -> None:
    first = save(store, make_page(title="甲"))
    second = save(store, make_page(title="乙", url="https://b.example/1"))
    with store.begin() as transaction:
        members = [first.page_id, second.page_id]
        transaction.group(first.uid, members, second.page_id, LATER)
    with store.begin() as transaction:
        transaction.group(first.uid, [first.page_id], first.page_id, LATER)
        transaction.group(second.uid, [second.page_id], second.page_id, LATER)
    assert sorted(shown(store)) == ["乙", "甲"]


def test_an_exception_rolls_the_whole_transaction_back(store: Store, make_page: MakePage) -> None:
    def save_and_fail() -> None:
        with store.begin() as transaction:
            transaction.save(make_page())
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        save_and_fail()
    with store.reading() as reader:
        assert reader.counts().pages == 0


def test_an_undated_page_keeps_the_day_it_was_first_seen(store: Store, make_page: MakePage) -> None:
    save(store, make_page("旧", published=None))
    page = make_page("新", published=None)
    save(store, replace(page, page=replace(page.page, fetched_at=LATER)))
    with store.reading() as reader:
        (listed,) = reader.list_guidance(GuidanceFilter(), 5)
    assert listed.sort_date == date(2026, 1, 2)


def test_a_page_cannot_be_newer_than_the_day_it_was_seen(store: Store, make_page: MakePage) -> None:
    save(store, make_page(published=date(2099, 1, 1)))
    with store.reading() as reader:
        (listed,) = reader.list_guidance(GuidanceFilter(), 5)
    assert listed.sort_date == date(2026, 1, 2)
    assert listed.published == date(2099, 1, 1)


def test_a_page_with_nul_bytes_is_stored(store: Store, make_page: MakePage) -> None:
    page = make_page("先保留\0证据。", url="https://a.example/\0", title="逾\0期", lenders=("a",))
    with store.begin() as transaction:
        saved = transaction.save(page)
    with store.begin() as transaction:
        assert transaction.save(page).outcome is Outcome.UNCHANGED
    with store.reading() as reader:
        stored = reader.page(saved.uid)
    assert stored is not None
    assert "证据" in stored.curated.article.text
