"""Lists, counts and exports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from crawler.model import Contact, ContactStatus, CuratedArticle
from crawler.store import GuidanceFilter, Store
from crawler.store.records import Position

MakePage = Callable[..., CuratedArticle]


@pytest.fixture
def filled(store: Store, make_page: MakePage) -> Store:
    """Five pages; two share a date, two are about lender a, one about topic threat."""
    rows = [
        ("一", date(2025, 1, 1), ("a",), ("threat",)),
        ("二", date(2025, 1, 2), ("a", "b"), ()),
        ("三", date(2025, 1, 2), (), ("negotiation",)),
        ("四", date(2024, 6, 1), ("b",), ()),
        ("五", date(2025, 7, 1), (), ()),
    ]
    with store.begin() as transaction:
        for title, published, lenders, topics in rows:
            url = f"https://x.example/{title}"
            transaction.save(
                make_page(title=title, url=url, published=published, lenders=lenders, topics=topics)
            )
    return store


def titles(store: Store, wanted: GuidanceFilter) -> str:
    with store.reading() as reader:
        return "".join(one.title or "" for one in reader.list_guidance(wanted, 50))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        pytest.param(GuidanceFilter(), "五三二一四", id="all"),
        pytest.param(GuidanceFilter(lender="a"), "二一", id="lender"),
        pytest.param(GuidanceFilter(lender="b"), "二四", id="second-lender"),
        pytest.param(GuidanceFilter(topic="threat"), "一", id="topic"),
        pytest.param(GuidanceFilter(lender="b", topic="threat"), "", id="lender-and-topic"),
        pytest.param(GuidanceFilter(since=date(2025, 1, 2)), "五三二", id="since"),
        pytest.param(GuidanceFilter(until=date(2025, 1, 1)), "一四", id="until"),
    ],
)
def test_guidance_is_listed_newest_first(
    filled: Store, wanted: GuidanceFilter, expected: str
) -> None:
    assert titles(filled, wanted) == expected


@pytest.mark.parametrize("size", [1, 2, 3, 5, 6])
def test_parts_join_to_the_whole_list(filled: Store, size: int) -> None:
    found: list[str] = []
    after: Position | None = None
    with filled.reading() as reader:
        while part := reader.list_guidance(GuidanceFilter(), size, after):
            found += [one.title or "" for one in part]
            after = Position(part[-1].sort_date, part[-1].id)
    assert "".join(found) == "五三二一四"


def test_lenders_and_topics_come_in_their_order(filled: Store) -> None:
    with filled.reading() as reader:
        by_title = {one.title: one for one in reader.list_guidance(GuidanceFilter(), 50)}
    assert by_title["二"].lenders == ("a", "b")
    assert by_title["五"].lenders == ()


def test_counts_by_lender_and_topic(filled: Store) -> None:
    with filled.reading() as reader:
        assert reader.lender_counts() == {"a": 2, "b": 2}
        assert reader.topic_counts() == {"threat": 1, "negotiation": 1}
        assert reader.topics_of_lender("a") == {"threat": 1}
        assert reader.topics_of_lender("b") == {}


def test_export_gives_every_page_in_the_order_of_storing(filled: Store) -> None:
    with filled.reading() as reader:
        assert "".join(one.curated.article.title or "" for one in reader.export()) == "一二三四五"


def test_pages_are_found_by_url(filled: Store) -> None:
    with filled.reading() as reader:
        found = reader.guidance_of_urls(["https://x.example/三#a", "https://x.example/无"])
        (uid,) = found.values()
        assert list(found) == ["https://x.example/三#a"]
        assert reader.page(uid).curated.article.title == "三"


def test_annotations_are_found_by_row(store: Store, make_page: MakePage) -> None:
    contact = Contact("400", ContactStatus.UNVERIFIED, 0, 3)
    with store.begin() as transaction:
        one = transaction.save(make_page(contacts=(contact,)))
        two = transaction.save(make_page(url="https://a.example/2"))
    with store.reading() as reader:
        found = reader.annotations_of([one.page_id, two.page_id])
    assert found[one.page_id].contacts == (contact,)
    assert found[two.page_id].contacts == ()


def test_nothing_is_found_under_an_unknown_id(filled: Store) -> None:
    with filled.reading() as reader:
        assert reader.page("0" * 16) is None
        assert reader.guidance("0" * 16) is None
        assert reader.body("0" * 16) is None


def test_generation_grows_with_what_the_public_sees(store: Store, make_page: MakePage) -> None:
    with store.reading() as reader:
        empty = reader.generation()
    with store.begin() as transaction:
        transaction.save(make_page())
    with store.reading() as reader:
        filled = reader.generation()
    with store.begin() as transaction:
        transaction.save(make_page())
    with store.reading() as reader:
        assert empty < filled == reader.generation()
