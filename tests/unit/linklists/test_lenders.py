"""Lines that name a lender and say something of it read like other pages' titles."""

from __future__ import annotations

import pytest

from crawler.linklists import Line, find_link_lists
from crawler.linklists.context import Context
from crawler.linklists.lenders import (
    KNOWN,
    NAMED,
    STRANGER,
    find_names,
    weigh_named,
    weigh_names,
)
from crawler.model import BlockType
from crawler.pagewords import page_words

LENDERS = frozenset({"安逸花", "拍拍贷", "马上消费金融"})
TEXT = [
    Line("马上消费金融的客户如果对费用有疑问，可以先在软件里打开借款合同。"),
    Line("合同首页写着综合成本，第二页是还款计划表，两者应当一致。"),
    Line("客服在十五日内没有答复的，可以向当地的监管部门反映。"),
]
TITLES = [
    Line(one)
    for one in (
        "拍拍贷逾期会上门吗",
        "安逸花注销账户流程",
        "马上消费金融怎么协商",
        "小赢卡贷还款方式",
    )
]


@pytest.mark.parametrize(
    ("bared", "names"),
    [
        ("安逸花还款和拍拍贷", ["安逸花", "拍拍贷"]),
        ("1马上消费金融会员费", ["马上消费金融"]),
        ("图安逸", []),
    ],
)
def test_find_names(bared: str, names: list[str]) -> None:
    assert find_names(bared, LENDERS) == names


def test_strangers_tell_more_and_bare_names_nothing() -> None:
    assert weigh_names("安逸花会上门吗", ["安逸花"], lambda _: False) == STRANGER
    assert weigh_names("安逸花会上门吗", ["安逸花"], lambda _: True) == KNOWN
    assert weigh_names("安逸花", ["安逸花"], lambda _: False) == 0
    assert weigh_names("会上门吗", [], lambda _: False) == 0


@pytest.mark.parametrize(
    ("values", "marked", "share"),
    [
        ([1, 1, 1, 1], 1.0, 1.0),
        ([1, 1, 1, 0], 1.0, 0.75),
        ([1, 1, 1, 1], 0.25, 0.5),
        ([1, 1, 0, 0], 1.0, 0.0),
        ([1, 1, 1, 0, 0, 0, 0, 0], 1.0, 0.0),
    ],
    ids=["all", "most", "without marks", "too few", "too small a share"],
)
def test_weigh_named(values: list[float], marked: float, share: float) -> None:
    lines = [Line("甲")] * len(values)
    context = Context(page_words(), ["甲"] * len(values), set(), None, 9, {})
    context.named.update(enumerate(values))
    assert weigh_named(lines, range(len(values)), context, marked) == pytest.approx(NAMED * share)


def test_notes_behind_colons_are_no_titles() -> None:
    lines = [Line(f"安逸花：{sign}") for sign in "甲乙丙"]
    context = Context(page_words(), ["安逸花甲"] * 3, set(), None, 9, {})
    context.named.update(dict.fromkeys(range(3), STRANGER))
    assert weigh_named(lines, range(3), context, 1.0) == 0


@pytest.mark.parametrize(
    "above",
    [
        pytest.param([Line("先打开借款合同", BlockType.HEADING)], id="a heading of the article"),
        pytest.param([Line("问：费用和宣传不一样，可以投诉吗？")], id="a question"),
        pytest.param([Line(f"{at}、{one}") for at, one in ((1, "合同"), (2, "账单"))], id="a list"),
        pytest.param([], id="nothing"),
    ],
)
def test_titles_that_name_lenders_go_amid_the_text(above: list[Line]) -> None:
    below = [Line(f"答：{TEXT[2].text}") if above and "问" in above[0].text else TEXT[2]]
    lines = [*TEXT[:2], *above, *TITLES, *below]
    start = 2 + len(above)
    assert sorted(find_link_lists(lines, None, page_words())) == [*range(start, start + 4)]


def test_what_the_text_announces_stays() -> None:
    lines = [*TEXT[:2], Line("读者来信问到的有以下几件："), *TITLES, TEXT[2]]
    assert find_link_lists(lines, None, page_words()) == {}


def test_titles_in_one_line_count_each_for_itself() -> None:
    row = "　".join(line.text for line in TITLES)
    lines = [*TEXT[:2], Line("先打开借款合同", BlockType.HEADING), Line(row), TEXT[2]]
    assert sorted(find_link_lists(lines, None, page_words())) == [3]
    context = Context(page_words(), [row], set(), None, 9, {})
    titles = [line.text for line in TITLES]
    assert weigh_named([Line(row)], [0], context, 1.0, titles) == pytest.approx(NAMED * KNOWN)
    assert weigh_named([Line(row)], [0], context, 1.0, ["账单", *titles[:2]]) == 0


def test_what_each_lender_did_stays_below_a_heading() -> None:
    said = ("违规收集信息", "强制索要通讯录", "未公开收集规则", "频繁索取权限")
    deeds = [
        Line(f"{name}{what}", shape="li")
        for name, what in zip(("宜人贷", "拍拍贷", "好分期", "安逸花"), said, strict=True)
    ]
    lines = [*TEXT[:2], Line("被通报的应用", BlockType.HEADING), *deeds, TEXT[2]]
    assert find_link_lists(lines, None, page_words()) == {}
