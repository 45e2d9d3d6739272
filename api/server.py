"""The service under gunicorn, or whichever server the configuration names."""

from __future__ import annotations

import socket
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.http import wsgi

from api import granian_server
from api.board import Board
from api.config import ApiConfig
from api.limits import make_limits
from api.listening import SERVER_NAME, address_of, bind, prepare_store, start_logging
from api.worker import Worker


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    def __init__(self, config: ApiConfig, listener: socket.socket) -> None:
        self._config = config
        self._listener = listener
        self._address = address_of(listener, config)
        self._board = Board()
        self._limits = make_limits(config.rate_limit)
        super().__init__()

    def load_config(self) -> None:
        settings: dict[str, Any] = {
            "bind": [f"fd://{self._listener.fileno()}"],
            "workers": self._config.workers,
            "threads": self._config.threads,
            "worker_class": Worker,
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

        return create_app(self._config, board=self._board, limits=self._limits)

    def _tell_address(self, _server: Any) -> None:
        print(self._address, flush=True)

    def _take_row(self, _server: Any, worker: Any) -> None:
        self._board.take_row(worker.age)


def serve(config: ApiConfig) -> None:
    """Serves until a signal ends it; prints the address when it can be asked.

    SIGHUP reloads workers gracefully. Raises ``ConfigError`` when the address is taken.
    """
    if config.server == "granian":
        granian_server.serve(config)
        return
    listener = bind(config.host, config.port)
    prepare_store(config)
    listener.set_inheritable(True)
    start_logging(config)
    wsgi.SERVER = SERVER_NAME  # gunicorn has no setting for it
    _Server(config, listener).run()
