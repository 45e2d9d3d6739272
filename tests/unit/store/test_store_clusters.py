"""Grouping stored pages: the same clusters whatever the order of arrival."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from stores import StoreFactory

from crawler.dedup.fingerprint import fingerprint_of
from crawler.model import Article, Block, BlockType, CuratedArticle, Mention, Page
from crawler.store import Origin, Store
from crawler.store.clusters import Grouping
from crawler.store.query import Alternative, Query
from crawler.store.search import search
from crawler.store.tables import (
    BODIES,
    CLUSTERS,
    COPIES,
    PAGE_CLUSTERS,
    PAGE_LENDERS,
    PAGE_TOPICS,
    PAGES,
    SIBLINGS,
    SIGNATURE_KEYS,
    SIGNATURES,
)

MOMENT = datetime(2026, 3, 1, 8, tzinfo=UTC)
NAMES = {"小赢卡贷": "xiaoying", "微粒贷": "weilidai"}
PARAGRAPHS = (
    "{L}逾期以后,有人打电话说今天就要上门。先不要慌张,把来电时间和号码记下来。",
    "上门的人应当有两名以上,并且主动出示工作证件和委托书,没有证件可以不开门。",
    "如果{L}的外包人员辱骂家人,应当录音录像,并且立即报警求助,不要争吵。",
    "逾期不等于犯罪,欠款是民事纠纷,还不上也不会因此坐牢,更不会连累孩子上学。",
    "可以主动联系{L}的客服协商分期,把谈好的方案写成书面文件再还款。",
    "协商不成的,可以向金融监管部门投诉,说明催收的时间和经过,附上截图。",
)
OTHER = (
    "征信报告每年可以免费查询两次,在征信中心的网站或者柜台都能办理。",
    "报告里的逾期记录在还清之后还会展示五年,到期自动消除,不用花钱修复。",
    "声称能够洗白征信的广告都是骗局,千万不要把身份证和银行卡交给他们。",
    "对记录有异议的,可以向报送机构或者征信中心提出,一般在二十天内答复。",
)


def curated(name: str, paragraphs: Sequence[str], lender: str = "小赢卡贷") -> CuratedArticle:
    """A curated article as the pipeline would store it."""
    lines = [line.replace("{L}", lender) for line in paragraphs]
    text = "\n".join(lines)
    mentions = tuple(
        Mention(NAMES[lender], lender, m.start(), m.end(), about=True)
        for m in re.finditer(lender, text)
    )
    blocks = tuple(Block(BlockType.PARAGRAPH, line) for line in lines)
    url = f"https://example.cn/{name}.html"
    article = Article(url, "utf-8", f"{name}怎么办", date(2024, 4, 5), None, None, blocks)
    lenders = (NAMES[lender],) if mentions else ()
    page = Page(url, text.encode(), url, None, MOMENT)
    return CuratedArticle(page, article, lenders, mentions)


FARM = {
    "whole": curated("whole", PARAGRAPHS),
    "again": curated("again", PARAGRAPHS),
    "turned": curated("turned", PARAGRAPHS[::-1]),
    "part": curated("part", PARAGRAPHS[1:5]),
    "longer": curated("longer", (*PARAGRAPHS, "本站所有内容仅供参考,不构成任何建议。")),
    "swapped": curated("swapped", PARAGRAPHS, "微粒贷"),
    "swapped part": curated("swapped part", PARAGRAPHS[2:], "微粒贷"),
    "credit": curated("credit", OTHER),
}


def group_all(store: Store, articles: Iterable[CuratedArticle]) -> None:
    """Save and group the articles, each with a fresh Grouping as if after a restart."""
    for article in articles:
        with store.begin() as transaction:
            saved = transaction.save(article)
            Grouping().regroup(transaction, saved.page_id, MOMENT)


def state(store: Store) -> dict[str, tuple[str, str]]:
    """Page name -> cluster id and the representative's name."""
    lead = PAGES.alias()
    query = (
        select(PAGES.c.title, PAGE_CLUSTERS.c.cluster, lead.c.title)
        .join(PAGE_CLUSTERS, PAGE_CLUSTERS.c.page_id == PAGES.c.id)
        .join(CLUSTERS, CLUSTERS.c.id == PAGE_CLUSTERS.c.cluster)
        .join(lead, lead.c.id == CLUSTERS.c.representative)
    )
    with store.begin() as transaction:
        rows = transaction.connection.execute(query).all()
    return {page[:-3]: (cluster, title[:-3]) for page, cluster, title in rows}


@pytest.fixture
def stores(store_factory: StoreFactory) -> Iterable[Iterable[Store]]:
    """New empty stores, closed afterwards."""
    opened: list[Store] = []

    def make() -> Iterable[Store]:
        while True:
            opened.append(Store.open(store_factory.make()))
            yield opened[-1]

    yield make()
    for store in opened:
        store.close()


def test_copies_share_a_cluster_and_swaps_do_not(stores: Iterable[Store]) -> None:
    store = next(iter(stores))
    group_all(store, FARM.values())
    clusters = {name: cluster for name, (cluster, _lead) in state(store).items()}
    groups = ({"whole", "again", "turned", "part", "longer"}, {"swapped", "swapped part"})
    for group in groups:
        assert len({clusters[name] for name in group}) == 1
    assert len(set(clusters.values())) == 3


def test_a_template_for_another_lender_is_kept_as_a_sibling(stores: Iterable[Store]) -> None:
    store = next(iter(stores))
    group_all(store, [FARM["whole"], FARM["swapped"], FARM["credit"]])
    with store.begin() as transaction:
        pairs = transaction.connection.execute(select(SIBLINGS)).all()
    assert len(pairs) == 2
    assert {pair[0] for pair in pairs} == {1, 2}


def test_the_order_of_arrival_does_not_matter(stores: Iterable[Store]) -> None:
    shuffler = random.Random(4)  # noqa: S311 - not for secrets
    names = list(FARM)
    expected = None
    for store in itertools.islice(stores, 6):
        group_all(store, [FARM[name] for name in names])
        assert expected is None or state(store) == expected
        expected = state(store)
        shuffler.shuffle(names)


def group_together(store: Store, articles: Sequence[CuratedArticle]) -> None:
    """Save and group new pages in one go, as the crawler does."""
    with store.begin() as transaction:
        saved = transaction.save_new([(article, Origin()) for article in articles])
        numbers = [one.page_id for one in saved if one is not None]
        fingerprints = map(fingerprint_of, articles)
        new = dict(zip(numbers, fingerprints, strict=True))
        Grouping().group_new(transaction, new, MOMENT)


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """The rows of every table that saving and grouping write."""
    tables = (PAGES, BODIES, PAGE_LENDERS, PAGE_TOPICS, CLUSTERS, PAGE_CLUSTERS, SIGNATURES)
    with store.begin() as transaction:
        read = transaction.connection.execute
        return {
            table.name: sorted(map(tuple, read(select(table)).all()), key=repr)
            for table in (*tables, SIGNATURE_KEYS, COPIES, SIBLINGS)
        }


@pytest.mark.parametrize("size", [2, 4, len(FARM)])
@pytest.mark.parametrize("seed", [1, 2])
def test_saving_together_stores_what_saving_one_by_one_does(
    stores: Iterable[Store], size: int, seed: int
) -> None:
    articles = list(FARM.values())
    random.Random(seed).shuffle(articles)  # noqa: S311 - not for secrets
    one_by_one, together = itertools.islice(stores, 2)
    group_all(one_by_one, articles)
    for at in range(0, len(articles), size):
        group_together(together, articles[at : at + size])
    assert everything(together) == everything(one_by_one)
    wanted = found(one_by_one)
    assert wanted
    assert found(together) == wanted


def found(store: Store) -> list[str]:
    """The titles that a search finds."""
    with store.reading() as reader:
        hits = search(reader, Query(((Alternative("投诉"),),)), 50).hits
        return sorted(hit.page.title or "" for hit in hits)


def test_saving_together_leaves_known_pages_to_be_saved_alone(stores: Iterable[Store]) -> None:
    store = next(iter(stores))
    group_all(store, [FARM["whole"]])
    batch = [FARM["credit"], FARM["whole"], FARM["part"], FARM["part"]]
    with store.begin() as transaction:
        saved = transaction.save_new([(article, Origin()) for article in batch])
    assert [one is None for one in saved] == [False, True, False, True]


def test_grouping_again_changes_nothing(stores: Iterable[Store]) -> None:
    store = next(iter(stores))
    group_all(store, FARM.values())
    before = state(store)
    group_all(store, FARM.values())
    assert state(store) == before


def test_a_page_whose_text_changed_leaves_its_cluster(stores: Iterable[Store]) -> None:
    store = next(iter(stores))
    group_all(store, FARM.values())
    group_all(store, [curated("turned", OTHER)])
    clusters = {name: cluster for name, (cluster, _lead) in state(store).items()}
    assert clusters["turned"] == clusters["credit"] != clusters["whole"]
    with store.begin() as transaction:
        pairs = transaction.connection.execute(select(COPIES)).all()
    assert all((pair[1], pair[0]) in set(map(tuple, pairs)) for pair in pairs)
