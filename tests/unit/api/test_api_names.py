"""Lenders are found by name, start, pinyin and misspelling, and not by anything else."""

from __future__ import annotations

import pytest

from api.names import LenderNames
from crawler.text import fold
from crawler.vocabulary import References


@pytest.fixture(scope="module")
def names(references: References) -> LenderNames:
    """The names of all lenders."""
    return LenderNames(references.lexicon)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("xiaoyingkadai", "小赢卡贷", id="pinyin"),
        pytest.param("xiaoyinkadai", "小赢卡贷", id="pinyin-with-a-slip"),
        pytest.param("xykd", "小赢卡贷", id="initials"),
        pytest.param("小嬴卡贷", "小赢卡贷", id="same-sound"),
        pytest.param("小赢卡带", "小赢卡贷", id="same-sound-at-the-end"),
        pytest.param("weilidai", "微粒贷", id="other-pinyin"),
        pytest.param("威力贷", "微粒贷", id="other-same-sound"),
        pytest.param("借贝", "借呗", id="same-sound-of-two"),
        pytest.param("解约", None, id="a-word-that-sounds-like-a-name"),
        pytest.param("催收电话", None, id="ordinary-words"),
        pytest.param("民法典", None, id="law"),
        pytest.param("dai", None, id="short-pinyin"),
        pytest.param("hello", None, id="english"),
        pytest.param("12378", None, id="number"),
        pytest.param("", None, id="empty"),
    ],
)
def test_what_is_like_a_name_leads_to_the_lender(
    names: LenderNames, references: References, typed: str, expected: str | None
) -> None:
    by_id = {one.id: one.name for one in references.lexicon.lenders}
    found = [by_id[guess.lender] for guess in names.guess(fold(typed).text)]
    assert (expected in found) if expected else (found == [])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("小赢", "小赢卡贷", id="start"),
        pytest.param("粒贷", "微粒贷", id="inside"),
        pytest.param("xiaoying", "小赢卡贷", id="start-of-pinyin"),
        pytest.param("xiaoyingka", "小赢卡贷", id="longer-start-of-pinyin"),
    ],
)
def test_starts_are_completed(
    names: LenderNames, references: References, typed: str, expected: str
) -> None:
    by_id = {one.id: one.name for one in references.lexicon.lenders}
    assert expected in [by_id[guess.lender] for guess in names.complete(typed)]


def test_a_lender_is_completed_once(names: LenderNames) -> None:
    found = [guess.lender for guess in names.complete("贷", 50)]
    assert len(found) == len(set(found))


def test_names_are_found_in_a_text(names: LenderNames) -> None:
    text = "小赢卡贷和微粒贷哪个好"
    assert [text[start:end] for start, end in names.find_longest(text)] == ["小赢卡贷", "微粒贷"]
    assert names.find_longest("没有机构") == []
