"""What holds for every answer: ETags, compression, problems, safety headers, limits."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import brotli
import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    "address", ["/v1/lexicon", "/v1/lenders", "/v1/guidance", "/v1/topics", "/v1/openapi.json"]
)
def test_an_unchanged_answer_is_a_304(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    etag = first.headers["ETag"]
    assert not etag.startswith("W/")
    again = client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == etag
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("accepted", "coding", "unpack"),
    [
        pytest.param("br, gzip", "br", brotli.decompress, id="brotli"),
        pytest.param("gzip", "gzip", gzip.decompress, id="gzip"),
        pytest.param("br;q=0, gzip;q=0.5", "gzip", gzip.decompress, id="no-brotli"),
        pytest.param("identity", None, bytes, id="plain"),
        pytest.param("zstd", None, bytes, id="unknown"),
    ],
)
def test_the_lexicon_comes_compressed(
    client: FlaskClient, accepted: str, coding: str | None, unpack: Callable[[bytes], bytes]
) -> None:
    plain = client.get("/v1/lexicon")
    packed = client.get("/v1/lexicon", headers={"Accept-Encoding": accepted})
    assert packed.headers.get("Content-Encoding") == coding
    assert unpack(packed.data) == plain.data
    assert (packed.headers["ETag"] == plain.headers["ETag"]) is (coding is None)
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_the_lexicon_names_the_lenders(client: FlaskClient) -> None:
    document = client.get("/v1/lexicon").json
    assert document["version"]
    assert "小赢卡贷" in {one["name"] for one in document["lenders"]}


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        pytest.param("GET", "/v1/nothing", 404, id="no-address"),
        pytest.param("GET", "/v1/lenders/nobody", 404, id="no-lender"),
        pytest.param("GET", "/v1/topics/none", 404, id="no-topic"),
        pytest.param("GET", "/v1/statutes/none", 404, id="no-statute"),
        pytest.param("GET", "/v1/guidance/house/none", 404, id="no-house"),
        pytest.param("POST", "/v1/guidance", 405, id="method"),
        pytest.param("DELETE", "/v1/citations/check", 405, id="method-of-post"),
        pytest.param("GET", "/v1/guidance?limit=0", 400, id="limit-zero"),
        pytest.param("GET", "/v1/guidance?limit=101", 400, id="limit-large"),
        pytest.param("GET", "/v1/guidance?limit=1e1", 400, id="limit-float"),
        pytest.param("GET", "/v1/guidance?limit=٣", 400, id="limit-other-digits"),
        pytest.param("GET", "/v1/guidance?since=2026-02-30", 400, id="no-day"),
        pytest.param("GET", "/v1/guidance?since=20260101", 400, id="other-date"),
        pytest.param("GET", "/v1/guidance?cursor=x", 400, id="short-cursor"),
        pytest.param("GET", "/v1/guidance?cursor=%2B%2F", 400, id="odd-cursor"),
        pytest.param("GET", "/v1/guidance?cursor=MjAyNi0wMS0wMXwtMQ", 400, id="minus-cursor"),
        pytest.param("GET", "/v1/guidance?unknown=1", 400, id="unknown-parameter"),
        pytest.param("GET", "/v1/guidance?limit=1&limit=2", 400, id="twice"),
        pytest.param("GET", "/v1/search", 400, id="no-query"),
        pytest.param("GET", "/v1/search?q=%20", 400, id="blank-query"),
        pytest.param("GET", "/v1/search?q=a&since=2025-02-30", 400, id="no-such-day"),
        pytest.param("GET", "/v1/search?q=" + "长" * 101, 400, id="long-query"),
        pytest.param("GET", "/v1/changes?after=-1", 400, id="minus-version"),
        pytest.param("GET", "/v1/lenders?kind=none", 400, id="no-kind"),
    ],
)
def test_faults_are_problems(client: FlaskClient, method: str, address: str, status: int) -> None:
    response = client.open(address, method=method)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert response.json["status"] == status
    assert response.json["title"]
    assert response.json["detail"]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        pytest.param(b"{", "application/json", 400, id="no-json"),
        pytest.param(b"[]", "application/json", 400, id="no-object"),
        pytest.param(b'{"text": 1}', "application/json", 400, id="no-text"),
        pytest.param(b'{"text": ""}', "application/json", 400, id="empty"),
        pytest.param(b'{"text": "a", "x": 1}', "application/json", 400, id="unknown-field"),
        pytest.param(b'{"text": "a", "on": "x"}', "application/json", 400, id="no-day"),
        pytest.param(b"\xff", "application/json", 400, id="no-utf8"),
        pytest.param(b'{"text": "a"}', "text/plain", 415, id="media-type"),
        pytest.param(b"x" * 300_000, "application/json", 413, id="too-large"),
    ],
)
def test_bad_bodies_are_problems(client: FlaskClient, body: bytes, kind: str, status: int) -> None:
    response = client.post("/v1/citations/check", data=body, content_type=kind)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"


def test_a_missing_store_is_not_ready_but_the_lexicon_is_served(
    no_store_client: FlaskClient,
) -> None:
    response = no_store_client.get("/v1/health/ready")
    assert response.status_code == 503
    assert response.content_type == "application/problem+json"
    assert "none.db" not in response.text
    assert no_store_client.get("/v1/health/live").status_code == 200
    assert no_store_client.get("/v1/lexicon").status_code == 200
    assert no_store_client.get("/v1/guidance/house").status_code == 200


def test_a_fault_inside_shows_nothing_of_it(make_app: Callable[..., Flask]) -> None:
    app = make_app()

    @app.get("/v1/broken")
    def broken() -> str:
        raise ValueError("a secret path")

    response = app.test_client().get("/v1/broken")
    assert response.status_code == 500
    assert response.content_type == "application/problem+json"
    assert "secret" not in response.text


def test_a_405_says_what_is_allowed(client: FlaskClient) -> None:
    assert "GET" in client.post("/v1/guidance").headers["Allow"]


@pytest.mark.parametrize(
    ("method", "address", "open_to_all"),
    [
        pytest.param("GET", "/v1/lexicon", True, id="public-get"),
        pytest.param("POST", "/v1/citations/check", False, id="post"),
        pytest.param("OPTIONS", "/v1/lexicon", False, id="preflight"),
        pytest.param("GET", "/docs", False, id="page"),
    ],
)
def test_only_public_gets_are_open_to_other_origins(
    client: FlaskClient, method: str, address: str, *, open_to_all: bool
) -> None:
    headers = client.open(address, method=method, headers={"Origin": "https://x.example"}).headers
    assert (headers.get("Access-Control-Allow-Origin") == "*") is open_to_all
    assert "Access-Control-Allow-Credentials" not in headers


def test_every_answer_has_the_safety_headers(client: FlaskClient) -> None:
    for address in ("/v1/lexicon", "/v1/nothing", "/docs"):
        headers = client.get(address).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Strict-Transport-Security" not in headers


def test_hsts_is_sent_behind_tls(make_app: Callable[..., Flask]) -> None:
    headers = make_app(https=True).test_client().get("/v1/health/live").headers
    assert "max-age" in headers["Strict-Transport-Security"]


@pytest.mark.parametrize(("host", "status"), [("good.example", 200), ("evil.example", 400)])
def test_only_trusted_hosts_are_answered(
    make_app: Callable[..., Flask], host: str, status: int
) -> None:
    client = make_app(trusted_hosts=("good.example",)).test_client()
    assert client.get("/v1/health/live", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    "host", ["", "a b", "a<b>", "a/b", "x:y", "[::1", "a:99999", '"', "例.cn", "a_b"]
)
@pytest.mark.parametrize("address", ["/sitemap.xml", "/feed.xml", "/robots.txt", "/", "/v1/topics"])
def test_a_host_that_cannot_be_read_is_a_fault_of_the_request(
    client: FlaskClient, address: str, host: str
) -> None:
    client.get(address)  # an answer that was kept for others is none for it
    sent = host.encode().decode("latin-1")
    response = client.get(address, environ_overrides={"HTTP_HOST": sent})
    assert response.status_code == 400
    assert response.json["detail"] == "The Host header names no host that is served here."


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "[::1]:8000", "a-b.example", "example.org:1"])
def test_addresses_are_those_of_the_host_that_was_asked(client: FlaskClient, host: str) -> None:
    for address in ("/sitemap.xml", "/feed.xml", "/robots.txt"):
        assert f"http://{host}/" in client.get(address, headers={"Host": host}).text


def test_the_service_lives_below_a_prefix(make_app: Callable[..., Flask]) -> None:
    client = make_app(path_prefix="/zq").test_client()
    assert client.get("/zq/v1/health/live").status_code == 200
    assert client.get("/v1/health/live").status_code == 404
    assert client.get("/zqx/v1/health/live").status_code == 404
    assert 'href="/zq/v1/openapi.json"' in client.get("/zq/docs").text


def test_text_is_checked_and_nothing_is_kept(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    asked = {"text": "依据《合同法》第200条", "on": "2026-01-01"}
    response = client.post("/v1/citations/check", json=asked)
    assert response.json["citations"][0]["status"] == "repealed"
    assert response.json["citation_summary"] == {"total": 1, "outdated": 1}
    assert response.headers["Cache-Control"] == "no-store"
    earlier = client.post("/v1/citations/check", json={**asked, "on": "2019-01-01"})
    assert earlier.json["citations"][0]["status"] == "current"
    assert "合同法" not in caplog.text
    explained = client.post("/v1/citations/check", json={**asked, "text": "已废止的《合同法》"})
    assert explained.json["citations"][0]["status"] == "repealed"
    assert explained.json["citation_summary"] == {"total": 1, "outdated": 0}


def test_answers_are_valid_json_in_utf8(client: FlaskClient) -> None:
    assert orjson.loads(client.get("/v1/topics").data)["items"]
