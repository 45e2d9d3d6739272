"""Which characters a short line has, how it begins and ends, tell a title from an own item."""

from __future__ import annotations

import pytest

from crawler.linklists.wording import parts_of, weigh_parts, weigh_wording
from crawler.pagewords import bare


@pytest.mark.parametrize(
    "title",
    ["花呗怎么提前还款", "平安银行贷款逾期减免", "苹果手机免押租赁平台", "网贷起诉后多久开庭"],
)
def test_titles_stand_above_nought(title: str) -> None:
    assert weigh_wording(title) > 0


@pytest.mark.parametrize(
    "item",
    ["户口本的首页和本人页", "记下对方的工号和时间", "不要当场签字", "发货单和签收单", "递交清单"],
)
def test_own_items_and_headings_stand_below(item: str) -> None:
    assert weigh_wording(item) < 0


def test_a_number_or_a_day_beside_a_line_says_nothing() -> None:
    assert weigh_wording(bare("3. 花呗怎么还 2024-05-06")) == weigh_wording("花呗怎么还")
    assert parts_of("贷24期") == {
        "贷",
        "0",
        "期",
        "贷0",
        "00",
        "0期",
        "^贷",
        "^贷0",
        "期$",
        "0期$",
        "=1",
    }


def test_unknown_parts_make_the_known_ones_count_less() -> None:
    assert weigh_parts({"甲"}, {"甲": 2.0}, 0.5) == pytest.approx(2.5)
    assert weigh_parts({"甲", "乙", "丙", "丁"}, {"甲": 2.0}, 0.5) == pytest.approx(1.5)
    assert weigh_wording("") == weigh_wording("0")
