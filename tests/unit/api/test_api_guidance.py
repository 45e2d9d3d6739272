"""Guidance lists and guidance: what holds today, and what never shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.knowledge import Services
from api.turns import find_turns, has_turned
from crawler.citations import CitationFinder


def titles(client: FlaskClient, query: str = "") -> list[str]:
    return [one["title"] for one in client.get(f"/v1/guidance{query}").json["items"]]


def opened(client: FlaskClient, start: str) -> dict[str, object]:
    items = client.get("/v1/guidance").json["items"]
    identifier = next(one["id"] for one in items if one["title"].startswith(start))
    return client.get(f"/v1/guidance/{identifier}").json


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("", ["客服", "遇到", "小赢"], id="newest-first"),
        pytest.param("?lender=weili-dai", ["遇到"], id="lender"),
        pytest.param("?topic=negotiate", ["小赢"], id="topic"),
        pytest.param("?since=2021-01-01", ["客服", "遇到"], id="since"),
        pytest.param("?until=2021-01-01", ["小赢"], id="until"),
        pytest.param("?lender=jie-bei-none", None, id="unknown-lender"),
    ],
)
def test_lists_are_filtered(client: FlaskClient, query: str, expected: list[str] | None) -> None:
    if expected is None:
        assert client.get(f"/v1/guidance{query}").status_code == 400
    else:
        assert [one[:2] for one in titles(client, query)] == expected


def test_following_cursors_gives_the_whole_list(client: FlaskClient) -> None:
    found, cursor = [], ""
    while cursor is not None:
        part = client.get(f"/v1/guidance?limit=1{cursor and f'&cursor={cursor}'}").json
        found += [one["title"] for one in part["items"]]
        cursor = part["next"]
    assert found == titles(client)


def test_a_lenders_guidance_is_listed_below_it(client: FlaskClient) -> None:
    items = client.get("/v1/lenders/xiaoying-kadai/guidance").json["items"]
    assert [one["title"][:2] for one in items] == ["遇到", "小赢"]
    assert client.get("/v1/lenders/nobody/guidance").status_code == 404


def test_citations_are_judged_today_and_when_published(client: FlaskClient) -> None:
    record = opened(client, "小赢")
    (repealed,) = [one for one in record["citations"] if "合同法" in one["text"]]
    assert repealed["status"] == "repealed"
    assert repealed["outdated"]
    assert repealed["status_when_published"] == "current"
    assert "670" in repealed["successor"]
    assert repealed["since"] == "2021-01-01"
    assert record["judged_on"] == "2026-11-22"
    assert record["citation_summary"]["outdated"] == 1


def test_offsets_point_into_the_joined_blocks(client: FlaskClient) -> None:
    record = opened(client, "小赢")
    text = "\n".join(block["text"] for block in record["blocks"])
    for citation in record["citations"]:
        assert text[citation["start"] : citation["end"]] == citation["text"]


def test_verified_numbers_are_shown_with_their_owner(client: FlaskClient) -> None:
    contacts = opened(client, "小赢")["contacts"]
    (verified,) = [one for one in contacts if one["status"] == "verified"]
    assert verified["number"] == "12378"
    assert verified["owner"]


@pytest.mark.parametrize(
    "address",
    ["/v1/guidance", "/v1/search?q=客服", "/v1/search?q=保留", "/v1/bundle"],
)
def test_no_digit_of_an_unverified_number_is_in_an_answer(
    client: FlaskClient, address: str
) -> None:
    body = re.sub(r"[^\d]", "", client.get(address).text)
    assert client.get(address).json["items"]
    for number in ("4001234567", "02161234567", "13912345678"):
        assert number not in body
        assert number[3:] not in body


@pytest.mark.parametrize("start", ["小赢", "遇到", "客服"])
def test_unverified_numbers_are_masked_in_each_text(client: FlaskClient, start: str) -> None:
    body = re.sub(r"\D", "", str(opened(client, start)))
    for number in ("4001234567", "02161234567", "13912345678"):
        assert number not in body


def test_earlier_texts_are_kept_with_dates(client: FlaskClient) -> None:
    (version,) = opened(client, "遇到")["versions"]
    assert version["blocks"][0]["text"].startswith("旧文")
    assert version["seen_from"] <= version["seen_until"]
    assert opened(client, "小赢")["versions"] == []


def test_an_unknown_guidance_is_a_problem(client: FlaskClient) -> None:
    for identifier in ("0" * 16, "x", "%00", "😀"):
        response = client.get(f"/v1/guidance/{identifier}")
        assert response.status_code == 404
        assert response.content_type == "application/problem+json"


def test_bundles_hold_whole_guidances(client: FlaskClient) -> None:
    items = client.get("/v1/bundle?lender=weili-dai").json["items"]
    assert [one["title"][:2] for one in items] == ["遇到"]
    assert items == [opened(client, "遇到")]


def test_changes_are_told_behind_a_version(client: FlaskClient) -> None:
    whole = client.get("/v1/changes").json
    assert [one["kind"] for one in whole["items"]] == ["added", "added", "changed", "added"]
    later = client.get(f"/v1/changes?after={whole['items'][1]['sequence']}").json
    assert later["items"] == whole["items"][2:]
    end = client.get(f"/v1/changes?after={whole['version']}").json
    assert end == {"items": [], "version": whole["version"]}


def test_many_are_looked_up_at_once(client: FlaskClient) -> None:
    asked = {
        "urls": ["https://example.org/0#x", "https://example.org/none"],
        "lenders": ["weili-dai", "nobody"],
    }
    found = client.post("/v1/lookup", json=asked).json
    assert found["urls"][0]["guidance"] == opened(client, "小赢")["id"]
    assert found["urls"][1]["guidance"] is None
    assert [len(one["guidance"]) for one in found["lenders"]] == [1, 0]


def test_statistics_count_what_is_stored(client: FlaskClient) -> None:
    found = client.get("/v1/statistics").json
    assert (found["pages"], found["guidance"], found["versions"]) == (3, 3, 1)


@pytest.mark.parametrize(
    ("days", "found"),
    [
        pytest.param("since=2025-05-01", 1, id="since-its-day"),
        pytest.param("since=2025-05-02", 0, id="since-the-next-day"),
        pytest.param("until=2025-05-01&since=2025-05-01", 1, id="one-day"),
        pytest.param("until=2025-04-30", 0, id="until-the-day-before"),
    ],
)
def test_search_is_narrowed_by_day(client: FlaskClient, days: str, found: int) -> None:
    assert len(client.get(f"/v1/search?q=拨打110报警&{days}").json["items"]) == found
    assert client.get(f"/v1/search/facets?q=拨打110报警&{days}").json["total"] == found


def test_a_list_shows_what_holds_today(make_app: Callable[..., Flask]) -> None:
    """The page was stored when its law was in force; the law ends one day later."""
    app = make_app()
    known: Services = app.extensions["zhiquan"]
    stored = date(2026, 1, 2)
    code = known.statutes["civil-code"]
    ended = replace(code, status="repealed", ended=stored + timedelta(days=1))
    references = replace(
        known.references,
        statutes=tuple(ended if one is code else one for one in known.references.statutes),
    )
    addresses = ("/v1/guidance", "/v1/search?q=拨打110")
    for today, outdated in ((stored, 0), (stored + timedelta(days=1), 1)):
        app.extensions["zhiquan"] = replace(
            known,
            today=lambda today=today: today,
            citations=CitationFinder(references),
            turns=find_turns(references),
        )
        for address in addresses:
            items = app.test_client().get(address).json["items"]
            (page,) = [one for one in items if one["title"].startswith("遇到")]
            assert page["citation_summary"]["outdated"] == outdated, (address, today)


@pytest.mark.parametrize(
    ("judged", "today", "turned"),
    [
        (date(2024, 1, 1), date(2024, 6, 30), False),
        (date(2024, 1, 1), date(2024, 7, 1), True),
        (date(2024, 7, 1), date(2024, 7, 1), True),
        (date(2024, 7, 2), date(2030, 1, 1), False),
        (date(2024, 1, 1), date(2023, 1, 1), False),
    ],
)
def test_a_judgement_holds_until_a_day_of_change(judged: date, today: date, turned: bool) -> None:
    assert has_turned((date(2021, 1, 1), date(2024, 7, 1)), judged, today) is turned
