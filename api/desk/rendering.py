"""Turning the desk's data into pages."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request, session, url_for

from api.desk.guards import safe_path
from api.desk.session import form_token
from api.desk.words import words
from api.reader.page import HTML, asset
from crawler.model import CHINA


def show(template: str, status: int = 200, **values: Any) -> Response:
    """The template as an answer, with what every page of the desk shows."""
    chosen = words()
    page = render_template(
        f"desk/{template}",
        words=chosen,
        say=chosen.say,
        asset=asset,
        token=form_token,
        curator=g.get("curator"),
        other_language=_other_language(chosen.language),
        china=CHINA,
        keys=session.get("keys", "on"),
        **values,
    )
    return Response(page, status=status, content_type=HTML)


def notice(status: int, key: str) -> Response:
    """A page that says one thing: ``key`` and ``key_text`` among the words."""
    chosen = words()
    return show("notice.html", status, title=chosen.say(key), text=chosen.say(f"{key}_text"))


def _other_language(language: str) -> str:
    other = "zh" if language == "en" else "en"
    if request.method != "GET" or request.endpoint is None:
        return url_for("desk.queue", lang=other)
    values: dict[str, Any] = {**(request.view_args or {}), **request.args.to_dict()}
    values |= {"lang": other, "next": safe_path(values.get("next"))}
    return url_for(request.endpoint, **values)
