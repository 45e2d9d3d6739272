"""What looks like a title, a date, an excerpt; and where runs of them begin and end."""

from __future__ import annotations

import pytest

from crawler.linklists.line import Line
from crawler.linklists.runs import Run, find_runs
from crawler.linklists.seams import width
from crawler.linklists.shapes import (
    are_rows,
    find_titles,
    has_telephone,
    is_date,
    is_excerpt,
    is_linked,
    is_title_like,
)
from crawler.model import BlockType, Link


def link_line(text: str, link_size: int, count: int = 1, shape: str = "") -> Line:
    links = tuple(Link(f"第{at}篇", f"/{at}") for at in range(count))
    return Line(text, links=links, link_size=link_size, shape=shape)


def entries_of(lines: list[Line]) -> list[tuple[int, int, tuple[int, ...], bool]]:
    return [(run.start, run.end, run.entries, run.cards) for run in find_runs(lines)]


@pytest.mark.parametrize(
    ("text", "link_size", "answer"),
    [
        pytest.param("一二三四五六七八九十", 7, True, id="seven tenths"),
        pytest.param("一二三四五六七八九十", 6, False, id="less"),
        pytest.param("苹果手机回收 2024-05-06 12:30", 6, True, id="a date beside it"),
        pytest.param("苹果手机回收【来源：债务知识网】", 6, True, id="a source beside it"),
        pytest.param("苹果手机（12）", 4, True, id="four at least"),
        pytest.param("苹果机（来源网站）", 3, False, id="three are too few"),
        pytest.param("一二三四五六七八九十甲乙丙丁戊己", 11, False, id="words beside it"),
        pytest.param("一二三四五（2024-05-06）", 4, True, id="four fifths of the rest"),
        pytest.param("一二三四五六（2024-05-06）", 4, False, id="less of the rest"),
        pytest.param("苹果手机回收 阿明 浏览 12 评论3", 6, True, id="a name and counters"),
        pytest.param("苹果手机回收 甲乙丙丁 12人浏览", 6, True, id="six tenths beside a counter"),
        pytest.param("苹果手机回收 甲乙丙丁戊 12人浏览", 6, False, id="less beside a counter"),
        pytest.param("苹果手机回收 阿明 12", 6, False, id="a number is no counter"),
    ],
)
def test_is_linked(text: str, link_size: int, *, answer: bool) -> None:
    assert is_linked(link_line(text, link_size)) is answer


@pytest.mark.parametrize(
    ("text", "wide"), [("逾期", 2), ("ab", 1), ("逾a", 1.5), ("a b", 2), ("", 0)]
)
def test_width_counts_latin_by_half(text: str, wide: float) -> None:
    assert width(text) == wide


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("2024-05-06", True),
        ("2024年5月6日 12:30:01", True),
        ("[05-06]", True),
        ("3小时前", True),
        ("12小时前 阅读 7312", True),
        ("昨天 31阅读", True),
        ("昨天 31人", False),
        ("2024-05-06 发布", False),
        ("13小时前更新", False),
        ("逾期", False),
        ("2024-05-06" + "-" * 14, True),
        ("2024-05-06" + "-" * 15, False),
    ],
)
def test_is_date(text: str, *, answer: bool) -> None:
    assert is_date(Line(text)) is answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("字" * 17 + "...", True),
        ("字" * 16 + "...", False),
        ("字" * 19 + "…", True),
        ("字" * 20, False),
        ("字" * 17 + "…[详细]", True),
        ("字" * 17 + "…后面还有很多内容", False),
        ("字" * 17 + "... 2024-05-06", True),
        ("字" * 17 + "…（05-06）", True),
        ("字" * 17 + " 2024-05-06", False),
    ],
)
def test_is_excerpt(text: str, *, answer: bool) -> None:
    assert is_excerpt(Line(text)) is answer


ROW = BlockType.TABLE_ROW


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        pytest.param(Line("苹果手机回收"), True, id="short"),
        pytest.param(Line("字" * 60), True, id="sixty"),
        pytest.param(Line("字" * 61), False, id="longer"),
        pytest.param(Line("字" * 30 + "ab" * 30), True, id="Latin counts by half"),
        pytest.param(Line("先说明原因。"), False, id="sentence"),
        pytest.param(Line("先说。再问"), False, id="full stop inside"),
        pytest.param(Line("先说. 再问"), False, id="half-width stop inside"),
        pytest.param(Line("先说."), False, id="half-width stop"),
        pytest.param(Line("年化9. 8的平台"), True, id="a point behind a digit"),
        pytest.param(Line("包括："), False, id="announces"),
        pytest.param(Line("甲，乙，丙"), True, id="two commas"),
        pytest.param(Line("甲，乙,丙，丁"), False, id="three commas"),
        pytest.param(Line("一、先算账"), False, id="section"),
        pytest.param(Line("第二步提交"), False, id="step"),
        pytest.param(Line("第三天：算清账"), False, id="day"),
        pytest.param(Line("第三方平台靠谱吗"), True, id="no ordinal"),
        pytest.param(Line("项目 | 费用", ROW), False, id="table row"),
        pytest.param(Line("甲平台 32000元 41天"), False, id="row of a plain table"),
        pytest.param(Line("7. 苹果iPhone 15回收价格"), True, id="a thing's number in a title"),
        pytest.param(
            Line("甲平台收费	剩余本金的百分之一至三	可以", ROW), False, id="row with tabs"
        ),
        pytest.param(
            Line("项目 | 费用", ROW, (Link("项目", "/1"),), link_size=7), True, id="linked row"
        ),
        pytest.param(link_line("字" * 120, 120), True, id="long link"),
        pytest.param(link_line("字" * 121, 121), False, id="too long a link"),
        pytest.param(link_line("字" * 121, 121, 3), True, id="several links"),
        pytest.param(link_line("字" * 121, 121, 2), False, id="two links"),
        pytest.param(link_line("一、先算账", 5), True, id="linked section"),
        pytest.param(Line("甲方 32000元 41天"), False, id="cells with numbers"),
        pytest.param(Line("甲方 32000元 欠款"), True, id="one number"),
        pytest.param(Line("32000元 41天"), True, id="two cells"),
        pytest.param(Line("苹果手机回收 浏览 12 评论 3"), True, id="counters"),
        pytest.param(link_line("甲方 32000元 41天", 3), True, id="linked cells"),
        pytest.param(
            Line("租手机的平台有哪些 苹果手机回收价格 二手车过户的手续 婚纱照套餐怎么选，"),
            True,
            id="several titles",
        ),
        pytest.param(
            Line("节后再更新下一批，祝各位好运连连，所有的账都能谈成！"), False, id="a call"
        ),
        pytest.param(Line("注意！这类短信千万别点，一点就完了！"), True, id="a headline"),
        pytest.param(
            Line("贷款办理多年，客户超过万人，额度最高十万元，月息低至三厘，当天到账!"),
            False,
            id="an advert's sentence",
        ),
    ],
)
def test_is_title_like(line: Line, *, answer: bool) -> None:
    assert is_title_like(line) is answer


FOUR = ["租手机的平台有哪些", "苹果手机回收价格", "二手车过户的手续", "婚纱照套餐怎么选"]


LONGER = [f"{one}，看完这一篇就够了" for one in (*FOUR, *FOUR)]
CUT = "很多人都在问这件事。本文将为您介绍..."
CARDS_LINE = " ".join(f"{title} {CUT}" for title in LONGER[:4])
SEVEN, SIX = "一二三四五六七", "一二三四五六"


def whole(text: str) -> tuple[Line, list[str]]:
    """A line that is one title."""
    return Line(text), [text]


@pytest.mark.parametrize(
    ("line", "titles"),
    [
        pytest.param(Line(" ".join(FOUR)), FOUR, id="spaces"),
        pytest.param(Line(" | ".join(FOUR)), FOUR, id="strokes"),
        pytest.param(Line("★" + "★".join(FOUR)), FOUR, id="stars"),
        pytest.param(Line("；".join(FOUR)), FOUR, id="semicolons"),
        pytest.param(Line("｜".join(FOUR) + "｜"), FOUR, id="a stroke at the end"),
        pytest.param(*whole(" ".join(FOUR[:3])), id="three are no list"),
        pytest.param(Line(f"{SEVEN} " * 3 + SIX), [SEVEN] * 3 + [SIX], id="thirty"),
        pytest.param(*whole(f"{SEVEN} " * 2 + f"{SIX} {SIX}"), id="shorter"),
        pytest.param(Line(" ".join([*FOUR, "一二三四"])), [*FOUR, "一二三四"], id="four signs"),
        pytest.param(*whole(" ".join([*FOUR, "一二三"])), id="three signs"),
        pytest.param(
            Line(" ".join([*LONGER, "手机", "13"])),
            [*LONGER, "手机", "13"],
            id="a name with a space",
        ),
        pytest.param(
            *whole(" ".join([*LONGER, "手机", "13", "价"])), id="three of eleven are short"
        ),
        pytest.param(*whole(" ".join(["字" * 8] * 8 + ["手机"])), id="words rather than titles"),
        pytest.param(Line(CARDS_LINE), LONGER[:4], id="cards"),
        pytest.param(
            *whole(CARDS_LINE.replace("...", "。", 2)), id="two of four excerpts that were cut off"
        ),
        pytest.param(
            *whole(f"{CUT} " * 3 + " ".join(LONGER[:3])), id="three titles among excerpts"
        ),
        pytest.param(*whole(f"{CUT} " * 8 + " ".join(LONGER[:4])), id="a third of them titles"),
        pytest.param(*whole(" ".join(FOUR) + "。"), id="sentence"),
        pytest.param(Line(" | ".join(FOUR), ROW), FOUR, id="table row"),
        pytest.param(
            Line(" ".join([*FOUR, "真我GT5 Pro租赁详解", "iPhone 13 Pro Max回收价格"])),
            [*FOUR, "真我GT5 Pro租赁详解", "iPhone 13 Pro Max回收价格"],
            id="names in Latin",
        ),
        pytest.param(Line(FOUR[0] + " | 5%", ROW), [FOUR[0] + " | 5%"], id="short cell"),
        pytest.param(
            Line(f"推荐：《{FOUR[0]}》《{FOUR[1]}》、《{FOUR[2]}》"), FOUR[:3], id="book marks"
        ),
        pytest.param(*whole(f"《{FOUR[0]}》《{FOUR[1]}》"), id="two in book marks"),
        pytest.param(
            *whole(f"依据的是《{FOUR[0]}》《{FOUR[1]}》和《{FOUR[2]}》这三篇文章"),
            id="named in a clause",
        ),
        pytest.param(*whole(" ".join([*FOUR, "字" * 61])), id="a long one"),
        pytest.param(Line(f"{FOUR[0]} {FOUR[3]}攻略"), [FOUR[0], f"{FOUR[3]}攻略"], id="two"),
        pytest.param(
            Line(f"{FOUR[1]}表；{FOUR[3]}选才好看"),
            [f"{FOUR[1]}表", f"{FOUR[3]}选才好看"],
            id="one marked",
        ),
        pytest.param(*whole("一二三四五六七八九十 甲乙丙丁戊己庚辛壬癸"), id="none marked"),
        pytest.param(*whole(f"{FOUR[0]}怎么选才好呢 (2024-05-06)"), id="a title and a day"),
        pytest.param(*whole(f"{FOUR[0]}怎么选才好呢 五字怎么选"), id="a short second"),
        pytest.param(
            Line("、".join([*FOUR, f"{FOUR[0]},看完就懂"])),
            [*FOUR, f"{FOUR[0]},看完就懂"],
            id="a pause in five",
        ),
        pytest.param(*whole("、".join([*FOUR[:3], f"{FOUR[0]},看完就懂"])), id="a pause in four"),
        pytest.param(*whole(" ".join(f"{one}." for one in FOUR)), id="half-width sentences"),
        pytest.param(link_line("甲乙丙", 3, 3), ["第0篇", "第1篇", "第2篇"], id="links"),
        pytest.param(link_line("甲乙丙", 3, 2), ["甲乙丙"], id="two links"),
        pytest.param(link_line("甲乙丙丁戊己", 3, 3), ["甲乙丙丁戊己"], id="text with links"),
    ],
)
def test_find_titles(line: Line, titles: list[str]) -> None:
    assert find_titles(line) == titles


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("客服 95588", True),
        ("客服 010-66278110 ", True),
        ("客服 12378 转人工", False),
        ("12378 维权热线", True),
        ("95588：工行客服", True),
        ("5000元以下的借款", False),
        ("12378号文件", False),
        ("共123", False),
        ("共1234", False),
        ("共12345", True),
    ],
)
def test_has_telephone(text: str, *, answer: bool) -> None:
    assert has_telephone(text) is answer


@pytest.mark.parametrize(
    ("texts", "answer"),
    [
        pytest.param(["步骤 找谁 费用", "补领 派出所 四十元"], True, id="rows"),
        pytest.param(["步骤 找谁 费用"], False, id="one row"),
        pytest.param(["步骤 找谁", "补领 派出所"], False, id="two cells"),
        pytest.param(["步骤 找谁 费用", "补领 派出所"], False, id="uneven"),
        pytest.param(["步骤 找谁 " + "字" * 12, "补领 派出所 四十元"], True, id="twelve signs"),
        pytest.param(["步骤 找谁 " + "字" * 13, "补领 派出所 四十元"], False, id="thirteen"),
        pytest.param(["手机回收 浏览 12", "租机 浏览 13"], False, id="counters"),
        pytest.param(["贷款 | 租手机攻略", "法律 | 离婚攻略"], False, id="a stroke is no cell"),
        pytest.param(["租手机攻略 —— 知乎", "离婚攻略 —— 本站"], False, id="a dash is no cell"),
        pytest.param(["步骤 | 找谁 | 费用", "补领 | 派出所 | 四十元"], True, id="strokes"),
    ],
)
def test_are_rows(texts: list[str], *, answer: bool) -> None:
    assert are_rows(texts) is answer


MORE = Line("甲[详情]", links=(Link("[详情]", "/1"),), link_size=4, shape="li")
SHORT = Line("乙[详情]", links=(Link("[详情]", "/2"),), link_size=4, shape="li>a")
OTHER = Line("乙[全文]", links=(Link("[全文]", "/2"),), link_size=4, shape="li>a")


STOP = Line("这是一句话。")


def row(title: str) -> Line:
    """A row that is a link by its shape where more than five letters of it are one."""
    shape, text = "tr>a" if len(title) > 5 else "tr", f"{title} | 2024-05-06 | 12"
    links = (Link(title, f"/{title}"),)
    return Line(text, BlockType.TABLE_ROW, links, shape=shape, link_size=len(title))


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        pytest.param(["Q1：租房攻略", "Q2：离婚攻略"], [(0, 2)], id="two"),
        pytest.param(["问题一：租房攻略", "问题二：离婚攻略"], [(0, 2)], id="in words"),
        pytest.param(["Q1：租房攻略", "先谈价格。", "Q2：离婚攻略"], [], id="with answers"),
        pytest.param(["问：租房攻略", "问：离婚攻略"], [], id="no numbers"),
        pytest.param(["Q1：怎么租。", "Q2：怎么离。"], [], id="sentences"),
    ],
)
def test_questions_without_answers_are_a_run(
    texts: list[str], found: list[tuple[int, int]]
) -> None:
    assert [(run.start, run.end) for run in find_runs([Line(text) for text in texts])] == found


def test_runs_end_at_sentences_and_where_lists_were_found() -> None:
    lines = [Line("甲题目"), Line("乙题目"), STOP, Line("丙题目")]
    assert entries_of(lines) == [(0, 2, (0, 1), False), (3, 4, (3,), False)]
    parted = find_runs([Line("甲题目")] * 5, frozenset({2}))
    assert [(run.start, run.end) for run in parted] == [(0, 2), (3, 5)]
    assert entries_of([]) == []
    assert entries_of([STOP]) == []


@pytest.mark.parametrize(
    ("one", "other", "parted"),
    [
        pytest.param(Line("甲", shape="p"), Line("乙", shape="p"), False, id="alike"),
        pytest.param(Line("甲", shape="p"), Line("乙", shape="li"), True, id="shape"),
        pytest.param(MORE, SHORT, False, id="the same link behind both"),
        pytest.param(MORE, OTHER, True, id="another link behind"),
        pytest.param(row("租手机攻略大全"), row("租手机攻略"), False, id="rows of links"),
        pytest.param(row("租手机攻略大全"), Line("甲", shape="tr"), True, id="a row and a line"),
        pytest.param(Line("甲"), Line("1. 乙"), True, id="number"),
        pytest.param(Line("甲"), Line("（1）乙"), True, id="number in brackets"),
        pytest.param(Line("甲"), Line("1.5 倍"), False, id="no item's number"),
        pytest.param(Line("甲"), Line("· 乙"), True, id="bullet"),
        pytest.param(Line("甲"), Line("乙 95588"), True, id="telephone"),
        pytest.param(Line("· 甲"), Line("· 乙"), False, id="both bullets"),
        pytest.param(Line("🔥 甲"), Line("📌 乙"), False, id="pictures"),
        pytest.param(Line("🔥 甲"), Line("乙"), True, id="a picture"),
        pytest.param(Line("甲"), Line(" ".join(FOUR)), True, id="several titles"),
        pytest.param(link_line("甲", 1), Line("1. 乙"), False, id="linked"),
    ],
)
def test_runs_are_divided_where_lines_differ(one: Line, other: Line, *, parted: bool) -> None:
    expected = [Run(0, 1, (0,), cards=False), Run(1, 2, (1,), cards=False)]
    whole = [Run(0, 2, (0, 1), cards=False)]
    assert find_runs([one, other]) == (expected if parted else whole)


EXCERPT = Line("字" * 20 + "…", shape="div")
DATE = Line("2024-05-06", shape="span")


def test_dates_and_excerpts_between_titles_make_cards() -> None:
    title = Line("甲题目", shape="h4")
    lines = [title, EXCERPT, title, EXCERPT, title, EXCERPT]
    assert entries_of(lines) == [(0, 6, (0, 1, 2, 3, 4, 5), True)]
    dated = [title, DATE] * 3
    assert entries_of(dated) == [(0, 6, (0, 2, 4), True)]
    assert not any(cards for *_, cards in entries_of(dated[:4]))
    mixed = [title, EXCERPT, DATE, title, DATE, title]
    assert not any(cards for *_, cards in entries_of(mixed)), "one excerpt, two dates"
    both = [title, EXCERPT, DATE, title, EXCERPT]
    assert entries_of(both) == [(0, 5, (0, 1, 3, 4), True)]


def test_cards_begin_with_the_first_title_and_end_with_the_last_link() -> None:
    linked = link_line("甲题目", 3, shape="h4")
    bare = Line("别的东西", shape="p")
    lines = [bare, linked, linked, DATE, linked, DATE, linked, DATE, linked, bare]
    assert entries_of(lines) == [
        (0, 1, (0,), False),
        (1, 9, (1, 2, 4, 6, 8), True),
        (9, 10, (9,), False),
    ]
    other = link_line("甲题目", 3, shape="li")
    lines = [DATE, linked, DATE, linked, DATE, other]
    assert entries_of(lines) == [(0, 5, (1, 3), True), (5, 6, (5,), False)]
