"""One of several programs on one store: ``python concurrent_writing.py JOB URL SEED``.

Prints ``ready``, waits for a line, does its job, and prints what it did as JSON. Jobs are to
``save`` pages as a crawl does, to ``decide`` as the desk does, and to ``read`` until told to stop.
"""

from __future__ import annotations

import json
import random
import sys
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, select

from crawler.model import Article, Block, BlockType, CuratedArticle, Fetched, Page
from crawler.seeds import load_references
from crawler.store import GuidanceFilter, Store
from crawler.store.clusters import Grouping
from crawler.store.desk import Choice, Desk
from crawler.store.feedback import add_report
from crawler.store.frontier import Discovered, Frontier, Settled
from crawler.store.tables import CLUSTERS, PAGE_CLUSTERS, PAGES
from crawler.store.writes import uid_of
from crawler.vocabulary import DecisionKind, ReportKind

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
ADDRESSES = tuple(f"https://example.cn/{number}" for number in range(30))
REPORTED, DECIDED, FIRST = "visit", "credit", "whole"
ROUNDS = 3
REPORTS = 10
TOPICS = (("negotiate",), ("threat_violence", "negotiate"))
_TEXT = (
    "逾期以后,有人打电话说今天就要上门。先不要慌张,把来电时间和号码记下来。",
    "上门的人应当有两名以上,并且主动出示工作证件和委托书,没有证件可以不开门。",
    "如果外包人员辱骂家人,应当录音录像,并且立即报警求助,不要争吵。",
    "逾期不等于犯罪,欠款是民事纠纷,还不上也不会因此坐牢,更不会连累孩子上学。",
    "可以主动联系客服协商分期,把谈好的方案写成书面文件再还款。",
    "协商不成的,可以向金融监管部门投诉,说明催收的时间和经过,附上截图。",
)
_OTHER = (
    "征信报告每年可以免费查询两次,在征信中心的网站或者柜台都能办理。",
    "报告里的逾期记录在还清之后还会展示五年,到期自动消除,不用花钱修复。",
    "声称能够洗白征信的广告都是骗局,千万不要把身份证和银行卡交给他们。",
)
LINES = {
    FIRST: _TEXT,
    "again": _TEXT,
    "turned": _TEXT[::-1],
    "part": _TEXT[1:5],
    "longer": (*_TEXT, "本站所有内容仅供参考,不构成任何建议。"),
    DECIDED: _OTHER,
    "credit again": _OTHER[::-1],
    REPORTED: ("法院寄来的传票要按时签收,开庭那天不能不去,去之前准备好还款记录。",),
}


def url_of(name: str) -> str:
    return f"https://example.cn/{name}.html"


def curated(name: str, lines: tuple[str, ...]) -> CuratedArticle:
    url, text = url_of(name), "\n".join(lines)
    blocks = tuple(Block(BlockType.PARAGRAPH, line) for line in lines)
    article = Article(url, "utf-8", name, date(2024, 4, 5), None, None, blocks)
    return CuratedArticle(Page(url, text.encode(), url, None, NOW), article)


def save(store: Store, seed: int) -> dict[str, Any]:
    """Pages and addresses as a crawl stores them, in an order of its own, changing them often."""
    chooser = random.Random(seed)  # noqa: S311 - not for secrets
    frontier = Frontier.begin(store, "a", [], NOW)
    grouping, names, new = Grouping(), list(LINES), 0
    texts = [lines for name, lines in LINES.items() if name != REPORTED]
    for turn in range(ROUNDS):
        chooser.shuffle(names)
        for name in names:
            last = turn == ROUNDS - 1 or name == REPORTED
            lines = LINES[name] if last else chooser.choice(texts)
            found = Discovered(tuple(chooser.sample(ADDRESSES, len(ADDRESSES))), 1, None)
            with store.begin() as transaction:
                saved = transaction.save(curated(name, lines))
                if saved.regroup:
                    grouping.regroup(transaction, saved.page_id, NOW)
                settled = Settled(ADDRESSES[0], Fetched.NEW, NOW)
                new += frontier.settle(transaction, settled, found)
    taken = [
        add_report(store, uid_of(url_of(REPORTED)), ReportKind.OUTDATED, NOW.date())
        for _ in range(REPORTS)
    ]
    return {"run": frontier.run, "new": new, "reports": sum(taken)}


def decide(store: Store, _seed: int) -> dict[str, Any]:
    """Decisions, some undone, the last of which stands."""
    desk, made = Desk(store, load_references()), []
    for turn in range(8):
        number = desk.decide(uid_of(url_of(DECIDED)), topics(turn), "desk")
        if turn % 3 == 2:
            desk.undo(number, "desk")
        made.append(number)
    made.append(desk.decide(uid_of(url_of(FIRST)), Choice(DecisionKind.REJECT), "desk"))
    made.append(desk.decide(uid_of(url_of(DECIDED)), topics(1), "desk"))
    return {"made": made}


def topics(turn: int) -> Choice:
    return Choice(DecisionKind.TOPICS, TOPICS[turn % len(TOPICS)])


def read(store: Store, _seed: int) -> dict[str, Any]:
    """How many looks at the store saw a state that never was, until standard input ends."""
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    looks = torn = 0
    while looks < 5 or not ended.wait(0.05):  # others need the processor too
        looks += 1
        torn += not _is_whole(store)
    return {"looks": looks, "torn": torn}


def _is_whole(store: Store) -> bool:
    """Whether each shown page leads its cluster, and each page has one, in a single look."""
    leads = select(func.count()).select_from(
        PAGES.join(PAGE_CLUSTERS, PAGE_CLUSTERS.c.page_id == PAGES.c.id).join(
            CLUSTERS,
            (CLUSTERS.c.id == PAGE_CLUSTERS.c.cluster) & (CLUSTERS.c.representative == PAGES.c.id),
        )
    )
    with store.reading() as reader:
        counts = reader.counts()
        shown = len(reader.list_guidance(GuidanceFilter(), 100))
        leading = reader.connection.execute(leads).scalar_one()
        members = len(list(reader.export()))
    return counts.shown == shown and counts.clusters == leading and counts.pages == members


JOBS: dict[str, Callable[[Store, int], dict[str, Any]]] = {
    "save": save,
    "decide": decide,
    "read": read,
}


def main() -> None:
    job, url, seed = sys.argv[1:]
    store = Store.open_readonly(url) if job == "read" else Store.open(url)
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(JOBS[job](store, int(seed))), flush=True)
    store.close()


if __name__ == "__main__":
    main()
