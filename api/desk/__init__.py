"""The curator's desk below /desk: what is published is decided here.

Server-rendered pages that work without scripts. Nobody gets in without a token that
``zhiquan desk token`` made; the desk is closed while the database cannot be written.
"""

from __future__ import annotations

from flask import Blueprint, Flask, Response
from werkzeug.exceptions import HTTPException

from api.config import ApiConfig
from api.desk import article, decisions, guards, history, login, queue
from api.desk.rendering import notice
from api.desk.session import DeskSessions
from api.limits import Limits
from api.office import EXTENSION, Office, Room, room
from api.problems import LOG, Problem
from crawler.errors import StoreError
from crawler.vocabulary import References

__all__ = ["install_desk"]
_SAID = frozenset({400, 403, 404, 405, 413, 429})


def install_desk(app: Flask, config: ApiConfig, references: References, limits: Limits) -> None:
    """Give the application its desk and the sessions below it."""
    office = Office(config.database_url, config.secret_key, references)
    app.extensions[EXTENSION] = Room(office, limits)
    app.session_interface = DeskSessions(lambda: room().office.key(), lambda: config.https)
    app.register_blueprint(_blueprint())


def _blueprint() -> Blueprint:
    desk = Blueprint("desk", __name__, url_prefix="/desk")
    desk.before_request(guards.before)
    desk.after_request(guards.after)
    for rule, name, view, methods in (
        ("", "queue", queue.queue, ["GET"]),
        ("/login", "login", login.login, ["GET", "POST"]),
        ("/logout", "logout", login.logout, ["POST"]),
        ("/pages/<string:uid>", "page", article.page, ["GET"]),
        ("/pages/<string:uid>/versions", "versions", history.versions, ["GET"]),
        ("/pages/<string:uid>/<string:action>", "act", decisions.act, ["POST"]),
        ("/decisions/<int:number>/undo", "undo", decisions.undo, ["POST"]),
        ("/decisions/<int:number>/confirm", "confirm", decisions.confirm, ["POST"]),
        ("/reports/<int:number>/settle", "settle", decisions.settle, ["POST"]),
        ("/runs", "runs", history.runs, ["GET"]),
        ("/runs/<int:number>", "run_report", history.run_report, ["GET"]),
        ("/audit", "audit", history.audit, ["GET"]),
    ):
        desk.add_url_rule(rule, name, view, methods=methods)
    desk.register_error_handler(HTTPException, _on_http)
    desk.register_error_handler(Problem, _on_problem)
    desk.register_error_handler(StoreError, _on_store)
    return desk


def _on_http(error: HTTPException) -> Response:
    status = error.code or 500
    return notice(status, f"error_{status}" if status in _SAID else "error_500")


def _on_problem(problem: Problem) -> Response:
    return notice(problem.status, f"error_{problem.status}")


def _on_store(error: StoreError) -> Response:
    LOG.error("desk: %s", error)
    response = notice(503, "closed")
    response.headers["Retry-After"] = "10"
    return response
