"""Properties that hold for every text, on texts made of what citations are made of."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.citations import CitationFinder
from crawler.contacts import ContactFinder
from crawler.seeds import load_references

PIECES = (
    *("《", "》", "〈", "〉", "(", ")", "（", "）", "“", "”", "、", ",", "。", "\n", " ", "\u200b"),
    *("第", "条", "之一", "款", "项", "一千零三十二", "200", "42", "至", "-", "二", "４２"),
    *("合同法", "劳动", "律", "民法典", "治安管理处罚法", "中华人民共和国", "刑法", "总则", "解释"),
    *("银保监会", "原", "现", "国家金融监督管理总局", "上海", "监管局", "人民银行", "中心支行"),
    *("令", "2011年", "2号", "〔2020〕", "法释", "12378", "110", "010", "拨打", "元", "95588"),
    *(
        "13800138000",
        "400",
        "+86",
        "已废止的",
        "同时废止",
        "24%-36%",
        "保护",
        "關於",
        "㈠",
        "\ud83d",
    ),
)


@pytest.fixture(scope="module")
def finders() -> tuple[CitationFinder, ContactFinder]:
    references = load_references()
    return CitationFinder(references), ContactFinder(references)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join))
@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_found_lies_in_the_text_in_order(
    finders: tuple[CitationFinder, ContactFinder], text: str
) -> None:
    citations = finders[0].find_citations(text, date(2026, 11, 22), date(2024, 1, 1))
    contacts = finders[1].find_contacts(text)
    for citation in citations:
        assert text[citation.start : citation.end] == citation.text != ""
    for contact in contacts:
        assert 0 <= contact.start < contact.end <= len(text)
    for one, two in (*pairwise(citations), *pairwise(contacts)):
        assert one.end <= two.start
