"""Which lines go with a list, which stay, and with what reason."""

from __future__ import annotations

import pytest
from rule_words import WORDS

from crawler.linklists import Line, find_link_lists, is_list_heading
from crawler.linklists.context import Context
from crawler.linklists.hosts import host_of
from crawler.linklists.stretches import find_counted
from crawler.model import BlockType, Link, RemovalReason, SiteKnowledge
from crawler.pagewords import bare, bare_lines

TEXT = Line("逾期以后先算清账目，再同平台谈分期还款。")
LIST, HEAD, CARDS, REPEAT = (
    RemovalReason.LINK_LIST,
    RemovalReason.LIST_HEADING,
    RemovalReason.CARDS,
    RemovalReason.SITE_REPEAT,
)
SIGNS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


def title(at: int, mark: str = "攻略") -> Line:
    return Line(f"{SIGNS[at]}地{SIGNS[at + 1]}物网贷{mark}")


def link(at: int) -> Line:
    text = title(at).text
    return Line(text, links=(Link(text, f"/{at}"),), link_size=len(text), shape="a")


def boxed(*lines: Line) -> list[Line]:
    return [Line(line.text, shape="div") for line in lines]


PLAIN = Line("甲子乙丑丙寅")
PAUSED = Line("甲子、乙丑丙寅")
NEAR = Line("算清账目再谈分期还款")
POINTER = Line("相关文章→甲地乙物攻略")
QUESTIONS = [Line(f"{sign}日能谈攻略？") for sign in "子丑寅"]
OWN = [Line(text) for text in ("再谈分期还款", "先算清账目", "再同平台谈")]
TITLES = [title(at) for at in range(5)]
LINKS = [link(at) for at in range(4)]


def judged(lines: list[Line], **options: object) -> dict[int, RemovalReason]:
    return find_link_lists(lines, "逾期怎么谈", WORDS, **options)  # type: ignore[arg-type]


def span(start: int, end: int, reason: RemovalReason = LIST) -> dict[int, RemovalReason]:
    return dict.fromkeys(range(start, end), reason)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("相关文章", True),
        ("【相关文章】", True),
        ("相关文章" + "—" * 20, True),
        ("相关文章" + "—" * 21, False),
        ("延伸阅读", True),
        ("延伸" + "字" * 12, True),
        ("延伸" + "字" * 13, False),
        ("文章相关", False),
    ],
)
def test_is_list_heading(text: str, *, answer: bool) -> None:
    assert is_list_heading(Line(text), bare(text), WORDS) is answer


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        pytest.param([TEXT, *TITLES], span(1, 6), id="bare titles"),
        pytest.param([TEXT, *TITLES, TEXT], span(1, 6), id="amid text"),
        pytest.param([TEXT, *TITLES[:3], TEXT], span(1, 4), id="three bare titles"),
        pytest.param([TEXT, *TITLES[:2], TEXT], span(1, 3), id="two bare titles"),
        pytest.param([TEXT, TITLES[0], PLAIN, TEXT], span(1, 3), id="one of two is plain"),
        pytest.param(
            [TEXT, *boxed(TITLES[0], PLAIN), TEXT], span(1, 3), id="one of two in a box is plain"
        ),
        pytest.param([TEXT, PLAIN, PLAIN, TEXT], {}, id="two are plain"),
        pytest.param([TEXT, TITLES[0], NEAR, TEXT], {}, id="one of two is the article's"),
        pytest.param([TEXT, Line("支付宝花呗关闭攻略大全"), TEXT], span(1, 2), id="a title alone"),
        pytest.param([TEXT, Line("谈不拢怎么办"), TEXT], {}, id="a heading alone"),
        pytest.param([TEXT, NEAR, TEXT], {}, id="a line of the article's alone"),
        pytest.param([PLAIN] * 4 + [*TITLES, TEXT, TEXT], span(0, 9), id="above the text"),
        pytest.param(
            [TEXT, Line(f"{TITLES[0].text}和{PLAIN.text} {TITLES[1].text}大全"), TEXT],
            span(1, 2),
            id="two titles in one line",
        ),
        pytest.param([TEXT, *TITLES[:2], PLAIN, TEXT], span(1, 4), id="one of three is plain"),
        pytest.param([TEXT, TITLES[0], PLAIN, PLAIN, TEXT], {}, id="two of three are plain"),
        pytest.param(
            [TEXT, *boxed(TITLES[0], Line("二手车过户"), Line("居住证续签")), TEXT],
            span(1, 4),
            id="two of three in a box",
        ),
        pytest.param([TEXT, PLAIN, PLAIN, PLAIN, TEXT], {}, id="three are plain"),
        pytest.param([TEXT, *TITLES[:2], PAUSED, TEXT], span(1, 4), id="one of three has a pause"),
        pytest.param([TEXT, *TITLES[:2], NEAR, TEXT], {}, id="one of three is the article's"),
        pytest.param([TEXT, POINTER, TEXT], span(1, 2), id="a pointer"),
        pytest.param(
            [TEXT, *[Line(f"Q{at}：{title(at).text}") for at in range(1, 5)]],
            span(1, 5),
            id="questions without answers",
        ),
        pytest.param(
            [TEXT, *[Line(f"{sign} {title(at).text}") for at, sign in enumerate("🔥👉📌🔥")], TEXT],
            span(1, 5),
            id="arrows among pictures",
        ),
        pytest.param(
            [TEXT, Line("更多的请阅读如下这些文章，各篇都好："), *TITLES, TEXT],
            {1: HEAD, **span(2, 7)},
            id="announced as other pages",
        ),
        pytest.param(
            [TEXT, Line("更多的材料请看如下这些，各样都好："), *TITLES, TEXT], {}, id="announced"
        ),
        pytest.param(
            [TEXT, POINTER, Line("办法如下"), *QUESTIONS, TEXT], span(1, 2), id="is no heading"
        ),
        pytest.param(
            [TEXT, *TITLES, Line("问题包括"), *QUESTIONS, TEXT], span(1, 6), id="own questions"
        ),
        pytest.param(
            [TEXT, *TITLES[:3], Line("写下数目"), *OWN, TEXT],
            span(1, 4),
            id="own lines behind three",
        ),
        pytest.param([TEXT, *LINKS, TEXT], span(1, 5), id="links"),
        pytest.param(
            [TEXT, Line("相关文章"), *TITLES[:3], TEXT], {1: HEAD, **span(2, 5)}, id="heading"
        ),
        pytest.param(
            [TEXT, Line("延伸阅读", BlockType.HEADING), *LINKS],
            {1: HEAD, **span(2, 6)},
            id="heading of another type",
        ),
        pytest.param([TEXT, Line("相关文章"), TEXT], {1: HEAD}, id="a heading alone"),
        pytest.param([TEXT, Line("延伸阅读"), TEXT], {}, id="a line that may be a heading"),
        pytest.param([TEXT, Line("今日推荐。"), *LINKS], span(2, 6), id="a sentence is no heading"),
        pytest.param(
            [TEXT, Line("今日推荐", shape="b"), *LINKS], {1: HEAD, **span(2, 6)}, id="tempting"
        ),
        pytest.param(
            [TEXT, Line("1. 推荐", shape="b"), *LINKS], span(2, 6), id="a number is no heading"
        ),
        pytest.param(
            [TEXT, Line("推荐" + "字" * 14, shape="b"), *LINKS],
            {1: HEAD, **span(2, 6)},
            id="sixteen signs",
        ),
        pytest.param(
            [TEXT, Line("推荐" + "字" * 15, shape="b"), *LINKS], span(2, 6), id="seventeen signs"
        ),
        pytest.param(
            [TEXT, *LINKS[:2], Line("相关文章"), *LINKS[2:], TEXT],
            {**span(1, 3), 3: HEAD, **span(4, 6)},
            id="a heading begins a list of its own",
        ),
        pytest.param(
            [TEXT, Line("相关文章"), *TITLES[:2], Line("延伸阅读"), *TITLES[2:4], TEXT],
            {1: HEAD, **span(2, 4), 4: HEAD, **span(5, 7)},
            id="two headed lists",
        ),
    ],
)
def test_lists_and_headings(lines: list[Line], found: dict[int, RemovalReason]) -> None:
    assert judged(lines) == found


def test_items_that_were_announced_stay_before_titles() -> None:
    own = [Line(text) for text in ("身份证件", "工资流水", "借款合同")]
    lines = [Line("材料包括："), *own, *TITLES, TEXT]
    assert judged(lines) == span(4, 9)
    assert judged([Line("材料包括："), *own[:1], *TITLES, TEXT]) == {}
    assert judged([Line("材料包括："), *own, *LINKS, TEXT]) == span(4, 8)


def test_a_sentence_of_the_article_at_either_end_stays() -> None:
    own = Line("逾期以后先算清账目,再谈分期")
    assert judged([TEXT, own, *TITLES, TEXT]) == span(2, 7)
    assert judged([TEXT, *TITLES, own, TEXT]) == span(1, 6)
    other = Line("天边飞过大雁,河里游着小鱼")
    assert judged([TEXT, *TITLES, other, TEXT]) == span(1, 7)
    marked = Line("逾期以后先算清账目,分期攻略")
    assert judged([TEXT, *TITLES, marked, TEXT]) == span(1, 7)


def test_scraps_of_the_article_behind_a_list_stay() -> None:
    scrap = Line("先算账目")
    assert judged([TEXT, *TITLES, scrap, TEXT]) == span(1, 6)
    assert judged([TEXT, *TITLES, scrap, scrap, TEXT]) == span(1, 6)
    assert judged([TEXT, *TITLES, scrap]) == span(1, 7), "nothing follows"
    longer = Line("字甲字乙字丙字丁字")
    assert judged([TEXT, *TITLES, longer, TEXT]) == span(1, 7), "nine signs are no scrap"


def test_lines_known_from_the_site_go() -> None:
    lines = [TEXT, Line("本站專欄"), TEXT, Line("逾期怎么谈"), Line("！")]
    site = SiteKnowledge(frozenset({"本站专栏", "逾期怎么谈", ""}), frozenset())
    assert judged(lines, site=site) == {1: REPEAT}
    assert judged(lines, site=SiteKnowledge(frozenset(), frozenset({"本站专栏"}))) == {1: REPEAT}
    sentence = SiteKnowledge(frozenset({"逾期以后先算清账目再同平台谈分期还款"}), frozenset())
    assert judged(lines, site=sentence) == {}
    marks = SiteKnowledge(frozenset({"a-b甲"}), frozenset())
    assert judged([TEXT, Line("A-B 甲"), TEXT], site=marks) == {1: REPEAT}


def test_links_to_other_hosts_are_judged_by_the_pages_own() -> None:
    texts = ("甲地乙物", "丙地丁物", "戊地己物")
    away = [
        Line(text, links=(Link(text, f"https://{at}.cn/"),), link_size=4, shape="a")
        for at, text in enumerate(texts)
    ]
    assert judged([TEXT, *away, TEXT], host="x.cn") == {}
    home = [
        Line(text, links=(Link(text, f"https://x.cn/{at}"),), link_size=4, shape="a")
        for at, text in enumerate(texts)
    ]
    assert judged([TEXT, *home, TEXT], host="x.cn") == span(1, 4)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.cn/a?b", "www.example.cn"),
        ("http://example.cn", "example.cn"),
        ("https://User@Example.CN:8080/a", "example.cn"),
        ("/a/1.html", None),
        ("https://[bad", None),
        ("", None),
        (None, None),
    ],
)
def test_host_of(url: str | None, host: str | None) -> None:
    assert host_of(url) == host


def test_a_title_between_titles_that_went_goes_too() -> None:
    lines = [TEXT, *TITLES[:4], Line("1、甲地乙物攻略"), *TITLES[1:5], TEXT]
    assert judged(lines) == span(1, 10)
    lines[5] = Line("1、甲地乙物")
    assert judged(lines) == span(1, 5) | span(6, 10)


BOX = "box>h3."


@pytest.mark.parametrize(
    ("heading", "behind", "gone"),
    [
        pytest.param(Line("同城街坊", shape=BOX), [TEXT], True, id="in a box of its own"),
        pytest.param(Line("同城街坊"), [TEXT], False, id="where the text stands"),
        pytest.param(Line("【同城街坊】"), [TEXT], True, id="in brackets"),
        pytest.param(Line("【算清账目】"), [TEXT], False, id="in brackets, of the article"),
        pytest.param(Line("算清账目", shape=BOX), [TEXT], False, id="of the article"),
        pytest.param(Line("同城街坊，", shape=BOX), [TEXT], False, id="a clause"),
        pytest.param(Line("1. 同城街坊", shape=BOX), [TEXT], False, id="an item"),
        pytest.param(Line("字" * 13, shape=BOX), [TEXT], False, id="thirteen letters"),
        pytest.param(Line("算清账目", BlockType.HEADING), [], True, id="a heading at the end"),
        pytest.param(Line("算清账目", bold_size=4), [], True, id="bold at the end"),
        pytest.param(Line("算清账目", shape=BOX), [], True, id="a box at the end"),
        pytest.param(Line("同城街坊"), [], True, id="a plain line at the end"),
    ],
)
def test_a_heading_of_unknown_words_goes_with_its_list(
    heading: Line, behind: list[Line], *, gone: bool
) -> None:
    lines = [TEXT, TEXT, heading, *LINKS, *behind]
    assert judged(lines) == span(3, 7) | ({2: HEAD} if gone else {})


def test_a_list_that_is_numbered_through_is_of_one_kind() -> None:
    near = [Line("算清账目再谈分期的"), Line("同平台谈还款的账目")]
    titles = [*TITLES, *near]
    numbered = [Line(f"（{at}）{one.text}") for at, one in enumerate(titles, 1)]
    assert judged([TEXT, *numbered, TEXT]) == span(1, 8)
    skipped = [*numbered[:5], Line(f"（8）{near[0].text}"), Line(f"（9）{near[1].text}")]
    assert 7 not in judged([TEXT, *skipped, TEXT])


def test_no_lines_hold_no_lists() -> None:
    assert judged([]) == {}


def test_rows_with_a_category_before_the_title() -> None:
    rows = [Line(f"理财\t{one.text}", BlockType.TABLE_ROW) for one in TITLES]
    assert judged([TEXT, *rows, TEXT]) == span(1, 6)
    fees = [Line(f"利息\t{one.text}8%", BlockType.TABLE_ROW) for one in TITLES]
    assert judged([TEXT, *fees, TEXT]) == {}


def test_a_title_with_a_space_stands_among_titles() -> None:
    spaced = Line("甲地乙物网贷攻略 丙物丁地网贷攻略")
    assert judged([TEXT, *TITLES[:3], spaced, *TITLES[3:], TEXT]) == span(1, 7)


def test_counted_items_that_are_all_of_a_run_may_have_marks_of_titles() -> None:
    own = [Line(text) for text in ("手机租金攻略", "每月伙食攻略", "老人药费攻略")]
    for before, found in (([], [(0, 4)]), ([TITLES[0]], [])):
        lines = [*before, Line("先弄清的三件事"), *own]
        bared = bare_lines([line.text for line in lines])[1]
        context = Context(WORDS, bared, frozenset(), None, -1, {})
        assert find_counted(lines, range(len(lines)), context) == found


KEYWORDS = [Line(text) for text in ("甲网贷", "乙丙攻略", "丁网贷款", "戊己庚", "辛壬网贷")]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        pytest.param([TEXT, *KEYWORDS, TEXT], span(1, 6), id="between paragraphs"),
        pytest.param([TEXT, *KEYWORDS[:4], TEXT], {}, id="too few"),
        pytest.param([TEXT, Line("包括这些："), *KEYWORDS, TEXT], {}, id="announced"),
        pytest.param([TEXT, *(Line(one) for one in SIGNS[:5] * 2), TEXT], {}, id="other words"),
        pytest.param([TEXT, *KEYWORDS, Line("以上都要核对清楚。")], {}, id="spoken of below"),
    ],
)
def test_words_of_the_trade_in_a_row(lines: list[Line], found: dict[int, RemovalReason]) -> None:
    assert judged(lines) == found


def test_a_title_without_marks_above_the_text_goes_beside_others() -> None:
    odd = Line("子丑寅卯辰巳午未申")
    assert judged([*TITLES, odd, TEXT, TEXT]) == span(0, 6)
    assert judged([*TITLES, odd._replace(shape="h"), TEXT, TEXT]) == span(0, 5)


def test_a_list_that_begins_anew_is_judged_for_itself() -> None:
    own = [Line(f"{at}、{line.text}") for at, line in enumerate(OWN, 1)]
    titles = [Line(f"{at}、{line.text}") for at, line in enumerate(TITLES, 1)]
    assert judged([TEXT, Line("包括这些："), *own, *titles, TEXT]) == span(5, 10)


@pytest.mark.parametrize(
    ("lines", "gone"),
    [
        pytest.param([TEXT, Line("丑寅："), *LINKS, TEXT], 1, id="before text"),
        pytest.param([TEXT, Line("丑寅如下："), *LINKS, TEXT], -1, id="announces a list"),
        pytest.param([TEXT, Line("先算清账目："), *LINKS, TEXT], -1, id="the article speaks of it"),
        pytest.param([TEXT, Line("1. 丑寅："), *LINKS, TEXT], -1, id="numbered"),
        pytest.param([Line("丑寅："), *LINKS, TEXT, TEXT], 0, id="above the text"),
        pytest.param([TEXT, Line("包括："), Line("丑寅"), *LINKS, *OWN], 2, id="below another"),
    ],
)
def test_a_word_before_a_colon_goes_with_its_list(lines: list[Line], gone: int) -> None:
    heads = [at for at, reason in judged(lines).items() if reason is HEAD]
    assert heads == ([gone] if gone >= 0 else [])


def test_titles_behind_a_list_of_works_are_no_part_of_it() -> None:
    lines = [TEXT, *OWN, Line("参考资料"), *TITLES, Line("[1] 甲"), Line("[2] 乙"), TEXT]
    assert set(judged(lines)) == set(range(5, 10))


@pytest.mark.parametrize(
    ("asked", "titles", "gone"),
    [
        pytest.param(QUESTIONS, TITLES, 5, id="titles that do not ask"),
        pytest.param(QUESTIONS[:1], TITLES, 0, id="one question"),
        pytest.param(QUESTIONS, TITLES[:2], 0, id="two titles"),
    ],
)
def test_announced_questions_end_where_lines_no_longer_ask(
    asked: list[Line], titles: list[Line], gone: int
) -> None:
    lines = [TEXT, Line("分期的问题包括："), *asked, *titles]
    begin = 2 + len(asked)
    found = set(judged(lines))
    assert not found & set(range(2, begin))
    assert (len(found & set(range(begin, begin + 5))) == gone) or not gone


@pytest.mark.parametrize(
    ("lead", "behind", "stays"),
    [
        pytest.param("搜寻可包括：", [*OWN[:2], TEXT], True, id="items below"),
        pytest.param("搜寻可包括：", [TEXT], True, id="text below"),
        pytest.param("更多推荐：", [*OWN[:2], TEXT], False, id="announces nothing"),
    ],
)
def test_what_announces_items_below_a_list_stays(
    lead: str, behind: list[Line], *, stays: bool
) -> None:
    lines = [TEXT, Line(lead), *LINKS, *behind]
    assert (1 not in judged(lines)) is stays
