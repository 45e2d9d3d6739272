"""Layouts that extraction once got wrong: boxes in boxes, split articles, threads, page state."""

from __future__ import annotations

import json

import pytest

from crawler.extraction import extract_article
from crawler.model import Article, Page

TITLE = "被平台要求一次性结清时怎样回应"
TEXT = (
    "平台打来电话要求当天结清全部本息的，可以先请对方把金额和依据用短信发过来，再逐项核对。",
    "核对的时候，本金、利息、罚息和担保费要分开列，发现与合同不一致的，应当书面提出异议。",
    "对方联系家人或者单位的，请接电话的人记下号码、时间和内容，这些都是投诉时用得着的证据。",
    "谈妥的方案要落到纸面，写明减免的数额、分期的期数和第一笔还款的日子，并妥善保存凭证。",
)
ITEMS = ("身份证复印件", "借款合同", "近六个月银行流水")
SPAM = (
    "租手机免押金平台大全",
    "信用卡提额技巧详解",
    "征信花了怎么恢复",
    "网贷黑名单查询入口在哪里",
    "手机分期付款哪个平台靠谱",
)
DATED = "<p>发布时间：2024-04-05 09:30</p>"


def read(body: str) -> Article:
    markup = f"<html><head><title>{TITLE}_知识网</title></head><body>{body}</body></html>"
    outcome = extract_article(Page("case.html", markup.encode(), None))
    assert isinstance(outcome, Article), outcome
    return outcome


def wrap(before: str, after: str, texts: tuple[str, ...] = TEXT) -> str:
    return "".join(f"{before}{text}{after}" for text in texts)


def paragraphs(*texts: str) -> str:
    return wrap("<p>", "</p>", texts)


HEAD = f"<h1>{TITLE}</h1>{DATED}"
LIST = "<ul>" + wrap("<li>", "</li>", ITEMS) + "</ul>"
STATE = json.dumps(
    {"detail": {"content": paragraphs(*TEXT), "publishTime": "2024-04-05 09:30:00"}},
    ensure_ascii=False,
).replace("</", "<\\/")
WIDGET = '<div class="pb-element"><div class="pb-widget-container">{}</div></div>'

WHOLE = {
    "boxed paragraphs": HEAD + "<div>" + wrap("<div class=a><div><span>", "</span></div></div>"),
    "split in parts": HEAD
    + f"<div class=part>{paragraphs(*TEXT[:1])}</div><div class=ad><a href=/x>广告</a></div>"
    + f"<div class=part>{paragraphs(*TEXT[1:])}</div>",
    "page builder": WIDGET.format(f"<h1>{TITLE}</h1>")
    + WIDGET.format("<ul><li>2024年4月5日</li><li>编辑部</li></ul>")
    + WIDGET.format(paragraphs(*TEXT[:2]))
    + WIDGET.format(paragraphs(*TEXT[2:])),
    "labelled date in a link": f"<h1>{TITLE}</h1><div>{paragraphs(*TEXT)}</div>"
    "<div><a href=/t/1>发布于 2024-04-05 09:30</a></div>",
    "script's state": f'<div id="app"></div><script>window.__STATE__={STATE};</script>',
}


@pytest.mark.parametrize("layout", WHOLE)
def test_article_comes_out_whole_with_its_date(layout: str) -> None:
    article = read(WHOLE[layout])
    assert [block.text for block in article.blocks] == list(TEXT)
    assert str(article.published) == "2024-04-05"
    assert article.title == TITLE


def test_second_post_of_a_thread_is_no_part_of_the_first() -> None:
    post = (
        "<div class=floor><div>{} <em>发表于 2024-4-{} 10:23</em></div><div class=c>{}</div></div>"
    )
    first = post.format("楼主", 5, paragraphs(*TEXT))
    article = read(f"<h1>{TITLE}</h1>" + first + post.format("路人", 9, "我也遇到过，等结果。"))
    assert "等结果" not in article.text
    assert TEXT[-1] in article.text
    assert str(article.published) == "2024-04-05"


def test_beginning_of_a_paragraph_above_the_text_is_no_text() -> None:
    cut = f"<div class=sum>{TEXT[0][:30]}...</div>"
    assert read(HEAD + cut + f"<div>{paragraphs(*TEXT)}</div>").blocks[0].text == TEXT[0]
    other = "<div class=sum>这一段导语说的是别的事情，和下面各段的开头都不同，应当保留。</div>"
    kept = read(HEAD + f"<div>{other}{paragraphs(*TEXT)}</div>")
    assert kept.blocks[0].text.startswith("这一段导语")


def test_touching_labels_are_a_list_and_touching_words_a_sentence() -> None:
    labels = "<div>" + wrap("<span>", "</span>", SPAM) + "</div>"
    words = (
        "<p>"
        + wrap("<span>", "</span>", ("协商还款", "之前先要", "算清本息", "再谈减免", "。"))
        + "</p>"
    )
    article = read(
        HEAD + f"<div>{paragraphs(*TEXT[:2])}{words}{paragraphs(*TEXT[2:])}{labels}</div>"
    )
    assert "协商还款之前先要算清本息再谈减免。" in article.text
    assert not any(title in article.text for title in SPAM)


def test_four_touching_titles_are_a_list_and_four_parts_of_a_sentence_are_not() -> None:
    titles = ("信用分多少才能免押金：一文说清", "租手机平台大全，哪家更划算", SPAM[1], SPAM[4])
    parts = (
        "协商还款之前先要算清本息",
        "，再逐家谈减免和期数",
        "，谈好之后写成书面协议",
        "，这样才算数。",
    )
    wrapped = ["<div>" + wrap("<span>", "</span>", texts) + "</div>" for texts in (titles, parts)]
    article = read(
        HEAD + f"<div>{paragraphs(*TEXT[:2])}{wrapped[0]}{wrapped[1]}{paragraphs(*TEXT[2:])}</div>"
    )
    assert [block.text for block in article.blocks] == [*TEXT[:2], "".join(parts), *TEXT[2:]]


@pytest.mark.parametrize("spam", ["<p>{}</p>", '<p><a href="/n/1.html">{}</a></p>'])
def test_list_put_between_an_announcement_and_its_items_goes_alone(spam: str) -> None:
    foreign = "<div>" + "".join(spam.format(title) for title in SPAM) + "</div>"
    announced = paragraphs(TEXT[0], "需要准备的材料包括：")
    article = read(HEAD + f"<div>{announced}{foreign}{LIST}{paragraphs(*TEXT[1:])}</div>")
    assert not any(title in article.text for title in SPAM)
    assert all(item in article.text for item in ITEMS)


def test_numbered_titles_between_an_announcement_and_its_list_go() -> None:
    foreign = "<ol>" + wrap("<li>", "</li>", SPAM) + "</ol>"
    announced = paragraphs(TEXT[0], "求助渠道：")
    own = paragraphs("派出所报案窗口", "所在社区居委会")
    article = read(HEAD + f"<div>{announced}{foreign}{own}{paragraphs(*TEXT[1:])}</div>")
    assert not any(title in article.text for title in SPAM)
    assert "派出所报案窗口" in article.text


def test_heading_of_an_encyclopedia_loses_its_editing_link() -> None:
    tool = '<span class="mw-editsection">[<a href="/e">编辑</a>]</span>'
    heading = f"<h2>怎样核对金额{tool}</h2><h2>怎样投诉<span>[补充]</span></h2>"
    article = read(HEAD + f"<div>{paragraphs(*TEXT[:2])}{heading}{paragraphs(*TEXT[2:])}</div>")
    assert "编辑" not in article.text
    assert "怎样投诉[补充]" in article.text


def test_white_type_in_a_text_is_hidden_and_on_a_colour_it_is_not() -> None:
    hidden = TEXT[0] + '<font color="#FFFFFF">本文转自别处q7x9</font>'
    shown = '<p style="background:#c00"><span style="color:#fff">先看结论</span></p>'
    article = read(HEAD + f"<div><p>{hidden}</p>{shown}{paragraphs(*TEXT[1:])}</div>")
    assert "q7x9" not in article.text
    assert "先看结论" in article.text


def test_first_heading_stays_though_it_stands_in_a_box_of_its_own() -> None:
    box = '<div class="pt"><h2>{}</h2><div>播报</div><div>编辑</div></div>'
    facts = f"<dl><dt>中文名</dt><dd>{TITLE}</dd><dt>别名</dt><dd>一次性结清</dd></dl>"
    body = "".join(
        box.format(heading) + f'<div class="para"><p>{text}</p></div>'
        for heading, text in zip(("历史沿革", "处理办法", "适用范围", "注意"), TEXT, strict=True)
    )
    article = read(f"<h1>{TITLE}</h1><div><p>{TEXT[0][:20]}。</p></div>{facts}<div>{body}</div>")
    assert "历史沿革" in article.text
    assert "处理办法" in article.text
    assert "播报" not in article.text


def test_title_that_is_repeated_above_the_text_goes_twice() -> None:
    article = read(HEAD + f"<div><p>{TITLE}</p>{paragraphs(*TEXT)}</div>")
    assert [block.text for block in article.blocks] == list(TEXT)
    later = read(
        HEAD + f"<div>{paragraphs(*TEXT[:2])}<h2>{TITLE}</h2>{paragraphs(*TEXT[2:])}</div>"
    )
    assert TITLE in later.text


def test_panels_that_open_at_a_click_are_read_with_their_questions() -> None:
    question = "<h3><button>遇到第{}种情形怎样处理</button></h3>"
    panel = question + "<div class=panel style='display:none'>{}</div>"
    article = read(HEAD + "<div>" + "".join(map(panel.format, "一二三四", TEXT)) + "</div>")
    assert [block.text for block in article.blocks][1::2] == list(TEXT)
    assert "第三种情形" in article.text


def test_replies_below_a_short_article_go_whatever_heads_them() -> None:
    replies = "<div class=cm><h3>网友评论</h3><div>张三：我也遇到过，后来打电话才解决。</div></div>"
    article = read(HEAD + f"<div class=c>{paragraphs(*TEXT)}</div>{replies}")
    assert [block.text for block in article.blocks] == list(TEXT)


def test_list_in_the_box_of_the_last_paragraph_goes_without_it() -> None:
    boxes = wrap("<div>", "</div>", TEXT[:3])
    links = "".join(f'<p><a href="/n/{at}.html">{one}</a></p>' for at, one in enumerate(SPAM))
    last = f"<div>{TEXT[3]}<h3>更多相关问题</h3>{links}</div>"
    article = read(HEAD + f"<div>{boxes}{last}</div>")
    assert [block.text for block in article.blocks] == list(TEXT)
    around = f"<div>{TEXT[2]}<h3>更多相关问题</h3>{links}<p>{TEXT[3]}</p></div>"
    article = read(HEAD + f"<div>{wrap('<div>', '</div>', TEXT[:2])}{around}</div>")
    assert [block.text for block in article.blocks] == list(TEXT)


def test_official_links_stay_that_share_a_run_of_breaks_with_other_titles() -> None:
    official = {
        "国家金融监督管理总局": "https://www.nfra.gov.cn/",
        "全国12315平台": "https://www.12315.cn/",
        "中国裁判文书网": "https://wenshu.court.gov.cn/",
    }
    own = "".join(f'<a href="{url}">{name}</a><br>' for name, url in official.items())
    other = "".join(f'<a href="/n/{at}.html">{one}</a><br>' for at, one in enumerate(SPAM))
    above = wrap("", "<br><br>", TEXT[:2]) + "下面这些入口都是官方网站：<br><br>"
    markup = f"<html><body>{HEAD}<div>{above}{own}{other}{TEXT[2]}<br>{TEXT[3]}</div></body></html>"
    page = Page("case.html", markup.encode(), "https://bbs.example.cn/t-1.html")
    article = extract_article(page)
    assert isinstance(article, Article)
    assert {link.url for block in article.blocks for link in block.links} == set(official.values())
    assert not any(title in article.text for title in SPAM)


def test_official_links_in_a_box_amid_the_text_stay_and_others_go() -> None:
    box = "<div class=q>" + '<div class=r><a href="{0}">{1}</a></div>' * 3 + "</div>"
    own = box.format("https://www.nfra.gov.cn/", "国家金融监督管理总局")
    other = box.format("/n/7.html", "征信知识")
    above, below = wrap("<div>", "</div>", TEXT[:2]), wrap("<div>", "</div>", TEXT[2:])
    article = read(HEAD + f"<div class=t>{above}<div>可以找：</div>{own}{below}</div>")
    assert "国家金融监督管理总局" in article.text
    article = read(HEAD + f"<div class=t>{above}{other}{below}</div>")
    assert "征信知识" not in article.text


def test_summary_that_a_program_wrote_goes_and_one_by_hand_stays() -> None:
    box = "<div><div class=t>{}</div><div class=x>这一段话概括了下面的文章，供您参考。</div></div>"
    text = f"<div class=m>{paragraphs(*TEXT)}</div>"
    machine = read(HEAD + f"<div>{box.format('AI 摘要')}{text}</div>")
    assert [block.text for block in machine.blocks] == list(TEXT)
    by_hand = read(HEAD + f"<div>{box.format('写在前面')}{text}</div>")
    assert "这一段话概括了" in by_hand.text


def test_table_of_facts_that_names_the_title_is_not_the_text() -> None:
    row = "<tr><td>索引号</td><td>7178/2024-113</td><td>公文名称</td><td>{}</td></tr>"
    facts = (
        f"<div><table>{row.format(TITLE)}<tr><td>发文部门</td><td>消保处</td></tr></table></div>"
    )
    body = wrap("<p>", "</p>", TEXT).replace("平台", "机构").replace("结清", "偿还")
    article = read(facts + f"<div><div>{TITLE}</div>{DATED}<div>{body}</div></div>")
    assert len(article.blocks) == len(TEXT)
    assert "索引号" not in article.text


def test_reply_behind_a_list_in_the_first_post_goes() -> None:
    links = "".join(f'<li><a href="/n/{at}.html">{one}</a></li>' for at, one in enumerate(SPAM))
    post = "<div class=p><div class=a>{}</div><div class=c>{}</div></div>"
    first = post.format("慢慢还", f"{paragraphs(*TEXT)}<ul>{links}</ul>")
    reply = post.format("小鱼", "谢谢楼主分享，我照着这个办法打了电话，客服让我等三天。")
    article = read(HEAD + first + reply)
    assert [block.text for block in article.blocks] == list(TEXT)


def test_title_in_large_type_stands_in_where_the_document_title_names_the_site() -> None:
    page = (
        "<html><head><title>信和金融服务网</title></head><body><table><tr><td>"
        "<a href=/>首页</a></td></tr><tr><td><font size=4><b>{}</b></font></td></tr>"
        "<tr><td>更新时间：2024年4月5日</td></tr><tr><td>{}</td></tr></table></body></html>"
    )
    for shown, title in ((TITLE, TITLE), ("首页", "信和金融服务网")):
        markup = page.format(shown, wrap("", "<br><br>", TEXT))
        article = extract_article(Page("case.html", markup.encode(), None))
        assert isinstance(article, Article)
        assert article.title == title
    markup = page.format(TITLE, wrap("", "<br><br>", TEXT))
    dated = extract_article(Page("case.html", markup.encode(), None))
    assert isinstance(dated, Article)
    assert str(dated.published) == "2024-04-05"


def test_of_several_answers_the_date_of_the_one_that_was_read_counts() -> None:
    answer = "<div class=card><div class=rich>{}</div><div><a href=/a>发布于 {}</a></div></div>"
    answers = answer.format(paragraphs(*TEXT), "2024-04-05 09:30") + answer.format(
        paragraphs("我也碰到过，前后打了七个电话，客服才肯登记，建议多留几份录音。"),
        "2025-08-19 21:07",
    )
    article = read(f"<h1>{TITLE}</h1><div>{answers}</div>")
    assert str(article.published) == "2024-04-05"
    # A short answer is read together with the next one.
    short = answers.replace(paragraphs(*TEXT), paragraphs(TEXT[0], *ITEMS, *ITEMS, TEXT[1]))
    assert str(read(f"<h1>{TITLE}</h1><div>{short}</div>").published) == "2024-04-05"


def test_second_date_of_a_line_counts_where_the_first_is_about_another_page() -> None:
    info = (
        "<div><span class=kind>原创</span><span class=time>最新推荐文章于 2025-02-02 08:00:00 "
        "发布</span><a>阿木</a><span class=own>于 2024-04-05 09:30:00 发布</span></div>"
    )
    article = read(f"<h1>{TITLE}</h1>{info}<div>{paragraphs(*TEXT)}</div>")
    assert str(article.published) == "2024-04-05"


def test_links_between_the_sections_of_a_text_go_without_the_sections() -> None:
    heads = ("先核对金额", "再书面异议", "最后留凭证")
    between = "".join(f'<a href="/n/{at}.html">{one}</a><br>' for at, one in enumerate(SPAM[:2]))
    body = "".join(
        f"{between.replace('/n/', f'/{at}/').replace('平台', f'平台{at}').replace('提额', f'{at}')}"
        f"<h2>{head}</h2><p>{text}</p>"
        for at, (head, text) in enumerate(zip(heads, TEXT[1:], strict=True))
    )
    article = read(HEAD + f"<div><p>{TEXT[0]}</p>{body}</div>")
    assert [block.text for block in article.blocks if block.text in TEXT] == list(TEXT)
    assert all(head in article.text for head in heads)


def test_official_links_stay_before_a_line_of_links_elsewhere() -> None:
    official = "".join(
        f'<p><a href="https://{host}/">{name}</a></p>'
        for name, host in (
            ("国家金融监督管理总局", "www.nfra.gov.cn"),
            ("全国12315平台", "www.12315.cn"),
            ("中国裁判文书网", "wenshu.court.gov.cn"),
        )
    )
    joined = "、".join(f'<a href="/n/{at}.html">{one}</a>' for at, one in enumerate(SPAM))
    article = read(
        HEAD + f"<div>{paragraphs(TEXT[0])}<p>这些入口都是官方的：</p>{official}<p>{joined}</p>"
        f"{paragraphs(*TEXT[1:])}</div>"
    )
    assert [link.url for block in article.blocks for link in block.links] == [
        "https://www.nfra.gov.cn/",
        "https://www.12315.cn/",
        "https://wenshu.court.gov.cn/",
    ]
    assert not any(one in article.text for one in SPAM)


def test_lists_around_the_text_are_told_with_their_place_and_menus_are_not() -> None:
    links = "".join(f'<li><a href="/n/{at}.html">{one}</a></li>' for at, one in enumerate(SPAM))
    menu = "".join(
        f"<li><a href=/{at}>{one}</a></li>" for at, one in enumerate(("首页", "法律", "曝光"))
    )
    article = read(
        f"<ul>{menu}</ul><div class=l><ul>{links}</ul></div>{HEAD}<div class=m>{paragraphs(*TEXT)}"
        f"</div><div class=r><ul>{links}</ul></div>"
    )
    told = [(one.block.text, one.position) for one in article.removed if one.block.text in SPAM]
    assert told == [(one, 0) for one in SPAM] + [(one, len(TEXT)) for one in SPAM]
    assert not any(one.block.text == "法律" for one in article.removed)
