"""The lexicon that the extension matches with, on the reader's own machine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app, request

from api import parameters
from api.knowledge import Services, services
from api.problems import Problem
from api.responses import Body, body_of, send
from crawler.errors import StoreError
from crawler.lexicon_json import lexicon_delta, lexicon_document
from crawler.store import Reader
from crawler.store.lexicons import find_lexicon

BLUEPRINT = Blueprint("lexicon", __name__, url_prefix="/v1/lexicon")
_MAX_AGE = 3600  # seconds
_KEPT = "zhiquan-lexicon"
_VERSION = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Built and compressed once: it changes only with the seeds, which need a restart."""

    document: dict[str, Any]
    body: Body
    whole: Body  # the delta for readers that have no version we know


@BLUEPRINT.get("")
def lexicon() -> Response:
    """All lenders with their names and matching rules."""
    parameters.allow()
    return send(_lexicon(services()).body, max_age=_MAX_AGE)


@BLUEPRINT.get("/delta")
def delta() -> Response:
    """What changed since a version that was served before; everything when it is not known."""
    parameters.allow("since")
    known, since = services(), _since()
    kept = _lexicon(known)

    def build(reader: Reader) -> Body:
        earlier = find_lexicon(reader, since) if since else None
        if earlier is None:
            return kept.whole
        return body_of(lexicon_delta(kept.document, since, earlier))

    try:
        body = known.answer(build)
    except StoreError:  # all of it is right without a store too
        body = kept.whole
    return send(body, max_age=_MAX_AGE)


def _since() -> str | None:
    value = request.args.get("since")
    if value is not None and not _VERSION.fullmatch(value):
        raise Problem(400, "Give the version of an earlier answer.", parameter="since")
    return value


def _lexicon(known: Services) -> _Lexicon:
    kept: _Lexicon | None = current_app.extensions.get(_KEPT)
    if kept is None:
        document = lexicon_document(known.references)
        whole = lexicon_delta(document, None, None)
        kept = _Lexicon(document, body_of(document, best=True), body_of(whole, best=True))
        current_app.extensions[_KEPT] = kept
    return kept
