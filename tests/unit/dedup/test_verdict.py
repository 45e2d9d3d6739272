"""The verdict on pairs: what is the same, what is a sibling, what has nothing in common."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.dedup import Fingerprint, Relation, compare, find_fingerprint
from crawler.model import Mention

NAMES = {"小赢卡贷": "xiaoying", "小赢": "xiaoying", "微粒贷": "weilidai"}
PATTERN = re.compile("|".join(NAMES))
PLACES = frozenset({"合肥"})

BODY = (
    "{L}逾期以后,有人打电话说今天就要上门。先不要慌张,把来电时间和号码记下来。\n"
    "上门的人应当有两名以上,并且主动出示工作证件和委托书,没有证件可以不开门。\n"
    "如果{L}的外包人员辱骂家人,应当录音录像,并且立即报警求助。\n"
    "逾期不等于犯罪,欠款是民事纠纷,还不上也不会因此坐牢。\n"
    "可以主动联系{L}的客服协商分期,把谈好的方案写成书面文件再还款。\n"
    "协商不成的,可以向金融监管部门投诉,说明催收的时间和经过。"
)


def print_of(text: str, title: str = "逾期上门怎么办") -> Fingerprint:
    """The fingerprint of a text whose lenders are those of NAMES."""
    mentions = [Mention(NAMES[m[0]], m[0], m.start(), m.end()) for m in PATTERN.finditer(text)]
    about = tuple(dict.fromkeys(mention.lender for mention in mentions))
    return find_fingerprint(title, text, mentions, about[:1])


def filled(lender: str, change: Callable[[str], str] = str) -> Fingerprint:
    """The sample article for a lender, changed."""
    return print_of(change(BODY.replace("{L}", lender)))


def drop_sentences(text: str) -> str:
    """Every fourth sentence left out."""
    parts = re.split(r"(?<=[。\n])", text)
    return "".join(part for at, part in enumerate(parts) if at % 4 != 1)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(str, "identical", id="copy"),
        pytest.param(lambda t: t.replace(",", "，").replace("。", "."), "identical", id="marks"),
        pytest.param(
            lambda t: "\n".join(reversed(t.split("\n"))), "resembles", id="paragraphs reordered"
        ),
        pytest.param(drop_sentences, "contained", id="sentences dropped"),
        pytest.param(lambda t: t[60:150], "contained", id="excerpt"),
        pytest.param(
            lambda t: t.replace("协商", "商量").replace("应当", "应该").replace("立即", "马上"),
            "resembles",
            id="synonyms",
        ),
        pytest.param(
            lambda t: "\n".join(f"{n}. {p}" for n, p in enumerate(t.split("\n"), 1)),
            "identical",
            id="numbered",
        ),
        pytest.param(
            lambda t: t + "\n本站转载内容仅供参考,如有侵权请联系我们删除,谢谢大家的支持。" * 3,
            "resembles",
            id="boilerplate added",
        ),
    ],
)
def test_copies_are_the_same(change: Callable[[str], str], reason: str) -> None:
    verdict = compare(filled("小赢卡贷"), filled("小赢卡贷", change), PLACES)
    assert (verdict.relation, verdict.reason) == (Relation.SAME, reason)


def test_aliases_of_one_lender_are_one() -> None:
    assert compare(filled("小赢卡贷"), filled("小赢")).relation is Relation.SAME


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        pytest.param("小赢卡贷", "微粒贷", "other_lender", id="two known lenders"),
        pytest.param("小赢卡贷", "桔豆贷", "other_name", id="known and unknown lender"),
        pytest.param("星禾钱包", "桔豆贷", "other_name", id="two unknown lenders"),
        pytest.param("小赢卡贷", "该平台", "other_name", id="lender and none"),
    ],
)
def test_a_template_for_another_lender_is_a_sibling(first: str, second: str, reason: str) -> None:
    verdict = compare(filled(first), filled(second), PLACES)
    assert (verdict.relation, verdict.reason) == (Relation.SIBLING, reason)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("年利率最高24%", "年利率最高15.4%", False),
        ("自2021年起施行", "自2024年起施行", False),
        ("在深圳的用户", "在合肥的用户", False),
        ("可以分12期", "可以分24期", False),
        ("阅读1024次", "阅读2048次", True),
        ("年利率最高24%", "年利率最高２４％", True),
    ],
)
def test_a_changed_key_fact_tells_apart(old: str, new: str, *, same: bool) -> None:
    line = "\n另外请注意,{}的情况按这里说的办理,其他情况再问。"
    first = filled("小赢卡贷", lambda t: t + line.format(old))
    second = filled("小赢卡贷", lambda t: t + line.format(new))
    assert (compare(first, second, PLACES).relation is Relation.SAME) is same


def test_an_enumeration_of_which_a_copy_keeps_a_part_changes_no_fact() -> None:
    rows = [f"\n逾期{days}天以内的,按第{days}档的标准收取费用。" for days in (3, 15, 30, 90)]
    whole = filled("小赢卡贷", lambda t: t + "".join(rows))
    part = filled("小赢卡贷", lambda t: t + rows[1] + rows[3])
    assert compare(whole, part).relation is Relation.SAME


def test_sharers_of_boilerplate_are_different() -> None:
    boilerplate = "\n".join(
        f"免责声明第{part}部分:本站内容来自网络,观点不代表本站立场,仅供读者参考之用。"
        for part in ("甲", "乙", "丙", "丁")
    )
    first = filled("小赢卡贷", lambda t: t + "\n" + boilerplate)
    other = (
        "小赢卡贷的征信记录多久更新一次?一般在还清欠款后的次月报送,展示五年之后消除。\n"
        "对记录有异议的,可以到征信中心网站提交异议申请,附上还款凭证的照片。\n"
        "异议核查期间,报告里会加注说明,核查结束后书面答复申请人结果如何。\n"
        "查询过于频繁会影响新的贷款申请,半年之内查询次数不宜超过必要的范围。\n"
    )
    assert compare(first, print_of(other + boilerplate)).relation is Relation.DIFFERENT


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_verdict_is_symmetric(first: str, second: str) -> None:
    one, two = print_of(BODY + first), print_of(second + BODY[:200])
    forth, back = compare(one, two), compare(two, one)
    assert (forth.relation, forth.reason, forth.containment) == (
        back.relation,
        back.reason,
        back.containment,
    )


def test_an_empty_article_equals_nothing() -> None:
    assert compare(print_of(""), print_of("")).relation is Relation.DIFFERENT
