"""A reader tells that a guidance is outdated, about another lender, or of no use."""

from __future__ import annotations

from flask import Response, abort, request

from api.feedback import KINDS, take_report
from api.reader.page import HTML, render
from crawler.vocabulary import ReportKind


def report(identifier: str) -> Response:
    """Thanks for the report that the form holds."""
    kind = request.form.get("kind", "")
    if kind not in KINDS:
        abort(400)
    take_report(identifier, ReportKind(kind))
    response = Response(render("reported.html", identifier=identifier), content_type=HTML)
    response.headers["Cache-Control"] = "no-store"
    return response
