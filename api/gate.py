"""What every request passes before and after the application: limits, kept answers, headers.

Written as WSGI because that is where it costs least: a public answer that was given before
is given again without routing, as long as nothing changed that it could depend on.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from api.board import Board, group_of
from api.limits import RateLimiter, cost_of, network_of
from api.problems import Problem, problem_response

_KEPT_BYTES = 48 * 1024 * 1024  # a worker; an answer is some 10 KB
_ENTRY = 1024  # bytes that an entry takes besides its body

Headers = list[tuple[str, str]]
State = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A public answer, and the state of everything it depends on."""

    state: State | None
    headers: Headers
    body: bytes
    etag: str  # without the part that names the encoding


@dataclass(frozen=True, slots=True)
class Rules:
    """What the gate adds and asks.

    ``state`` tells in what state everything is that a public answer may depend on.
    """

    headers: Headers
    board: Board
    limiter: RateLimiter | None
    state: Callable[[], State | None]
    log: logging.Logger | None = None


class Gate:
    """The application behind its gate. Safe between threads."""

    def __init__(self, wsgi: WSGIApplication, rules: Rules) -> None:
        self._wsgi = wsgi
        self._rules = rules
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, ...], _Kept] = OrderedDict()
        self._size = 0

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """The answer, counted and with the headers that every answer has."""
        began = time.perf_counter()
        path = environ.get("PATH_INFO", "")
        extra = self._rules.headers
        if path.startswith("/v1/") and environ["REQUEST_METHOD"] in {"GET", "HEAD"}:
            extra = [*extra, *_OPEN]

        def begin(status: str, headers: Headers, exc_info: Any = None) -> Callable[..., Any]:
            seconds = time.perf_counter() - began
            self._rules.board.note(group_of(path), int(status[:3]), seconds)
            if self._rules.log is not None:
                _log(self._rules.log, environ, status[:3], seconds)
            own = _without_own(extra, headers) if path.startswith(_DESK) else extra
            return start(status, [*headers, *own], exc_info)

        refused = self._refuse(environ, path)
        if refused is not None:
            return refused(environ, begin)
        if environ["REQUEST_METHOD"] != "GET":
            return self._wsgi(environ, begin)
        return self._answer(environ, begin)

    def _refuse(self, environ: WSGIEnvironment, path: str) -> WSGIApplication | None:
        limiter = self._rules.limiter
        cost = cost_of(environ["REQUEST_METHOD"], path)
        if limiter is None or not cost:
            return None
        wait = limiter.take(network_of(environ.get("REMOTE_ADDR")), cost, time.monotonic())
        if not wait:
            return None
        problem = Problem(429, "Too many requests; try again later.")
        response = problem_response(problem.status, problem.detail)
        response.headers["Retry-After"] = str(int(wait) + 1)
        return response

    def _answer(self, environ: WSGIEnvironment, start: Callable[..., Any]) -> Iterable[bytes]:
        key = _key(environ)
        if key[3].startswith(_STATIC):
            return self._wsgi(environ, start)
        # The application always answers in full, so that there is something to keep.
        known = environ.pop("HTTP_IF_NONE_MATCH", "")
        state = self._rules.state()
        kept = self._find(key)
        if kept is None or kept.state != state:
            held: list[Any] = []
            result = self._wsgi(environ, lambda *given: held.append(given))  # type: ignore[arg-type]  # nobody writes
            status, headers = held[-1][:2]
            if not status.startswith("200") or not _is_public(headers):
                start(status, headers)
                return result
            body = b"".join(result)
            getattr(result, "close", lambda: None)()
            kept = _Kept(state, headers, body, dict(headers)["ETag"].strip('"').partition("-")[0])
            if state is not None:
                self._keep(key, kept)
        if kept.etag in known or known == "*":
            start("304 Not Modified", [one for one in kept.headers if one[0] in _NOT_MODIFIED])
            return []
        start("200 OK", kept.headers)
        return [kept.body]

    def _find(self, key: tuple[str, ...]) -> _Kept | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
            return kept

    def _keep(self, key: tuple[str, ...], kept: _Kept) -> None:
        with self._lock:
            before = self._kept.pop(key, None)
            self._kept[key] = kept
            self._size += len(kept.body) + _ENTRY
            self._size -= len(before.body) + _ENTRY if before else 0
            while self._size > _KEPT_BYTES:
                _, dropped = self._kept.popitem(last=False)
                self._size -= len(dropped.body) + _ENTRY


def _log(log: logging.Logger, environ: WSGIEnvironment, status: str, seconds: float) -> None:
    """Tells of a request: never its query, and of the address only the network."""
    fields = {
        "network": network_of(environ.get("REMOTE_ADDR")),
        "method": environ["REQUEST_METHOD"],
        "path": environ.get("PATH_INFO", ""),
        "status": status,
    }
    told = " ".join(["%s"] * len(fields))
    log.info(told, *fields.values(), extra={**fields, "ms": round(seconds * 1000, 2)})


_STATIC = "/static/"  # the file system keeps those
_DESK = "/desk"  # its pages may set stricter headers than the usual ones
_OPEN = [("Access-Control-Allow-Origin", "*"), ("Access-Control-Expose-Headers", "ETag")]
_NOT_MODIFIED = frozenset({"ETag", "Cache-Control", "Vary"})


def _key(environ: WSGIEnvironment) -> tuple[str, ...]:
    """Everything in a request that a public answer may depend on."""
    return (
        environ.get("HTTP_HOST", ""),
        environ.get("wsgi.url_scheme", ""),
        environ.get("SCRIPT_NAME", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        environ.get("HTTP_ACCEPT_ENCODING", ""),
    )


def _without_own(extra: Headers, headers: Headers) -> Headers:
    """The headers that every answer has, without those that this one sets itself."""
    own = {name for name, _value in headers}
    return [one for one in extra if one[0] not in own]


def _is_public(headers: Headers) -> bool:
    names = dict(headers)
    return names.get("Cache-Control", "").startswith("public") and "ETag" in names
