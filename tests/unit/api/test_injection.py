"""Requests made to be taken for something else: SQL, search operators, headers, hosts, paths."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

SQL = (
    *(
        "'",
        '"',
        "''",
        "';--",
        "' OR '1'='1",
        '" OR ""="',
        "') OR 1=1--",
        "\\'",
        "%27",
        "`",
        "/*",
        "*/",
    ),
    *("'; DROP TABLE pages; --", "' UNION SELECT digest FROM tokens--", "1; ATTACH 'x' AS y"),
    *("$$", "$1", ":term", "%(term)s", "?", "{0}", "\x00", "a\x00b", "\ud7ff", "\uffff", "_", "%"),
)
FTS5 = (
    *(
        "*",
        "a*",
        "^a",
        "a AND",
        "AND",
        "OR OR",
        "NOT",
        "NEAR(a b)",
        "NEAR(",
        "title:逾期",
        "text : a",
    ),
    *("{title text}: a", "-title: a", '"', '"a', 'a"b', '""', "a + b", "(", ")", "((((a", "a:b:c"),
)
TSQUERY = (
    *(
        "&",
        "|",
        "!",
        "!!a",
        "<->",
        "<2>",
        "a:*",
        "a:ABCD",
        "'a",
        "a & ",
        "( a",
        ":*",
        "\\",
        "a\\'b",
    ),
    *("a <-> (b | c) & !d", "'逾期':*A", "::tsquery", "'||pg_sleep(9)||'"),
)
ATTACKS = sorted({*SQL, *FTS5, *TSQUERY})
LISTS = (
    "/v1/search?q=",
    "/search?q=",
    "/en/search?q=",
    "/v1/guidance?lender=",
    "/v1/guidance?topic=",
)
TRAVERSALS = (
    *("../", "..%2f", "%2e%2e/", "..\\", "..%5c", "%252e%252e%252f", "....//", "/", "//", "%00"),
    *("..;/", "%c0%ae%c0%ae/", "..%c0%af", "C:\\", "file:///"),
)


@pytest.mark.parametrize("path", LISTS)
def test_no_input_is_taken_for_sql_or_an_operator(client: FlaskClient, path: str) -> None:
    everything = client.get("/v1/guidance?limit=100").get_json()["items"]
    for attack in ATTACKS:
        for text in (attack, f"逾期{attack}"):
            answer = client.get(path + quote(text.encode("utf-8", "surrogatepass")))
            assert answer.status_code in {200, 400, 404}, text
    assert client.get("/v1/guidance?limit=100").get_json()["items"] == everything


@pytest.mark.parametrize("attack", ["逾期' OR '1'='1", '逾期" OR "a', "逾期 OR NOT 协商", "逾期:*"])
def test_operators_find_no_more_than_their_words(client: FlaskClient, attack: str) -> None:
    plain = {one["id"] for one in client.get("/v1/search?q=逾期").get_json()["items"]}
    found = client.get("/v1/search", query_string={"q": attack})
    assert plain
    assert {one["id"] for one in found.get_json().get("items", [])} <= plain


@pytest.mark.parametrize("name", ["lender", "topic", "limit", "cursor", "since", "until", "sort"])
def test_no_parameter_makes_a_fault(client: FlaskClient, name: str) -> None:
    for attack in ATTACKS:
        for path in ("/v1/guidance", "/v1/search"):
            answer = client.get(path, query_string={"q": "逾期", name: attack})
            assert answer.status_code in {200, 400, 404}, (path, name, attack)


@pytest.mark.parametrize("folder", ["static", "guidance", "v1/guidance", "lenders", "desk/runs"])
def test_no_path_leaves_its_folder(client: FlaskClient, folder: str) -> None:
    for step in TRAVERSALS:
        for goal in ("etc/passwd", "app.py", "api/app.py", "pyproject.toml", "var/zhiquan.db"):
            answer = client.get(f"/{folder}/{step * 4}{goal}")
            assert answer.status_code in {301, 302, 303, 307, 308, 400, 404, 405}, step
            assert b"root:" not in answer.data
            assert b"import " not in answer.data
            if 300 <= answer.status_code < 400:
                assert answer.headers["Location"].startswith(("/", "http://localhost/"))
                assert not answer.headers["Location"].startswith("//")


@pytest.mark.parametrize("sign", ["\r\nX-Evil: 1", "\nX-Evil: 1", "\r", "\u010d\u010aX-Evil: 1"])
@pytest.mark.parametrize(
    "path",
    ["/search?q=", "/v1/search?q=", "/guidance/", "/lenders/", "/desk/login?next=", "/static/"],
)
def test_no_input_becomes_a_header(client: FlaskClient, path: str, sign: str) -> None:
    answer = client.get(path + quote(f"/a{sign}"))
    assert answer.status_code < 500
    assert "X-Evil" not in answer.headers
    assert not any("\r" in value or "\n" in value for value in answer.headers.values())


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost.evil.example", "localhost@evil.example"]
)
@pytest.mark.parametrize(
    "path", ["/", "/sitemap.xml", "/feed.xml", "/robots.txt", "/v1/openapi.json"]
)
def test_a_foreign_host_is_answered_with_nothing_of_itself(
    make_app: Callable[..., Flask], host: str, path: str
) -> None:
    client = make_app(trusted_hosts=("localhost",)).test_client()
    for headers in ({"Host": host}, {"Host": f"localhost, {host}"}, {"Host": f"localhost\t{host}"}):
        answer = client.get(path, headers=headers)
        assert answer.status_code == 400
        assert b"evil" not in answer.data
    told = {"X-Forwarded-Host": host, "Forwarded": f"host={host}", "X-Original-URL": "/desk"}
    answer = client.get(path, headers=told)
    assert answer.status_code == 200
    assert b"evil" not in answer.data
