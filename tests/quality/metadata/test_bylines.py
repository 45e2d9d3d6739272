"""Floors for authors and sources in the forms of ``bylines.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from crawler.extraction import extract_article
from crawler.model import Article, Page

FORMS = tomllib.loads(Path(__file__).with_name("bylines.toml").read_text("utf-8"))
# Shares of the forms read right, author and source. Reached when written: these.
FLOORS = {"tuning": 1.0, "checking": 0.71}

_TEXT = (
    "接到拉群的通知以后，先不要退群，把群名、人数和每一句话都截下来，时间要看得见。",
    "对方在群里说出欠款金额和身份信息的，已经侵犯隐私，可以要求群主立刻解散。",
    "不理会的，把截图交给平台的投诉部门和监管部门，写明群里有哪些无关的人。",
)


def read(form: dict[str, str]) -> tuple[str | None, str | None]:
    """The author and the source of a page with this byline."""
    text = "".join(f"<p>{one}</p>" for one in _TEXT)
    html = (
        f"<html><head><title>被催收拉进群聊怎么办-明理网</title>{form.get('head', '')}</head><body>"
        f"<div class='main'><h1>被催收拉进群聊怎么办</h1>{form.get('above', '')}"
        f"<div class='content'>{text}{form.get('below', '')}</div></div></body></html>"
    )
    outcome = extract_article(Page("page.html", html.encode(), "http://www.example.com/a/1.html"))
    assert isinstance(outcome, Article)
    return outcome.author, outcome.source


@pytest.mark.parametrize("half", sorted(FLOORS))
def test_share_of_forms_read_right(half: str) -> None:
    wrong = [
        (form, said)
        for form in FORMS[half]
        if (said := read(form)) != (form.get("author"), form.get("source"))
    ]
    assert 1 - len(wrong) / len(FORMS[half]) >= FLOORS[half], wrong
