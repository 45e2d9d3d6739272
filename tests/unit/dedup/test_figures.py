"""Figures in bare text: what they amount to, however they are written."""

from __future__ import annotations

import pytest

from crawler.dedup.figures import find_figures, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("27000", 27000),
        ("1.2万", 12000),
        ("十二", 12),
        ("一百零五", 105),
        ("两千一", 2100),
        ("三万六", 36000),
        ("十三万四", 134000),
        ("二〇二三", 2023),
        ("十点八", 10.8),
        ("一亿两千万", 120000000),
    ],
)
def test_numbers_in_either_script(text: str, value: float) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        pytest.param("年化百分之二十四", "rate", 24, id="rate in words"),
        pytest.param("年化24%", "rate", 24, id="rate"),
        pytest.param("日利率万分之五", "rate", 0.05, id="of ten thousand"),
        pytest.param("欠款一万八千元", "sum", 18000, id="sum"),
        pytest.param("欠了两万七", "sum", 27000, id="sum without a unit"),
        pytest.param("三天之内", "days", 3, id="days"),
        pytest.param("半年以上", "days", 180, id="half a year"),
        pytest.param("六个月", "days", 180, id="six months"),
        pytest.param("15个工作日", "workdays", 15, id="workdays"),
        pytest.param("2024年", "year", 2024, id="year"),
        pytest.param("第六百八十条", "article", 680, id="article"),
        pytest.param("晚上十点后", "clock", 10, id="hour"),
        pytest.param("22点15分到的", "clock", 22.25, id="hour and minute"),
        pytest.param("分24期", "期", 24, id="instalments"),
        pytest.param("每日不超过6次", "次", 6, id="times"),
    ],
)
def test_what_a_figure_amounts_to(text: str, kind: str, value: float) -> None:
    (found,) = find_figures(text)
    assert (found.kind, found.value) == (kind, value)


def test_marks_that_are_gone_still_divide_figures() -> None:
    found = [(one.kind, one.value) for one in find_figures("金条两万七四十天没还")]
    assert found == [("sum", 27000), ("days", 40)]


@pytest.mark.parametrize(
    "text",
    ["阅读1024次", "说了三点建议", "拨打12378", "编号20231105", "三家平台", "两万个", "数千元"],
)
def test_what_is_no_figure(text: str) -> None:
    assert find_figures(text) == ()
