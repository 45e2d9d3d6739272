"""Rate limits, logs and metrics: they count, and know nobody."""

from __future__ import annotations

import json
import logging
import multiprocessing
import signal
from collections.abc import Callable

import pytest
from flask import Flask

from api import limits
from api.board import Board
from api.limits import RateLimiter, network_of
from crawler.logs import JsonFormatter


def test_a_bucket_empties_and_refills() -> None:
    limiter = RateLimiter(60)
    assert [limiter.take("a", 20, 0.0) for _ in range(3)] == [0.0, 0.0, 0.0]
    assert limiter.take("a", 1, 0.0) == pytest.approx(1.0)
    assert limiter.take("b", 1, 0.0) == 0.0
    assert limiter.take("a", 1, 1.5) == 0.0
    assert limiter.take("a", 1, 1.5) > 0


def test_what_is_given_back_can_be_taken_again_but_never_more() -> None:
    limiter = RateLimiter(2)
    assert [limiter.take("a", 1, 0.0) for _ in range(2)] == [0.0, 0.0]
    limiter.give_back("a", 1)
    assert limiter.take("a", 1, 0.0) == 0.0
    assert limiter.take("a", 1, 0.0) > 0
    for _ in range(9):
        limiter.give_back("a", 1)
    assert [limiter.take("a", 1, 0.0) > 0 for _ in range(3)] == [False, False, True]


def test_what_is_given_back_can_be_taken_again() -> None:
    limiter = RateLimiter(60)
    limiter.take("a", 60, 0.0)
    limiter.give_back("a", 2)
    limiter.give_back("unheard of", 2)
    assert [limiter.take("a", 1, 0.0) for _ in range(3)] == [0.0, 0.0, pytest.approx(1.0)]


def _in_another_process(job: Callable[[], object]) -> multiprocessing.process.BaseProcess:
    process = multiprocessing.get_context("fork").Process(target=job)
    process.start()
    return process


def test_processes_count_together() -> None:
    limiter = RateLimiter(60)

    def ask() -> None:
        for _ in range(20):
            limiter.take("a", 1, 0.0)

    for process in [_in_another_process(ask) for _ in range(3)]:
        process.join(60)
        assert process.exitcode == 0
    assert limiter.take("a", 1, 0.0) == pytest.approx(1.0)
    assert limiter.take("b", 1, 0.0) == 0.0


def test_a_killed_process_leaves_nothing_locked() -> None:
    limiter, holds = RateLimiter(60), multiprocessing.get_context("fork").Event()

    def hold() -> None:
        with limiter._lock.held():
            holds.set()
            signal.pause()

    process = _in_another_process(hold)
    assert holds.wait(60)
    process.kill()
    process.join(60)
    assert limiter.take("a", 1, 0.0) == 0.0


def test_of_too_many_networks_the_longest_silent_one_is_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "_SLOTS", 8)  # one row
    limiter = RateLimiter(1)
    for second in range(1, 10):
        assert limiter.take(f"n{second}", 1, float(second)) == 0.0
    assert limiter.take("n9", 1, 9.0) > 0
    assert limiter.take("n1", 1, 9.0) == 0.0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        pytest.param("203.0.113.77", "203.0.113.0", id="v4"),
        pytest.param("2001:db8:1:2::3", "2001:db8:1::", id="v6"),
        pytest.param("nonsense", "unknown", id="no-address"),
        pytest.param(None, "unknown", id="none"),
    ],
)
def test_only_the_network_of_an_address_is_kept(address: str | None, network: str) -> None:
    assert network_of(address) == network


def test_too_many_requests_are_refused_with_a_time_to_wait(
    make_app: Callable[..., Flask],
) -> None:
    client = make_app(rate_limit=2).test_client()
    statuses = [client.get("/v1/openapi.json").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = client.get("/v1/openapi.json")
    assert int(refused.headers["Retry-After"]) >= 1
    assert refused.content_type == "application/problem+json"
    assert client.get("/v1/health/live").status_code == 200
    other = {"REMOTE_ADDR": "198.51.100.1"}
    assert client.get("/v1/openapi.json", environ_base=other).status_code == 200


def test_the_log_holds_no_query_and_no_full_address(
    make_app: Callable[..., Flask], caplog: pytest.LogCaptureFixture
) -> None:
    client = make_app(access_log=True).test_client()
    with caplog.at_level(logging.INFO, "zhiquan.access"):
        client.get("/v1/search?q=秘密", environ_base={"REMOTE_ADDR": "203.0.113.77"})
    assert "/v1/search 200" in caplog.text
    told = json.loads(JsonFormatter().format(caplog.records[-1]))
    assert (told["path"], told["status"], told["method"]) == ("/v1/search", "200", "GET")
    assert told["ms"] >= 0
    assert "203.0.113.0" in caplog.text
    assert "秘密" not in caplog.text
    assert "113.77" not in caplog.text


def test_requests_are_counted_by_group_and_status(make_app: Callable[..., Flask]) -> None:
    client = make_app().test_client()
    for address in ("/v1/topics", "/v1/topics", "/v1/topics/none", "/v1/health/live"):
        client.get(address)
    text = client.get("/metrics").text
    assert 'zhiquan_requests_total{group="topics",status="2xx"} 2' in text
    assert 'zhiquan_requests_total{group="topics",status="4xx"} 1' in text
    assert 'zhiquan_requests_total{group="reader",status="2xx"} 0' in text
    assert "zhiquan_request_seconds_count 4" in text
    assert "zhiquan_guidance 3" in text


def test_metrics_are_served_without_a_store(make_app: Callable[..., Flask]) -> None:
    client = make_app(database_url="sqlite:////nowhere/at/all.db").test_client()
    assert "zhiquan_store_up 0" in client.get("/metrics").text


def test_workers_add_up() -> None:
    board = Board(("a", "other"))
    board.note("a", 200, 0.002)
    board.take_row(1)
    board.note("a", 204, 0.002)
    board.note("unknown", 503, 9.0)
    text = "\n".join(board.lines())
    assert 'zhiquan_requests_total{group="a",status="2xx"} 2' in text
    assert 'zhiquan_requests_total{group="other",status="5xx"} 1' in text
    assert 'zhiquan_request_seconds_bucket{le="0.0025"} 2' in text
    assert 'zhiquan_request_seconds_bucket{le="+Inf"} 3' in text
