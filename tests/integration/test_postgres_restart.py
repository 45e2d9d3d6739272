"""A PostgreSQL server that is restarted under a crawl, an import and the service."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from postgres import Server, find_binaries, started_server
from stores import postgres_factory

from api.app import create_app
from api.config import ApiConfig
from api.knowledge import installed
from crawler.errors import StoreError
from crawler.model import Article, Block, BlockType, CuratedArticle, Page
from crawler.sample_site import SampleSite
from crawler.store import Store
from tests.integration.conftest import Zhiquan, command
from tests.integration.test_crawl import by_path, write_source

COMPARED = ("title", "text", "removed", "lenders", "topics", "rejected", "cluster")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server for these tests alone."""
    if find_binaries() is None:
        pytest.skip("no PostgreSQL is installed; ./dev test installs it")
    with started_server() as started:
        yield started


@pytest.fixture
def url(server: Server) -> Iterator[str]:
    """A store without pages on it."""
    with postgres_factory(server.url) as factory:
        yield factory.make()


def restart(server: Server) -> None:
    server.stop()
    server.start()


def page(number: int) -> CuratedArticle:
    url = f"https://example.org/{number}"
    block = Block(BlockType.PARAGRAPH, f"第{number}段")
    article = Article(url, None, f"第{number}篇", None, None, None, (block,))
    return CuratedArticle(Page(url, b"x", url), article)


def count(store: Store) -> int:
    with store.reading() as reader:
        return reader.counts().pages


def test_an_open_store_goes_on_after_a_restart(server: Server, url: str) -> None:
    store = Store.open(url)
    with store.begin() as transaction:
        transaction.save(page(1))
    restart(server)
    with store.begin() as transaction:  # not even the first use after it fails
        transaction.save(page(2))
    assert count(store) == 2
    store.close()


def test_a_transaction_cut_by_a_restart_leaves_nothing(server: Server, url: str) -> None:
    store = Store.open(url)

    def cut() -> None:
        with store.begin() as transaction:
            transaction.save(page(1))
            restart(server)
            transaction.save(page(2))

    with pytest.raises(StoreError) as caught:
        cut()
    assert "no connection" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert count(store) == 0
    store.close()


def test_the_service_answers_again_by_itself(server: Server, url: str) -> None:
    app = create_app(ApiConfig(database_url=url, rate_limit=0))
    client = app.test_client()
    assert client.get("/v1/health/ready").status_code == 200
    server.stop()
    try:
        for path in ("/v1/health/ready", "/v1/guidance?lender=weili-dai"):
            refused = client.get(path)
            assert (refused.status_code, refused.headers["Retry-After"]) == (503, "10")
            assert refused.content_type == "application/problem+json"
        assert client.get("/v1/health/live").status_code == 200
        assert client.get("/v1/lexicon").status_code == 200
    finally:
        server.start()
    assert client.get("/v1/health/ready").status_code == 200
    assert client.get("/v1/guidance?lender=weili-dai").status_code == 200
    installed(app).database.close()


def test_a_crawl_cut_by_a_restart_ends_like_an_uncut_one(
    server: Server, url: str, sample_site: SampleSite, tmp_path: Path, zhiquan: Zhiquan
) -> None:
    words = ["crawl", "--sources", write_source(tmp_path, sample_site.address), "--database"]
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ZHIQUAN_")}
    store = Store.open(url)
    with subprocess.Popen(
        command(*words, url), cwd=tmp_path, env=kept, stderr=subprocess.PIPE, text=True
    ) as crawl:
        while count(store) < 5:
            assert crawl.poll() is None
        restart(server)
        told = crawl.communicate(timeout=120)[1]
    assert "Traceback" not in told
    again = zhiquan(*words, url)
    assert again.status == 0, again.told
    cut = by_path(zhiquan("export", "--database", url))
    store.close()
    whole = f"sqlite:///{tmp_path}/whole.db"
    assert zhiquan(*words, whole).status == 0
    uncut = by_path(zhiquan("export", "--database", whole))
    assert cut.keys() == uncut.keys()
    for path, line in uncut.items():
        assert {name: cut[path][name] for name in COMPARED} == {
            name: line[name] for name in COMPARED
        }


def test_an_unreachable_server_is_one_line(server: Server, zhiquan: Zhiquan, url: str) -> None:
    server.stop()
    try:
        ran = zhiquan("export", "--database", url)
    finally:
        server.start()
    assert ran.status == 2
    assert len(ran.told.splitlines()) == 1
    assert "no connection" in ran.told
