"""Who sits at the desk: a signed cookie, and the session in the store that it names.

The cookie is Flask's own signed session, sent to the desk alone. It carries nothing secret:
the id of a session that the store can end, the token that every form repeats, and times.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import Any

from flask import Flask, Request, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

COOKIE = "zhiquan_desk"
IDLE = 3600  # seconds without a request after which a session ends
ABSOLUTE = 12 * 3600  # seconds after which it ends in any case
_TOUCH = 60  # seconds after which a session's last use is noted again
_ROOT = "/desk"
FORM_FIELD = "csrf"
_WISHES = ("lang", "keys")  # outlive a login: they say nothing about who logs in
_SAME_SITE = frozenset({"same-origin", "none"})


class DeskSessions(SecureCookieSessionInterface):
    """Sessions below /desk alone; every other page has none and sets no cookie.

    ``key`` tells the signing key, or ``None`` while the desk is off.
    """

    digest_method = staticmethod(hashlib.sha256)
    salt = "zhiquan-desk"

    def __init__(self, key: Callable[[], str | None], https: Callable[[], bool]) -> None:
        self._key = key
        self._https = https

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of the cookie; ``None`` outside of the desk or while it is off."""
        if request.path != _ROOT and not request.path.startswith(f"{_ROOT}/"):
            return None
        return super().open_session(app, request)

    def get_signing_serializer(self, app: Flask) -> Any:
        """What signs the cookie; ``None`` without a key."""
        key = self._key()
        if key is None:
            return None
        return URLSafeTimedSerializer(
            key,
            salt=self.salt,
            serializer=self.serializer,
            signer_kwargs={"key_derivation": "hmac", "digest_method": self.digest_method},
        )

    def get_cookie_name(self, app: Flask) -> str:
        """Its name."""
        return COOKIE

    def get_cookie_path(self, app: Flask) -> str:
        """Only the desk gets it."""
        return request.script_root + _ROOT

    def get_cookie_samesite(self, app: Flask) -> str:
        """No other site's link or form brings it along."""
        return "Strict"

    def get_cookie_httponly(self, app: Flask) -> bool:
        """No script reads it."""
        return True

    def get_cookie_secure(self, app: Flask) -> bool:
        """Behind TLS it never travels without."""
        return self._https() or request.is_secure


def begin(identifier: str, now: float) -> None:
    """Make the request's session that of a curator; nothing of the former one is left."""
    kept = {name: session[name] for name in _WISHES if name in session}
    session.clear()
    session.update(sid=identifier, since=now, seen=now, csrf=secrets.token_urlsafe(24))
    session.update(kept)


def end() -> str | None:
    """Empty the request's session; the id of the curator's session that it held."""
    identifier = session.get("sid")
    session.clear()
    return identifier if isinstance(identifier, str) else None


def current(now: float) -> str | None:
    """The id of the curator's session; ``None`` when there is none or its time is over."""
    identifier, since, seen = (session.get(name) for name in ("sid", "since", "seen"))
    if not isinstance(identifier, str) or since is None or seen is None:
        return None
    if now - seen > IDLE or now - since > ABSOLUTE:
        return None
    if now - seen > _TOUCH:
        session["seen"] = now
    return identifier


def form_token() -> str:
    """The token that every form of this session repeats."""
    if "csrf" not in session:
        session["csrf"] = secrets.token_urlsafe(24)
    return str(session["csrf"])


def is_own_form() -> bool:
    """Whether the request is a form that this service gave to this session."""
    if request.headers.get("Sec-Fetch-Site", "none") not in _SAME_SITE:
        return False
    known, given = session.get("csrf", ""), request.form.get(FORM_FIELD, "")
    return bool(known) and hmac.compare_digest(known.encode(), given.encode())
