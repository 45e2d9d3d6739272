"""The service under generated requests: every answer is one that the document promises."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from api.app import create_app
from api.config import ApiConfig
from crawler.model import Article, Block, BlockType, CuratedArticle, Page
from crawler.store import Store

TOO_LARGE = 413
EXAMPLES = int(os.environ.get("ZHIQUAN_FUZZ_EXAMPLES", "12"))
"""Of each operation, valid and again invalid ones; ``./dev bench fuzz-api`` takes many more."""


@pytest.fixture(scope="session")
def schema(tmp_path_factory: pytest.TempPathFactory) -> schemathesis.BaseSchema:
    """The served document of a service with a few pages."""
    url = f"sqlite:///{tmp_path_factory.mktemp('fuzz') / 'zhiquan.db'}"
    store = Store.open(url)
    with store.begin() as transaction:
        for number in range(30):
            address = f"https://example.org/{number}"
            fetched = datetime(2026, 1, 1, tzinfo=UTC)
            text = "依据《合同法》第200条,催收不得骚扰,电话400-123-4567。"
            article = Article(
                address,
                "utf-8",
                f"第{number}篇",
                date(2025, 1, 1 + number % 28),
                None,
                None,
                (Block(BlockType.PARAGRAPH, text),),
            )
            page = Page(address, b"", address, fetched_at=fetched)
            transaction.save(CuratedArticle(page, article, ("weili-dai",), topics=("negotiate",)))
    store.close()
    app = create_app(ApiConfig(database_url=url, rate_limit=0))
    return schemathesis.openapi.from_wsgi("/v1/openapi.json", app)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_promised(schema: schemathesis.BaseSchema, mode: GenerationMode) -> None:
    for found in schema.get_all_operations():
        operation = found.ok()
        try:
            strategy = operation.as_strategy(generation_mode=mode)
            _run(strategy, operation.label)
        except Unsatisfiable:
            assert mode is GenerationMode.NEGATIVE, operation.label


def _run(strategy: SearchStrategy[schemathesis.Case], label: str) -> None:
    sent = 0

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def check(case: schemathesis.Case) -> None:
        nonlocal sent
        sent += 1
        # Werkzeug's test client does not unpack what is compressed.
        identity = {"Accept-Encoding": "identity"}
        response = case.call(headers=identity)
        # An id or cursor that fits its schema need not exist: 404 and 400 are right answers.
        excluded = [positive_data_acceptance]
        if response.status_code == TOO_LARGE:  # schemathesis does not know it as a refusal
            excluded.append(negative_data_rejection)
        case.validate_response(response, headers=identity, excluded_checks=excluded)

    try:
        check()
    finally:
        print(f"{sent} cases {label}")
