"""A search is answered with the topics it asks about, in Chinese and English."""

from __future__ import annotations

import pytest
from flask import Flask

from api.asked import find_asked_topics, find_named
from api.knowledge import installed


@pytest.mark.parametrize(
    ("text", "first"),
    [
        pytest.param("上门催收", "home_visit", id="topic"),
        pytest.param("好分期逾期", "negotiate", id="no-instalments-in-a-name"),
        pytest.param("逾期", "negotiate", id="another-word-for-it"),
        pytest.param("京东白条", "bnpl_control", id="a-name-that-is-a-topic"),
        pytest.param("credit report", "credit_report", id="english"),
        pytest.param("Scams", "scam_lending", id="english-plural"),
        pytest.param("jiebei", None, id="pinyin"),
        pytest.param("无此词语", None, id="nothing"),
    ],
)
def test_the_topic_asked_about_comes_first(app: Flask, text: str, first: str | None) -> None:
    found = find_asked_topics(text, installed(app))
    assert (found[0] if found else None) == first


def test_what_is_named_is_known(app: Flask) -> None:
    named = find_named("12378说合同法", installed(app))
    assert [one.number for one in named.hotlines] == ["12378"]
    assert [one.target for one in named.law] == ["contract-law"]
    assert find_named("催收", installed(app)).hotlines == ()
