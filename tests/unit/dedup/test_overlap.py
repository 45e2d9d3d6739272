"""The bound on what two texts have in common: never below what aligning them finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawler.dedup.alignment import align
from crawler.dedup.overlap import most_common
from crawler.dedup.verdict import _overlap

SENTENCES = (
    "催收人员应当出示工作证件和授权委托书",
    "未经同意进入住宅的可以拨打报警电话",
    "协商时提出每月能够归还的金额",
    "收到起诉状副本之日起十五日内答辩",
    "甲乙",
    "丙丁戊己",
    "不要在空白纸上签字",
)
TEXTS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12).map("".join)


@given(TEXTS, TEXTS)
def test_the_bound_is_not_below_what_aligning_finds(first: str, second: str) -> None:
    found = _overlap(align(first, second), first, second)
    assert most_common(first, second) >= found.containment - 0.02


def test_texts_without_a_common_shingle_have_nothing_in_common() -> None:
    assert most_common(SENTENCES[0], SENTENCES[1]) == 0.0
    assert most_common("甲乙", "甲乙") == 0.0


def test_a_shared_sentence_among_others_counts_for_its_length() -> None:
    first, second = SENTENCES[0] + "子" * 60, SENTENCES[0] + "丑" * 60
    assert 0.2 < most_common(first, second) < 0.3
    assert most_common(first, first) >= 1.0
