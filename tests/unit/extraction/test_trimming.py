"""What surrounds an article goes; the article's own sentences with the same words stay."""

from __future__ import annotations

import pytest

from crawler.extraction.texts import prepare
from crawler.extraction.trimming import find_furniture
from crawler.linklists.line import Line
from crawler.model import RemovalReason
from crawler.pagewords import page_words

TEXT = (
    "老周去年冬天接到一个自称法院工作人员的电话，对方说他欠的两千块钱已经立案。",
    "他没有照着对方的话转账，而是把号码记下来，第二天去了区法院的立案大厅。",
)


def find(*lines: str) -> dict[int, RemovalReason]:
    return find_furniture(prepare([Line(one) for one in lines]), page_words())


@pytest.mark.parametrize("line", ["小编:admin 人气:9201", "管理员 围观 778", "律师小林　浏览：20"])
def test_a_name_with_a_counter_above_the_text_goes(line: str) -> None:
    assert find(line, *TEXT) == {0: RemovalReason.META_LINE}


@pytest.mark.parametrize(
    "line",
    [
        "值班编辑 王晓明  审读 何方",
        "编辑/钱多 校对/孙立",
        "责编｜林一、审核｜周全",
        "原标题：欠款两年，催收上门，法院这样判",
        "（原标题：欠款两年，催收上门，法院这样判）",
    ],
)
def test_credits_and_former_titles_go(line: str) -> None:
    assert find(*TEXT, line) == {2: RemovalReason.META_LINE}


@pytest.mark.parametrize(
    "line", ["编辑 王晓明 说他也收到过", "审核 资料", "审核 资料 再 放款", "编辑短信 退订"]
)
def test_what_only_begins_like_credits_stays(line: str) -> None:
    assert find(TEXT[0], line, TEXT[1]) == {}


def test_ways_to_report_are_no_notes_of_the_site() -> None:
    ways = ("举报方式：", "- 信函：市民中心1107室", "- 举报电话：0731-12345", "特此提示。")
    assert find(*TEXT, *ways) == {}
    assert find(*TEXT, "举报电话：0731-12345") == {2: RemovalReason.COPYRIGHT}


def test_an_items_number_is_no_count() -> None:
    steps = ("1. 打开医保平台的小程序", "2. 选参保地和年份", "3. 查看收支")

    assert find(*TEXT, *steps, TEXT[1]) == {}
    assert find("查看 3 人气 201", *TEXT) == {0: RemovalReason.META_LINE}


@pytest.mark.parametrize("line", ["第1页/共3页", "共 3 页", "2/5页", "#分期 #避坑 #App"])
def test_pages_and_tags_go(line: str) -> None:
    assert find(*TEXT, line) == {2: RemovalReason.NAVIGATION}


@pytest.mark.parametrize("line", ["第3页第5行写错了", "#1 先还哪一笔", "合同共3页，页页签字"])
def test_what_only_looks_like_pages_or_tags_stays(line: str) -> None:
    assert find(*TEXT, line, TEXT[1]) == {}


@pytest.mark.parametrize(
    "line", ["二、我行贷款办理渠道仅限于下列几种：", "我行贷款办理渠道仅限于下列几种："]
)
def test_what_announces_a_list_is_no_advert(line: str) -> None:
    assert find(TEXT[0], line, TEXT[1]) == {}


@pytest.mark.parametrize("line", ["人物：老李，四十二岁", "客服小王：工号9201", "违约金：120元"])
def test_a_label_without_a_counter_stays(line: str) -> None:
    assert find(line, *TEXT) == {}


@pytest.mark.parametrize(
    "line",
    [
        "只要扫描二维码下载一个App，再交百分之五，这笔钱就能退，已经有人被骗走两万。",
        "提交后会收到短信，也能在App和公众号里查到进度。",
        "电话12378、12363都是免费咨询,先问再做。",
        "对方拒不处理的，可以拨打举报电话，也可以写信向当地金融监管局反映。",
        "泄露借款人信息的，依法追究法律责任，借款人也可以要求及时删除。",
        "分享喜欢的方案",
        "打赏分享",
    ],
)
def test_a_last_sentence_that_says_something_stays(line: str) -> None:
    assert find(*TEXT, line) == {}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("更多精彩内容请关注微信公众号，扫码下载客户端。", RemovalReason.SHARE),
        ("扫描二维码下载客户端关注微信公众号。", RemovalReason.SHARE),
        ("本站部分文章来自网络，如有侵权请联系我们及时删除。", RemovalReason.COPYRIGHT),
        ("未经许可，任何媒体不得转载本网文章，否则追究法律责任。", RemovalReason.COPYRIGHT),
        ("违法和不良信息举报电话：010-0000", RemovalReason.COPYRIGHT),
    ],
)
def test_prompts_and_notes_of_the_site_go(line: str, reason: RemovalReason) -> None:
    assert find(*TEXT, line) == {2: reason}


@pytest.mark.parametrize(
    "line",
    [
        "广告 凭截图可享法务咨询五折",
        "免费领取债务优化方案，仅限前50名",
        "点击这里一对一评估您的债务",
        "推广：低息置换，最快当天放款",
    ],
)
def test_an_advert_alone_between_paragraphs_goes(line: str) -> None:
    assert find(TEXT[0], line, TEXT[1]) == {1: RemovalReason.SHARE}


@pytest.mark.parametrize(
    "line",
    [
        "小结：先算账，再签字",
        "协商的方案要写明期数",
        "骗子的广告词是：免费评估、当天出方案。",
        "广告费由谁承担",
        "免费领取方案 拨打400-6288-1127",
    ],
)
def test_a_short_line_of_the_article_stays(line: str) -> None:
    assert find(TEXT[0], line, TEXT[1]) == {}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("共有 12 条评论", RemovalReason.COMMENTS),
        ("共有产权房的申请条件", None),
        ("共有三类材料要交", None),
    ],
)
def test_a_number_of_comments_heads_them(line: str, reason: RemovalReason | None) -> None:
    assert find(*TEXT, line).get(2) is reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("遇到类似问题的，可添加微信号 dk88990012 免费咨询律师", RemovalReason.SHARE),
        ("遇到类似问题的，可拨打 010-66660000 免费咨询律师", None),
    ],
)
def test_a_name_in_a_messenger_is_no_number_to_call(
    line: str, reason: RemovalReason | None
) -> None:
    assert find(TEXT[0], line, TEXT[1]).get(1) is reason
