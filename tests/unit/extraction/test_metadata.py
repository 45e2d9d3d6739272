"""Single forms of dates, titles and bylines, each beside a near miss."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html as lxml_html

from crawler.extraction.bylines import read_bylines
from crawler.extraction.dated_lines import Claim, read_line
from crawler.extraction.dates import find_dates, find_url_date, parse_machine_date
from crawler.extraction.metadata import Metadata, extract_metadata
from crawler.extraction.title_segments import split_title

DAY = date(2024, 4, 5)


def read(html: str, url: str | None = None) -> Metadata:
    parser = lxml_html.HTMLParser(encoding="utf-8")
    tree = lxml_html.document_fromstring(html.encode(), parser=parser)
    return extract_metadata(tree, url, markup=html)


@pytest.mark.parametrize(
    "text",
    [
        "2024-04-05 11:45:25",
        "2024-4-5",
        "2024/4/5",
        "2024.04.05",
        "2024年4月5日",
        "2024 年 04 月 05 日",
        "2024-04-0511:45",
        "二〇二四年四月五日",
        "二○二四年四月五日",
        "民國113年4月5日",
        "April 5, 2024",
        "Apr 5 週五 2024 10:12",
        "Apr 5 (周五) 202410:12",
        "Apr 05 Fri 2024 10:12",
        "5 Apr 2024",
        "24-04-05 11:45",
        "日期:24/04/05",
        "发布时间: 24.04.05 来源:某某网",
    ],
)
def test_full_dates(text: str) -> None:
    assert [found.day for found in find_dates(text)] == [DAY]


@pytest.mark.parametrize(
    "text",
    [
        *("04-05", "4月5日", "2024年4月", "2024-13-05", "2024-02-30", "1024-04-05", "3天前"),
        *("12.2024.04.05", "2024-04-051", "1949年10月1日", "may 5 people"),
        *("日期:24/04-05", "版本:24.04.05", "日期:24/04/051"),
        *("24-04-05", "24-13-05 11:45", "020-24-04-05 11:45", "24-04-05 99:45"),
    ],
)
def test_what_is_no_full_date(text: str) -> None:
    assert list(find_dates(text)) == []


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-04-05T23:30:00+08:00", DAY),
        ("2024-04-05T16:30:00Z", DAY),
        ("20240405", DAY),
        ("20240405114525", DAY),
        ("Fri, 05 Apr 2024 11:45:25 GMT", DAY),
        ("202404", None),
        ("", None),
        ("yesterday", None),
    ],
)
def test_machine_dates(value: str, day: date | None) -> None:
    assert parse_machine_date(value) == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.com/2024/04/05/a.html", DAY),
        ("https://example.com/2024-04/05/content_1.html", DAY),
        ("https://example.com/202404/05/1.html", DAY),
        ("https://example.com/n1/2024/0405/c1-2.html", DAY),
        ("https://example.com/x/t20240405_12.htm", DAY),
        ("https://example.com/a/20240405/1.html", DAY),
        ("https://example.com/a/20240405114525.html", DAY),
        ("https://example.com/202404/1.html", None),
        ("https://example.com/2024/04/1234.html", None),
        ("https://example.com/a/20241399.html", None),
        ("https://example.com/a/120240405.html", None),
        ("https://example.com/tel/2024040512345.html", None),
    ],
)
def test_url_dates(url: str, day: date | None) -> None:
    assert find_url_date(url) == day


@pytest.mark.parametrize(
    ("line", "claim"),
    [
        ("发布时间:2024-04-05 11:45:25", Claim.PUBLISHED),
        ("发表于 2024年4月5日", Claim.PUBLISHED),
        ("来源:明理网 时间:2024-04-05 阅读:3", Claim.PUBLISHED),
        ("更新时间:2024-04-05", Claim.UPDATED),
        ("答复时间：2024-04-05", Claim.UPDATED),
        ("2024-04-05 11:45 明理网", Claim.BARE),
        ("[2024-04-05]", Claim.BARE),
        ("今日说法 2024-04-05 11:45", Claim.BARE),
        ("今日 2024-04-05", None),
        ("本办法自2024年4月5日起施行", None),
        ("2024年4月5日,小陈接到电话", None),
        ("新华社北京2024年4月5日电", None),
        ("今天是2024年4月5日 星期五", None),
        ("活动时间:2024年4月5日", None),
        ("本文于2024年4月5日最后更新", Claim.BARE),
        ("最后编辑时间:2024-04-05", Claim.UPDATED),
        ("最后于 2024-04-05 更新", Claim.BARE),
        ("2024-04-05 至 2024-05-05", None),
        ("4月5日", None),
    ],
)
def test_lines_with_dates(line: str, claim: Claim | None) -> None:
    read_claim = read_line(line)
    assert (read_claim.claim if read_claim else None) == claim


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("逾期怎么办_债务_明理网", ["逾期怎么办", "债务", "明理网"]),
        ("逾期怎么办 - 某某律师事务所", ["逾期怎么办", "某某律师事务所"]),
        ("逾期怎么办|明理网", ["逾期怎么办", "明理网"]),
        ("逾期怎么办——明理网", ["逾期怎么办", "明理网"]),
        ("逾期怎么办·明理网", ["逾期怎么办", "明理网"]),
        ("逾期怎么办 @ 还债手记", ["逾期怎么办", "还债手记"]),
        ("写信给a@b.cn怎么办", ["写信给a@b.cn怎么办"]),
        ("逾期怎么办 明理新闻网", ["逾期怎么办", "明理新闻网"]),
        ("逾期 怎么办", ["逾期 怎么办"]),
        ("P2P-2024年合法与否?怎样保护自己?", ["P2P-2024年合法与否?怎样保护自己?"]),
        ("", []),
    ],
)
def test_title_segments(title: str, parts: list[str]) -> None:
    segments = split_title(title, frozenset())
    assert [title[one.start : one.end] for one in segments] == parts


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("来源:明理网 作者:周文 点击:3", ("周文", "明理网")),
        ("作者：周文、林一　来源：《明理日报》", ("周文、林一", "《明理日报》")),
        ("文/沈澜", ("沈澜", None)),
        ("2024-04-05 记者:方圆", ("方圆", None)),
        ("作者:admin 来源:网络", (None, None)),
        ("作者认为,来源不明的债务应当拒绝", (None, None)),
        ("论文作者众多", (None, None)),
        ("来源: 作者:沈澜", ("沈澜", None)),
        ("来源: 东湖晚报 浙江 举报", (None, "东湖晚报")),
        ("2024/04/05 記者沈采潔/高雄報導", ("沈采潔", None)),
        ("2024/04/05 記者會/高雄", (None, None)),
    ],
)
def test_bylines(line: str, names: tuple[str | None, str | None]) -> None:
    said = read_bylines([line])
    assert (said.author, said.source) == names


def test_dates_after_a_bound_are_implausible() -> None:
    tree = lxml_html.document_fromstring(
        "<h1>信用卡怎么注销</h1><p>发布时间:2031-01-01</p><meta name=pubdate content=2024-04-05>"
    )
    assert extract_metadata(tree, not_after=date(2026, 1, 1)).published == DAY
    assert extract_metadata(tree).published == date(2031, 1, 1)


def test_a_site_updated_below_says_nothing_about_the_page() -> None:
    text = (
        "收到催收电话以后,先请对方说明自己的姓名、所属机构和委托关系,再把内容逐条记下来,不要慌张。"
    )
    page = f"<h1>逾期以后怎样协商</h1>{{}}<p>{text}</p>{{}}"
    line = "<p>更新时间:2024-04-05</p>"
    assert read(page.format(line, "")).published == DAY
    assert read(page.format("", line)).published is None


def test_a_date_far_behind_the_date_of_change_is_another_page_s() -> None:
    page = "<h1>逾期以后怎样协商</h1><p>更新时间:2024-04-05</p>{}<p>2025-11-30 阅读(9)</p>"
    steps = "".join(f"<p>第{one}步,先核对金额。</p>" for one in "一二三四")
    assert read(page.format(steps)).published == DAY
    assert read(page.format("<p>浏览:9</p>")).published == date(2025, 11, 30)


def test_the_line_above_a_title_comes_before_those_of_answers_below() -> None:
    steps = "先核对金额<br>" * 5
    page = (
        f"<p class=a>海边 发表于 {{}}</p><h3>逾期以后怎样协商</h3>{{}}<br>{steps}"
        "<p class=a>路过 发表于 2025-11-30 08:11</p>谢谢"
    )
    assert read(page.format("2024-04-05 10:20", "")).published == DAY
    below = "<p>发布时间:2024-04-05</p>"
    assert read(page.format("2023-01-01 10:20", below)).published == DAY


def test_a_first_heading_with_which_the_document_title_ends_is_the_title() -> None:
    found = read("<title>打印 - 逾期以后怎样协商</title><h1>逾期以后怎样协商</h1><p>正文</p>")
    assert found.title == "逾期以后怎样协商"


@pytest.mark.parametrize(
    ("shown", "title"),
    [
        ("<div>逾期以后怎样协商还款</div>", "逾期以后怎样协商还款"),
        ("<a href=/1>逾期以后怎样协商还款</a>", "岸边债务知识帮助-逾期以后怎样协商还款"),
        ("<div>岸边债务知识帮助</div>", "岸边债务知识帮助"),
    ],
    ids=["a line", "a link", "another part"],
)
def test_the_part_of_the_document_title_that_the_page_shows_is_the_title(
    shown: str, title: str
) -> None:
    found = read(f"<title>岸边债务知识帮助-逾期以后怎样协商还款</title>{shown}<p>正文</p>")
    assert found.title == title


def test_a_title_that_ends_as_sections_do_is_one() -> None:
    head = "<title>逾期协商指南_岸边网</title>"
    crumbs = "<div><strong>当前位置:</strong> 主页 &gt; 网贷知识</div>"
    found = read(f"{head}{crumbs}<div><h2>逾期协商指南</h2></div><p>正文</p>")
    assert found.title == "逾期协商指南"


@pytest.mark.parametrize(("inside", "title"), [(100, "收到催收短信以后"), (400, None)])
def test_a_heading_of_many_elements_is_no_title(inside: int, title: str | None) -> None:
    assert read(f"<h1>收到催收短信以后{'<b></b>' * inside}</h1><p>正文</p>").title == title


def test_the_tree_is_left_unchanged() -> None:
    tree = lxml_html.document_fromstring(
        "<title>甲乙丙丁_网</title><h1>甲乙丙丁<br><span>2024-04-05</span></h1><p>正文</p>"
    )
    before = lxml_html.tostring(tree)
    extract_metadata(tree)
    assert lxml_html.tostring(tree) == before


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        "<title></title>",
        "<h1></h1>",
        "<frameset><frame></frameset>",
        f"<script type='application/ld+json'>{'[' * 5000}</script>",
        "<p></p><!-- enpproperty -->",
        "<meta name=pubdate content='99999999999999999999'>",
        "<svg><title>图标</title></svg>",
    ],
)
def test_pages_that_say_nothing(html: str) -> None:
    assert read(html) == Metadata()


@pytest.mark.parametrize("wrap", ["{}", "<!-- {} -->", "//<![CDATA[\n{}\n//]]>", "{};"])
def test_json_ld_in_its_wrappings(wrap: str) -> None:
    said = '{"@type": "Article", "headline": "甲乙丙丁戊", "datePublished": "2024-04-05"}'
    html = f'<p>正文</p><script type="application/ld+json">{wrap.format(said)}</script>'
    assert (read(html).title, read(html).published) == ("甲乙丙丁戊", DAY)


def test_blanks_in_json_ld_cost_time_linear_in_their_number() -> None:
    html = f'<script type="application/ld+json">[1{" " * 300_000}2]</script><p>正文</p>'
    assert read(html) == Metadata()


@pytest.mark.parametrize(
    "names", ["id=lblTitle class=bt", "class=biaoti", "class='tt fl'", "id=h1", "class=News-Tit"]
)
def test_a_site_name_is_no_title_where_an_element_is_named_so(names: str) -> None:
    body = f"<span {names}>收到催收短信以后怎么办</span><p>先核对欠款的金额。</p>"
    found = read(f"<html><head><title>东海信用信息网</title></head><body>{body}</body></html>")
    assert found.title == "收到催收短信以后怎么办"
    alone = read("<html><head><title>东海信用信息网</title></head><body><p>甲。</p></body></html>")
    assert alone.title == "东海信用信息网"


def test_the_day_of_an_article_beside_the_title_is_not_the_page_s_own() -> None:
    body = (
        "<h1>逾期以后怎么办</h1><div><span>最新推荐文章于 2025-02-02 08:00:00 发布</span>"
        "<span>于 2024-04-05 11:45:25 发布</span></div><p>先核对欠款的金额。</p>"
    )
    assert read(f"<title>逾期以后怎么办</title><body>{body}</body>").published == DAY


def test_a_site_before_a_colon_is_no_part_of_a_title_that_the_page_shows() -> None:
    page = "<title>理债小站：逾期以后怎样协商</title><div>{}</div><p>正文</p>"
    assert read(page.format("逾期以后怎样协商")).title == "逾期以后怎样协商"
    assert read(page.format("理债小站：逾期以后怎样协商")).title == "理债小站：逾期以后怎样协商"
    assert read(page.format("文章")).title == "理债小站：逾期以后怎样协商"


def test_the_day_of_publication_comes_before_the_one_of_writing() -> None:
    row = "<tr><td>成文日期：</td><td>2021-12-28</td><td>{}：</td><td>2024-04-05</td></tr>"
    page = f"<table>{row}</table><p>逾期以后怎样协商</p><p>正文</p>"
    assert read(f"<title>逾期以后怎样协商</title>{page.format('发布日期')}").published == DAY
    written = "<h1>逾期以后怎样协商</h1><p>成文日期：2024-04-05</p>"
    assert read(written).published == DAY


def test_the_day_beside_the_first_post_of_a_thread_is_the_page_s() -> None:
    posts = "".join(
        f"<div class=post><p>{text}</p><div class=reply><span>{at}楼</span><span>{day} 09:10</span>"
        "</div></div>"
        for at, text, day in (
            (1, "先核对金额,再谈分期。", "2024-04-05"),
            (2, "谢谢", "2025-11-05"),
            (11, "顶", "2025-11-06"),
        )
    )
    assert read(f"<h3>逾期以后怎样协商</h3>{posts}").published == DAY


def test_the_day_on_which_an_answer_was_changed_stands_below_it() -> None:
    text = (
        "收到催收电话以后,先请对方说明自己的姓名、所属机构和委托关系,再把内容逐条记下来,不要慌张。"
    )
    page = (
        f"<h1>逾期以后怎样协商</h1><p>{text}</p><div><a href=/a/1>编辑于 2024-04-05 10:15</a></div>"
    )
    assert read(page).published == DAY


def test_a_year_may_stand_above_its_day() -> None:
    day = "<span><em>2024</em></span><span><em>04</em>/<em>05</em></span><span>10:15:32</span>"
    assert read(f"<div>{day}</div><h1>逾期以后怎样协商</h1><p>正文</p>").published == DAY


SHOWN = "逾期三年的欠款还用还吗"


@pytest.mark.parametrize(
    "document",
    [
        f"{SHOWN} 甲乙借贷",
        f"{SHOWN}(共3条)-甲乙网",
        f"{SHOWN}，欠款怎么办_甲乙网",
        f"【图片】{SHOWN}【欠款吧】_甲乙网",
        f"【{SHOWN}】-甲乙网",
        f"{SHOWN} / 甲乙借贷",
    ],
)
@pytest.mark.parametrize("shown", ["<div>{}</div>", "<td><b>{}</b></td>", "<h1>{}</h1>"])
def test_a_title_is_what_the_page_shows_of_its_document_title(document: str, shown: str) -> None:
    page = f"<title>{document}</title><body>{shown.format(SHOWN)}<p>先算清账目，再谈分期。</p>"
    assert read(page).title == SHOWN


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(f"<a href=/>{SHOWN}</a>", id="a link"),
        pytest.param(f"<p>{SHOWN[:7]}</p>", id="too short a part"),
        pytest.param(f"<p>{SHOWN[1:]}</p>", id="another beginning"),
        pytest.param(f"<script>{SHOWN}</script>", id="a script"),
    ],
)
def test_other_places_that_repeat_a_title_say_nothing(shown: str) -> None:
    page = f"<title>{SHOWN}(共3条)-甲乙网</title><body>{shown}<p>先算清账目，再谈分期。</p>"
    assert read(page).title == f"{SHOWN}(共3条)"


def test_a_document_title_that_the_page_shows_whole_is_cut_all_the_same() -> None:
    document = f"{SHOWN}--甲乙网"
    page = f"<title>{document}</title><body><p>{document}</p><p>先算清账目，再谈分期。</p>"
    assert read(page).title == SHOWN


def test_a_heading_that_is_a_small_part_of_the_document_title_settles_nothing() -> None:
    page = f"<title>{SHOWN} 甲乙借贷</title><body><h1>甲乙借贷</h1><h2>{SHOWN}</h2><p>先算账。</p>"
    assert read(page).title == SHOWN


def test_a_keyword_before_a_title_is_no_part_of_it() -> None:
    page = f"<title>欠款时效_{SHOWN}_甲乙网</title><body><h1>{SHOWN}</h1><p>先算账。</p>"
    assert read(page).title == SHOWN


@pytest.mark.parametrize("kind", ["h1", "h2", "h3"])
def test_a_heading_that_holds_a_segment_like_a_section_is_the_whole_title(kind: str) -> None:
    whole = "消费者权益日 | 网络借贷维权问答"
    for document in (whole, f"{whole}_某某银行"):
        html = f"<title>{document}</title><body><{kind}>{whole}</{kind}><p>正文。</p></body>"
        assert read(html).title == whole
    shown = f"<title>怎么投诉 - 某某网</title><body><{kind}>怎么投诉</{kind}><p>正文。</p></body>"
    assert read(shown).title == "怎么投诉"


@pytest.mark.parametrize(
    ("document", "heading", "title"),
    [
        (
            "以案说法 | 丢了身份证以后_明理网",
            "以案说法 | 丢了身份证以后",
            "以案说法 | 丢了身份证以后",
        ),
        ("还清那天的账本 | 亲历", "还清那天的账本 | 亲历", "还清那天的账本 | 亲历"),
        ("还清那天的账本 | 亲历 - 明理网", "还清那天的账本", "还清那天的账本"),
        ("还清那天的账本 - 经验 - 明理网", "[经验]还清那天的账本", "还清那天的账本"),
        ("[经验]还清那天的账本 - 明理网", "[经验]还清那天的账本", "[经验]还清那天的账本"),
        ("::还清那天的账本::", "", "还清那天的账本"),
    ],
)
def test_a_heading_shows_how_much_of_the_document_title_is_the_title(
    document: str, heading: str, title: str
) -> None:
    page = f"<html><head><title>{document}</title></head><body><h1>{heading}</h1></body></html>"
    assert read(page).title == title


def test_a_heading_with_a_byline_in_it_is_the_longest_part_that_it_shows() -> None:
    page = (
        "<html><head><title>还清那天的账本 | 课堂笔记 - 明理网</title></head>"
        "<body><h1>还清那天的账本 | 课堂笔记<br><i>2024-04-05 来源:明理网</i></h1></body></html>"
    )
    assert read(page).title == "还清那天的账本 | 课堂笔记"


def test_what_has_a_pause_is_no_name_of_a_site() -> None:
    document = "以案说法 | 丢了身份证,名下多出两笔贷款_明理网"
    page = f"<title>{document}</title><body><h1>{document[:-4]}</h1></body>"
    assert read(page).title == document[:-4]


SIGNED = "<title>还清那天的账本</title><body><h1>还清那天的账本</h1><div>{}</div><p>{}</p></body>"
PROSE = (
    "那天下着雨，她把作业本翻到最后一页，画了一个小太阳，两个人都没有说话，都知道这一年怎么过来的。"
)


@pytest.mark.parametrize(
    ("meta", "names"),
    [
        ("<span class=meta-author>沈澜</span>", ("沈澜", None)),
        ("<a class=follow-nickName>沈澜</a>", ("沈澜", None)),
        ("<span class='rich_media_meta'>沈澜</span><a id=js_name>东湖晚报</a>", (None, "东湖晚报")),
        ("<i class=source>东湖晚报</i>", (None, "东湖晚报")),
        ("<div class=author><i>沈澜</i><i>律师</i></div>", (None, None)),
        ("<div class=AuthorInfo><div class=badge>优秀答主</div></div>", (None, None)),
        ("<span class=author>2024-04-05</span>", (None, None)),
        ("<span class=author>admin</span>", (None, None)),
        ("<span class=author>关注</span>", (None, None)),
        ("<aside><span class=author>沈澜</span></aside>", (None, None)),
        (f"<p>{PROSE}</p><span class=author>沈澜</span>", (None, None)),
    ],
)
def test_elements_named_after_who_signs(meta: str, names: tuple[str | None, str | None]) -> None:
    said = read(SIGNED.format(meta, PROSE))
    assert (said.author, said.source) == names


def test_labels_below_a_text_end_the_name_before_them() -> None:
    page = SIGNED.format("", f"{PROSE}</p><p><i>信息来源:东湖晚报</i><i>浏览次数:3</i>")
    assert read(page).source == "东湖晚报"


@pytest.mark.parametrize(
    "row",
    [
        "<td><b>2023年的账本</b></td></tr><tr><td>2024-04-05 来源:某处</td></tr><tr><td>2022-01-01",
        "<td><b>还清那天的账本</b></td></tr><tr><td><i>某处</i><i>2024-04-05</i><i>72077人浏览</i>",
    ],
)
def test_neither_the_title_nor_a_counter_makes_a_line_one_of_a_list(row: str) -> None:
    title = "2023年的账本" if "2023" in row else "还清那天的账本"
    page = f"<title>{title}</title><body><table><tr>{row}</td></tr></table></body>"
    assert read(page).published == DAY


def test_a_label_without_a_name_takes_none_from_the_text_below() -> None:
    assert read_bylines(["作者：", "沈澜"]).author == "沈澜"
    assert read_bylines(["作者：", "那天下着雨。"]).author is None
    page = SIGNED.format("", f"{PROSE}</p><p>作者:</p><p>字号: 大 小")
    assert read(page).author is None


@pytest.mark.parametrize(
    ("id_", "day"), [("post_2", None), ("answer", DAY), ("", DAY)], ids=["post", "box", "none"]
)
def test_the_day_of_a_later_post_is_not_the_page_s(id_: str, day: date | None) -> None:
    text = (
        "<p>报告上展示最近两年的机构查询，但银行主要看半年内的。自己查询、贷后管理都不算在内，"
        "先要弄清是谁在什么时候查的。</p>" * 4
    )
    html = (
        "<html><head><title>征信花了看几条</title></head><body><div><h1>征信花了看几条</h1>"
        f"<div id='post_1'><div class='t'>{text}</div></div>"
        f"<div id='{id_}'><em>发表于 2024-4-5 21:09:33</em><p>感谢楼主</p></div></div>"
    )
    parser = lxml_html.HTMLParser(encoding="utf-8")
    tree = lxml_html.document_fromstring(html.encode(), parser=parser)
    main = tree.get_element_by_id("post_1")
    assert extract_metadata(tree, main=main, text=main, markup=html).published == day


NAMELESS = "<html><title>安平县金融工作办公室</title><body><table>{rows}</table></body></html>"


def test_a_title_stands_above_the_day_where_the_document_title_names_the_site_alone() -> None:
    rows = (
        "<tr><td>当前位置：<a href='/'>首页</a></td></tr>"
        "<tr><td class='bt'><strong>夜里接到催收电话怎么办</strong></td></tr>"
        "<tr><td>发布日期：2024年4月5日 信息来源：办公室</td></tr>"
        "<tr><td><p>先把号码和时间记下来。</p></td></tr>"
    )

    assert read(NAMELESS.format(rows=rows)).title == "夜里接到催收电话怎么办"


@pytest.mark.parametrize(
    "above",
    [
        "<td><a href='/tz/'>通知公告栏目的第一条</a></td>",
        "<td>本办负责全县金融机构的联络。</td>",
        "<td>通知公告</td>",
    ],
)
def test_a_link_a_sentence_or_a_sections_name_above_the_day_is_no_title(above: str) -> None:
    rows = (
        f"<tr>{above}</tr><tr><td>发布日期：2024年4月5日</td></tr><tr><td><p>正文。</p></td></tr>"
    )

    assert read(NAMELESS.format(rows=rows)).title == "安平县金融工作办公室"
