"""The service under granian: two to three times as fast as gunicorn in absolute terms.

What it lacks: a stuck request does not end its worker (``ZHIQUAN_TIMEOUT`` limits only how
long the head of a request may take), and a reload may reset connections that no worker has
taken yet.
"""

from __future__ import annotations

import multiprocessing
import signal
import socket
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from multiprocessing.sharedctypes import Synchronized
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from api.board import Board
from api.config import ApiConfig
from api.gate import Headers
from api.limits import Limits, make_limits
from api.listening import SERVER_NAME, address_of, bind, prepare_store, start_logging
from crawler.errors import ConfigError

_GRACE = 20  # seconds that a stopped worker has for the requests it has begun
_PAUSE = 0.02  # seconds between two looks whether the first worker listens


def serve(config: ApiConfig) -> None:
    """Serves until a signal ends it; prints the address when it can be asked.

    SIGHUP reloads workers. Raises ``ConfigError`` when granian is not installed or the
    address is taken, and ``SeedError``.
    """
    try:
        from granian.constants import Interfaces
        from granian.http import HTTP1Settings
        from granian.log import LogLevels
        from granian.server import Server
    except ImportError as error:
        raise ConfigError(
            "granian is not installed: pip install -e '.[granian]' in the project's folder,"
            " or serve with gunicorn"
        ) from error
    host, port, address = _find_address(config)
    prepare_store(config)
    start_logging(config)
    # The counters live in memory that only forked workers share with each other.
    multiprocessing.set_start_method("fork", force=True)
    server = Server(
        "zhiquan",
        host,
        port,
        interface=Interfaces.WSGI,
        workers=config.workers,
        blocking_threads=config.threads,
        backlog=2048,
        # Connections a worker takes at once; those beyond it wait in the backlog.
        backpressure=2000,
        http1_settings=HTTP1Settings(header_read_timeout=config.timeout * 1000),
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=_GRACE,
    )
    server.on_startup(lambda: _tell_when_answered(host, port, address))
    shared = _Shared(Board(), make_limits(config.rate_limit), multiprocessing.Value("i", 0))
    server.serve(target_loader=partial(_load, config, shared), wrap_loader=False)


def _find_address(config: ApiConfig) -> tuple[str, int, str]:
    """The host, a port that is free, and the address; each worker binds them itself."""
    with bind(config.host, config.port) as listener:
        host, port = listener.getsockname()[:2]
        return host, port, address_of(listener, config)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the workers count together, and how many of them there have been."""

    board: Board
    limits: Limits
    workers: Synchronized[int]


def _load(config: ApiConfig, shared: _Shared) -> Any:
    from api.app import create_app

    # Until the worker serves, it has its parent's handlers, which would ignore a stop.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    with shared.workers.get_lock():
        shared.board.take_row(shared.workers.value)
        shared.workers.value += 1
    app = create_app(config, board=shared.board, limits=shared.limits)

    def named(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        def begin(status: str, headers: Headers, exc_info: Any = None) -> Any:
            return start(status, [*headers, ("Server", SERVER_NAME)], exc_info)

        return app(environ, begin)

    return named


def _tell_when_answered(host: str, port: int, address: str) -> None:
    """Print the address as soon as a worker listens there; gives up with the process."""

    def wait() -> None:
        pause = threading.Event()
        while True:
            try:
                socket.create_connection((host, port), timeout=1).close()
            except OSError:
                pause.wait(_PAUSE)
            else:
                print(address, flush=True)
                return

    threading.Thread(target=wait, daemon=True).start()
