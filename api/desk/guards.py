"""What stands before every page of the desk: an open store, a session, a form of our own."""

from __future__ import annotations

from flask import Response, abort, g, redirect, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from api.desk import session as sessions
from api.desk.words import note_wishes
from api.office import room
from crawler.store.access import session_label

_PUBLIC = frozenset({"desk.login"})
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def before() -> BaseResponse | None:
    """``None`` when the request may pass; otherwise the way to the login.

    Raises ``StoreError`` while the desk is off, and 403 for a form that is not our own.
    """
    g.curator = None
    store = room().office.store()
    note_wishes()
    identifier = sessions.current(room().clock())
    if identifier is not None:
        g.curator = session_label(store, identifier)
    if request.method == "POST" and not sessions.is_own_form():
        abort(403)
    if g.curator is not None or request.endpoint in _PUBLIC:
        return None
    if "sid" in session:
        sessions.end()
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("desk.login", next=wanted), 303)


def after(response: Response) -> Response:
    """The answer, which nobody keeps and which may load nothing but the desk's own files."""
    response.headers["Cache-Control"] = "no-store"
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def curator() -> str:
    """The label of the token that logged in."""
    label = g.get("curator")
    if not isinstance(label, str):
        abort(403)
    return label


def safe_path(wanted: str | None) -> str | None:
    """``wanted`` when it is a page of the desk here; anything else is ``None``.

    Browsers drop tabs and line breaks from addresses and take a backslash for a slash, so
    none of these may stand in it.
    """
    if not wanted or not wanted.isprintable() or "\\" in wanted or len(wanted) > 500:
        return None
    path = wanted.partition("?")[0]
    if path != "/desk" and not path.startswith("/desk/"):
        return None
    return None if "//" in path or "/../" in f"{path}/" else wanted
