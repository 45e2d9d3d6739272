"""Every error as RFC 9457 problem JSON, without anything from inside the program."""

from __future__ import annotations

import logging
from collections.abc import Callable

import orjson
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from crawler.errors import StoreError

LOG = logging.getLogger("zhiquan.api")

_DETAILS = {
    400: "The request cannot be understood.",
    403: "This is not allowed.",
    404: "There is nothing at this address.",
    405: "This address does not accept this method.",
    406: "This address cannot answer in a form you accept.",
    408: "The request took too long.",
    413: "The request's body is too large.",
    414: "The address is too long.",
    415: "Send the body as application/json.",
    429: "Too many requests; try again later.",
    500: "Something went wrong on our side.",
    503: "The guidance store is not available at the moment; try again later.",
}


class Problem(Exception):
    """A fault in a request, to be told to the client. ``detail`` never quotes the request."""

    def __init__(self, status: int, detail: str, *, parameter: str | None = None) -> None:
        self.status = status
        self.detail = detail
        self.parameter = parameter
        super().__init__(detail)


def register(app: Flask, page: Callable[[int], Response]) -> None:
    """Answer every error of ``app`` with a problem; on the reader's pages with a ``page``."""

    def explain(status: int, detail: str | None, parameter: str | None = None) -> Response:
        if request.path.startswith("/v1"):
            return problem_response(status, detail, parameter)
        return page(status)

    @app.errorhandler(Problem)
    def _on_problem(problem: Problem) -> Response:
        return explain(problem.status, problem.detail, problem.parameter)

    @app.before_request
    def _need_host() -> None:
        if not request.host:  # werkzeug's word for one that cannot be read
            raise SecurityError

    @app.errorhandler(SecurityError)
    def _on_foreign_host(error: SecurityError) -> Response:
        # A page would name its own address, and the host that was asked for is not ours.
        return problem_response(400, "The Host header names no host that is served here.")

    @app.errorhandler(HTTPException)
    def _on_http(error: HTTPException) -> Response:
        response = explain(error.code or 500, None)
        for name, value in error.get_headers():
            if name.lower() in {"allow", "retry-after", "location"}:
                response.headers[name] = value
        return response

    @app.errorhandler(StoreError)
    def _on_store(error: StoreError) -> Response:
        LOG.error("store: %s", error)
        response = explain(503, None)
        response.headers["Retry-After"] = "10"
        return response

    @app.errorhandler(InternalServerError)
    def _on_fault(error: InternalServerError) -> Response:
        cause = error.original_exception
        LOG.error("fault in %s: %r", request.url_rule, cause, exc_info=cause)
        return explain(500, None)


def problem_response(status: int, detail: str | None, parameter: str | None = None) -> Response:
    """The problem document for ``status``; the usual sentence when ``detail`` is ``None``."""
    response = Response(status=status)
    phrase = response.status.partition(" ")[2].title()
    body: dict[str, object] = {
        "type": "about:blank",
        "title": phrase,
        "status": status,
        "detail": detail or _DETAILS.get(status, phrase),
    }
    if parameter is not None:
        body["parameter"] = parameter
    response.data = orjson.dumps(body)
    response.content_type = "application/problem+json"
    response.headers["Cache-Control"] = "no-store"
    return response
