"""The service under gunicorn."""

from __future__ import annotations

import logging
import socket
import sys
from typing import Any

from gunicorn.app.base import BaseApplication

from api.board import Board
from api.config import ApiConfig
from crawler.errors import ConfigError, StoreError
from crawler.store import Store


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    def __init__(self, config: ApiConfig, listener: socket.socket) -> None:
        self._config = config
        self._listener = listener
        host, port = listener.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        self._address = f"http://{shown}:{port}{config.path_prefix}/"
        self._board = Board()
        super().__init__()

    def load_config(self) -> None:
        settings: dict[str, Any] = {
            "bind": [f"fd://{self._listener.fileno()}"],
            "workers": self._config.workers,
            "threads": self._config.threads,
            "worker_class": "gthread",
            "timeout": self._config.timeout,
            "graceful_timeout": 20,
            "keepalive": 15,
            "worker_connections": 2000,
            "limit_request_line": 4094,
            "limit_request_fields": 60,
            "limit_request_field_size": 8190,
            "accesslog": None,  # query strings and addresses of readers are nobody's business
            "loglevel": "warning",
            "proc_name": "zhiquan",
            "control_socket_disable": True,
            "post_fork": self._take_row,
            "when_ready": self._tell_address,  # from here on signals are handled
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from api.app import create_app

        return create_app(self._config, board=self._board)

    def _tell_address(self, _server: Any) -> None:
        print(self._address, flush=True)

    def _take_row(self, _server: Any, worker: Any) -> None:
        self._board.take_row(worker.age)


def serve(config: ApiConfig) -> None:
    """Serves until a signal ends it; prints the address when it can be asked.

    SIGHUP reloads workers gracefully. Raises ``ConfigError`` when the address is taken.
    """
    listener = _bind(config.host, config.port)
    _prepare_store(config)
    listener.set_inheritable(True)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    _Server(config, listener).run()


def _bind(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(found[0], socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(found[4])
        listener.listen(2048)
    except OSError as error:
        raise ConfigError(f"{host}:{port}: {error.strerror or error}; give another port") from error
    return listener


def _prepare_store(config: ApiConfig) -> None:
    """Migrate the store before the workers open it for reading only."""
    try:
        Store.open(config.database_url).close()
    except StoreError as error:
        # A read-only copy can be served as it is; anything else shows as "not ready".
        print(f"zhiquan: {error}", file=sys.stderr, flush=True)
