"""Provision numbers in all their spellings."""

from __future__ import annotations

import pytest

from crawler.citations.provisions import (
    covered,
    find_provisions,
    main_number,
    parse_number,
    spoken,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百", 100),
        ("一百零八", 108),
        ("两百一十", 210),
        ("二百九十三", 293),
        ("一千零三十二", 1032),
        ("六八〇", 680),
    ],
)
def test_numerals(text: str, value: int) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["", "百条", "x1"])
def test_other_text_is_no_numeral(text: str) -> None:
    with pytest.raises(ValueError, match=r"numeral|invalid literal"):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "numbers", "end"),
    [
        pytest.param("第七十条规定", ("70",), 4, id="chinese"),
        pytest.param("第70条", ("70",), 4, id="arabic"),
        pytest.param("680条", ("680",), 4, id="without-ordinal"),
        pytest.param("第293条之一", ("293之1",), 7, id="sub-number"),
        pytest.param("第293条之一般规定", ("293",), 5, id="word-after-zhi"),
        pytest.param("第1032条至1033条", ("1032-1033",), 12, id="range"),
        pytest.param("第1032-1033条", ("1032-1033",), 11, id="range-with-dash"),
        pytest.param("第四十四条至第四十八条", ("44-48",), 11, id="range-chinese"),
        pytest.param("第10条、第11条第二款第(三)项", ("10", "11.2(3)"), 17, id="list-with-item"),
        pytest.param("第42、43条", ("42", "43"), 7, id="numbers-before-one-tiao"),
        pytest.param("第42条第(二)项、第(五)项", ("42(2)", "42(5)"), 15, id="items"),
        pytest.param(
            "第五十条第一款第二项和第五项", ("50.1(2)", "50.1(5)"), 14, id="items-chinese"
        ),
        pytest.param("第42条、2021年", ("42",), 4, id="year-after-list-mark"),
        pytest.param("第680条和刑法第225条", ("680",), 5, id="other-law-after-and"),
    ],
)
def test_reads_provisions(text: str, numbers: tuple[str, ...], end: int) -> None:
    found = find_provisions(text, 0)
    assert found is not None
    assert (found.numbers, found.end) == (numbers, end)


@pytest.mark.parametrize(
    "text", ["第七章", "一条一条地看", "两条", "2021年", "第三人", "条", "第〇条", "680元", ""]
)
def test_other_text_is_no_provision(text: str) -> None:
    assert find_provisions(text, 0) is None


@pytest.mark.parametrize(
    ("provision", "words"),
    [
        ("670", "第670条"),
        ("293之1", "第293条之1"),
        ("50.1(5)", "第50条第1款第5项"),
        ("1194-1197", "第1194条至第1197条"),
    ],
)
def test_spoken(provision: str, words: str) -> None:
    assert spoken(provision) == words


def test_main_number_drops_paragraph_and_item() -> None:
    assert [main_number(one) for one in ("50.1(5)", "42(5)", "293之1")] == ["50", "42", "293之1"]


def test_a_range_covers_its_numbers() -> None:
    assert covered("44-46") == ("44", "45", "46")
    assert covered("44") == ("44",)
