"""Bare text and sampled keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.dedup.fingerprint import LENDER_MARK, bare_text, sample_keys
from crawler.model import Mention


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("一、先报警。\n(二)再投诉!", "先报警再投诉"),
        ("1.5%的利率\n1. 保留证据", "1.5%的利率保留证据"),
        ("12月3日,2024年", "12月3日2024年"),
        ("第3,2024号", "第3.2024号"),
        ("ＡＢＣ　贷款", "abc贷款"),
        ("貸款逾期瞭解", "贷款逾期了解"),
        ("", ""),
    ],
)
def test_bare_text_keeps_what_is_said(text: str, bare: str) -> None:
    assert bare_text(text, ()) == bare


def test_lenders_become_marks() -> None:
    mention = Mention("x", "小赢卡贷", 1, 5)
    assert bare_text("在小赢卡贷,逾期", (mention,)) == f"在{LENDER_MARK}逾期"


@given(st.text(alphabet="逾期催收协商还款利息合同", min_size=80, max_size=400))
def test_an_excerpt_has_no_keys_that_the_whole_lacks(text: str) -> None:
    assert set(sample_keys(text[20:60])) <= set(sample_keys(text))


@given(st.text(max_size=200))
def test_keys_are_ascending_unique_and_signed(text: str) -> None:
    keys = sample_keys(text)
    assert list(keys) == sorted(set(keys))
    assert all(-(2**63) <= key < 2**63 for key in keys)
