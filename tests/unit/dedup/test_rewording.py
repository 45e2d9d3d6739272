"""Sentences said in other words: they count as shared, and still show another fact or name."""

from __future__ import annotations

import pytest

from crawler.dedup import Relation, compare, find_fingerprint
from crawler.dedup.fingerprint import Fingerprint
from crawler.dedup.standins import is_standin
from crawler.model import Mention

KNOWN = "微粒贷"
WHOLE = [
    "上周有位株洲的读者发来截图,说外访的车已经上了高速,吓得他把孩子送走了。",
    "他在{L}欠款一万八千元,断供刚满两个月,一直没有收到过书面通知。",
    "派一个人跨市跑一趟,差旅和人工少说七八百,金额不大的单子不划算。",
    "要是真有人敲门,别急着开,隔着门问清姓名和单位,再打开手机录像。",
    "依照第四十二条,说话大声、堵着不走的,可以报警,理由是有人滋扰住宅。",
    "账还是要还的,先核对剩余的本金和费用,再去谈怎么分期比较稳妥。",
]
REWORDED = [
    "一位家在株洲的读者给我们看了截图,外访的车据说上了高速,他吓得送走了孩子。",
    "他停供才满两个月,欠{L}的款是一万八千元,书面的通知从来没有收到过。",
    "跨市派一个人跑一趟,人工加差旅至少七八百,小额的单子划不来。",
    "真要有人来敲门,先别开,隔门问清楚单位和姓名,同时用手机录像。",
    "堵着不走、大声说话的,按第四十二条可以报警,就说住宅被人滋扰。",
    "钱终究要还,先把本金和费用核对清楚,再谈分期才稳妥。",
]


def print_of(
    reworded: str = "", lender: str = KNOWN, old: str = "", new: str = "", title: str = "上门"
) -> Fingerprint:
    """The article with the numbered sentences reworded, for a lender, with one exchange."""
    lines = [REWORDED[at] if str(at) in reworded else one for at, one in enumerate(WHOLE)]
    text = "\n".join(lines).replace("{L}", lender).replace(old or "\0", new)
    at = text.find(KNOWN)
    mentions = [Mention("weili-dai", KNOWN, at, at + len(KNOWN))] if at >= 0 else []
    return find_fingerprint(title, text, mentions, ())


@pytest.mark.parametrize("reworded", ["0", "024", "135", "0134"])
def test_reworded_sentences_count_as_shared(reworded: str) -> None:
    assert compare(print_of(), print_of(reworded)).relation is Relation.SAME


def plain(*exchanges: tuple[str, str]) -> Fingerprint:
    """The article about no lender, with exchanges."""
    text = "\n".join(WHOLE).replace("{L}", "该行")
    for old, new in exchanges:
        text = text.replace(old, new)
    return find_fingerprint("上门", text, (), ())


def test_other_sentences_in_their_place_do_not() -> None:
    other = "征信里的记录从结清那天起保留五年,期间按时还款,影响会一年一年变小,不必花钱找人处理它。"
    changed = plain((WHOLE[0], other), (WHOLE[2], other), (WHOLE[4], other))
    assert compare(plain(), changed).relation is not Relation.SAME


@pytest.mark.parametrize(
    ("reworded", "old", "new"),
    [
        pytest.param("", "一万八千元", "三万二千元", id="sum"),
        pytest.param("1", "一万八千元", "三万二千元", id="sum in a reworded sentence"),
        pytest.param("", "第四十二条", "第四十条", id="article"),
        pytest.param("4", "第四十二条", "第四十条", id="article in a reworded sentence"),
        pytest.param("", "两个月", "五个月", id="period"),
        pytest.param("0", "株洲", "遵义", id="place in a reworded sentence"),
    ],
)
def test_another_fact_tells_apart(reworded: str, old: str, new: str) -> None:
    changed = print_of(reworded, old=old, new=new)
    verdict = compare(print_of(), changed, frozenset({"株洲", "遵义"}))
    assert (verdict.relation, verdict.reason) == (Relation.SIBLING, "other_fact")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("一万八千元", "18000元", id="sum"),
        pytest.param("一万八千元", "1.8万元", id="sum in ten thousands"),
        pytest.param("两个月", "60天", id="period"),
        pytest.param("第四十二条", "第42条", id="article"),
    ],
)
def test_a_fact_written_otherwise_is_the_same(old: str, new: str) -> None:
    assert compare(print_of(), print_of(old=old, new=new)).relation is Relation.SAME


@pytest.mark.parametrize(
    ("lender", "relation"),
    [
        pytest.param("蜜糖分期", Relation.SIBLING, id="another name"),
        pytest.param("丰收贷款", Relation.SIBLING, id="a name of common words"),
        pytest.param("那家平台", Relation.SAME, id="a word for it"),
        pytest.param("网络贷款", Relation.SAME, id="a word for all of them"),
    ],
)
def test_a_name_that_stands_once_is_exchanged(lender: str, relation: Relation) -> None:
    assert compare(print_of(), print_of(lender=lender)).relation is relation


def test_two_titles_that_differ_in_a_name_alone() -> None:
    bare = [line.replace("在{L}", "") for line in WHOLE]
    first = find_fingerprint("微粒贷逾期怎么协商还款", "\n".join(bare), (), ("weili-dai",))
    other = find_fingerprint("丰收贷款逾期怎么协商还款", "\n".join(bare), (), ())
    plain = find_fingerprint("网络贷款逾期怎么协商还款", "\n".join(bare), (), ())
    assert compare(first, other).relation is Relation.SIBLING
    assert compare(first, plain).relation is Relation.SAME


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("那家平台", True),
        ("网贷", True),
        ("放款机构", True),
        ("丰收贷款", False),
        ("麦穗钱包", False),
    ],
)
def test_words_that_stand_for_a_lender(piece: str, *, expected: bool) -> None:
    assert is_standin(piece) is expected


@pytest.mark.parametrize(
    ("slips", "relation"),
    [
        pytest.param(4, Relation.SAME, id="among others"),
        pytest.param(0, Relation.SIBLING, id="alone"),
    ],
)
def test_slips_of_a_machine_are_no_facts(slips: int, relation: Relation) -> None:
    others = [("读者", "读者口"), ("断供", "断"), ("录像", "录象"), ("报警", "报譬")]
    read = plain(("一万八千元", "一万千元"), *others[:slips])
    assert compare(plain(), read).relation is relation


def test_an_excerpt_that_begins_in_a_figure_has_no_other_figure() -> None:
    text = "\n".join(WHOLE).replace("{L}", "该行").replace("一万八千元", "一百二十八块")
    whole = find_fingerprint("上门", text, (), ())
    part = find_fingerprint("上门", text[text.index("十八块") :], (), ())
    assert compare(whole, part).relation is Relation.SAME
