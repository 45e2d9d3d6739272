"""Answers given before are given again, until anything they depend on changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from api import db
from api.board import GROUPS, OTHER, READER, group_of
from crawler.model import Article, Block, BlockType, CuratedArticle, Page
from crawler.store import Store


def page(number: int) -> CuratedArticle:
    url = f"https://example.org/{number}"
    block = Block(BlockType.PARAGRAPH, f"第{number}段")
    return CuratedArticle(
        Page(url, b"", url), Article(url, None, f"第{number}篇", None, None, None, (block,))
    )


@pytest.fixture
def url(store_url: str) -> str:
    """A store with one page."""
    store = Store.open(store_url)
    with store.begin() as transaction:
        transaction.save(page(1))
    store.close()
    return store_url


def test_a_new_page_is_seen(
    make_app: Callable[..., Flask], url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "_FRESH", 0.0)
    client = make_app(database_url=url).test_client()
    first = client.get("/v1/guidance")
    assert client.get("/v1/guidance").data == first.data
    store = Store.open(url)
    with store.begin() as transaction:
        transaction.save(page(2))
    store.close()
    later = client.get("/v1/guidance", headers={"If-None-Match": first.headers["ETag"]})
    assert later.status_code == 200
    assert len(later.json["items"]) == 2


def test_a_new_day_is_seen(make_app: Callable[..., Flask], url: str) -> None:
    app = make_app(database_url=url)
    client = app.test_client()
    address = f"/v1/guidance/{client.get('/v1/guidance').json['items'][0]['id']}"
    assert client.get(address).json["judged_on"] == "2026-11-22"
    known = app.extensions["zhiquan"]
    app.extensions["zhiquan"] = replace(known, today=lambda: date(2026, 11, 23))
    assert client.get(address).json["judged_on"] == "2026-11-23"


def test_a_kept_answer_is_the_same_in_every_way(make_app: Callable[..., Flask], url: str) -> None:
    client = make_app(database_url=url).test_client()
    for headers in ({}, {"Accept-Encoding": "br"}, {"Accept-Encoding": "gzip"}):
        fresh, kept = (client.get("/v1/lenders", headers=headers) for _ in range(2))
        assert kept.data == fresh.data
        assert kept.headers == fresh.headers
        etag = {"If-None-Match": fresh.headers["ETag"]}
        unchanged = client.get("/v1/lenders", headers={**headers, **etag})
        assert (unchanged.status_code, unchanged.data) == (304, b"")
        assert unchanged.headers["ETag"] == fresh.headers["ETag"]


def test_hosts_do_not_share_answers(make_app: Callable[..., Flask], url: str) -> None:
    client = make_app(database_url=url).test_client()
    for host in ("a.example", "b.example"):
        assert f"http://{host}/" in client.get("/sitemap.xml", headers={"Host": host}).text
        assert f"http://{host}/" in client.get("/sitemap.xml", headers={"Host": host}).text


def test_an_untrusted_host_gets_no_kept_answer(make_app: Callable[..., Flask], url: str) -> None:
    client = make_app(database_url=url, trusted_hosts=("a.example",)).test_client()
    assert client.get("/v1/lenders", headers={"Host": "a.example"}).status_code == 200
    assert client.get("/v1/lenders", headers={"Host": "b.example"}).status_code == 400


def test_head_has_the_headers_and_no_body(make_app: Callable[..., Flask], url: str) -> None:
    client = make_app(database_url=url).test_client()
    whole = client.get("/v1/lenders")
    head = client.head("/v1/lenders")
    assert head.data == b""
    assert head.headers["ETag"] == whole.headers["ETag"]


def test_every_resource_is_counted_under_its_name(make_app: Callable[..., Flask]) -> None:
    for rule in make_app().url_map.iter_rules():
        if rule.rule.startswith("/v1/"):
            assert group_of(rule.rule) in GROUPS
    assert group_of("/lenders/x") == READER
    assert group_of("/v1/none") not in GROUPS
    assert OTHER in GROUPS
