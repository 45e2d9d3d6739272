"""A log of requests that tells nothing about anybody: no query, no address in full."""

from __future__ import annotations

import logging

from flask import Flask, Response, request

from api.limits import network_of

LOG = logging.getLogger("zhiquan.access")


def log_requests(app: Flask) -> None:
    """Log method, path, status and network of every request; never its query or body."""

    @app.after_request
    def _log(response: Response) -> Response:
        network = network_of(request.remote_addr)
        LOG.info("%s %s %s %s", network, request.method, request.path, response.status_code)
        return response
