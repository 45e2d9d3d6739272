"""Whatever would be kept passes the look at the bytes, in any encoding."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from law_texts import NEUTRAL, SENTENCES, TITLES

from crawler.curation import Curator
from crawler.model import Page
from crawler.prefilter import Prefilter
from crawler.seeds import load_references
from crawler.text import simplified_characters

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16")
TRADITIONAL = str.maketrans({new: old for old, new in simplified_characters().items()})


@pytest.fixture(scope="module")
def prefilter() -> Prefilter:
    return Prefilter(load_references())


@pytest.fixture(scope="module")
def curator() -> Curator:
    return Curator(load_references())


@given(
    st.lists(st.sampled_from((*SENTENCES, *NEUTRAL, *TITLES)), min_size=1, max_size=8),
    st.sampled_from(ENCODINGS),
    st.booleans(),
)
@settings(max_examples=120)
def test_no_page_that_is_kept_is_filtered(
    prefilter: Prefilter, curator: Curator, lines: list[str], encoding: str, traditional: bool
) -> None:
    text = "".join(f"<p>{line}</p>" for line in lines)
    text = text.translate(TRADITIONAL) if traditional else text
    markup = f'<html><head><meta charset="{encoding}"><title>{lines[0]}</title></head>{text}</html>'
    body = markup.encode(encoding, "xmlcharrefreplace")
    page = Page("a.html", body, "https://www.example.cn/1.html", f"text/html; charset={encoding}")
    kept = curator.curate(page, date(2026, 11, 22)).rejected is None
    assert prefilter.may_keep(body, page.content_type) or not kept
