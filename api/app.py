"""The application factory."""

from __future__ import annotations

from flask import Flask

from api import (
    checker,
    complaints,
    docs,
    feedback,
    guidance,
    health,
    house,
    lenders,
    lexicon,
    metrics,
    problems,
    search,
    statutes,
    sync,
    topics,
)
from api.board import Board
from api.config import ApiConfig, load_config
from api.desk import install_desk
from api.knowledge import install
from api.limits import Limits, make_limits
from api.reader import BLUEPRINTS as READER
from api.reader.page import error_page
from api.security import secure
from crawler.seeds import load_references
from crawler.vocabulary import References

_BLUEPRINTS = (
    checker.BLUEPRINT,
    complaints.BLUEPRINT,
    docs.BLUEPRINT,
    feedback.BLUEPRINT,
    guidance.BLUEPRINT,
    health.BLUEPRINT,
    house.BLUEPRINT,
    lenders.BLUEPRINT,
    lexicon.BLUEPRINT,
    metrics.BLUEPRINT,
    search.BLUEPRINT,
    statutes.BLUEPRINT,
    sync.BLUEPRINT,
    topics.BLUEPRINT,
    *READER,
)


def create_app(
    config: ApiConfig | None = None,
    references: References | None = None,
    board: Board | None = None,
    limits: Limits | None = None,
) -> Flask:
    """The service as a WSGI application.

    Without ``config`` the environment decides; without ``references`` seeds/ is loaded.
    ``board`` and ``limits`` are the counters that several workers share.
    Raises ``ConfigError`` or ``SeedError``; a missing store only makes reads answer 503.
    """
    settings = config or load_config()
    app = Flask("api", static_url_path="/static")
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body
    app.config["TRUSTED_HOSTS"] = list(settings.trusted_hosts) or None
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 31_536_000  # their addresses hold their digests
    app.url_map.strict_slashes = False
    known = references or load_references(settings.seeds)
    install(app, settings, known, board or Board())
    problems.register(app, error_page)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    counted = limits or make_limits(settings.rate_limit)
    install_desk(app, settings, known, counted)
    secure(app, settings, counted.requests)
    return app
