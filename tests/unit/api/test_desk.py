"""The desk's doors: who gets in, for how long, and which forms count."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk_seat import FIELD, TITLE, Seat, close, take_seat, uid_of
from flask import Flask
from itsdangerous import URLSafeTimedSerializer

from api.config import load_config
from api.desk.guards import safe_path
from api.desk.session import ABSOLUTE, COOKIE, IDLE
from crawler.errors import ConfigError, StoreError
from crawler.store import Store
from crawler.store.access import revoke_token


@pytest.fixture(scope="module")
def desk_app(make_app: Callable[..., Flask]) -> Flask:
    """The service, which every test gives a store of its own."""
    return make_app()


@pytest.fixture
def seat(desk_app: Flask, own_url: str) -> Iterator[Seat]:
    """A desk over a copy of the store, and a token for it."""
    found = take_seat(desk_app, own_url)
    yield found
    found.close()


@pytest.fixture
def inside(seat: Seat) -> Seat:
    """A curator who has logged in."""
    assert seat.log_in().status_code == 303
    return seat


def test_no_page_opens_without_a_login(seat: Seat) -> None:
    rules = [one for one in seat.app.url_map.iter_rules() if one.rule.startswith("/desk")]
    assert len(rules) >= 12
    for rule in rules:
        address = re.sub(r"<string:\w+>", "approve", re.sub(r"<int:\w+>", "1", rule.rule))
        if rule.endpoint == "desk.login":
            continue
        if "GET" in (rule.methods or ()):
            response = seat.client.get(address)
            assert response.status_code == 303, address
            assert response.headers["Location"].startswith("/desk/login")
        else:
            assert seat.client.post(address).status_code == 403, address
            data = {"csrf": seat.field()}
            assert seat.client.post(address, data=data).status_code == 303, address


def test_a_good_token_opens_the_desk(seat: Seat) -> None:
    response = seat.log_in()
    assert (response.status_code, response.headers["Location"]) == (303, "/desk")
    page = seat.client.get("/desk")
    assert page.status_code == 200
    assert TITLE in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert len(page.headers.getlist("Content-Security-Policy")) == 1


@pytest.mark.parametrize("token", ["", "wrong", "a" * 500, "desk-1", "' OR 1=1 --", "\x00"])
def test_a_wrong_token_does_not(seat: Seat, token: str) -> None:
    assert seat.log_in(token).status_code == 401
    assert seat.client.get("/desk").status_code == 303


def test_the_cookie_is_strict_and_only_for_the_desk(seat: Seat) -> None:
    cookie = seat.log_in().headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Strict", "Path=/desk"):
        assert part in cookie
    assert "Secure" not in cookie
    assert seat.token not in cookie
    for address in ("/", "/v1/guidance", "/desks"):
        response = seat.client.get(address)
        assert "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers.get("Vary", "")


def test_behind_tls_the_cookie_is_secure(
    make_app: Callable[..., Flask], seat: Seat, tmp_path: Path
) -> None:
    app = make_app(database_url=seat.url, https=True)
    assert "Secure" in app.test_client().get("/desk/login").headers["Set-Cookie"]
    close(app)


def test_a_login_takes_a_new_session(seat: Seat) -> None:
    planted, field = (seat.field(), seat.cookie())[::-1]
    seat.log_in()
    assert seat.cookie() != planted
    other = seat.app.test_client()
    other.set_cookie(COOKIE, planted, path="/desk")
    assert other.get("/desk").status_code == 303
    address = f"/desk/pages/{uid_of(seat)}/approve"
    assert seat.client.post(address, data={"csrf": field}).status_code == 403


def test_a_cookie_signed_by_another_is_nothing(inside: Seat) -> None:
    forged = URLSafeTimedSerializer("guess", salt="zhiquan-desk").dumps({"sid": "1"})
    client = inside.app.test_client()
    ours = inside.cookie()
    changed = f"{ours[:-8]}{'b' if ours[-8] == 'a' else 'a'}{ours[-7:]}"  # of the signature
    for value in (forged, changed, "x", ""):
        client.set_cookie(COOKIE, value, path="/desk")
        assert client.get("/desk").status_code == 303


def test_a_given_key_signs_the_cookies(make_app: Callable[..., Flask], inside: Seat) -> None:
    other = make_app(database_url=inside.url, secret_key="k" * 32)
    client = other.test_client()
    client.set_cookie(COOKIE, inside.cookie(), path="/desk")
    assert client.get("/desk").status_code == 303
    alike = make_app(database_url=inside.url)
    same = alike.test_client()
    same.set_cookie(COOKIE, inside.cookie(), path="/desk")
    assert same.get("/desk").status_code == 200
    close(other)
    close(alike)


def test_a_short_key_is_refused_and_not_told() -> None:
    with pytest.raises(ConfigError, match="ZHIQUAN_SECRET_KEY=") as caught:
        load_config({"ZHIQUAN_SECRET_KEY": "hunter2"})
    assert "hunter2" not in str(caught.value)
    assert "k" * 32 not in repr(load_config({"ZHIQUAN_SECRET_KEY": "k" * 32}))


def test_leaving_ends_copies_of_the_cookie_too(inside: Seat) -> None:
    copy = inside.cookie()
    response = inside.client.post("/desk/logout", data={"csrf": inside.field("/desk")})
    assert response.headers["Location"] == "/desk/login"
    other = inside.app.test_client()
    other.set_cookie(COOKIE, copy, path="/desk")
    assert other.get("/desk").status_code == 303


def test_a_revoked_token_ends_its_sessions(inside: Seat) -> None:
    store = Store.open(inside.url)
    assert revoke_token(store, "desk-1")
    store.close()
    assert inside.client.get("/desk").status_code == 303
    assert inside.log_in().status_code == 401


def test_an_unused_session_ends(inside: Seat) -> None:
    inside.later(IDLE - 5)
    assert inside.client.get("/desk").status_code == 200
    inside.later(IDLE - 5)
    assert inside.client.get("/desk").status_code == 200
    inside.later(IDLE + 5)
    assert inside.client.get("/desk").status_code == 303


def test_every_session_ends_after_half_a_day(inside: Seat) -> None:
    for _ in range(ABSOLUTE // (IDLE - 5)):
        inside.later(IDLE - 5)
        assert inside.client.get("/desk").status_code == 200
    inside.later(IDLE - 5)
    assert inside.client.get("/desk").status_code == 303


def test_guessing_is_slowed_down(seat: Seat) -> None:
    field = seat.field()

    def attempt(token: str, address: str = "203.0.113.9") -> int:
        return seat.client.post(
            "/desk/login",
            data={"csrf": field, "token": token},
            environ_base={"REMOTE_ADDR": address},
        ).status_code

    assert [attempt(f"guess{number}") for number in range(6)] == [401] * 5 + [429]
    assert attempt(seat.token) == 429
    assert attempt("guess", "203.0.113.200") == 429  # the same network
    assert attempt("guess", "198.51.100.1") == 401
    many = [attempt("guess", f"192.0.{number}.1") for number in range(40)]
    assert 429 in many
    logged = seat.app.test_client()
    assert attempt(seat.token, "198.51.101.1") == 303  # nobody can keep a curator out
    assert seat.client.get("/desk/audit").text.count("登录被拒") == 30
    seat.client = logged
    field = seat.field()
    seat.later(120)
    assert attempt(seat.token) == 303


def test_right_tokens_are_no_guesses(seat: Seat) -> None:
    field = seat.field()
    wrong = {"csrf": field, "token": "guess"}
    assert [seat.client.post("/desk/login", data=wrong).status_code for _ in range(4)] == [401] * 4
    for _ in range(20):
        seat.client = seat.app.test_client()
        assert seat.log_in().status_code == 303
    seat.client = seat.app.test_client()
    wrong["csrf"] = seat.field()
    statuses = [seat.client.post("/desk/login", data=wrong).status_code for _ in range(2)]
    assert statuses == [401, 429]  # the four before still count


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({}, id="none"),
        pytest.param({"csrf": ""}, id="empty"),
        pytest.param({"csrf": "x" * 32}, id="wrong"),
        pytest.param({"csrf": "字"}, id="no-ascii"),
    ],
)
def test_a_form_without_the_sessions_token_does_nothing(inside: Seat, data: dict[str, str]) -> None:
    uid = uid_of(inside)
    response = inside.client.post(f"/desk/pages/{uid}/reject", data={"reason": "x", **data})
    assert response.status_code == 403
    assert inside.client.get(f"/v1/guidance/{uid}").status_code == 200
    assert inside.client.get("/desk").status_code == 200


def test_the_token_of_another_session_does_nothing(inside: Seat) -> None:
    other = inside.app.test_client()
    field = FIELD.search(other.get("/desk/login").text)
    assert field
    address = f"/desk/pages/{uid_of(inside)}/approve"
    assert inside.client.post(address, data={"csrf": field[1]}).status_code == 403


@pytest.mark.parametrize(
    ("site", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 303)]
)
def test_forms_of_other_sites_do_nothing(inside: Seat, site: str, status: int) -> None:
    uid = uid_of(inside)
    data = {"csrf": inside.field(f"/desk/pages/{uid}")}
    response = inside.client.post(
        f"/desk/pages/{uid}/approve", data=data, headers={"Sec-Fetch-Site": site}
    )
    assert response.status_code == status


@pytest.mark.parametrize(
    ("wanted", "safe"),
    [
        ("/desk", True),
        ("/desk?tab=withheld", True),
        ("/desk/pages/abc?tab=new", True),
        ("https://evil.example/desk", False),
        ("//evil.example/desk", False),
        ("/\\evil.example", False),
        ("/desk/\\evil.example", False),
        ("/desk//evil.example", False),
        ("/desk/../v1", False),
        ("/desks", False),
        ("/desk@evil.example", False),
        ("javascript:alert(1)", False),
        ("/desk\r\nSet-Cookie: a=b", False),
        ("/desk\t", False),
        ("\x00/desk", False),
        ("/desk/\u2028", False),
        ("", False),
        (None, False),
    ],
)
def test_only_the_desks_own_pages_follow_a_login(wanted: str | None, safe: bool) -> None:
    assert (safe_path(wanted) is not None) == safe


@pytest.mark.parametrize(
    "query",
    [
        "?next=https://evil.example/",
        "?next=//evil.example/desk",
        "?next=/desk%0d%0aSet-Cookie:%20stolen=1",
        "?next=/desk/..//evil.example",
    ],
)
def test_a_login_leads_nowhere_else(seat: Seat, query: str) -> None:
    response = seat.log_in(query=query)
    assert response.headers["Location"] == "/desk"
    assert "stolen" not in str(response.headers)
    stranger = seat.app.test_client().get(f"/desk/login{query}")
    assert "evil" not in stranger.text
    assert "stolen" not in str(stranger.headers)


def test_a_login_leads_to_the_page_that_was_wanted(seat: Seat) -> None:
    sent = seat.client.get("/desk?tab=withheld").headers["Location"]
    response = seat.log_in(query=sent.removeprefix("/desk/login"))
    assert response.headers["Location"] == "/desk?tab=withheld"


def test_below_a_prefix_everything_keeps_it(make_app: Callable[..., Flask], seat: Seat) -> None:
    app = make_app(database_url=seat.url, path_prefix="/zq")
    client = app.test_client()
    sent = client.get("/zq/desk/audit")
    assert sent.headers["Location"] == "/zq/desk/login?next=/desk/audit"
    form = client.get(sent.headers["Location"])
    assert "Path=/zq/desk" in form.headers["Set-Cookie"]
    field = FIELD.search(form.text)
    assert field
    answer = client.post(
        "/zq/desk/login?next=/desk/audit", data={"csrf": field[1], "token": seat.token}
    )
    assert answer.headers["Location"] == "/zq/desk/audit"
    close(app)


def test_the_desk_is_closed_while_the_store_cannot_be_written(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_store: Store) -> None:
        raise StoreError("read-only")

    monkeypatch.setattr(Store, "begin", refuse)
    for address in ("/desk", "/desk/login", "/desk/audit"):
        response = seat.client.get(address)
        assert response.status_code == 503
        assert "审稿台未开放" in response.text
        assert "read-only" not in response.text
        assert "Set-Cookie" not in response.headers
    assert seat.client.post("/desk/login", data={"token": "x"}).status_code == 503
    assert seat.client.get("/v1/guidance").status_code == 200
    kind = {"kind": "outdated"}
    assert seat.client.post(f"/v1/guidance/{uid_of(seat)}/reports", json=kind).status_code == 503


def test_every_login_stands_in_the_log(inside: Seat) -> None:
    other = Seat(inside.app, inside.app.test_client(), "wrong", inside.url)
    other.log_in()
    page = inside.client.get("/desk/audit").text
    for word in ("登录", "登录被拒", "生成令牌", "desk-1"):
        assert word in page
    assert "wrong" not in page


def test_unknown_pages_and_bad_cursors_are_told(inside: Seat) -> None:
    assert inside.client.get("/desk/pages/nothing").status_code == 404
    assert inside.client.get(f"/desk/pages/{'x' * 60}").status_code == 404
    assert inside.client.get("/desk?cursor=x").status_code == 400
    assert inside.client.get("/desk/audit?cursor=x").status_code == 400
    assert inside.client.get("/desk/runs/999999").status_code == 404
    data = {"csrf": inside.field("/desk")}
    assert inside.client.post("/desk/pages/x/dance", data=data).status_code == 404
