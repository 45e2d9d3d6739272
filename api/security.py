"""The headers that every answer has, and the order in which a request passes everything."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from api.config import ApiConfig
from api.gate import Gate, Headers, Rules, State
from api.knowledge import installed
from api.limits import RateLimiter

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Headers = [
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
]
_HSTS = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")


def secure(app: Flask, config: ApiConfig, limiter: RateLimiter | None = None) -> None:
    """Put ``app`` behind its gate, below its path and behind its proxies."""

    def state() -> State | None:
        known = installed(app)
        generation = known.database.generation()
        return None if generation is None else (generation, known.today())

    headers = [*_HEADERS, _HSTS] if config.https else _HEADERS
    log = logging.getLogger("zhiquan.access") if config.access_log else None
    rules = Rules(headers, installed(app).board, limiter, state, log)
    wsgi: WSGIApplication = Gate(app.wsgi_app, rules)
    if config.path_prefix:
        wsgi = _Prefixed(wsgi, config.path_prefix)
    if config.proxies:
        hops = config.proxies
        wsgi = ProxyFix(wsgi, x_for=hops, x_proto=hops, x_host=hops)
    app.wsgi_app = wsgi  # type: ignore[method-assign,assignment]  # as documented


class _Prefixed:
    """The application below a path: requests outside of it are answered 404."""

    def __init__(self, wsgi: WSGIApplication, prefix: str) -> None:
        self._wsgi = wsgi
        self._prefix = prefix

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """The application's answer, with the prefix moved into ``SCRIPT_NAME``."""
        path = environ.get("PATH_INFO", "")
        if path == self._prefix or path.startswith(self._prefix + "/"):
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + self._prefix
            environ["PATH_INFO"] = path[len(self._prefix) :] or "/"
            return self._wsgi(environ, start)
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", "0")]
        start("404 Not Found", headers)
        return [b""]
