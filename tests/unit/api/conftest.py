"""The service over a small store, with the project's own reference data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from stores import StoreFactory

from api.app import create_app
from api.config import ApiConfig
from api.knowledge import Services
from api.office import EXTENSION, Room
from crawler.citations import CitationFinder
from crawler.contacts import ContactFinder
from crawler.model import Article, Block, BlockType, CuratedArticle, Link, Page
from crawler.seeds import load_references
from crawler.store import Store
from crawler.vocabulary import References

TODAY = date(2026, 11, 22)
TEXTS = {
    "小赢卡贷逾期后怎么协商": (
        """先保留证据。
依照《合同法》第200条,利息不得预先扣除。
可拨打12378投诉,客服电话400-123-4567是别人写的。""",
        ("xiaoying-kadai",),
        ("negotiate",),
        date(2020, 5, 1),
    ),
    "遇到暴力催收先报警": (
        "拨打110报警。\n民法典第1032条保护隐私。",
        ("xiaoying-kadai", "weili-dai"),
        ("threat_violence",),
        date(2025, 5, 1),
    ),
    "客服021-61234567说要还款": ("<script>alert(1)</script>不要转账。", (), (), None),
}


@pytest.fixture(scope="session")
def references() -> References:
    """The project's reference data."""
    return load_references()


@pytest.fixture(scope="session")
def filled_url(references: References, store_factory: StoreFactory) -> str:
    """A store with the pages of ``TEXTS``, on either engine; the second page is a changed one.

    It is for copying: nobody opens it.
    """
    url = store_factory.make()
    store = Store.open(url)
    citations, contacts = CitationFinder(references), ContactFinder(references)
    with store.begin() as transaction:
        for number, (title, (text, lenders, topics, published)) in enumerate(TEXTS.items()):
            address = f"https://example.org/{number}"
            blocks = [Block(BlockType.PARAGRAPH, line) for line in text.split("\n")]
            links = (
                Link("拨打", "tel:4001234567"),
                Link("保留", "https://www.court.example/a?b&c"),
            )
            blocks[0] = replace(blocks[0], links=links)
            page = CuratedArticle(
                Page(address, b"", address, fetched_at=datetime(2026, 1, number + 1, tzinfo=UTC)),
                Article(address, "utf-8", title, published, None, None, tuple(blocks)),
                lenders,
                (),
                citations.find_citations(text, TODAY, published),
                contacts.find_contacts(text),
                topics,
            )
            if number == 1:
                old = replace(page.article, blocks=(Block(BlockType.PARAGRAPH, "旧文13912345678"),))
                before = replace(page.page, body=b"before")
                transaction.save(replace(page, page=before, article=old))
            transaction.save(page)
    store.close()
    return url


@pytest.fixture(scope="session")
def database_url(filled_url: str, store_factory: StoreFactory) -> str:
    """A store with the pages of ``TEXTS``, shared by tests that only read."""
    return store_factory.copy(filled_url)


@pytest.fixture
def own_url(filled_url: str, store_factory: StoreFactory) -> Iterator[str]:
    """A store with the pages of ``TEXTS``, in which a test may write."""
    url = store_factory.copy(filled_url)
    yield url
    store_factory.drop(url)


@pytest.fixture(scope="session")
def made_apps() -> list[Flask]:
    """Services whose connections are closed after each test; the next request opens new ones."""
    return []


@pytest.fixture(autouse=True)
def closed_stores(made_apps: list[Flask]) -> Iterator[None]:
    """Leaves no connection to a database that is dropped after the test.

    Nor a service that the test made for itself: each holds 24 MB of what it knows.
    """
    shared = len(made_apps)
    yield
    for app in made_apps:
        close_stores(app)
    for app in made_apps[shared:]:
        app.extensions.clear()
    del made_apps[shared:]


def close_stores(app: Flask) -> None:
    """Close the connections of a service and of its desk."""
    known: Services = app.extensions["zhiquan"]
    desk: Room = app.extensions[EXTENSION]
    known.database.close()
    desk.office.close()


@pytest.fixture(scope="session")
def make_app(
    references: References, database_url: str, made_apps: list[Flask]
) -> Callable[..., Flask]:
    """Builds the service; arguments replace settings."""

    def make(**settings: object) -> Flask:
        config = replace(ApiConfig(database_url=database_url, rate_limit=0), **settings)
        app = create_app(config, references)
        made_apps.append(app)
        known: Services = app.extensions["zhiquan"]
        app.extensions["zhiquan"] = replace(known, today=lambda: TODAY)
        return app

    return make


@pytest.fixture(scope="session")
def app(make_app: Callable[..., Flask], made_apps: list[Flask]) -> Iterator[Flask]:
    """The service, over a store that all tests share."""
    made = make_app()
    made_apps.remove(made)
    yield made
    close_stores(made)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Sends requests to the service."""
    return app.test_client()


@pytest.fixture
def no_store_client(make_app: Callable[..., Flask], tmp_path: Path) -> FlaskClient:
    """Sends requests to a service whose store does not exist."""
    return make_app(database_url=f"sqlite:///{tmp_path / 'none.db'}").test_client()
