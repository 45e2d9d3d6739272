"""Each piece of evidence weighs what its name says, and only where its rule holds."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from rule_words import WORDS

from crawler.linklists.above import ANNOUNCED, INTRODUCED, TEMPTING, weigh_before
from crawler.linklists.context import Context, grams_of, share_of
from crawler.linklists.evidence import (
    AT_END,
    AT_TOP,
    BETWEEN,
    CARDS,
    COHESIVE,
    CONTACTS,
    DATED,
    DOUBTED,
    ELLIPTIC,
    ELSEWHERE,
    FOREIGN,
    HEADED,
    IN_LINE,
    LINKED,
    LONELY,
    LONG,
    MARKED,
    MARKED_NUMBERS,
    NUMBERED,
    SEVERAL,
    STRANGE_NUMBERS,
    STRAY,
    UNSPOKEN,
    weigh,
)
from crawler.linklists.interposed import is_put_between
from crawler.linklists.line import Line
from crawler.linklists.runs import Run
from crawler.model import BlockType, Link
from crawler.pagewords import bare_lines

HEADING, ITEM, ROW = BlockType.HEADING, BlockType.LIST_ITEM, BlockType.TABLE_ROW
ABOVE = Line("这是文章的一句话。")


def context_of(
    lines: Sequence[Line], article: str = "", end: int = 99, host: str = "", first: int = -1
) -> Context:
    bared = bare_lines([line.text for line in lines])[1]
    grams = frozenset(grams_of(article))
    return Context(WORDS, bared, grams, host or None, end, {}, first_text=first)


def weight(
    items: list[Line],
    above: Line = ABOVE,
    below: Sequence[Line] = (),
    *,
    article: str = "",
    headed: bool = False,
    cards: bool = False,
    end: int = 99,
    host: str = "",
    first: int = -1,
) -> float:
    """What speaks for the items, which stand behind ``above``, being another page's titles."""
    lines = [above, *items, *below]
    entries = list(range(1, len(items) + 1))
    run = Run(1, len(items) + 1, tuple(entries), cards)
    context = context_of(lines, article, end, host, first)
    between = not headed and is_put_between(lines, run, context)
    return weigh(lines, run, entries, context, headed=headed, between=between)


def linked(text: str, url: str = "/a/1.html") -> Line:
    return Line(text, links=(Link(text, url),), link_size=len(text))


# Words in which no pair of characters repeats, so that nothing is shared by chance.
PLAIN = ["甲乙丙", "丁戊己", "庚辛壬", "癸子丑", "寅卯辰"]
LINES = [Line(text) for text in PLAIN]
LINKS = [linked(text) for text in PLAIN]


def marked(lines: list[Line], count: int) -> list[Line]:
    return [Line(f"{line.text}攻略") for line in lines[:count]] + lines[count:]


def shaped(lines: list[Line]) -> list[Line]:
    """The lines in elements unlike those around them."""
    return [Line(line.text, shape="div") for line in lines]


@pytest.mark.parametrize(
    ("items", "options", "expected"),
    [
        pytest.param(LINES[:4], {}, FOREIGN, id="bare lines"),
        pytest.param(LINES[:3], {}, 0.0, id="too few say nothing"),
        pytest.param(marked(LINES, 3)[:3], {}, MARKED + FOREIGN, id="few, all marked"),
        pytest.param(marked(LINES, 2)[:3], {}, MARKED * 2 / 3 + FOREIGN, id="few, most marked"),
        pytest.param(marked(LINES, 1)[:3], {}, 0.0, id="few, one marked"),
        pytest.param(
            shaped(marked(LINES, 1)[:3]), {}, MARKED / 3 + FOREIGN, id="few of another shape"
        ),
        pytest.param(
            shaped(marked(LINES, 1)[:3]), {"article": "甲乙"}, 0.0, id="few, a pair shared"
        ),
        pytest.param(marked(LINES, 2)[:2], {}, MARKED + FOREIGN, id="two, marked"),
        pytest.param(marked(LINES, 1)[:2], {}, 0.0, id="two, one marked"),
        pytest.param(
            shaped(marked(LINES, 1)[:2]), {}, MARKED / 2 + FOREIGN, id="two of another shape"
        ),
        pytest.param(
            shaped(marked(LINES, 1)[:2]), {"article": "甲乙"}, 0.0, id="two, a pair shared"
        ),
        pytest.param(marked(LINES, 1)[:1], {}, 0.0, id="one says nothing"),
        pytest.param(LINES[:3], {"headed": True}, HEADED + FOREIGN, id="few under a heading"),
        pytest.param(LINES[:3], {"cards": True}, CARDS + FOREIGN, id="few cards"),
        pytest.param(LINKS[:3], {}, LINKED + SEVERAL + FOREIGN, id="links"),
        pytest.param(LINKS[:2], {}, LINKED + LONELY + FOREIGN, id="two links"),
        pytest.param(LINKS[:2], {"headed": True}, HEADED + LINKED + FOREIGN, id="two, headed"),
        pytest.param(LINKS[:3] + LINES[:1], {}, LINKED + SEVERAL + FOREIGN, id="most are links"),
        pytest.param(LINKS[:2] + LINES[:2], {}, FOREIGN, id="half are links"),
        pytest.param(marked(LINES, 4)[:4], {}, MARKED + FOREIGN, id="all marked"),
        pytest.param(marked(LINES, 1)[:4], {}, MARKED / 4 + FOREIGN, id="one marked"),
        pytest.param(LINES[:4], {"end": 4}, AT_END + FOREIGN, id="at the end"),
        pytest.param(LINES[:4], {"end": 5}, FOREIGN, id="text behind"),
        pytest.param(LINES[:4], {"article": "甲乙丙丁戊己庚辛壬癸子丑"}, COHESIVE, id="cohesive"),
        pytest.param(LINES[:4], {"article": "甲乙丙。丁戊己"}, 0.0, id="half shared"),
        pytest.param(LINES[:4], {"article": "甲乙丙"}, FOREIGN, id="a quarter shared"),
        pytest.param(
            [Line(f"{at}. {text}") for at, text in enumerate(PLAIN[:4], 1)],
            {},
            NUMBERED + FOREIGN,
            id="numbered",
        ),
        pytest.param(
            [Line(f"{at}. {text}攻略") for at, text in enumerate(PLAIN[:4], 1)],
            {},
            NUMBERED * (1 - STRANGE_NUMBERS) + MARKED + FOREIGN + STRAY,
            id="numbered, marked and strange",
        ),
        pytest.param(
            [Line(f"{at}. {text}攻略") for at, text in enumerate(PLAIN[:4], 1)],
            {"article": "甲乙丙。丁戊己"},
            NUMBERED * (1 - MARKED_NUMBERS) + MARKED + FOREIGN,
            id="numbered and marked, a fifth shared",
        ),
        pytest.param(
            [Line(f"{at}. {text}") for at, text in enumerate(PLAIN[:3], 1)] + LINES[3:5],
            {},
            NUMBERED + FOREIGN,
            id="three of five numbered",
        ),
        pytest.param(
            [Line(f"{at}. {text}") for at, text in enumerate(PLAIN[:2], 1)] + LINES[2:5],
            {},
            FOREIGN,
            id="two of five numbered",
        ),
        pytest.param(
            [Line(f"{text} 9558{at}") for at, text in enumerate(PLAIN[:4])],
            {"above": Line("包括甲子")},
            INTRODUCED + CONTACTS + FOREIGN,
            id="contacts",
        ),
        pytest.param(
            [Line(f"{text}天地2024-03-1{at}") for at, text in enumerate(PLAIN[:4])],
            {},
            DATED + FOREIGN + UNSPOKEN,
            id="days are no telephone numbers",
        ),
        pytest.param(
            [Line(f"{text}天地 浏览 3{at}") for at, text in enumerate(PLAIN[:4])],
            {},
            DATED + FOREIGN + UNSPOKEN,
            id="counters",
        ),
        pytest.param(
            [Line(f"{text} 天地 玄黄") for text in PLAIN[:4]], {}, ANNOUNCED + FOREIGN, id="rows"
        ),
        pytest.param(
            marked(LINES, 4)[:4],
            {"above": Line("包括甲子")},
            INTRODUCED * DOUBTED + MARKED + FOREIGN,
            id="all marked below an announcing line",
        ),
        pytest.param(
            marked(LINES, 3),
            {"above": Line("包括甲子")},
            INTRODUCED + MARKED * 3 / 5 + FOREIGN,
            id="some marked below it",
        ),
        pytest.param(
            marked(LINES, 3)[:3], {"above": Line("包括甲子")}, 0.0, id="three marked below it"
        ),
        pytest.param(
            [Line(f"{text}攻略？") for text in PLAIN[:4]],
            {"above": Line("包括甲子")},
            INTRODUCED + MARKED + FOREIGN + ELLIPTIC,
            id="questions below it",
        ),
        pytest.param(
            [Line(f"{at}. {text}攻略？") for at, text in enumerate(PLAIN[:4], 1)],
            {},
            NUMBERED + MARKED + FOREIGN + ELLIPTIC,
            id="numbered questions",
        ),
        pytest.param(
            [*(Line(f"{text}攻略？") for text in PLAIN[:2]), Line("网贷甲攻略？"), LINES[3]],
            {},
            MARKED * 3 / 4 + FOREIGN,
            id="three questions of four lines",
        ),
        pytest.param(
            [Line(f"{text}网贷攻略？") for text in PLAIN[:2]]
            + [Line(f"{text}攻略？") for text in PLAIN[2:4]],
            {},
            MARKED + FOREIGN,
            id="questions half of which name a thing",
        ),
        pytest.param(
            [Line(f"{text}攻略？") for text in PLAIN[:4]],
            {"end": 4},
            MARKED + FOREIGN + AT_END,
            id="questions at the end",
        ),
        pytest.param(
            marked(LINES, 2)[:4], {"first": 9}, MARKED / 2 + FOREIGN + AT_TOP, id="above the text"
        ),
        pytest.param(
            marked(LINES, 1)[:4],
            {"first": 9},
            MARKED / 4 + FOREIGN,
            id="above the text, one marked",
        ),
        pytest.param(
            [Line(" | ".join(f"{text}甲的攻略" for text in PLAIN[:4]))],
            {},
            MARKED + FOREIGN + IN_LINE,
            id="titles in one line",
        ),
        pytest.param(
            [Line(f"{text} 9558{at}") for at, text in enumerate(PLAIN[:3])] + LINES[3:4],
            {},
            FOREIGN,
            id="not all contacts",
        ),
        pytest.param(
            [Line(f"《{text}法》") for text in PLAIN[:2]] + LINES[2:4],
            {"above": Line("包括甲子")},
            INTRODUCED + ANNOUNCED + FOREIGN,
            id="half are statutes",
        ),
        pytest.param([Line("《甲乙丙法》"), *LINES[1:4]], {}, FOREIGN, id="one is a statute"),
        pytest.param([Line(f"《{text}》") for text in PLAIN[:4]], {}, FOREIGN, id="book marks"),
        pytest.param(
            [Line("法令：《甲乙法》《丙丁法》《戊己》"), *LINES[2:5]],
            {},
            FOREIGN,
            id="one line of three",
        ),
        pytest.param([Line("，，"), Line("！！"), Line("？？"), Line("…")], {}, 0.0, id="no words"),
    ],
)
def test_weigh(items: list[Line], options: dict[str, object], expected: float) -> None:
    assert weight(items, **options) == pytest.approx(expected)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("count", "steps"), [(7, 0), (8, 1), (14, 1), (15, 2), (29, 2), (30, 3), (31, 3)]
)
def test_long_lists_weigh_more(count: int, steps: int) -> None:
    lines = [Line(chr(0x4E00 + 2 * at) + chr(0x4E01 + 2 * at)) for at in range(count)]
    assert weight(lines) == pytest.approx(LONG * steps + FOREIGN)


STRAYS = [Line(f"{text}寄语远方") for text in PLAIN]


@pytest.mark.parametrize(
    ("items", "options", "stray"),
    [
        pytest.param(STRAYS, {}, True, id="five foreign lines"),
        pytest.param(STRAYS[:4], {}, False, id="four"),
        pytest.param([*STRAYS[:4], Line("六字的一行文")], {}, True, id="six signs"),
        pytest.param([*STRAYS[:4], Line("五字的一行")], {}, False, id="five signs"),
        pytest.param([*STRAYS[:4], Line("“六字的一行文”")], {}, False, id="speech"),
        pytest.param([*STRAYS[:4], Line("六字的一行文", ITEM)], {}, False, id="an item"),
        pytest.param(STRAYS, {"above": Line("字" * 40 + "办法如下")}, False, id="announced before"),
        pytest.param(
            STRAYS,
            {"above": Line("字" * 40 + "如下" + "字" * 23)},
            True,
            id="announced long before",
        ),
        pytest.param(
            STRAYS, {"above": Line("字" * 40 + "如下" + "字" * 22)}, False, id="within reach"
        ),
        pytest.param(STRAYS, {"below": [Line("以上都要准备好。")]}, False, id="taken up below"),
        pytest.param(STRAYS, {"below": [Line("都要准备，以上。")]}, True, id="not at its start"),
        pytest.param(STRAYS, {"article": "甲乙丙"}, True, id="two of thirty pairs shared"),
        pytest.param(STRAYS, {"article": "寄语"}, False, id="five of thirty pairs shared"),
    ],
)
def test_stray_lines(items: list[Line], options: dict[str, object], *, stray: bool) -> None:
    expected = FOREIGN + STRAY * stray
    assert weight(items, **options) == pytest.approx(expected)  # type: ignore[arg-type]


UNSAID = [Line(f"{text}寄语远方天地", ITEM, node=1, shape="li") for text in PLAIN]


@pytest.mark.parametrize(
    ("items", "options", "unspoken"),
    [
        pytest.param(UNSAID[:4], {}, True, id="four items"),
        pytest.param(UNSAID[:3], {"below": [Line("话。", shape="li")]}, True, id="three"),
        pytest.param(UNSAID[:3], {}, True, id="three in elements of their own"),
        pytest.param(UNSAID[:2], {}, True, id="two"),
        pytest.param(UNSAID[:1], {}, False, id="one"),
        pytest.param(UNSAID[:2], {"article": "天地"}, False, id="two that share a pair"),
        pytest.param(
            [UNSAID[0], Line("去，天涯海角那边", ITEM, node=1, shape="li")],
            {},
            False,
            id="two, one of which pauses",
        ),
        pytest.param(
            [UNSAID[0], Line("图：天涯海角那边", ITEM, node=1, shape="li")],
            {},
            False,
            id="a caption",
        ),
        pytest.param(
            [UNSAID[0], Line("请去天涯海角那边", ITEM, node=1, shape="li")],
            {},
            False,
            id="what to do",
        ),
        pytest.param(
            [UNSAID[0], Line("天涯海角那边", ITEM, node=1, shape="li")], {}, False, id="a short one"
        ),
        pytest.param(UNSAID[:4], {"article": "天地，远方"}, False, id="shared pairs"),
        pytest.param(UNSAID[:4], {"above": Line("要带的包括")}, False, id="announced"),
        pytest.param(UNSAID[:4], {"below": [Line("以上都要带。")]}, False, id="taken up below"),
        pytest.param(
            [*UNSAID[:3], Line("寄语远方天地 95588", ITEM, shape="li")], {}, False, id="a telephone"
        ),
        pytest.param(
            [Line(f"{text}寄", ITEM, node=1) for text in PLAIN[:4]], {}, False, id="short"
        ),
        pytest.param([Line(line.text) for line in UNSAID[:5]], {}, True, id="a dump"),
        pytest.param(
            [Line("天涯海角"), *(Line(line.text) for line in UNSAID[:4])],
            {},
            False,
            id="a heading in a dump",
        ),
        pytest.param(
            [*UNSAID[:3], Line("去天涯海角", ITEM, node=1, shape="li")],
            {"article": "去天涯"},
            False,
            id="one is familiar",
        ),
    ],
)
def test_long_lines_of_which_nothing_is_said(
    items: list[Line], options: dict[str, object], *, unspoken: bool
) -> None:
    weighed = weight(items, **options)  # type: ignore[arg-type]
    assert (weighed >= UNSPOKEN) is unspoken


def test_rows_that_end_with_a_day_need_no_marks() -> None:
    rows = [
        Line(f"{text}寄语远方天地 | 2024-05-0{at}", ROW) for at, text in enumerate(PLAIN[:4], 1)
    ]
    assert weight(rows) == pytest.approx(DATED + FOREIGN)
    assert weight([Line(f"{row.text}止", ROW) for row in rows]) == 0.0


def test_lines_that_end_with_the_same_link_point_to_other_pages() -> None:
    def pointing(text: str, says: str) -> Line:
        return Line(f"{text} {says}", links=(Link(says, f"/{text}"),), link_size=len(says))

    same = [pointing(f"{text}攻略", "[详细]") for text in PLAIN[:3]]
    assert weight(same) == pytest.approx(LINKED + MARKED + FOREIGN)
    others = [pointing(f"{text}攻略", f"[{text[0]}]") for text in PLAIN[:3]]
    assert weight(others) == pytest.approx(MARKED + FOREIGN)


def urls(*addresses: str) -> list[Line]:
    return [linked(text, url) for text, url in zip(PLAIN, addresses, strict=False)]


AWAY = ("https://a.cn/", "https://b.cn/", "https://c.cn")
OFFICIAL = ("https://a.gov.cn/", "https://a.gov.cn/1", "https://a.gov.cn/2")
TRADE = ("https://b.cn/1", "https://b.cn/2", "https://b.cn/3")


@pytest.mark.parametrize(
    ("addresses", "elsewhere"),
    [
        pytest.param(AWAY, True, id="away"),
        pytest.param(("https://x.cn/1", "https://x.cn/2", "https://x.cn/3"), False, id="own"),
        pytest.param(TRADE, False, id="one site"),
        pytest.param((*AWAY[:2], "/3", "/4", "/5"), False, id="few away"),
        pytest.param((*AWAY, "/4", "/5"), True, id="three of five"),
        pytest.param(OFFICIAL, True, id="official"),
        pytest.param((*OFFICIAL, *TRADE[:2]), True, id="three of five official"),
        pytest.param((*OFFICIAL[:2], *TRADE), False, id="two of five official"),
        pytest.param(("/1", "/2", "/3"), False, id="addresses without a host"),
        pytest.param(("https://[bad", "https://[bad/2", "/3"), False, id="no addresses"),
    ],
)
def test_links_elsewhere(addresses: tuple[str, ...], *, elsewhere: bool) -> None:
    items = [linked(text, url) for text, url in zip(PLAIN, addresses, strict=False)]
    expected = SEVERAL + FOREIGN + (ELSEWHERE if elsewhere else LINKED)
    assert weight(items, host="x.cn") == pytest.approx(expected)


def test_what_official_services_are_called_makes_them_no_titles() -> None:
    names = ("国家政务服务查询", "社会保险查询平台", "医保服务指南")
    items = [linked(text, url) for text, url in zip(names, OFFICIAL, strict=True)]
    assert weight(items, host="x.cn") == pytest.approx(SEVERAL + FOREIGN + ELSEWHERE)


def test_titles_of_other_sites_are_no_list_of_channels() -> None:
    items = [linked(f"{text}攻略", f"https://{at}.cn/") for at, text in enumerate(PLAIN[:3])]
    assert weight(items, host="x.cn") == pytest.approx(LINKED + SEVERAL + MARKED + FOREIGN)


LEAD = Line("材料包括：")
LIST = [Line("甲子", ITEM, shape="li"), Line("乙丑", ITEM, shape="li")]
MARKS = [Line(f"{text}攻略", shape="p") for text in PLAIN[:4]]


@pytest.mark.parametrize(
    ("below", "evidence"),
    [
        pytest.param(LIST, BETWEEN, id="items"),
        pytest.param(LIST[:1], ANNOUNCED, id="one item"),
        pytest.param(
            [Line("甲子", shape="p"), Line("乙丑", shape="p")], ANNOUNCED, id="same shape"
        ),
        pytest.param(
            [Line("甲子", shape="a"), Line("乙丑", shape="b")], ANNOUNCED, id="two shapes"
        ),
        pytest.param([Line("甲子", shape="a"), Line("乙丑", shape="a")], 0.0, id="alike"),
        pytest.param(
            [Line("甲子。", shape="a"), Line("乙丑", shape="a")], ANNOUNCED, id="sentence"
        ),
        pytest.param([Line("甲子。", ITEM, shape="a"), LIST[1]], ANNOUNCED, id="shapes differ"),
        pytest.param([Line("甲子。", ITEM, shape="li"), LIST[1]], BETWEEN, id="item with a stop"),
        pytest.param([Line("甲子", HEADING, shape="a")] * 2, ANNOUNCED, id="headings"),
        pytest.param([Line("甲攻略", ITEM, shape="li"), LIST[1]], BETWEEN, id="a title"),
        pytest.param([Line("甲攻略；", ITEM, shape="li")] * 2, BETWEEN, id="ends as items do"),
        pytest.param([Line("甲攻略？", ITEM, shape="li")] * 2, 0.0, id="questions"),
        pytest.param([Line("字" * 45, ITEM, shape="li"), LIST[1]], BETWEEN, id="long"),
        pytest.param([Line("字" * 46, ITEM, shape="li"), LIST[1]], BETWEEN, id="too long"),
        pytest.param([Line("甲 | 乙", ROW), Line("丙 | 丁", ROW)], BETWEEN, id="table"),
        pytest.param([Line("甲 | 乙", ROW), LIST[0]], ANNOUNCED, id="half a table"),
    ],
)
def test_titles_between_an_announcement_and_its_list(below: list[Line], evidence: float) -> None:
    assert weight(MARKS, LEAD, below) == pytest.approx(MARKED + FOREIGN + evidence)


TITLES = [f"{text}攻略" for text in PLAIN]


@pytest.mark.parametrize(
    ("titles", "below", "evidence"),
    [
        pytest.param(PLAIN, ["一、天地。", "二、玄黄。"], BETWEEN, id="numbered sentences"),
        pytest.param(PLAIN, ["二、天地。", "三、玄黄。"], ANNOUNCED, id="numbered from two on"),
        pytest.param(PLAIN, ["(1)天地", "(2)玄黄"], ANNOUNCED, id="neither has marks"),
        pytest.param(TITLES, ["(1)天地", "(2)玄黄"], BETWEEN, id="marked titles"),
        pytest.param(TITLES, ["(1)天地攻略", "(2)玄黄攻略"], ANNOUNCED, id="marked items"),
        pytest.param(TITLES, ["● 天地", "● 玄黄"], BETWEEN, id="bullets"),
        pytest.param(TITLES, ["● 天地", "○ 玄黄"], 0.0, id="two bullets"),
        pytest.param(TITLES, ["天地？", "玄黄？"], BETWEEN, id="questions"),
    ],
)
def test_numbers_bullets_and_questions_are_what_was_announced(
    titles: list[str], below: list[str], evidence: float
) -> None:
    items = [Line(text, shape="p") for text in titles[:4]]
    told = MARKED if titles is TITLES else 0.0
    lines = [Line(text, shape="p") for text in below]
    assert weight(items, LEAD, lines) == pytest.approx(told + FOREIGN + evidence)


@pytest.mark.parametrize(
    ("lead", "titles", "below", "between"),
    [
        pytest.param("请甲乙丙牢记：", TITLES, "天地。", True, id="a sentence"),
        pytest.param("请甲乙丙牢记：", TITLES, "天地", False, id="no sentence"),
        pytest.param("请牢记如下：", TITLES, "天地。", False, id="announces a list"),
        pytest.param("请甲乙丙牢记：", PLAIN, "天地。", False, id="no marks"),
        pytest.param("请甲乙丙牢记：", [f"{text}？" for text in TITLES], "天地。", False, id="ask"),
    ],
)
def test_titles_before_the_sentence_that_was_announced(
    lead: str, titles: list[str], below: str, *, between: bool
) -> None:
    items = [Line(text, shape="p") for text in titles[:4]]
    bared = bare_lines([lead, *titles[:4], below])[1]
    lines = [Line(lead, shape="p"), *items, Line(below, shape="p")]
    context = Context(WORDS, bared, frozenset(), None, 5, {})
    run = Run(1, 5, (1, 2, 3, 4), cards=False)
    assert is_put_between(lines, run, context) is between


def test_own_questions_before_links_to_pages_are_what_was_announced() -> None:
    asked = [Line(f"{text}攻略？", shape="p") for text in PLAIN[:4]]
    links = [linked(f"1. {PLAIN[0]}", "/1"), linked(f"2. {PLAIN[1]}", "/2")]
    plain = [Line(f"1. {PLAIN[0]}", shape="p"), Line(f"2. {PLAIN[1]}", shape="p")]
    more = weight(asked, LEAD, plain) - weight(asked, LEAD, links)
    assert more == pytest.approx(BETWEEN)


def test_links_are_not_what_was_announced_before_bare_questions() -> None:
    links = [linked(f"{text}语", f"/{at}") for at, text in enumerate(PLAIN[:4])]
    asked = [Line("天地攻略？", shape="p"), Line("玄黄攻略？", shape="p")]
    expected = LINKED + SEVERAL + FOREIGN + BETWEEN
    assert weight(links, LEAD, asked) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("lead", "options", "announced"),
    [
        pytest.param("还包括下面这些文章：", {}, False, id="other pages"),
        pytest.param("还包括下面这些材料：", {}, True, id="anything"),
        pytest.param("还包括下面这些文章", {}, True, id="no colon"),
        pytest.param("文章" + "字" * 25 + "包括：", {}, False, id="thirty"),
        pytest.param("文章" + "字" * 28 + "包括：", {}, True, id="too long"),
        pytest.param(
            "还包括这些文章：", {"article": "甲乙丙攻略。丁戊己攻略"}, True, id="half shared"
        ),
    ],
)
def test_what_announces_other_pages_speaks_for_no_list(
    lead: str, options: dict[str, object], *, announced: bool
) -> None:
    foreign = 0.0 if options else FOREIGN
    expected = MARKED + foreign + (ANNOUNCED if announced else 0.0)
    if not lead.endswith("："):
        expected = MARKED + INTRODUCED * DOUBTED + FOREIGN
    items = marked(LINES, 4)[:4]
    assert weight(items, Line(lead), **options) == pytest.approx(expected)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        pytest.param("", FOREIGN, id="strange"),
        pytest.param("别走", INTRODUCED / 3 + FOREIGN, id="a pair shared"),
        pytest.param("别走开再看", INTRODUCED + FOREIGN, id="shared"),
    ],
)
def test_a_heading_that_the_article_does_not_speak_of_is_not_its_own(
    article: str, expected: float
) -> None:
    heading = Line("别走开再看看", HEADING)
    assert weight(LINES[:4], heading, article=article) == pytest.approx(expected)


def test_a_numbered_heading_introduces_what_a_numbered_sentence_does_not() -> None:
    assert weight(LINES[:4], Line("第三步：寄出材料")) == pytest.approx(INTRODUCED + FOREIGN)
    assert weight(LINES[:4], Line("第三步：寄出材料。")) == pytest.approx(FOREIGN)


def test_items_and_rows_are_what_was_announced() -> None:
    items = [Line(line.text, ITEM, shape="p") for line in MARKS]
    assert weight(items, LEAD, LIST) == pytest.approx(MARKED + FOREIGN + BETWEEN)
    near = weight(items, LEAD, LIST, article="甲乙丙。丁戊己")
    assert near == pytest.approx(MARKED + FOREIGN + ANNOUNCED)
    rows = [Line(line.text, ROW, shape="p") for line in MARKS]
    assert weight(rows, LEAD, [Line("甲 | 乙", ROW)] * 2) == 0.0


BOLD = Line("甲乙丙丁", bold_size=4)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param(ABOVE, 0.0, id="sentence"),
        pytest.param(Line("要带的材料："), INTRODUCED, id="a short colon"),
        pytest.param(Line("去的时候要带的材料："), ANNOUNCED, id="colon"),
        pytest.param(Line("推荐："), TEMPTING, id="tempting with a colon"),
        pytest.param(Line("推荐如下："), ANNOUNCED, id="announced with a colon"),
        pytest.param(Line("推荐" + "字" * 14 + ": "), TEMPTING, id="sixteen signs"),
        pytest.param(Line("推荐" + "字" * 15 + "："), ANNOUNCED, id="seventeen signs"),
        pytest.param(Line("一、算账"), INTRODUCED, id="section"),
        pytest.param(Line("材料包括", HEADING), INTRODUCED, id="announcing heading"),
        pytest.param(Line("今日推荐", HEADING), TEMPTING, id="tempting heading"),
        pytest.param(Line("今日推荐"), 0.0, id="tempting but no heading"),
        pytest.param(Line("逾期协商", HEADING), INTRODUCED, id="own heading"),
        pytest.param(Line("逾期", HEADING), INTRODUCED, id="one pair"),
        pytest.param(Line("逾期天气好", HEADING), INTRODUCED / 3, id="a quarter is own"),
        pytest.param(Line("逾期好", HEADING), INTRODUCED, id="half is own"),
        pytest.param(Line("!", HEADING), INTRODUCED / 3, id="no words"),
        pytest.param(BOLD, INTRODUCED / 3, id="bold"),
        pytest.param(Line("甲乙丙丁戊己庚辛壬癸", bold_size=9), 0.0, id="nearly bold"),
        pytest.param(Line("逾期" * 15, bold_size=30), INTRODUCED, id="thirty bold signs"),
        pytest.param(Line("逾期" * 15 + "逾", bold_size=31), 0.0, id="too much bold"),
        pytest.param(Line("甲乙丙丁戊", HEADING), INTRODUCED / 3, id="five strange signs"),
        pytest.param(Line("甲乙丙丁戊己", HEADING), 0.0, id="six strange signs"),
        pytest.param(Line("办法如下"), INTRODUCED, id="announcing line"),
        pytest.param(Line("如下" + "字" * 38), INTRODUCED, id="forty signs"),
        pytest.param(Line("如下" + "字" * 39), 0.0, id="too long"),
        pytest.param(Line("债务热点："), INTRODUCED, id="a label"),
        pytest.param(Line("如下。请看"), 0.0, id="announcing sentence"),
        pytest.param(Line("答不上来先别签，逐条问。"), INTRODUCED, id="promising sentence"),
        pytest.param(Line("逐条问。" + "字" * 37), INTRODUCED, id="promise within reach"),
        pytest.param(Line("逐条问。" + "字" * 38), 0.0, id="promised long before"),
    ],
)
def test_the_line_above(line: Line, expected: float) -> None:
    lines = [line, Line("甲")]
    assert weigh_before(lines, 1, context_of(lines, "逾期协商")) == pytest.approx(expected)
    assert weigh_before(lines, 0, context_of(lines)) == 0.0


def test_past_lists_that_went_only_announcements_count() -> None:
    lines = [Line("材料包括："), Line("甲"), Line("乙"), Line("丙")]
    context = context_of(lines)
    context.begins.update({2: 1, 3: 2})
    assert context.find_begin(3) == 1
    assert weigh_before(lines, 3, context) == ANNOUNCED
    tempting = [Line("推荐："), *lines[1:]]
    context = context_of(tempting)
    context.begins[3] = 1
    assert weigh_before(tempting, 3, context) == 0.0


def test_shares() -> None:
    assert grams_of("逾期费") == {"逾期", "期费"}
    assert grams_of("逾") == set()
    assert share_of("逾期费", frozenset({"期费", "别的"})) == 0.5
    assert share_of("逾", frozenset({"逾"})) == 0.0
