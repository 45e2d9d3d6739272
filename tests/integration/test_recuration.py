"""What the pages of one host teach about each other, on stored pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawler.model import CuratedArticle, Page, RemovalReason
from crawler.recuration import recurate_host
from crawler.store import Store
from crawler.store.clusters import Grouping
from crawler.work import Task, curate_page

TASK = Task(date(2026, 11, 22))
MOMENT = datetime(2026, 3, 1, tzinfo=UTC)
FURNITURE = "懂法的人都在看的权益手册"
SUBJECTS = ("上门催收", "爆通讯录", "征信异议", "协商分期")


def page_about(subject: str, host: str) -> Page:
    """A page with a line of furniture between its paragraphs."""
    body = f"""<html><head><meta charset="utf-8"><title>遇到{subject}怎么办</title></head><body>
    <h1>遇到{subject}怎么办</h1><div class="content">
    <p>逾期以后遇到{subject},先不要慌张,把来电的时间、号码和说过的话都记录下来。</p>
    <p>如果对方的催收行为违规,可以向机构投诉,也可以向金融监管部门反映{subject}的情况。</p>
    <p>{FURNITURE}</p>
    <p>还款有困难的,应当主动联系贷款机构协商,把谈好的方案写成书面文件。</p>
    <p>关于{subject}的证据要保存好,录音、短信和聊天截图都可以作为投诉的材料。</p>
    </div></body></html>"""
    url = f"https://{host}/{SUBJECTS.index(subject)}.html"
    return Page(url, body.encode(), url, "text/html", MOMENT)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with four pages of one host and one page of another."""
    opened = Store.open(f"sqlite:///{tmp_path}/z.db")
    pages = [page_about(subject, "one.example") for subject in SUBJECTS]
    pages.append(replace(page_about(SUBJECTS[0], "two.example"), name="two"))
    for page in pages:
        curated = curate_page(TASK, page)
        assert isinstance(curated, CuratedArticle)
        with opened.begin() as transaction:
            saved = transaction.save(curated)
            Grouping().regroup(transaction, saved.page_id, MOMENT)
    yield opened
    opened.close()


def furniture(store: Store, host: str) -> tuple[int, int]:
    """On how many of the host's pages the line stands, and from how many it was removed."""
    with store.reading() as reader:
        articles = [page.curated.article for page in reader.host_pages(host)]
    kept = sum(FURNITURE in article.text for article in articles)
    removed = sum(
        one.reason is RemovalReason.SITE_REPEAT and one.block.text == FURNITURE
        for article in articles
        for one in article.removed
    )
    return kept, removed


def test_a_line_on_every_page_of_a_host_is_removed_from_all(store: Store) -> None:
    assert furniture(store, "one.example") == (4, 0)
    assert recurate_host(store, "one.example", TASK, Grouping()) == 4
    assert furniture(store, "one.example") == (0, 4)


def test_a_single_page_teaches_nothing(store: Store) -> None:
    assert recurate_host(store, "two.example", TASK, Grouping()) == 0
    assert furniture(store, "two.example") == (1, 0)


def test_a_second_reading_changes_nothing(store: Store) -> None:
    recurate_host(store, "one.example", TASK, Grouping())
    assert recurate_host(store, "one.example", TASK, Grouping()) == 0
    assert furniture(store, "one.example") == (0, 4)


def test_a_better_reading_is_no_version(store: Store) -> None:
    recurate_host(store, "one.example", TASK, Grouping())
    with store.reading() as reader:
        assert reader.counts().versions == 0
