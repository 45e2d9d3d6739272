"""A page's way from bytes to blocks."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import quote

import pytest
from lxml.html import fromstring

from crawler.extraction import extract_article
from crawler.extraction.escalation import complete, is_beside
from crawler.extraction.nodes import Node, Outline
from crawler.linklists import Line
from crawler.model import Article, BlockType, Link, Page, Rejected, RejectionReason, RemovalReason

P1 = "网贷逾期以后，应当先弄清楚自己欠了多少钱，再决定怎样与平台协商还款。"
P2 = "协商时要说明困难原因，提交收入证明等材料，并且保留全部通话录音。"
P3 = "总之，主动沟通比躲避更有用，拖得越久费用越高，证据越难找。"


FOREIGN = ("房东提前收房标准", "驾驶证扣12分", "养老机构补贴名单", "小产权房过户")
STATE = json.dumps(
    {
        "list": [{"title": "别的标题", "publish_time": "2023-01-01"}],
        "detail": {
            "content": "".join(f"<p>{one}</p>" for one in (P1, P2, P3 * 5)),
            "publish_time": "2024-04-05 10:20:00",
        },
    },
    ensure_ascii=False,
)
PLAIN_STATE = json.dumps(
    {"detail": {"content": "\n".join((P1, P2, P3 * 5)), "createTime": 1712283600}},
    ensure_ascii=False,
)


def page(body: str, head: str = "", url: str | None = "https://www.example.cn/a/9.html") -> Page:
    html = f"<html><head><title>逾期怎么办_某某网</title>{head}</head><body>{body}</body></html>"
    return Page("p.html", html.encode(), url, "text/html; charset=utf-8")


def extract(body: str, head: str = "") -> Article:
    outcome = extract_article(page(body, head))
    assert isinstance(outcome, Article)
    return outcome


def kinds(article: Article) -> list[tuple[BlockType, str]]:
    return [(block.type, block.text) for block in article.blocks]


def test_every_kind_of_block_keeps_its_kind_and_place() -> None:
    article = extract(
        f"<h1>逾期怎么办</h1><div><p>{P1}</p><h2>一、步骤</h2>"
        "<ol><li>打客服电话</li><li><p>提交材料</p></li></ol><ul><li>保留录音</li></ul>"
        "<table><tr><th>项目</th><th>费用</th></tr><tr><td>违约金</td><td>5%</td></tr></table>"
        f"<blockquote>{P2}</blockquote><p>{P3}</p></div>"
    )
    assert kinds(article) == [
        (BlockType.PARAGRAPH, P1),
        (BlockType.HEADING, "一、步骤"),
        (BlockType.LIST_ITEM, "1. 打客服电话"),
        (BlockType.LIST_ITEM, "2. 提交材料"),
        (BlockType.LIST_ITEM, "保留录音"),
        (BlockType.TABLE_ROW, "项目 | 费用"),
        (BlockType.TABLE_ROW, "违约金 | 5%"),
        (BlockType.QUOTE, P2),
        (BlockType.PARAGRAPH, P3),
    ]
    assert article.blocks[1].level == 2


@pytest.mark.parametrize(
    ("markup", "numbers"),
    [
        ("<ol start=3><li>甲项内容</li><li>乙项内容</li></ol>", ["3. 甲项内容", "4. 乙项内容"]),
        ("<ol><li>1、甲项内容</li><li>2、乙项内容</li></ol>", ["1、甲项内容", "2、乙项内容"]),
        ("<ol><li value=7>甲项内容</li><li>乙项内容</li></ol>", ["7. 甲项内容", "8. 乙项内容"]),
    ],
    ids=["start", "own numbers", "value"],
)
def test_ordered_items_carry_the_numbers_a_reader_sees(markup: str, numbers: list[str]) -> None:
    article = extract(f"<div><p>{P1}</p>{markup}<p>{P2}</p></div>")
    assert [block.text for block in article.blocks[1:-1]] == numbers


def test_line_breaks_part_blocks_and_inline_markup_does_not() -> None:
    article = extract(f"<div>　　{P1}<br><br>{P2[:9]}<b>{P2[9:12]}</b>{P2[12:]}<br/>{P3}</div>")
    assert [block.text for block in article.blocks] == [P1, P2, P3]


def test_links_stay_with_whole_addresses() -> None:
    article = extract(
        f'<div><p>{P1}请到<a href="https://www.12315.cn/">12315平台</a>或<a href="/help">帮助页</a>'
        f'查询，<a href="javascript:void(0)">点这里</a>无效。</p><p>{P2}</p></div>'
    )
    assert article.blocks[0].links == (
        Link("12315平台", "https://www.12315.cn/"),
        Link("帮助页", "https://www.example.cn/help"),
    )


def test_furniture_is_removed_with_a_reason() -> None:
    article = extract(
        '<div><a href="/">首页</a> &gt; <a href="/d/">贷款</a> &gt; 正文</div><h1>逾期怎么办</h1>'
        f"<p>2024-03-01 10:00 来源：某某网 浏览：88</p><div><p>{P1}</p><p>{P2}</p><p>{P3}</p>"
        "<p>分享到：微信 微博</p><p>免责声明：本文不代表本站立场，如有侵权请联系删除。</p>"
        '<p>上一篇：<a href="/a/1.html">别的文章</a></p></div>'
    )
    assert [block.text for block in article.blocks] == [P1, P2, P3]
    reasons = {removed.reason for removed in article.removed}
    assert {RemovalReason.META_LINE, RemovalReason.COPYRIGHT} <= reasons
    assert any("免责声明" in removed.block.text for removed in article.removed)


def test_a_summary_that_the_text_repeats_goes() -> None:
    named, cut, whole, other = f"摘要：{P1}", P1[:-5], f"{P1}...", f"提示：{P1}"
    texts = [
        [block.text for block in extract(f"<p>{one}</p><p>{P1}</p><p>{P2}</p>").blocks]
        for one in (named, cut, whole, other, P1)
    ]
    assert texts == [[P1, P2], [P1, P2], [P1, P2], [other, P1, P2], [P1, P1, P2]]


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        pytest.param("2024年6月1日至6月30日", True, id="a period"),
        pytest.param("2024年6月1日。", True, id="a sentence"),
        pytest.param("2024年6月1日", False, id="a day"),
        pytest.param("发布时间：2024年6月1日", False, id="a day with its label"),
    ],
)
def test_a_notice_says_when(line: str, *, stays: bool) -> None:
    article = extract(f"<p>{P1}</p><p>一、活动时间</p><p>{line}</p><p>{P2}</p><p>{P3}</p>")
    assert (line in [block.text for block in article.blocks]) is stays


def test_removed_blocks_know_their_place() -> None:
    titles = "".join(f'<li><a href="/a/{at}">租手机攻略第{at}讲全解析</a></li>' for at in range(6))
    article = extract(f"<div><p>{P1}</p><p>{P2}</p><ul>{titles}</ul><p>{P3}</p></div>")
    assert [block.text for block in article.blocks] == [P1, P2, P3]
    assert {removed.position for removed in article.removed} == {2}


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display: none">{}</p>',
        '<p style="font-size:0px">{}</p>',
        '<p class="zz">{}</p>',
        "<p hidden>{}</p>",
        "<!-- {} -->",
        '<span style="position:absolute;left:-9999px">{}</span>',
    ],
)
def test_text_that_a_reader_cannot_see_goes(hidden: str) -> None:
    secret = hidden.format("本文来自别处，请勿复制转载，违者必究，谢谢合作。")
    head = "<style>.a{color:red} .zz{ display:none; }</style>"
    article = extract(f"<div><p>{P1}</p>{secret}<p>{P2}</p></div>", head)
    assert article.text == f"{P1}\n{P2}"


def test_text_that_a_script_shows_stays() -> None:
    article = extract(
        f'<div id="js_content" style="visibility: hidden; opacity: 0"><p>{P1}</p><p>{P2}</p></div>'
    )
    assert article.text == f"{P1}\n{P2}"


def test_thread_keeps_its_first_post() -> None:
    posts = "".join(
        f"<div><div>发表于 2024-01-0{at} 10:0{at}</div>"
        f"<div><p>{text}</p><p>{text[::-1]}</p></div></div>"
        for at, text in enumerate((P1, P2, P3), 1)
    )
    article = extract(f"<div>{posts}</div>")
    assert P1 in article.text
    assert P2 not in article.text


def test_page_in_another_script_is_read_too() -> None:
    first = "Borrowers who fall behind should talk to the lender early, and keep every record."
    second = "A written plan, signed by both sides, is worth more than any promise on the phone."
    article = extract(f"<article><h1>Debt</h1><p>{first}</p><p>{second}</p></article>")
    assert first in article.text
    assert second in article.text


NAMES = ("iPhone 13", "真我GT5", "人人租X100", "华为Mate60")
TITLES = [f"{name}分期要注意什么，第{at}问" for at in range(9) for name in NAMES]


@pytest.mark.parametrize(
    "written",
    [
        " ".join(TITLES),
        " ".join(f"{title} 许多人租手机时不看合同。本文将为您介绍..." for title in TITLES),
        "\n".join(
            f"{title}\n租手机时不看合同的人很多，本文将为您介绍... 2024-03-05" for title in TITLES
        ),
        "\n".join(f"{at}、{title}" for at, title in enumerate(TITLES * 3, start=1)),
    ],
    ids=["one line", "cards in one line", "excerpts with their day", "more than ninety-nine"],
)
@pytest.mark.parametrize("heading", ["", "猜你喜欢\n"])
def test_dump_loses_a_list_in_any_form(written: str, heading: str) -> None:
    text = f"逾期怎么办\n{P1}\n{P2}\n{P3}\n{heading}{written}\n"
    article = extract_article(Page("000.txt", text.encode()))
    assert isinstance(article, Article)
    assert article.text == f"{P1}\n{P2}\n{P3}"


def test_dump_loses_its_list_and_nothing_else() -> None:
    titles = "\n".join(f"租手机平台第{at}家全解析" for at in range(12))
    head = f"逾期怎么办\n\n发布时间:2024-04-05 11:45:25\n\n{P1}\n\n  1. {P2}\n\n{P3}"
    text = f"{head}\n\n相关内容:\n{titles}\nTo Top"
    article = extract_article(Page("000.txt", text.encode()))
    assert isinstance(article, Article)
    assert article.title == "逾期怎么办"
    assert str(article.published) == "2024-04-05"
    assert [block.text for block in article.blocks] == [P1, f"1. {P2}", P3]
    assert len(article.removed) >= 14


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", RejectionReason.EMPTY),
        (b" \n\t", RejectionReason.EMPTY),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, RejectionReason.NOT_HTML),
        (b"<html><body></body></html>", RejectionReason.NO_MAIN_CONTENT),
        (b"<html><script>var a = '1, 2.';</script></html>", RejectionReason.NO_MAIN_CONTENT),
        (
            b"<html><frameset cols='1,2'><frame src='a.html'></frameset></html>",
            RejectionReason.NO_MAIN_CONTENT,
        ),
        (b"<div>" * 10_000 + P1.encode(), RejectionReason.TOO_DEEP),
        ("<p>文字，</p>".encode() * 600_000, RejectionReason.TOO_LARGE),
        ("<p>文字，</p>".encode() * 100_000, RejectionReason.TOO_LARGE),
        (
            "".join(f'<p><a href="/{at}">标题第{at}号</a></p>' for at in range(40)).encode(),
            RejectionReason.LINK_PAGE,
        ),
    ],
    ids=[
        "no bytes",
        "white space",
        "binary",
        "empty body",
        "script only",
        "frameset",
        "10,000 levels",
        "10 MB",
        "too many lines",
        "index",
    ],
)
def test_page_without_an_article_is_rejected_with_its_reason(
    body: bytes, reason: RejectionReason
) -> None:
    outcome = extract_article(Page("bad.html", body))
    assert isinstance(outcome, Rejected)
    assert outcome.reason is reason
    assert outcome.detail


@pytest.mark.parametrize(
    "body",
    [
        f"<div id=app></div><noscript><p>{P1}</p><p>{P2}</p></noscript>",
        (
            "<div id=app></div><script type='application/ld+json'>"
            f'{{"@graph": [{{"articleBody": "{P1}\\n{P2}\\n{P3}{P3}"}}]}}</script>'
        ),
        f"<div id=app></div><script>window.STATE={STATE}</script>",
        f"<div id=app></div><script>window.STATE=JSON.parse({json.dumps(STATE)})</script>",
        f"<div id=app></div><script type=application/json>{quote(STATE)}</script>",
        f"<div id=app></div><script>window.STATE={PLAIN_STATE}</script>",
    ],
    ids=["noscript", "schema.org", "state", "state in quotes", "state for addresses", "no markup"],
)
def test_article_that_scripts_would_show_is_found(body: str) -> None:
    assert extract(body).text.split("\n")[:2] == [P1, P2]


def test_a_word_to_readers_without_scripts_is_no_article() -> None:
    asked = "We're sorry but this app doesn't work properly without JavaScript enabled."
    body = f"<noscript><strong>{asked}</strong></noscript><script>window.STATE={STATE}</script>"
    assert extract(body).text.split("\n")[:2] == [P1, P2]


@pytest.mark.parametrize("kind", ["about-author", "fusion-sharing-box", "fusion-meta-info"])
def test_boxes_below_a_text_of_its_author_and_for_sharing_go(kind: str) -> None:
    box = f"<div class={kind}><h3>About</h3><p>执业十一年，主攻个人债务，法律硕士。</p></div>"
    assert (
        extract(f"<article><div><p>{P1}</p><p>{P2}</p></div>{box}</article>").text == f"{P1}\n{P2}"
    )


def test_the_root_of_a_framework_is_no_part_of_a_row_of_pages() -> None:
    article = extract(f"<div id=__next><h1>逾期怎么办 | 手记</h1><p>{P1}</p><p>{P2}</p></div>")
    assert article.title == "逾期怎么办"


def test_a_list_above_the_text_goes_with_the_word_before_it() -> None:
    links = "".join(f"<p><a href=/{at}>{one}</a></p>" for at, one in enumerate(FOREIGN))
    article = extract(f"<h1>逾期怎么办</h1><div><p>MORE:</p>{links}<p>{P1}</p><p>{P2}</p></div>")
    assert article.text == f"{P1}\n{P2}"


def test_the_day_beside_an_article_in_data_is_its_own() -> None:
    article = extract(f"<div id=app></div><script>window.STATE={STATE}</script>")
    assert article.published == date(2024, 4, 5)
    article = extract(f"<div id=app></div><script>window.STATE={PLAIN_STATE}</script>")
    assert article.published == date(2024, 4, 5)


@pytest.mark.parametrize(("said", "title"), [("逾期 | 亲历", "逾期 | 亲历"), ("别的标题", "逾期")])
def test_the_title_beside_an_article_in_data_is_its_own(said: str, title: str) -> None:
    detail = {"title": said, "content": "".join(f"<p>{one}</p>" for one in (P1, P2, P3 * 5))}
    state = json.dumps({"detail": detail}, ensure_ascii=False)
    html = f"<title>逾期 | 亲历 - 某某网</title><body><script>window.S={state}</script></body>"
    outcome = extract_article(Page("p.html", html.encode()))
    assert isinstance(outcome, Article)
    assert outcome.title == title


def test_a_page_may_leave_out_the_tags_of_its_head_and_body() -> None:
    page = (
        f"<!doctype html><meta charset=utf-8><title>甲</title><nav>首页</nav><main><p>{P1}<p>{P2}"
    )
    article = extract_article(Page("p.html", page.encode()))
    assert isinstance(article, Article)
    assert article.text.split("\n") == [P1, P2]


def test_excerpts_of_many_cards_are_not_the_article() -> None:
    cards = "".join(
        f"<li><h3><a href=/{at}>别的标题{at}</a></h3><p>{P3}</p></li>" for at in range(9)
    )
    article = extract(f"<div><ul>{cards}</ul>　　{P1}<br>　　{P2}<br></div>")
    assert article.text.split("\n") == [P1, P2]


def test_list_in_front_of_a_foreign_title_does_not_cost_the_article() -> None:
    long = "".join(f"<p>{P1}{at}</p><p>{P2}{at}</p>" for at in range(9))
    article = extract(f"<div>{long}<h3>逾期怎么办</h3><p>{P3}</p></div>")
    assert len(article.blocks) >= 19


def test_unclosed_and_minified_markup_is_read() -> None:
    article = extract_article(Page("p.html", f"<div><p>{P1}<p>{P2}<div><p>{P3}<a href=".encode()))
    assert isinstance(article, Article)
    assert article.text.split("\n")[:3] == [P1, P2, P3]


def test_rows_of_tools_and_prompts_at_the_end_go() -> None:
    prompts = (
        "香港某某新聞現已開設Facebook專頁，讓你即時掌握本地新聞、財經消息，歡迎訂閱。",
        "訂閱《手機報》：移動發短信到10658000，聯通發短信到106558000800，客戶端下載免費。",
        "【大 中 小】 【打印本页】 【关闭窗口】",
    )
    body = "".join(f"<p>{text}</p>" for text in (P1, P2, P3, *prompts))
    article = extract(f"<h1>逾期怎么办</h1><div>{body}</div>")
    assert [block.text for block in article.blocks] == [P1, P2, P3]


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        pytest.param("一句话：看利率和合同，别看广告。", True, id="a sentence"),
        pytest.param("他人还在看守所里。", True, id="a word across two"),
        pytest.param("广告位招租", False, id="a label"),
        pytest.param("返回某某网，查看更多", False, id="the way back"),
    ],
)
def test_labels_at_the_end_go_and_sentences_with_their_words_stay(line: str, stays: bool) -> None:
    body = "".join(f"<p>{text}</p>" for text in (P1, P2, P3, line))
    article = extract(f"<h1>逾期怎么办</h1><div>{body}</div>")
    assert [block.text for block in article.blocks] == [P1, P2, P3, *([line] if stays else [])]


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        pytest.param("遇到类似问题？立即咨询在线律师，3分钟快速解答", False, id="a site's lawyers"),
        pytest.param("问题紧急？在线问律师 >", False, id="an arrow"),
        pytest.param("拨打12348免费咨询律师", True, id="a public line"),
        pytest.param("不懂的地方就近找法律援助中心的律师问", True, id="advice"),
    ],
)
def test_boxes_amid_the_text_that_send_to_a_lawyer_go(line: str, stays: bool) -> None:
    box = f"<div><p>{line}</p></div>"
    article = extract(f"<h1>逾期怎么办</h1><div><p>{P1}</p><p>{P2}</p>{box}<p>{P3}</p></div>")
    assert [block.text for block in article.blocks] == [P1, P2, *([line] if stays else []), P3]


def test_buttons_that_touch_each_other_go() -> None:
    body = "".join(f"<p>{text}</p>" for text in (P1, P2, P3))
    row = "".join(f"<a href='javascript:;'>{one}</a>" for one in ("赞(7)", "打赏", "分享"))
    article = extract(f"<h1>逾期怎么办</h1><div>{body}<div>{row}</div></div>")
    assert [block.text for block in article.blocks] == [P1, P2, P3]


def test_an_invitation_to_an_official_site_stays() -> None:
    link = '<a href="http://www.12348.gov.cn/">中国法律服务网</a>'
    items = f"<ul><li>各地免费咨询：{link}</li></ul>"
    article = extract(f"<h1>逾期怎么办</h1><div><p>{P1}</p><p>{P2}</p>{items}</div>")
    assert article.blocks[-1].text == "各地免费咨询：中国法律服务网"
    assert article.blocks[-1].links


def test_official_sites_behind_what_they_are_for_stay() -> None:
    sites = ("案件送达：网上法院", "失信名单：执行公开网", "判决文书：文书公开网")
    items = "".join(
        f"<li>{text[:5]}<a href='https://c{at}.court.gov.cn/'>{text[5:]}</a></li>"
        for at, text in enumerate(sites)
    )
    body = f"<p>{P1}</p><p><b>到哪里核实</b></p><p>{P2}</p><ul>{items}</ul><p>{P3}</p>"
    article = extract(f"<h1>逾期怎么办</h1><div>{body}</div>")
    assert [block.text for block in article.blocks][3:6] == list(sites)


def test_a_list_with_most_of_the_text_is_not_the_whole_article() -> None:
    items = "".join(f"<li>{text}</li>" for text in (P1, P2, P3, P1 + P2, P2 + P3))
    body = f"网上的说法真假难辨，逐条看。<br><ol>{items}</ol>拿不准的时候带着合同去问。<br>"
    article = extract(f"<h1>逾期怎么办</h1><table><tr><td>{body}</td></tr></table>")
    texts = [block.text for block in article.blocks]
    assert (texts[0], texts[-1]) == ("网上的说法真假难辨，逐条看。", "拿不准的时候带着合同去问。")


def test_a_short_answer_of_another_lawyer_goes() -> None:
    body = "".join(f"<p>{text}</p>" for text in (P1, P2, P3))
    other = "<h3>其他律师回复</h3><div><b>许律师</b><p>带上合同来谈，具体问题具体分析</p></div>"
    article = extract(f"<h1>逾期怎么办</h1><div>{body}</div><div>{other}</div>")
    assert [block.text for block in article.blocks] == [P1, P2, P3]


SIDEBAR = "".join(
    f'<li><a href="/b/{at}.html">本地新闻第{at}条今天的标题</a></li>' for at in range(6)
)


@pytest.mark.parametrize("button", ["赞 (0)", "点赞12", "赞 <span>(3)</span>", "喜欢 1024"])
def test_a_button_with_the_count_of_who_pressed_it_goes(button: str) -> None:
    body = "".join(f"<p>{text}</p>" for text in (P1, P2, "赞助一共收到3笔", P3))
    article = extract(f"{body}<div><a href='javascript:;'>{button}</a></div>")
    assert [block.text for block in article.blocks] == [P1, P2, "赞助一共收到3笔", P3]


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        ("转发给好友  生成海报", False),
        ("赞(35) 打赏 微海报 分享", False),
        ("分享 本站所有方案", True),
        ("长按识别二维码,领取协商话术", False),
        ("打开APP查看全文", False),
        ("打开APP查看还款日是第一步。", True),
        ("不要扫码转账", True),
    ],
)
def test_a_row_of_tools_and_a_lure_amid_the_text_go(row: str, kept: bool) -> None:
    article = extract(f"<h1>逾期怎么办</h1><p>{P1}</p><div>{row}</div><p>{P2}</p><p>{P3}</p>")
    assert [block.text for block in article.blocks] == [P1, *[" ".join(row.split())] * kept, P2, P3]


def test_lures_in_a_list_are_told_of() -> None:
    told = ("扫码进群领红包", "下载APP开启共享屏幕")
    items = "".join(f"<p>{one}</p>" for one in told)
    article = extract(f"<h1>逾期怎么办</h1><p>{P1}</p>{items}<p>{P2}</p><p>{P3}</p>")
    assert [block.text for block in article.blocks] == [P1, *told, P2, P3]


@pytest.mark.parametrize(
    "byline",
    [
        "<dl><dt>发布</dt><dd>2024-04-05</dd><dt>作者</dt><dd>卡友老周</dd></dl>",
        "<div>卡友老周 · 2024-04-05</div>",
    ],
)
def test_a_question_as_title_does_not_begin_the_text(byline: str) -> None:
    title = "信用卡逾期以后还能不能同银行谈分期呢?"
    texts = f"<p>{P1}</p><p>{P2}</p><p>{P3}</p>"
    html = f"<title>{title}</title><h1>{title}</h1>{byline}{texts}"
    article = extract_article(Page("p.html", html.encode()))
    assert isinstance(article, Article)
    assert [block.text for block in article.blocks] == [P1, P2, P3]


def test_legal_notes_go_with_their_heading_below_a_short_text() -> None:
    article = extract(
        f"<h1>逾期怎么办</h1><div><p>{P1}</p><p>{P2}</p><p>※ 版权声明</p>"
        "<p>1、本报所有内容的版权均属于作者或页面内声明的版权人，任何人不得改作他用。</p>"
        "<p>2、违反的，将依法处理。</p></div>"
    )
    assert article.text == f"{P1}\n{P2}"


def test_a_heading_that_only_sounds_legal_keeps_what_follows() -> None:
    notes = "平台在首页写明不承担责任，这样的话对借款人没有效力，法院不会认可。"
    article = extract(f"<h1>逾期怎么办</h1><p>{P1}</p><p>{P2}</p><h2>免责声明</h2><p>{notes}</p>")
    assert article.blocks[-1].text == notes


def test_what_stands_beside_the_article_does_not_tell_where_it_ends() -> None:
    prompt = "新闻热线95000，微博爆料或短信爆料，一经采用有奖励"
    posts = "".join(
        f"<p>第{at}位街坊说，小区门口的早餐铺味道很好，大家都去尝尝吧。</p>" for at in "一二三"
    )
    beside = f"<div class=circle><h3>街坊圈</h3>{posts}</div>"
    article = extract(
        f"<h1>逾期怎么办</h1><div><div class=text><p>{P1}</p><p>{P2}</p><p>{P3}</p>"
        f"<p>{prompt}</p></div><ul>{SIDEBAR}</ul>{beside}</div>"
    )
    assert f"{P2}\n{P3}" in article.text
    assert prompt not in article.text


def test_a_sentence_with_the_words_of_tools_stays() -> None:
    own = "协议打印以后，关闭窗口之前先保存一份。"
    article = extract(f"<h1>逾期怎么办</h1><div><p>{P1}</p><p>{own}</p><p>{P3}</p></div>")
    assert [block.text for block in article.blocks] == [P1, own, P3]


def test_an_article_that_the_second_opinion_cuts_is_completed() -> None:
    texts = [
        f"Paragraph {at} tells at some length how a borrower may answer a letter, and why." * 2
        for at in range(12)
    ]
    lines = [Line(text, node=1 + (at % 2)) for at, text in enumerate(texts)]
    top = fromstring("<div>Menu</div>")
    nodes = [Node(-1, "div", top, "div", "div."), *[Node(0, "p", top, "div>p.", "p.")] * 2]
    outline = Outline([Line("Menu", node=0), *lines], nodes)
    other = [Line(text) for text in texts[:4]]
    assert [line.text for line in complete(other, outline)] == texts
    most = [Line(text) for text in texts[:9]]
    assert complete(most, outline) == most, "what is missing may be a caption or two"


def test_a_second_opinion_without_a_line_of_the_text_is_beside_it() -> None:
    own = [Line(f"Sentence {at} of a text, long enough to be a paragraph.") for at in "abcd"]
    notice = Line("This copy is for your own use only; order copies for others here.")
    assert is_beside([notice], own)
    assert not is_beside([notice, own[2]], own)
    assert not is_beside([notice] * 3, own[:2])


@pytest.mark.parametrize(
    ("row", "place", "gone"),
    [
        ("花呗逾期 网贷协商 征信 上门催收 停息挂账", "behind", True),
        ("花呗逾期 网贷协商 征信 上门催收 停息挂账", "above", True),
        ("花呗逾期 网贷协商 征信 上门催收 停息挂账", "amid", False),
        ("本金 利息 罚息 违约金", "behind", False),
        ("花呗逾期 网贷协商 征信 上门催收 停息挂账。", "behind", False),
    ],
)
def test_a_row_of_tags_around_the_text_goes(row: str, place: str, gone: bool) -> None:
    texts = {"above": [row, P1, P2, P3], "amid": [P1, P2, row, P3], "behind": [P1, P2, P3, row]}
    body = "".join(f"<p>{text}</p>" for text in texts[place])
    article = extract(f"<h1>逾期怎么办</h1><div>{body}</div>")
    assert (row not in article.text) is gone


REPORT = (
    "本报讯（记者 王小明）昨日，市金融办召开会议，通报网贷平台清退的进展，全市四十二家机构退出。",
    "据悉，退出的机构须在六个月里结清存量业务，出借人可以通过专门的网站登记债权，登记不收费用。",
    "会议要求，未退出的机构每月报送逾期数据，不得以任何名义向个人发放新的贷款，违者将移送有关部门。",
    "与会的人士提醒，自称能够代办登记、代为追款的，多为骗局，转账之前应当向主管部门核实身份。",
    "已经受骗的出借人，要保存转账的凭证和聊天的记录，尽快报警。",
)
HEADLINE = "我市清退四十二家平台 骗子盯上登记"


def reported(*lines: str, headline: str = HEADLINE) -> list[str]:
    texts = "".join(f"<p>{line}</p>" for line in lines)
    html = f"<html><head><title>{headline}_某某网</title></head><body><h1>{headline}</h1>"
    outcome = extract_article(Page("p.html", f"{html}<div>{texts}</div></body></html>".encode()))
    assert isinstance(outcome, Article)
    assert outcome.title == headline
    return [block.text for block in outcome.blocks]


def test_a_short_report_keeps_its_headline() -> None:
    assert reported(*REPORT) == [HEADLINE, *REPORT]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((REPORT[0],), id="a notice"),
        pytest.param((REPORT[0], f"一、{REPORT[1]}", *REPORT[2:]), id="a notice in points"),
        pytest.param((*REPORT[:2], f"· {REPORT[2]}", *REPORT[3:]), id="a list of bullets"),
        pytest.param((*REPORT, "一是登记；", "二是核对；", REPORT[2]), id="clauses"),
        pytest.param(
            (*REPORT, *("登记处", "材料", "证件", "流水", "期限"), *REPORT[1:]), id="headings"
        ),
        pytest.param(REPORT * 4, id="a long report"),
        pytest.param((*REPORT[2:], *REPORT[2:]), id="no day and no word of reporting"),
        pytest.param(("3月5日我收到了催收的短信。", *REPORT[1:], *REPORT[2:]), id="a story"),
    ],
)
def test_other_texts_have_their_title_beside_them(lines: tuple[str, ...]) -> None:
    assert reported(*lines)[0] == lines[0]


def test_many_captions_of_pictures_are_news() -> None:
    captions = [f"第{sign}张图" for sign in "甲乙丙丁戊己庚辛壬癸"]
    assert reported(*REPORT, *captions)[0] == HEADLINE


def test_a_newspaper_speaks_of_its_own_city() -> None:
    first = REPORT[0].replace("全市", "我市")
    assert reported(first, *REPORT[1:])[0] == HEADLINE


def test_a_headline_that_the_report_repeats_is_left_out() -> None:
    repeated = "全市四十二家机构退出"
    assert reported(*REPORT, headline=repeated)[0] == REPORT[0]


def test_a_report_with_sections_has_its_title_beside_it() -> None:
    html = f"<h1>{HEADLINE}</h1><div><p>{REPORT[0]}</p><h2>怎样登记</h2>"
    html += "".join(f"<p>{line}</p>" for line in REPORT[1:])
    outcome = extract_article(
        Page("p.html", f"<title>{HEADLINE}</title><body>{html}</div></body>".encode())
    )
    assert isinstance(outcome, Article)
    assert outcome.blocks[0].text == REPORT[0]


NEWS = "今天上午，记者从市气象台了解到，受冷空气影响，本周末将有一次明显的降温过程。"


@pytest.mark.parametrize(
    ("attributes", "kept"),
    [
        pytest.param(' class="a"', False, id="parts of a page"),
        pytest.param("", True, id="what editors wrap paragraphs in"),
    ],
)
def test_sections_with_a_name_are_parts_of_a_page(attributes: str, *, kept: bool) -> None:
    article = extract(
        f"<div><section{attributes}><p>{P1}</p><p>{P2}</p><p>{P3}</p></section>"
        f'<section{attributes}><p>天气预报</p><p>{NEWS}</p><p><a href="/1">明天的天气</a></p>'
        "<p>降温</p><p>大风</p><p>阵雨</p><p>多云转晴</p><p>气温回升</p><p>空气干燥</p>"
        "<p>注意防火</p><p>出行提示</p><p>体感偏冷</p></section></div>"
    )
    assert (NEWS in article.text) is kept
    assert P3 in article.text


def test_a_box_inside_that_goes_on_with_a_list_is_the_articles() -> None:
    items = [
        "借款合同和放款流水",
        "每一期的还款记录",
        "客服的答复和工号",
        "催收的短信和录音",
        "收入减少的证明",
        "家庭开支的清单",
        "医院的诊断证明",
    ]
    box = "".join(f"<p>{one}</p>" for one in items)
    article = extract(
        f"<div class=t><p>{P1}</p><p>{P2}</p><div class=more><p>要准备的材料如下：</p>{box}"
        f"<p>{P3}</p></div></div>"
    )
    assert [block.text for block in article.blocks][-9:] == ["要准备的材料如下：", *items, P3]
    beside = extract(
        f"<div class=t><p>{P1}</p><p>{P2}</p><div class=more><p>热门城市</p>"
        + "".join(f"<p>{one}分站</p>" for one in ("北京", "上海", "广州", "深圳", "杭州", "成都"))
        + "</div></div>"
    )
    assert "北京分站" not in beside.text


def test_a_line_that_says_advert_goes_amid_the_text() -> None:
    article = extract(f"<div><p>{P1}</p><div>广告</div><p>{P2}</p><p>看利率，别看广告。</p></div>")
    assert [block.text for block in article.blocks] == [P1, P2, "看利率，别看广告。"]


def test_links_that_say_what_the_page_does_go_whatever_they_name() -> None:
    row = "<p><a href=/n>返回最新消息</a> | <a href=/p>列印本頁內容</a></p>"
    article = extract(f"<div><p>{P1}</p><p>{P2}</p>{row}<p>返回的款项在三日内到账。</p></div>")
    assert article.text == f"{P1}\n{P2}\n返回的款项在三日内到账。"


def test_cards_above_the_text_go_though_a_title_reads_like_a_byline() -> None:
    cards = "".join(
        f"<section><a href='/{at}'><b>{title}</b></a><p>{text}...</p>"
        f"<small>{at}小时前 阅读 7{at}</small></section>"
        for at, (title, text) in enumerate(
            [
                ("央行出手了,征信报告将有变化", "银行会根据持卡人的用卡情况定期评估,想要提额可以"),
                ("记者暗访:校门口的免押金租机", "存款利率连续下调,不少储户把目光转向了国债和大额"),
                ("银行经理透露的三种人", "办理营业执照以后,可以申请针对小微企业的贷款,利率"),
                ("记者调查:多家公司股价下跌", "存款利率连续下调,两者各有特点,究竟哪一个更适合"),
            ],
            1,
        )
    )
    body = "".join(f"<p>{text}</p>" for text in (P1, P2, P3))
    article = extract(f"<h1>逾期怎么办</h1><div><div class='feed'>{cards}</div>{body}</div>")
    assert [block.text for block in article.blocks] == [P1, P2, P3]


def test_a_table_in_a_box_stays_though_only_items_follow() -> None:
    rows = "".join(
        f"<tr><td>{one}</td><td>{other}</td></tr>"
        for one, other in (("步骤", "经办"), ("交材料", "本人"), ("审核", "立案庭"))
    )
    article = extract(
        f"<h1>逾期怎么办</h1><div class='con'><p>{P1}</p><p>{P2}</p><h2>一、流程</h2>"
        f"<div class='wrap'><table>{rows}</table></div><h2>二、去哪里办</h2>"
        "<ul><li>诉讼服务中心</li><li>派出法庭</li></ul></div>"
    )

    assert [text for kind, text in kinds(article) if kind is BlockType.TABLE_ROW] == [
        "步骤 | 经办",
        "交材料 | 本人",
        "审核 | 立案庭",
    ]


def test_an_answer_follows_the_question_that_the_page_says_it_is_about() -> None:
    question = (
        "家里孩子上个月住院花了不少钱，白条欠的八千到期还不上，"
        "每天都有人打电话来说要到法院告我，请问逾期怎么办？"
    )
    answer = (
        "对方起诉的可能有，但一般不会马上起诉，通常先由内部催收，再委托外面的公司，最后才批量起诉。",
        "如果真的起诉，会经过以下几个环节：",
        "诉前调解，调解员会打电话给您",
        "立案，短信通知案号",
        "送达传票和起诉状副本",
        "您现在可以主动联系平台，说明困难是一时的，提出一个能够坚持的分期方案，多数在调解时就能解决。",
    )
    said = "<br><br>".join(answer)
    article = extract(
        f"<div class='q'><h1>逾期怎么办</h1><div class='says'>{question}</div></div>"
        f"<div class='best'><h4>最佳答案</h4><div class='text'>{said}</div></div>",
        head=f'<meta name="description" content="{question}">',
    )

    assert [text for _, text in kinds(article)] == [question, *answer]


def test_items_without_a_link_go_on_with_official_sites() -> None:
    titles = "".join(
        f"<p><a href='/a/{at}.html'>{one}</a></p>" for at, one in enumerate(FOREIGN * 2)
    )
    article = extract(
        f"<h1>逾期怎么办</h1><div><p>{P1}</p><p>{P2}</p><p>{P3}</p><h2>投诉渠道</h2><ul>"
        "<li><a href='https://www.12315.cn/'>全国12315平台</a></li>"
        "<li>微信搜索“12315”小程序</li><li>各市场监督管理所现场受理</li></ul>"
        f"<div><p>相关阅读</p>{titles}</div></div>"
    )

    assert [text for _, text in kinds(article)][-4:] == [
        "投诉渠道",
        "全国12315平台",
        "微信搜索“12315”小程序",
        "各市场监督管理所现场受理",
    ]


def test_a_heading_like_the_others_stays_above_bare_items() -> None:
    article = extract(
        f"<h1>逾期怎么办</h1><div><h2>先做什么</h2><p>{P1}</p><h2>怎样协商</h2><p>{P2}</p>"
        f"<h2>多久恢复</h2><p>{P3}</p><h2>信用卡分期怎么申请</h2><p>手里有活期存款</p>"
        "<p>下个月就有一笔确定的收入</p><p>已经有两笔以上在还</p></div>"
    )

    assert (BlockType.HEADING, "信用卡分期怎么申请") in kinds(article)
