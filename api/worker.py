"""gunicorn's worker as the service runs it: what is no HTTP gets a problem, and leaves no trace."""

from __future__ import annotations

import logging
import socket
from contextlib import suppress

from gunicorn.http import errors
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

from api.problems import problem_response

LOG = logging.getLogger("zhiquan.api")
_STATUSES: dict[type[Exception], int] = {
    errors.ExpectationFailed: 417,
    errors.ForbiddenProxyRequest: 403,
    errors.LimitRequestHeaders: 431,
    errors.LimitRequestLine: 414,
    errors.UnsupportedTransferCoding: 501,
}
_DETAILS: dict[type[BaseException], str] = {
    errors.InvalidRequestLine: "The first line cannot be read; percent-encode what is not ASCII."
}
_OURS = (
    errors.ConfigurationProblem,
    errors.InvalidResponseHeader,
    errors.InvalidResponseHeaderName,
)


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """Answers faults before any view as views answer theirs.

    gunicorn's own answer is a page that quotes the request, and its log line holds the request
    and the full address of who sent it.
    """

    def handle_error(
        self, req: object, client: socket.socket, addr: object, exc: BaseException
    ) -> None:
        """Sends the problem; nothing is logged of what a client did wrong."""
        if isinstance(exc, errors.ParseException) and not isinstance(exc, _OURS):
            status = _STATUSES.get(type(exc), 400)
        else:
            status = 500
            LOG.error("fault outside of the views: %s", type(exc).__name__, exc_info=exc)
        problem = problem_response(status, _DETAILS.get(type(exc)))
        problem.headers["Content-Length"] = str(len(problem.data))
        problem.headers["Connection"] = "close"
        head = f"HTTP/1.1 {problem.status}\r\n{problem.headers}"  # ends with an empty line
        with suppress(OSError):  # who sent it has gone
            write_nonblock(client, head.encode("latin-1") + problem.data)
