"""Lists of other pages go, the article's own lists stay."""

from __future__ import annotations

import pytest

from crawler.linklists import Line, find_link_lists, learn_site
from crawler.model import Article, Block, BlockType, Link, RemovalReason, SiteKnowledge
from crawler.pagewords import bare, page_words

BODY = [
    Line("网贷逾期以后，应当先弄清楚自己欠了多少钱，再决定怎样与平台协商还款。"),
    Line("协商时要说明困难原因，提交收入证明等材料，并且保留全部通话录音。"),
]
END = Line("总之，主动沟通比躲避更有用，拖得越久费用越高。")
FOREIGN = [
    "租手机免押金的平台有哪些",
    "苹果手机回收价格详解",
    "如何关闭先享后付功能",
    "郴州手机分期付款全攻略",
    "黄金回收套路揭秘",
    "游戏账号分期购买全解析",
]


def linked(text: str, url: str) -> Line:
    return Line(text, links=(Link(text, url),), link_size=len(text), shape="ul>li>a")


def remaining(lines: list[Line], title: str | None = "网贷逾期怎么办", **kw: object) -> list[str]:
    found = find_link_lists(lines, title, page_words(), **kw)  # type: ignore[arg-type]
    return [line.text for at, line in enumerate(lines) if at not in found]


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def test_bare_titles_behind_the_article_go_without_a_heading() -> None:
    spam = [Line(text) for text in FOREIGN]
    assert remaining([*BODY, *spam]) == texts(BODY)


def test_linked_titles_in_mid_article_go_and_what_follows_stays() -> None:
    spam = [linked(text, f"/a/{at}.html") for at, text in enumerate(FOREIGN[:3])]
    assert remaining([*BODY, *spam, END]) == texts([*BODY, END])


def test_titles_before_the_article_go() -> None:
    spam = [linked(text, f"/a/{at}.html") for at, text in enumerate(FOREIGN)]
    assert remaining([*spam, *BODY]) == texts(BODY)


@pytest.mark.parametrize("heading", ["相关内容:", "推荐阅读", "大家都在看", "小编精选"])
def test_the_heading_goes_with_its_list(heading: str) -> None:
    lines = [*BODY, Line(heading), *[linked(text, "/a/1.html") for text in FOREIGN]]
    found = find_link_lists(lines, None, page_words())
    assert found[2] is RemovalReason.LIST_HEADING
    assert {found[at] for at in range(3, len(lines))} == {RemovalReason.LINK_LIST}


def test_a_heading_of_the_article_stays_before_its_text() -> None:
    lines = [BODY[0], Line("协商的技巧", BlockType.HEADING, level=2), BODY[1]]
    assert remaining(lines) == texts(lines)


@pytest.mark.parametrize(
    ("lead", "items"),
    [
        ("需要准备以下材料：", ["身份证复印件", "收入证明", "银行流水", "情况说明", "诊断证明"]),
        ("具体步骤如下：", ["1. 打客服电话", "2. 提交材料", "3. 等待审核", "4. 签订协议"]),
        ("常见问题有：", ["还本金可以吗？", "会被起诉吗？", "怎么停催？", "征信多久恢复？"]),
        ("依据的规定包括：", ["《民法典》", "《个人信息保护法》", "《刑法》", "《劳动法》"]),
    ],
    ids=["checklist", "steps", "questions", "statutes"],
)
def test_announced_lists_of_the_article_stay(lead: str, items: list[str]) -> None:
    own = [Line(text, BlockType.LIST_ITEM, shape="ul>li") for text in items]
    lines = [BODY[0], Line(lead), *own, END]
    assert remaining(lines) == texts(lines)


def test_checklist_under_a_numbered_heading_stays() -> None:
    own = [
        Line(text, BlockType.LIST_ITEM) for text in ("合同编号", "放款日期", "本金", "利率", "期数")
    ]
    lines = [BODY[0], Line("一、自查清单"), *own, END]
    assert remaining(lines) == texts(lines)


def test_official_channels_stay_and_links_to_the_trade_go() -> None:
    official = [
        linked("国家金融监督管理总局", "https://www.nfra.gov.cn/"),
        linked("全国12315平台", "https://www.12315.cn/"),
        linked("中国互联网金融协会", "https://jubao.nifa.org.cn/"),
    ]
    foreign = [
        linked(text, f"https://www.example.cn/a/{at}.html") for at, text in enumerate(FOREIGN)
    ]
    lines = [BODY[0], Line("可以向这些机构投诉"), *official, BODY[1], *foreign]
    assert remaining(lines, host="www.example.cn") == texts(lines[: -len(foreign)])


def test_cards_of_excerpt_category_and_date_go() -> None:
    cards = []
    for title in FOREIGN[:3]:
        cards += [
            Line(title),
            Line("近年来这项服务很受欢迎，本文为您介绍办理条件和注意事项，希望对您有所..."),
            Line("贷款"),
            Line("2024-04-25"),
        ]
    found = find_link_lists([*BODY, *cards], None, page_words())
    assert set(found) == set(range(2, 14))
    assert set(found.values()) == {RemovalReason.CARDS}


def test_conclusion_after_the_list_stays() -> None:
    spam = [linked(text, "/a/1.html") for text in FOREIGN]
    lines = [*BODY, Line("相关阅读"), *spam, Line("祝大家早日上岸。")]
    assert remaining(lines)[-1] == "祝大家早日上岸。"


def test_titles_known_from_the_site_go_one_by_one() -> None:
    alone = Line("租手机的利与弊")
    site = SiteKnowledge(titles=frozenset({bare(alone.text)}))
    lines = [BODY[0], alone, BODY[1]]
    assert remaining(lines) == texts(lines)
    assert remaining(lines, site=site) == texts(BODY)


def test_site_teaches_its_titles_and_furniture_but_no_sentences() -> None:
    blocks = (*(Block(line.type, line.text) for line in BODY), Block(BODY[0].type, "本站热线专区"))
    articles = [
        Article(None, None, f"第{at}篇文章的标题", None, None, None, blocks) for at in range(4)
    ]
    site = learn_site(articles)
    assert len(site.titles) == 4
    assert site.repeated == {"本站热线专区"}
    assert learn_site(articles[:2]).repeated == frozenset()


def test_nothing_comes_of_nothing() -> None:
    assert find_link_lists([], None, page_words()) == {}


@pytest.mark.parametrize(
    ("above", "items", "kept"),
    [
        pytest.param(None, [f"{text}；" for text in FOREIGN], False, id="titles"),
        pytest.param("这些材料都要带上：", [f"{text}；" for text in FOREIGN], True, id="announced"),
        pytest.param(None, ["合同编号；", "放款日期；", "借款本金；"], True, id="short items"),
        pytest.param(
            None,
            ["先打客服电话说明原因；", "再提交收入证明等材料；", "请对方书面答复方案；"],
            True,
            id="what to do",
        ),
    ],
)
def test_titles_that_end_with_semicolons(
    above: str | None, items: list[str], *, kept: bool
) -> None:
    lead = [Line(above)] if above else []
    lines = [*BODY, *lead, *map(Line, items), END]
    assert remaining(lines) == (texts(lines) if kept else texts([*BODY, END]))


def test_whole_sentences_in_cards_do_not_speak_for_the_titles_above_them() -> None:
    cards = [
        line
        for at, text in enumerate(["高铁早班车时刻表", "台风天停课通知", "阳台种葱的步骤"], 1)
        for line in (Line(text), Line(f"{text}，本文为您整理。"), Line(f"生活 2024-05-0{at}"))
    ]
    assert remaining([*BODY, *cards, END]) == texts([*BODY, END])
