"""Readers' reports on a guidance: a word of three, counted by day, and nothing about anybody."""

from __future__ import annotations

import time

from flask import Blueprint, Response, request

from api import parameters, serialize
from api.bodies import read_json
from api.knowledge import services
from api.limits import network_of
from api.office import room
from api.problems import Problem
from api.responses import encode_json
from crawler.store.feedback import add_report
from crawler.vocabulary import ReportKind

BLUEPRINT = Blueprint("feedback", __name__, url_prefix="/v1/guidance")
KINDS = tuple(one.value for one in ReportKind)


@BLUEPRINT.post("/<string:identifier>/reports", provide_automatic_options=False)
def report(identifier: str) -> Response:
    """The report as it was taken."""
    parameters.allow()
    body = read_json({"kind"})
    kind = body.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise Problem(400, f"Give one of {', '.join(KINDS)}.", parameter="kind")
    taken = ReportKind(kind)
    take_report(identifier, taken)
    response = encode_json(serialize.report_record(taken))
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@BLUEPRINT.route(
    "/<string:identifier>/reports", methods=["OPTIONS"], provide_automatic_options=False
)
def report_options(identifier: str) -> Response:
    """Any page or extension may send a report: it carries nothing that needs guarding."""
    response = Response(status=204)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = "POST"
    response.headers["Access-Control-Allow-Headers"] = "Content-Type"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def take_report(identifier: str, kind: ReportKind) -> None:
    """Count the report. Raises a ``Problem`` when there are too many, or no such guidance."""
    desk = room()
    network = network_of(request.remote_addr)
    if desk.limits.reports.take(network, 1, time.monotonic()):
        raise Problem(429, "Too many reports; try again later.")
    known = len(identifier) <= 16 and identifier.isalnum()
    if not known or not add_report(desk.office.store(), identifier, kind, services().today()):
        raise Problem(404, "There is no guidance with this id.")
