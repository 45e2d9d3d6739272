"""Turning a page's data into an answer: language, template, caching."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from flask import Response, render_template, request, url_for

from api.knowledge import services
from api.reader.locale import Language, Locale, load_texts
from api.responses import encode, send
from crawler.model import CHINA
from crawler.store import Reader

_MAX_AGE = 60  # seconds
HTML = "text/html; charset=utf-8"


def locale() -> Locale:
    """The language of the requested page."""
    return Locale(_language(), load_texts(_language()), services())


def answer(build: Callable[[Reader], str]) -> Response:
    """The page that ``build`` renders."""
    body = services().answer(lambda reader: encode(build(reader).encode(), HTML))
    return send(body, max_age=_MAX_AGE)


def render(template: str, **values: Any) -> str:
    """The template with the language, addresses and what every page shows."""
    words = locale()
    return render_template(
        f"reader/{template}",
        words=words,
        say=words.say,
        link=link,
        other=other_language,
        asset=asset,
        root=root(),
        day=day,
        **values,
    )


def day(moment: str) -> str:
    """The day in China of a moment as the API gives it."""
    return str(datetime.fromisoformat(moment).astimezone(CHINA).date())


def link(name: str, **values: Any) -> str:
    """The address of another page of the reader, in the same language."""
    return url_for(f"reader_{_language()}.{name}", **values)


def other_language() -> str:
    """The address of this page in the other language."""
    other = "reader_zh" if _language() == "en" else "reader_en"
    blueprint, _, name = (request.endpoint or "").rpartition(".")
    if blueprint != f"reader_{_language()}" or request.method != "GET":
        return url_for(f"{other}.home")
    values: dict[str, Any] = {**(request.view_args or {}), **request.args.to_dict()}
    return url_for(f"{other}.{name}", **values)


def _language() -> Language:
    return "en" if f"{request.path}/".startswith("/en/") else "zh"


def error_page(status: int) -> Response:
    """A fault as a page for people."""
    words = locale()
    key = "not_found" if status == 404 else "error_title"
    page = render("error.html", status=status, title=words.say(key))
    response = Response(page, status=status, content_type=HTML)
    response.headers["Cache-Control"] = "no-store"
    return response


def root() -> str:
    """The site's absolute address without a final slash."""
    return services().config.public_url or request.url_root.rstrip("/")


def asset(name: str) -> str:
    """The address of a static file; it changes with the file."""
    return url_for("static", filename=name, v=_digest(name))


@cache
def _digest(name: str) -> str:
    content = files("api").joinpath("static", name).read_bytes()
    return hashlib.sha256(content).hexdigest()[:8]
