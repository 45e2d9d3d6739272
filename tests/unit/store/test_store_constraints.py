"""Clusters that people changed: kept by every grouping, and as they were once that is undone."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from stores import StoreFactory

from crawler.errors import DecisionError
from crawler.model import Article, Block, BlockType, CuratedArticle, Page, RejectionReason
from crawler.seeds import load_references
from crawler.store import Store
from crawler.store.clusters import Grouping
from crawler.store.desk import Choice, Desk
from crawler.store.tables import BONDS, CLUSTERS, PAGE_CLUSTERS, PAGES
from crawler.store.writes import uid_of
from crawler.vocabulary import ConflictKind, DecisionKind

MOMENT = datetime(2026, 3, 1, 8, tzinfo=UTC)
ONE = (
    "逾期以后,有人打电话说今天就要上门。先不要慌张,把来电时间和号码记下来。",
    "上门的人应当有两名以上,并且主动出示工作证件和委托书,没有证件可以不开门。",
    "如果外包人员辱骂家人,应当录音录像,并且立即报警求助,不要争吵。",
    "逾期不等于犯罪,欠款是民事纠纷,还不上也不会因此坐牢,更不会连累孩子上学。",
    "可以主动联系客服协商分期,把谈好的方案写成书面文件再还款。",
)
OTHER = (
    "征信报告每年可以免费查询两次,在征信中心的网站或者柜台都能办理。",
    "报告里的逾期记录在还清之后还会展示五年,到期自动消除,不用花钱修复。",
    "声称能够洗白征信的广告都是骗局,千万不要把身份证和银行卡交给他们。",
    "对记录有异议的,可以向报送机构或者征信中心提出,一般在二十天内答复。",
)
PAGES_OF = {
    "whole": ONE,
    "again": ONE,
    "turned": ONE[::-1],
    "part": ONE[:4],
    "credit": OTHER,
    "credit2": OTHER[::-1],
}
SPLIT = Choice(DecisionKind.SPLIT)
REPRESENT = Choice(DecisionKind.REPRESENT)


def uid(name: str) -> str:
    return uid_of(f"https://example.cn/{name}.html")


def curated(
    name: str, lines: tuple[str, ...], rejected: RejectionReason | None = None
) -> CuratedArticle:
    url = f"https://example.cn/{name}.html"
    blocks = tuple(Block(BlockType.PARAGRAPH, line) for line in lines)
    article = Article(url, "utf-8", name, date(2024, 4, 5), None, None, blocks)
    body = "\n".join(lines).encode()
    return CuratedArticle(Page(url, body, url, None, MOMENT), article, rejected=rejected)


def save(store: Store, article: CuratedArticle) -> None:
    with store.begin() as transaction:
        saved = transaction.save(article)
        Grouping().regroup(transaction, saved.page_id, MOMENT)


def dedup(store: Store) -> None:
    """What ``zhiquan dedup`` does."""
    with store.reading() as reader:
        ids = reader.page_ids()
    for page_id in ids:
        with store.begin() as transaction:
            Grouping().regroup(transaction, page_id, MOMENT)


def groups(store: Store) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    query = select(PAGES.c.title, PAGE_CLUSTERS.c.cluster).join(PAGE_CLUSTERS)
    with store.reading() as reader:
        for title, cluster in reader.connection.execute(query):
            found.setdefault(cluster, set()).add(title)
    return {frozenset(names) for names in found.values()}


def shown(store: Store) -> set[str]:
    with store.reading() as reader:
        query = select(PAGES.c.title).where(PAGES.c.shown)
        return set(reader.connection.execute(query).scalars())


def lead(store: Store, name: str) -> str:
    with store.reading() as reader:
        page = reader.guidance(uid(name))
    assert page is not None
    return str(page.curated.article.title)


def sets(*words: str) -> set[frozenset[str]]:
    return {frozenset(word.split()) for word in words}


@pytest.fixture(scope="module")
def references() -> Any:
    return load_references()


@pytest.fixture
def desk(store: Store, references: Any) -> Iterator[Desk]:
    for name, lines in PAGES_OF.items():
        save(store, curated(name, lines))
    assert groups(store) == sets("whole again turned part", "credit credit2")
    yield Desk(store, references)
    with store.reading() as reader:
        lost = select(CLUSTERS.c.id).where(
            ~select(PAGE_CLUSTERS.c.page_id)
            .where(
                PAGE_CLUSTERS.c.cluster == CLUSTERS.c.id,
                PAGE_CLUSTERS.c.page_id == CLUSTERS.c.representative,
            )
            .exists()
        )
        assert reader.connection.execute(lost).all() == []


def test_a_split_page_stays_apart(store: Store, desk: Desk) -> None:
    number = desk.decide(uid("part"), SPLIT, "甲")
    apart = sets("whole again turned", "part", "credit credit2")
    assert groups(store) == apart
    dedup(store)
    assert groups(store) == apart
    save(store, curated("part", ONE[:4]))
    save(store, curated("more", (*ONE, "以上内容仅供参考。")))
    assert groups(store) == sets("whole again turned more", "part", "credit credit2")
    desk.undo(number, "甲")
    assert groups(store) == sets("whole again turned part more", "credit credit2")
    with store.reading() as reader:
        assert reader.connection.execute(select(BONDS)).all() == []


def test_a_copy_of_a_split_page_goes_with_it_before_and_after_dedup(
    store: Store, desk: Desk
) -> None:
    desk.decide(uid("part"), SPLIT, "甲")
    save(store, curated("part2", ONE[:4]))
    expected = sets("whole again turned", "part part2", "credit credit2")
    assert groups(store) == expected
    dedup(store)
    assert groups(store) == expected


def test_joined_pages_stay_together(store: Store, desk: Desk) -> None:
    number = desk.decide(uid("credit2"), Choice(DecisionKind.JOIN, (uid("whole"),)), "甲")
    together = sets("whole again turned part credit2", "credit")
    assert groups(store) == together
    dedup(store)
    assert groups(store) == together
    save(store, curated("more", (*ONE, "以上内容仅供参考。")))
    assert groups(store) == sets("whole again turned part credit2 more", "credit")
    desk.undo(number, "甲")
    assert groups(store) == sets("whole again turned part more", "credit credit2")


def test_a_split_takes_a_join_back_and_its_undoing_restores_it(store: Store, desk: Desk) -> None:
    desk.decide(uid("credit2"), SPLIT, "甲")
    desk.decide(uid("credit2"), Choice(DecisionKind.JOIN, (uid("part"),)), "甲")
    joined = sets("whole again turned part credit2", "credit")
    assert groups(store) == joined
    number = desk.decide(uid("credit2"), SPLIT, "乙")
    assert groups(store) == sets("whole again turned part", "credit", "credit2")
    desk.undo(number, "乙")
    assert groups(store) == joined


def test_any_order_of_arrival_gives_the_same_clusters(
    store_factory: StoreFactory, references: Any
) -> None:
    shuffler = random.Random(3)  # noqa: S311 - not for secrets
    names, expected = list(PAGES_OF), None
    for _ in range(4):
        store = Store.open(store_factory.make())
        early = [name for name in names if name in {"whole", "turned", "part", "credit"}]
        for name in early:
            save(store, curated(name, PAGES_OF[name]))
        desk = Desk(store, references)
        desk.decide(uid("part"), SPLIT, "甲")
        desk.decide(uid("part"), Choice(DecisionKind.JOIN, (uid("credit"),)), "甲")
        for name in names:
            if name not in early:
                save(store, curated(name, PAGES_OF[name]))
        found = groups(store)
        dedup(store)
        assert groups(store) == found
        assert expected is None or found == expected
        expected = found
        store.close()
        shuffler.shuffle(names)
    assert expected == sets("whole again turned", "part credit credit2")


def test_the_chosen_representative_stays(store: Store, desk: Desk) -> None:
    assert lead(store, "whole") != "part"
    before = shown(store)
    number = desk.decide(uid("part"), REPRESENT, "甲")
    assert lead(store, "whole") == "part"
    dedup(store)
    save(store, curated("more", (*ONE, "以上内容仅供参考。")))
    assert lead(store, "more") == "part"
    newer = desk.decide(uid("turned"), REPRESENT, "乙")
    assert shown(store) == {"turned", "credit2"}
    desk.undo(newer, "乙")
    desk.undo(number, "甲")
    assert shown(store) <= before | {"more"}
    assert lead(store, "whole") != "part"


def test_a_rejected_page_gives_its_place_to_a_copy(store: Store, desk: Desk) -> None:
    desk.decide(uid("part"), REPRESENT, "甲")
    number = desk.decide(uid("part"), Choice(DecisionKind.REJECT), "甲")
    assert lead(store, "part") != "part"
    found = desk.dossier(uid("part"))
    assert found is not None
    assert [one.kind for one in found.conflicts] == [ConflictKind.NOT_SHOWN]
    with pytest.raises(DecisionError):
        desk.decide(uid("part"), REPRESENT, "甲")
    desk.undo(number, "甲")
    assert lead(store, "whole") == "part"


def test_a_page_that_is_gone_gives_its_place_and_tells_those_joined_with_it(
    store: Store, desk: Desk
) -> None:
    desk.decide(uid("credit"), Choice(DecisionKind.JOIN, (uid("whole"),)), "甲")
    first = lead(store, "whole")
    with store.begin() as transaction:
        transaction.mark_gone("https://example.cn/whole.html", MOMENT)
        transaction.mark_gone(f"https://example.cn/{first}.html", MOMENT)
    assert lead(store, "again") not in {first, "whole"}
    row = next(row for row in desk.dossier(uid("credit")).members if row.title == "credit")  # type: ignore[union-attr]
    assert row.conflicts == 1
    save(store, curated("whole", ONE))
    assert desk.dossier(uid("credit")).row.conflicts == 0  # type: ignore[union-attr]


def test_a_split_between_any_two_steps_never_loses_a_page(store: Store, desk: Desk) -> None:
    made = []
    for name in itertools.islice(PAGES_OF, 4):
        try:
            made.append(desk.decide(uid(name), SPLIT, "甲"))
        except DecisionError:  # the last of them stands alone already
            assert name == "part"
    assert groups(store) == sets("whole", "again", "turned", "part", "credit credit2")
    for number in made[::-1]:
        desk.undo(number, "甲")
    assert groups(store) == sets("whole again turned part", "credit credit2")
