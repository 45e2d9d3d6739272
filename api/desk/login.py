"""Sitting down at the desk with a token, and leaving it."""

from __future__ import annotations

from flask import Response, g, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from api.desk import session as sessions
from api.desk.guards import safe_path
from api.desk.rendering import show
from api.desk.words import words
from api.limits import network_of
from api.office import room
from crawler.store.access import check_token, end_session, start_session
from crawler.vocabulary import AuditKind

_LONGEST = 200  # characters of a token


def login() -> BaseResponse:
    """The form; for a good token a new session and the page that was wanted."""
    wanted = safe_path(request.args.get("next"))
    if request.method == "GET":
        return _form(wanted) if g.curator is None else redirect(_address(wanted), 303)
    place = room()
    now = place.clock()
    network = network_of(request.remote_addr)
    wait = place.limits.tries.take(network, 1, now)
    if wait:
        return _too_many(wanted, wait)
    store = place.office.store()
    label = check_token(store, request.form.get("token", "").strip()[:_LONGEST])
    if label is None:
        # Asked only now, so that guesses from everywhere cannot keep a curator out.
        wait = place.limits.refusals.take("all", 1, now)
        if wait:
            return _too_many(wanted, wait)
        place.office.desk().note(AuditKind.REFUSED, "")
        return _form(wanted, "wrong_token", 401)
    # Only guesses count: curators of one house, behind one address, sit down at the same time.
    place.limits.tries.give_back(network, 1)
    former = sessions.end()
    if former is not None:
        end_session(store, former)
    sessions.begin(start_session(store, label), now)
    place.office.desk().note(AuditKind.LOGIN, label)
    return redirect(_address(wanted), 303)


def logout() -> BaseResponse:
    """The way to the login; the session is over, also for a copy of its cookie."""
    place = room()
    identifier = sessions.end()
    if identifier is not None:
        end_session(place.office.store(), identifier)
    place.office.desk().note(AuditKind.LOGOUT, g.curator)
    return redirect(request.script_root + "/desk/login", 303)


def _address(wanted: str | None) -> str:
    return request.script_root + (wanted or "/desk")


def _too_many(wanted: str | None, wait: float) -> Response:
    response = _form(wanted, "too_many", 429)
    response.headers["Retry-After"] = str(int(wait) + 1)
    return response


def _form(wanted: str | None, fault: str = "", status: int = 200) -> Response:
    said = words().say(fault) if fault else ""
    return show("login.html", status, next=wanted, fault=said)
