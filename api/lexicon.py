"""The lexicon that the extension matches with, on the reader's own machine."""

from __future__ import annotations

from flask import Blueprint, Response, current_app

from api import parameters
from api.knowledge import services
from api.responses import Body, body_of, send
from crawler.lexicon_json import lexicon_document

BLUEPRINT = Blueprint("lexicon", __name__, url_prefix="/v1/lexicon")
_MAX_AGE = 3600  # seconds
_BODY = "zhiquan-lexicon"


@BLUEPRINT.get("")
def lexicon() -> Response:
    """All lenders with their names and matching rules."""
    parameters.allow()
    return send(_body(), max_age=_MAX_AGE)


def _body() -> Body:
    """Built and compressed once: it changes only with the seeds, which need a restart."""
    body: Body | None = current_app.extensions.get(_BODY)
    if body is None:
        body = body_of(lexicon_document(services().references), best=True)
        current_app.extensions[_BODY] = body
    return body
