"""A notice keeps the lines that say who signed it, and when."""

from __future__ import annotations

import pytest

from crawler.extraction import extract_article
from crawler.model import Article, Page

TEXT = (
    "为了方便客户提前结清，本公司自下月起把试算单改为在线出具，纸质试算单仍可到柜面领取。",
    "试算单列明剩余本金、当期利息和违约金，客户对任何一项有疑问都可以要求书面解释。",
    "调整以前已经出具的试算单继续有效，由此给您带来的不便敬请谅解。",
)
NAME, DAY = "某某小额贷款有限公司", "2024年3月8日"
LIST = "".join(
    f'<li><a href="/{at}.html">{title}</a></li>'
    for at, title in enumerate(
        ["小赢卡贷会上门吗", "车抵贷怎么办理", "榕树贷款正规吗", "养卡技巧大全"]
    )
)


def read(title: str, *signed: str) -> list[str]:
    body = "".join(f"<p>{one}</p>" for one in (*TEXT, *signed))
    html = (
        f"<title>{title}</title><body><h1>{title}</h1><div class='content'>{body}</div>"
        f"<h3>相关文章</h3><ul>{LIST}</ul></body>"
    )
    outcome = extract_article(Page("p.html", html.encode(), None, "text/html; charset=utf-8"))
    assert isinstance(outcome, Article)
    texts = [block.text for block in outcome.blocks]
    assert texts[: len(TEXT)] == [*TEXT]
    return texts[len(TEXT) :]


@pytest.mark.parametrize(
    "signed",
    [
        pytest.param([NAME, DAY], id="a name and a day"),
        pytest.param([NAME], id="a name"),
        pytest.param([DAY], id="a day"),
        pytest.param(["某某银行", "某某银行信用卡中心", "二〇二四年三月八日"], id="two names"),
    ],
)
def test_the_signature_of_a_notice_stays(signed: list[str]) -> None:
    assert read("关于调整试算单出具方式的公告", *signed) == signed


def test_a_name_with_the_day_below_it_stays_anywhere() -> None:
    assert read("试算单怎样领取", NAME, DAY) == [NAME, DAY]


@pytest.mark.parametrize(
    "line", [DAY, f"发布时间：{DAY}", f"{DAY} 来源：{NAME}"], ids=["alone", "labelled", "a source"]
)
def test_the_day_below_another_text_is_of_the_page(line: str) -> None:
    assert read("试算单怎样领取", line) == []
