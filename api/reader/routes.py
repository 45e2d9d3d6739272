"""The addresses of the reader's pages."""

from __future__ import annotations

from flask import Blueprint

from api.reader import checker, feeds, guidance, lenders, report, search, start, topics
from api.reader.locale import Language

_PAGES = (
    ("/", "home", start.home),
    ("/about", "about", start.about),
    ("/lenders", "lenders", lenders.lenders),
    ("/lenders/<string:identifier>", "lender", lenders.lender),
    ("/topics", "topics", topics.topics),
    ("/topics/<string:identifier>", "topic", topics.topic),
    ("/guidance", "guidance_list", guidance.guidance_list),
    ("/guidance/<string:identifier>", "guidance", guidance.guidance),
    ("/search", "search", search.search_page),
)


def make_blueprint(language: Language) -> Blueprint:
    """The pages in one language; the Chinese ones also carry what has no language."""
    prefix = "" if language == "zh" else f"/{language}"
    blueprint = Blueprint(f"reader_{language}", __name__, url_prefix=prefix or None)
    for rule, name, view in _PAGES:
        blueprint.add_url_rule(rule, name, view, methods=["GET"])
    blueprint.add_url_rule("/check", "check", checker.check, methods=["GET", "POST"])
    blueprint.add_url_rule(
        "/guidance/<string:identifier>/report", "report", report.report, methods=["POST"]
    )
    if language == "zh":
        blueprint.add_url_rule("/sitemap.xml", "sitemap", feeds.sitemap)
        blueprint.add_url_rule("/feed.xml", "feed", feeds.feed)
        blueprint.add_url_rule("/robots.txt", "robots", feeds.robots)
    return blueprint
