"""Search: every page that has the term, no page that lacks it, titles first."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from crawler.model import Citation, CitationKind, CitationStatus, CuratedArticle, RejectionReason
from crawler.store import Store
from crawler.store.query import Alternative, Place, Query
from crawler.store.search import count_facets, search
from crawler.store.tokens import index_tokens, query_tokens
from crawler.text import fold

MakePage = Callable[..., CuratedArticle]


def query(*terms: str, **facets: str) -> Query:
    groups = tuple((Alternative(fold(term).text),) for term in terms)
    return Query(groups, tuple((facet,) for facet in facets.items()))


def titles(store: Store, wanted: Query, limit: int = 50) -> str:
    with store.reading() as reader:
        return "".join(hit.page.title or "" for hit in search(reader, wanted, limit).hits)


def fill(store: Store, pages: list[CuratedArticle]) -> None:
    with store.begin() as transaction:
        for page in pages:
            transaction.save(page)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        pytest.param("催", True, id="one-character"),
        pytest.param("收", True, id="last-character-of-a-run"),
        pytest.param("催收", True, id="two-characters"),
        pytest.param("暴力催收", True, id="four-characters"),
        pytest.param("催債", True, id="traditional"),
        pytest.param("催收暴力", False, id="other-order"),
        pytest.param("力催债", False, id="bigrams-from-two-places"),
        pytest.param("12378", True, id="number"),
        pytest.param("1237", True, id="prefix-of-a-number"),
        pytest.param("2378", False, id="inside-a-number"),
        pytest.param("APP", True, id="upper-case"),
        pytest.param("第36条", True, id="mixed"),
        pytest.param("第3条", False, id="mixed-other-number"),
        pytest.param("借款人", False, id="across-blocks"),
        pytest.param("lender", False, id="facet-name"),
    ],
)
def test_a_term_finds_what_contains_it(
    store: Store, make_page: MakePage, term: str, *, expected: bool
) -> None:
    text = "遇到暴力催收\n被催债时拨打12378,卸载app,见第36条。\n借款\n人"
    fill(store, [make_page(text, title="题", lenders=("a",))])
    assert bool(titles(store, query(term))) is expected


def test_all_terms_must_be_there(store: Store, make_page: MakePage) -> None:
    fill(store, [make_page("协商还款", title="甲"), make_page("催收", "https://b.example", "乙")])
    assert titles(store, query("协商", "还款")) == "甲"
    assert titles(store, query("协商", "催收")) == ""


def test_an_alternative_is_enough(store: Store, make_page: MakePage) -> None:
    fill(store, [make_page("被催收", title="甲"), make_page("被催债", "https://b.example", "乙")])
    either = Query(((Alternative("催收"), Alternative("催债")),))
    assert sorted(titles(store, either)) == ["乙", "甲"]


def test_titles_come_first_then_currency_then_freshness(store: Store, make_page: MakePage) -> None:
    stale = Citation("合同法", CitationKind.STATUTE, CitationStatus.REPEALED, 0, 3)
    pages = [
        make_page("催收", "https://a.example/1", "旧", date(2020, 1, 1)),
        make_page("催收", "https://a.example/2", "新", date(2025, 1, 1)),
        make_page("催收", "https://a.example/3", "过", date(2026, 1, 1), citations=(stale,)),
        make_page("别的", "https://a.example/4", "催收", date(2019, 1, 1)),
    ]
    fill(store, pages)
    assert titles(store, query("催收")) == "催收新旧过"


@pytest.mark.parametrize("size", [1, 2, 3, 7, 30])
def test_parts_join_to_the_whole(store: Store, make_page: MakePage, size: int) -> None:
    chooser = random.Random(3)  # noqa: S311 - a repeatable arrangement
    fill(
        store,
        [
            make_page(
                chooser.choice(["催收来了", "没有", "催一下收到"]),
                f"https://a.example/{number}",
                chooser.choice([f"催收{number};", f"第{number};"]),
            )
            for number in range(30)
        ],
    )
    whole = titles(store, query("催收"))
    parts, place = "", Place()
    with store.reading() as reader:
        while True:
            found = search(reader, query("催收"), size, place)
            parts += "".join(hit.page.title or "" for hit in found.hits)
            if found.next is None:
                break
            place = found.next
    assert parts == whole
    assert whole


def test_facets_narrow_and_are_counted(store: Store, make_page: MakePage) -> None:
    fill(
        store,
        [
            make_page("催收", "https://a.example/1", "甲", lenders=("x",), topics=("t",)),
            make_page("催收", "https://a.example/2", "乙", lenders=("y", "x")),
            make_page("催收", "https://a.example/3", "丙"),
        ],
    )
    assert sorted(titles(store, query("催收", lender="x"))) == ["乙", "甲"]
    assert titles(store, query("催收", lender="x", topic="t")) == "甲"
    with store.reading() as reader:
        counted = count_facets(reader, query("催收"))
    assert (counted.total, counted.complete) == (3, True)
    assert counted.lenders == (("x", 2), ("y", 1))
    assert counted.topics == (("t", 1),)


def test_facets_count_only_what_has_the_term(store: Store, make_page: MakePage) -> None:
    right = make_page("停止催收", "https://a.example/1", "甲", lenders=("x",))
    fill(store, [right, make_page("停止催款,必须止催收费", "https://a.example/2", "乙")])
    fill(store, [make_page("催停止,止催,催收", "https://a.example/3", "丙", lenders=("x",))])
    with store.reading() as reader:
        counted = count_facets(reader, query("停止催收"))
        assert count_facets(reader, query(",")).total == 0
    assert (counted.total, counted.complete, counted.lenders) == (1, True, (("x", 1),))


DAYS = (date(1998, 1, 1), date(2019, 12, 31), date(2024, 2, 1), date(2024, 2, 29), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        pytest.param(None, None, "01234", id="any"),
        pytest.param(date(2024, 2, 1), None, "234", id="since-a-day"),
        pytest.param(date(2024, 2, 2), None, "34", id="since-the-next-day"),
        pytest.param(None, date(2024, 2, 28), "012", id="until-the-day-before"),
        pytest.param(date(2024, 2, 29), date(2024, 2, 29), "3", id="one-day"),
        pytest.param(None, date(1999, 1, 1), "0", id="before-the-first-rank"),
        pytest.param(date(2024, 3, 1), date(2025, 12, 31), "", id="between"),
        pytest.param(date(2025, 1, 1), date(2024, 1, 1), "", id="upside-down"),
    ],
)
def test_a_time_narrows_hits_and_counts(
    store: Store, make_page: MakePage, since: date | None, until: date | None, expected: str
) -> None:
    old = Citation("合同法", CitationKind.STATUTE, CitationStatus.REPEALED, 0, 3)
    for number, day in enumerate(DAYS):
        title, cited = str(number), (old,) * (number % 2)
        page = make_page("催收", f"https://a.example/{number}", title, day, citations=cited)
        fill(store, [page])
    wanted = replace(query("催收"), since=since, until=until)
    assert "".join(sorted(titles(store, wanted))) == expected
    assert "".join(sorted(page_by_page(store, wanted, 1))) == expected
    with store.reading() as reader:
        assert count_facets(reader, wanted).total == len(expected)


def page_by_page(store: Store, wanted: Query, limit: int) -> list[str]:
    found: list[str] = []
    place: Place | None = Place()
    with store.reading() as reader:
        while place is not None:
            part = search(reader, wanted, limit, place)
            found += [hit.page.title or "" for hit in part.hits]
            place = part.next
    return found


def test_an_undated_page_is_of_the_day_it_was_first_seen(store: Store, make_page: MakePage) -> None:
    page = make_page("催收", title="甲", published=None)
    later = replace(page.page, fetched_at=datetime(2026, 6, 1, tzinfo=UTC), body=b"x")
    fill(store, [page])
    fill(store, [replace(make_page("催收。", title="甲", published=None), page=later)])
    on = page.page.fetched_at.date() if page.page.fetched_at else None
    assert titles(store, replace(query("催收"), since=on, until=on)) == "甲"
    assert titles(store, replace(query("催收"), since=date(2026, 6, 1))) == ""


def test_changed_and_hidden_pages_leave_the_index(store: Store, make_page: MakePage) -> None:
    fill(store, [make_page("催收", title="甲"), make_page("催收", "https://b.example", "乙")])
    fill(store, [make_page("协商", title="甲")])
    fill(store, [make_page("催收", "https://b.example", "乙", rejected=RejectionReason.OFF_TOPIC)])
    assert titles(store, query("催收")) == ""
    assert titles(store, query("协商")) == "甲"


@pytest.mark.parametrize("term", ["", ",。", '"', "'", "*", ") OR (", ":lender:a"])
def test_odd_queries_find_nothing_and_break_nothing(
    store: Store, make_page: MakePage, term: str
) -> None:
    fill(store, [make_page("正文", lenders=("a",))])
    assert titles(store, query(term)) == ""


def test_recall_and_precision_are_one_on_generated_pages(store: Store, make_page: MakePage) -> None:
    chooser = random.Random(7)  # noqa: S311 - a repeatable arrangement
    letters = "催收协商还款逾期征信起诉利息投诉a1"
    texts = ["".join(chooser.choices(letters + ",\n", k=80)) for _ in range(60)]
    fill(
        store,
        [
            make_page(text, f"https://a.example/{number}", f"{number};")
            for number, text in enumerate(texts)
        ],
    )
    for _ in range(150):
        text = chooser.choice(texts)
        start = chooser.randrange(70)
        term = text[start : start + chooser.choice([1, 2, 2, 3, 4])]
        if any(not one.isalnum() or one.isascii() for one in term):
            continue
        expected = {f"{number}" for number, text in enumerate(texts) if term in text}
        assert set(titles(store, query(term), 100).split(";")[:-1]) == expected, term


def test_every_page_has_the_tokens_its_terms_ask_for() -> None:
    tokens = index_tokens(["暴力催收,app"])
    assert tokens == {"暴力", "力催", "催收", "收", "app"}
    assert query_tokens("力催收") == (("力催", "催收"), ())
    assert query_tokens("收") == ((), ("收",))
    assert query_tokens("app 收") == (("app",), ("收",))
