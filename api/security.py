"""Headers and limits that hold for every answer."""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from api.config import ApiConfig

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def secure(app: Flask, config: ApiConfig) -> None:
    """Give every answer of ``app`` its safety headers, and set it behind its proxies."""

    @app.after_request
    def _add_headers(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", _POLICY)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if config.https:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if request.method in {"GET", "HEAD"} and request.path.startswith("/v1/"):
            headers["Access-Control-Allow-Origin"] = "*"
            headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        return response

    wsgi: WSGIApplication = app.wsgi_app
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
