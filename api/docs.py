"""The OpenAPI document, and a page to read and try it with nothing from elsewhere."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template

from api import parameters
from api.knowledge import services
from api.openapi import openapi_document
from api.reader.page import asset
from api.responses import Body, body_of, send

BLUEPRINT = Blueprint("docs", __name__)
_MAX_AGE = 3600  # seconds
_BODY = "zhiquan-openapi"


@BLUEPRINT.get("/v1/openapi.json")
def openapi() -> Response:
    """The document."""
    parameters.allow()
    body: Body | None = current_app.extensions.get(_BODY)
    if body is None:
        known = services()
        body = body_of(openapi_document(known.references, known.config.path_prefix), best=True)
        current_app.extensions[_BODY] = body
    return send(body, max_age=_MAX_AGE)


@BLUEPRINT.get("/docs")
def page() -> str:
    """The document for people, with a form for each operation."""
    known = services()
    document = openapi_document(known.references, known.config.path_prefix)
    return render_template("docs.html", document=document, asset=asset)
