"""Readers of an earlier lexicon are told what changed, all others get everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.config import ApiConfig
from api.listening import prepare_store
from crawler.lexicon_json import lexicon_document, part_digests
from crawler.store import Store
from crawler.store.lexicons import remember_lexicon
from crawler.vocabulary import References

KNOWN = "0123456789abcdef"


@pytest.fixture
def client_of_two(
    make_app: Callable[..., Flask], references: References, store_url: str
) -> FlaskClient:
    """A service that served another lexicon before: one lender more, one with another name."""
    digests = part_digests(lexicon_document(references))
    digests |= {"lenders/long-gone": "0" * 16, "lenders/weili-dai": "0" * 16}
    store = Store.open(store_url)
    with store.begin() as transaction:
        remember_lexicon(transaction, KNOWN, digests, datetime(2026, 1, 1, tzinfo=UTC))
    store.close()
    return make_app(database_url=store_url).test_client()


def test_a_known_version_is_told_what_changed(client_of_two: FlaskClient) -> None:
    response = client_of_two.get(f"/v1/lexicon/delta?since={KNOWN}")
    delta = response.json
    assert delta["since"] == KNOWN
    assert delta["removed"] == ["long-gone"]
    assert [one["id"] for one in delta["changed"]] == ["weili-dai"]
    assert (delta["added"], delta["match"]) == ([], {})
    assert len(response.data) < 2000
    assert delta["version"] == client_of_two.get("/v1/lexicon").json["version"]


@pytest.mark.parametrize("query", ["", "?since=ffffffffffffffff"])
def test_others_get_everything(client_of_two: FlaskClient, query: str) -> None:
    whole = client_of_two.get("/v1/lexicon").json
    delta = client_of_two.get(f"/v1/lexicon/delta{query}").json
    assert (delta["since"], delta["removed"], delta["changed"]) == (None, [], [])
    assert (delta["added"], delta["match"]) == (whole["lenders"], whole["match"])


def test_the_start_of_a_service_keeps_its_version(
    make_app: Callable[..., Flask], store_url: str
) -> None:
    config = ApiConfig(database_url=store_url)
    prepare_store(config)
    client = make_app(database_url=config.database_url).test_client()
    version = client.get("/v1/lexicon").json["version"]
    delta = client.get(f"/v1/lexicon/delta?since={version}").json
    assert (delta["since"], delta["version"], delta["match"]) == (version, version, {})


def test_the_start_of_a_service_tells_of_a_store_that_it_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = ApiConfig(database_url=f"sqlite:///{tmp_path}/new.db")
    prepare_store(config)
    told = capsys.readouterr().err
    assert told == (
        f"zhiquan: {tmp_path}/new.db: made, and empty until something is crawled or imported\n"
    )
    prepare_store(config)
    assert not capsys.readouterr().err


def test_without_a_store_everything_is_right(no_store_client: FlaskClient) -> None:
    response = no_store_client.get(f"/v1/lexicon/delta?since={KNOWN}")
    assert (response.status_code, response.json["since"]) == (200, None)


@pytest.mark.parametrize("value", ["", "x", "0123456789ABCDEF", KNOWN + "0", "\u0661" * 16])
def test_a_bad_version_is_a_problem(client: FlaskClient, value: str) -> None:
    response = client.get("/v1/lexicon/delta", query_string={"since": value})
    assert (response.status_code, response.json["parameter"]) == (400, "since")
