"""Copies of whole stores: both directions, nothing lost, nothing half."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.errors import StoreError
from crawler.model import CuratedArticle
from crawler.store import Store
from crawler.store.backup import back_up
from crawler.store.copying import copy_store
from crawler.store.query import Alternative, Query
from crawler.store.search import search

MakePage = Callable[..., CuratedArticle]
_WORD = Query(((Alternative("催收"),),))


def fill(store: Store, make_page: MakePage, first: int, number: int) -> None:
    for position in range(first, first + number):
        with store.begin() as transaction:
            text = f"第{position}次遇到暴力催收时,先保留证据。\n再书面投诉,要求停止联系第三人。"
            url = f"https://a.example/{position}"
            page = make_page(text, url, f"第{position}篇", lenders=("a",), topics=("third_party",))
            transaction.save(page)
            transaction.mark_gone("https://a.example/1", datetime(2026, 1, 3, tzinfo=UTC))


def state(store: Store) -> tuple[object, ...]:
    with store.reading() as reader:
        return (
            list(reader.export()),
            reader.counts(),
            [hit.page.title for hit in search(reader, _WORD, 50).hits],
        )


@pytest.fixture
def first(sqlite_url: str, make_page: MakePage) -> Store:
    store = Store.open(sqlite_url)
    fill(store, make_page, 0, 12)
    return store


def test_a_store_moves_to_postgresql_and_back(
    first: Store, postgres_database: str, tmp_path: Path, make_page: MakePage
) -> None:
    second = Store.open(postgres_database)
    third = Store.open(f"sqlite:///{tmp_path / 'third.db'}")
    copied = copy_store(first, second)
    assert copied["pages"] == 12
    assert copied == copy_store(second, third)
    assert state(first) == state(second) == state(third)
    for store in (first, second, third):  # the copies go on numbering where the first one stood
        fill(store, make_page, 12, 2)
    assert state(first) == state(second) == state(third)
    for store in (first, second, third):
        store.close()


def test_a_target_with_rows_is_refused_and_left_alone(
    first: Store, tmp_path: Path, make_page: MakePage
) -> None:
    target = Store.open(f"sqlite:///{tmp_path / 'target.db'}")
    fill(target, make_page, 50, 1)
    before = state(target)
    with pytest.raises(StoreError, match="not empty"):
        copy_store(first, target)
    assert state(target) == before
    first.close()
    target.close()


def test_a_copy_that_breaks_off_leaves_nothing(first: Store, tmp_path: Path) -> None:
    target = Store.open(f"sqlite:///{tmp_path / 'target.db'}")

    def stop(table: str, rows: int) -> None:
        if table == "search":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_store(first, target, stop)
    assert not state(target)[0]
    assert copy_store(first, target)["pages"] == 12
    first.close()
    target.close()


def test_a_backup_is_whole_while_others_write(
    first: Store, sqlite_url: str, tmp_path: Path, make_page: MakePage
) -> None:
    path = tmp_path / "backup.db"
    before = state(first)
    back_up(sqlite_url, path)
    fill(first, make_page, 20, 1)
    copy = Store.open(f"sqlite:///{path}")
    assert state(copy) == before
    copy.close()
    assert state(first) != before
    first.close()


def test_a_backup_never_replaces_a_file(first: Store, sqlite_url: str, tmp_path: Path) -> None:
    path = tmp_path / "backup.db"
    path.write_text("mine")
    with pytest.raises(StoreError, match="exists"):
        back_up(sqlite_url, path)
    assert path.read_text() == "mine"
    first.close()


def test_a_damaged_store_yields_no_backup(first: Store, sqlite_url: str, tmp_path: Path) -> None:
    first.close()
    source = tmp_path / "zhiquan.db"
    with sqlite3.connect(source) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    damaged = bytearray(source.read_bytes())
    damaged[len(damaged) // 2 : len(damaged) // 2 + 8192] = b"\xff" * 8192
    source.write_bytes(damaged)
    with pytest.raises(StoreError):
        back_up(sqlite_url, tmp_path / "backup.db")
    assert not list(tmp_path.glob("backup*"))


def test_a_missing_store_yields_no_backup(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such database"):
        back_up(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "backup.db")
