"""A store in a temporary folder, and pages to put into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawler.model import Article, Block, BlockType, CuratedArticle, Page
from crawler.store import Store

MakePage = Callable[..., CuratedArticle]


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of an SQLite store that does not exist yet."""
    return f"sqlite:///{tmp_path / 'zhiquan.db'}"


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty store."""
    opened = Store.open(store_url)
    yield opened
    opened.close()


@pytest.fixture
def make_page() -> MakePage:
    """Builds a kept page; ``changes`` replace fields of the curated article."""

    def make(
        text: str = "先保留证据,再书面投诉。",
        url: str | None = "https://a.example/1",
        title: str | None = "逾期后怎么办",
        published: date | None = date(2025, 3, 1),
        **changes: object,
    ) -> CuratedArticle:
        blocks = tuple(Block(BlockType.PARAGRAPH, line) for line in text.split("\n"))
        fetched = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
        page = Page(url or "page.html", text.encode(), url, "text/html", fetched)
        article = Article(url, "utf-8", title, published, None, None, blocks)
        return replace(CuratedArticle(page, article), **changes)

    return make
