"""A bare line's words, its neighbours' and its place tell how much it reads like a title."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.linklists.context import Context, grams_of
from crawler.linklists.likeness import TITLE, find_likeness, find_traits, look_again
from crawler.linklists.line import Line
from crawler.model import BlockType, Link, RemovalReason
from crawler.pagewords import bare, bare_lines, page_words

TEXT = Line("逾期以后先把账目算清，再同平台谈分期还款，谈成了要一份书面的方案。")
TITLES = [Line(text) for text in ("信用卡提额技巧详解", "二手车贷款需要哪些手续", "花呗怎么关闭")]
OWN = [Line(text) for text in ("把账目算清", "写下每期还款的数目", "要一份书面的方案")]


def context_of(lines: list[Line]) -> Context:
    bared = bare_lines([line.text for line in lines])[1]
    texts = [at for at, line in enumerate(lines) if line.text.endswith("。")]
    body = "".join(bared[at] for at in texts)
    first, last = (texts[0], texts[-1]) if texts else (-1, -1)
    return Context(page_words(), bared, grams_of(body), None, last, {}, first_text=first)


def likeness(lines: list[Line]) -> dict[int, float]:
    return find_likeness(lines, context_of(lines), bare(TEXT.text))


def test_titles_stand_above_nought_and_own_items_below() -> None:
    values = likeness([TEXT, *TITLES, TEXT, *OWN, TEXT])
    assert set(values) == {1, 2, 3, 5, 6, 7}
    assert min(values[at] for at in (1, 2, 3)) > 0 > max(values[at] for at in (5, 6, 7))


def test_links_rows_headings_of_lists_and_sentences_have_no_value() -> None:
    link = Line("花呗怎么关闭", links=(Link("花呗怎么关闭", "/1"),), link_size=6)
    row = Line("花呗怎么关闭", BlockType.TABLE_ROW)
    assert likeness([TEXT, link, row, Line("相关阅读"), Line("2024-05-06"), TEXT]) == {}


@pytest.mark.parametrize("number", ["400-820-7766", "13712345678", "021-60198813"])
def test_lines_with_a_number_to_call_have_no_value(number: str) -> None:
    assert likeness([TEXT, Line(f"贷款怎么办,服务热线:{number} 陈经理"), TEXT]) == {}
    assert set(likeness([TEXT, Line("10101860是什么电话号码"), TEXT])) == {1}


def test_only_neighbours_of_one_look_tell_of_a_line() -> None:
    among = likeness([TEXT, *OWN[:2], TITLES[0], TEXT])[3]
    apart = likeness([TEXT, *OWN[:2], replace_bullet(TITLES[0]), TEXT])[3]
    assert apart > among


def replace_bullet(line: Line) -> Line:
    return line._replace(text=f"▶ {line.text}")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("先算清，再去谈", -8, id="a pause"),
        pytest.param("算清账目", -7, id="few letters"),
        pytest.param("2. 拨打客服的电话", -6, id="an instruction"),
        pytest.param("投诉的热线12378", -5, id="a hotline"),
        pytest.param("招联金融的客服", -4, id="a lender of whom nothing is said"),
    ],
)
def test_traits_of_the_words(text: str, place: int) -> None:
    lines = [TEXT, Line(text), TEXT]
    context = context_of(lines)
    assert find_traits(lines, 1, 2, context, bare(TEXT.text).__contains__)[0][place] == 1.0
    near = [TEXT, Line("甲乙丙丁的戊己庚辛"), TEXT]
    assert find_traits(near, 1, 2, context_of(near), bare(TEXT.text).__contains__)[0][place] == 0.0


def test_a_lender_of_whom_the_article_speaks_is_no_stranger() -> None:
    lines = [TEXT, Line("招联金融的客服"), TEXT]
    assert find_traits(lines, 1, 2, context_of(lines), "招联金融".__contains__)[0][-4] == 0.0


@pytest.mark.parametrize(
    ("lines", "place", "at"),
    [
        pytest.param([TITLES[0], TEXT], -3, 0, id="above the text"),
        pytest.param([TEXT, TITLES[0]], -2, 1, id="behind it"),
        pytest.param([TEXT, Line("要带的材料："), TITLES[0], TEXT], -1, 2, id="announced"),
    ],
)
def test_traits_of_the_place(lines: list[Line], place: int, at: int) -> None:
    assert find_traits(lines, at, at + 1, context_of(lines), "".__contains__)[0][place] == 1.0
    amid = [TEXT, TITLES[0], TEXT]
    assert find_traits(amid, 1, 2, context_of(amid), "".__contains__)[0][place] == 0.0


def test_what_the_text_announces_is_never_dropped_alone() -> None:
    lines = [TEXT, Line("要带的材料："), *(Line(f"网贷{one.text}攻略") for one in TITLES)]
    assert max(likeness(lines).values()) <= TITLE


def test_a_line_beside_dropped_ones_goes_sooner() -> None:
    lines = [TEXT, *TITLES, TEXT]
    context = context_of(lines)
    context.likeness.update({1: TITLE + 1, 2: TITLE - 1, 3: -1.0})
    look_again(lines, context)
    assert context.found == dict.fromkeys((1, 2), RemovalReason.LINK_LIST)
    other = replace(context, found={}, likeness={1: TITLE - 1, 2: TITLE - 1, 3: TITLE - 1})
    look_again(lines, other)
    assert other.found == {}


@pytest.mark.parametrize("number", ["400-820-7766", "137 1234 5678", "021-63123456"])
def test_how_to_reach_somebody_is_no_title(number: str) -> None:
    lines = [
        TEXT,
        Line(f"贷款热线:{number} 陈经理"),
        Line("公司地址:财富广场,欢迎预约面谈!"),
        *TITLES,
    ]
    context = context_of(lines)
    context.likeness.update(dict.fromkeys(range(1, 6), TITLE + 1))
    look_again(lines, context)
    assert sorted(context.found) == [3, 4, 5]


@pytest.mark.parametrize(
    ("question", "below", "goes"),
    [
        pytest.param("网贷逾期怎么办？", TEXT, False, id="answered below"),
        pytest.param("网贷逾期怎么办？", TITLES[0], True, id="titles below"),
        pytest.param("遇到这种情况怎么办？", TITLES[0], False, id="about the text above"),
    ],
)
def test_a_question_may_be_a_heading(question: str, below: Line, goes: bool) -> None:
    lines = [TEXT, Line(question), below, TEXT]
    context = context_of(lines)
    context.likeness.update({1: TITLE + 1} | ({2: 0.0} if below is not TEXT else {}))
    look_again(lines, context)
    assert (1 in context.found) is goes


@pytest.mark.parametrize(
    ("below", "goes"),
    [
        pytest.param(["今日份干货", "网贷多久上征信？"], True, id="a heading and a question"),
        pytest.param(["今日份干货：", "网贷多久上征信？"], False, id="an announcement"),
        pytest.param(["今日份干货", "你说是不是呢？"], True, id="a mark of titles"),
        pytest.param(["今日份干货", "你说对不对？"], False, id="no word of titles"),
        pytest.param(["网贷多久上征信？"], False, id="no heading"),
        pytest.param(["今日份干货", "网贷多久上征信？", TEXT.text], False, id="an answer"),
    ],
)
def test_a_question_without_an_answer_ends_a_page(below: list[str], goes: bool) -> None:
    lines = [TEXT, *map(Line, below)]
    context = context_of(lines)
    context.likeness.update({at: 0.0 for at in range(1, len(below) + 1) if at < 3})
    look_again(lines, context)
    assert (2 in context.found) is goes
    assert len(context.found) == goes


def test_hostile_lines_take_linear_time() -> None:
    lines = [TEXT, *(Line("网贷" * 25) for _ in range(5_000)), TEXT]
    assert len(likeness(lines)) == 5_000


def test_a_name_said_often_is_looked_for_once() -> None:
    asked: list[object] = []

    class Body(str):
        def __contains__(self, name: object) -> bool:
            asked.append(name)
            return False

    lines = [Line("微粒贷新口子攻略") for _ in range(100)]
    find_likeness(lines, context_of(lines), Body(""))
    assert 0 < len(asked) == len(set(asked))


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        pytest.param(Line("催收能不能打给贷款联系人", bold_size=12), True, id="bold"),
        pytest.param(Line("催收能不能打给贷款联系人", BlockType.HEADING), True, id="heading"),
        pytest.param(Line("催收能不能打给贷款联系人"), False, id="plain"),
    ],
)
def test_a_heading_between_two_parts_of_the_text_stays(line: Line, *, stays: bool) -> None:
    lines = [TEXT, line, TEXT]
    context = context_of(lines)
    context.likeness[1] = TITLE + 1
    look_again(lines, context)
    assert (1 not in context.found) is stays


def test_an_item_between_others_of_one_count_stays() -> None:
    items = [Line(one) for one in ("1、把账目算清", "2、在支付宝里借款", "3、要书面的方案")]
    lines = [TEXT, *items, TEXT]
    context = context_of(lines)
    context.likeness[2] = TITLE + 1
    look_again(lines, context)
    assert context.found == {}
    lines = [TEXT, items[0], items[2], items[1], TEXT]
    context = context_of(lines)
    context.likeness[3] = TITLE + 1
    look_again(lines, context)
    assert set(context.found) == {3}
