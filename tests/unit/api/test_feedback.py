"""Readers' reports: one word, no account, nothing about anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import lxml.html
import pytest
from desk_seat import Seat, take_seat, uid_of
from flask import Flask


@pytest.fixture(scope="module")
def desk_app(make_app: Callable[..., Flask]) -> Flask:
    """The service, which every test gives a store of its own."""
    return make_app()


@pytest.fixture
def seat(desk_app: Flask, own_url: str) -> Iterator[Seat]:
    """A reader, and the desk behind the service."""
    found = take_seat(desk_app, own_url)
    yield found
    found.close()


def test_a_report_is_counted_and_comes_to_the_desk(seat: Seat) -> None:
    uid = uid_of(seat)
    for _ in range(2):
        response = seat.client.post(f"/v1/guidance/{uid}/reports", json={"kind": "outdated"})
        assert (response.status_code, response.json) == (200, {"kind": "outdated"})
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in response.headers
    seat.log_in()
    assert uid in seat.client.get("/desk?tab=reported").text
    notice = lxml.html.fromstring(seat.client.get(f"/desk/pages/{uid}").text).xpath(
        "//section[@class='notice']"
    )[0]
    assert "内容过时" in notice.text_content()
    assert "× 2" in notice.text_content()
    (address,) = notice.xpath(".//form/@action")
    data = {"csrf": seat.field("/desk"), "back": uid}
    assert "反馈已标为处理完" in seat.client.post(address, data=data, follow_redirects=True).text
    assert uid not in seat.client.get("/desk?tab=reported").text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param({"kind": "spam"}, 400, id="unknown"),
        pytest.param({"kind": ["outdated"]}, 400, id="list"),
        pytest.param({}, 400, id="empty"),
        pytest.param({"kind": "outdated", "note": "my name"}, 400, id="more"),
        pytest.param([], 400, id="no-object"),
    ],
)
def test_anything_but_one_of_three_words_is_refused(seat: Seat, body: Any, status: int) -> None:
    response = seat.client.post(f"/v1/guidance/{uid_of(seat)}/reports", json=body)
    assert response.status_code == status


@pytest.mark.parametrize("uid", ["0000000000000000", "nothing", "x" * 90, "字"])
def test_a_report_needs_a_guidance(seat: Seat, uid: str) -> None:
    response = seat.client.post(f"/v1/guidance/{uid}/reports", json={"kind": "outdated"})
    assert response.status_code == 404


def test_reports_of_one_network_are_limited(seat: Seat) -> None:
    address = f"/v1/guidance/{uid_of(seat)}/reports"

    def send(network: str) -> int:
        environ = {"REMOTE_ADDR": network}
        answer = seat.client.post(address, json={"kind": "not_useful"}, environ_base=environ)
        return answer.status_code

    assert [send("203.0.113.5") for _ in range(7)] == [200] * 6 + [429]
    assert send("203.0.113.99") == 429
    assert send("198.51.100.1") == 200


def test_other_sites_may_ask_first(seat: Seat) -> None:
    response = seat.client.options(f"/v1/guidance/{uid_of(seat)}/reports")
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Methods"] == "POST"
    assert response.headers["Access-Control-Allow-Headers"] == "Content-Type"
    assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize(("prefix", "word"), [("", "谢谢"), ("/en", "Thank you")])
def test_a_reader_reports_with_one_click(seat: Seat, prefix: str, word: str) -> None:
    uid = uid_of(seat)
    page = lxml.html.fromstring(seat.client.get(f"{prefix}/guidance/{uid}").text)
    (form,) = page.xpath("//form[@class='report']")
    assert form.xpath(".//button/@value") == ["outdated", "wrong_lender", "not_useful"]
    response = seat.client.post(form.get("action"), data={"kind": "wrong_lender"})
    assert response.status_code == 200
    assert word in response.text
    assert response.headers["Cache-Control"] == "no-store"
    assert seat.client.post(form.get("action"), data={"kind": "x"}).status_code == 400
