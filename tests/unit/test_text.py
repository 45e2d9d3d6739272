"""Folding makes names comparable and always finds the way back to the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text import fold, fold_each, is_cjk, may_hold, unfolded_pattern

FOLDS = {
    "full_width": ("ＡＢ１", "ab1"),
    "case": ("App", "app"),
    "traditional": ("小贏卡貸", "小赢卡贷"),
    "simplified_stays": ("小赢卡贷", "小赢卡贷"),
    "zero_width": ("小\u200b赢", "小赢"),
    "soft_hyphen_and_mark": ("小\xad赢\ufe0f", "小赢"),
    "inner_space": ("小 赢 卡 贷", "小赢卡贷"),
    "wide_space": ("小\u3000赢", "小赢"),
    "space_beside_latin_and_chinese": ("WiFi 万能", "wifi万能"),
    "space_between_latin_stays": ("Home Credit", "home credit"),
    "space_past_zero_width": ("小 \u200b a", "小a"),
    "line_break_stays": ("小\n赢", "小\n赢"),
    "space_touches_nothing_past_a_line_break": ("a \n b", "a \n b"),
    "expansion": ("㈱…", "(株)..."),
    "ligature": ("oﬀer", "offer"),
    "half_a_pair": ("a\ud800b", "a\ufffdb"),
    "beyond_bmp": ("😀贷", "😀贷"),
    "empty": ("", ""),
}


@pytest.mark.parametrize(("original", "folded"), FOLDS.values(), ids=FOLDS.keys())
def test_folds(original: str, folded: str) -> None:
    assert fold(original).text == folded


def test_spans_lead_back_past_dropped_characters() -> None:
    original = "向 小\u200b赢 卡貸 投诉"
    folded = fold(original)
    at = folded.text.index("小赢卡贷")
    start, end = folded.span(at, at + 4)
    assert original[start:end] == "小\u200b赢 卡貸"


def test_spans_of_an_expansion_cover_the_whole_character() -> None:
    folded = fold("a㈱b")
    assert folded.span(1, 4) == (1, 2)
    assert folded.span(2, 3) == (1, 2)


def test_empty_spans_lie_between_characters() -> None:
    folded = fold("a\u200b小")
    assert folded.span(1, 1) == (2, 2)
    assert folded.span(2, 2) == (3, 3)


@given(st.text(max_size=60))
def test_every_folded_character_comes_from_one_original_character(original: str) -> None:
    folded = fold(original)
    assert folded.original_length == len(original)
    starts = [folded.span(at, at + 1)[0] for at in range(len(folded.text))]
    assert starts == sorted(starts)
    for at, start in enumerate(starts):
        assert folded.span(at, at + 1) == (start, start + 1)


@given(st.text(alphabet="小贏a１ \u200b\n㈱", max_size=30))
def test_folding_again_changes_nothing_more(original: str) -> None:
    once = fold(original).text
    assert fold(once).text == once


@given(st.lists(st.text(alphabet="小贏a１ \u200b\n㈱\r", max_size=12), max_size=6))
def test_folding_many_folds_each(texts: list[str]) -> None:
    assert fold_each(texts) == [fold(one).text for one in texts]


@given(st.text(alphabet="小贏赢aAＡ１1 \u200b\u3000\ufe0f\n㈱株…].^-", max_size=30), st.data())
def test_a_pattern_finds_whatever_the_folded_text_holds(original: str, data: st.DataObject) -> None:
    line = max(fold(original).text.split("\n"), key=len)
    start = data.draw(st.integers(0, len(line)))
    part = line[start : data.draw(st.integers(start, len(line)))]
    assert unfolded_pattern(part).search(original)
    assert may_hold(original, part)


@given(
    st.text(alphabet="小贏赢aAＡ \u200b\n㈱株", max_size=12),
    st.text(alphabet="小赢a 株", min_size=1, max_size=3),
)
def test_a_text_may_hold_what_the_pattern_finds(original: str, folded: str) -> None:
    found = unfolded_pattern(folded).search(original) is not None
    assert may_hold(original, folded) is (found or folded in original)


def test_a_pattern_passes_by_what_cannot_fold_to_it() -> None:
    assert not unfolded_pattern("小赢卡贷").search("小赢的卡,贷款")
    assert not unfolded_pattern("小赢").search("小\n赢")
    assert not may_hold("小赢的卡,贷款", "小赢卡贷")


@pytest.mark.parametrize(("character", "answer"), [("贷", True), ("a", False), ("，", False)])
def test_is_cjk(character: str, answer: bool) -> None:
    assert is_cjk(character) is answer
