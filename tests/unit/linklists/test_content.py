"""Bare lines between two headings of the article that look alike."""

from __future__ import annotations

import pytest

from crawler.extraction import extract_article
from crawler.model import Article, Page

STEPS = [
    "先收百分之十五的服务费",
    "让你交出手机卡和账户密码",
    "编造疾病诊断和失业证明",
    "出了事把责任全部推给你",
]
TITLES = [
    "贷款被拒的五大原因",
    "公积金贷款额度计算",
    "首付比例最新政策",
    "等额本息和等额本金哪个好",
]


def read(items: list[str], form: str, heading: str, behind: str = "") -> str:
    listed = "".join(
        form.format(number=number, item=item) for number, item in enumerate(items, start=1)
    )
    body = (
        "<p>老人每月的养老金是生活来源，儿子欠下的钱却让家里不得安宁。</p>"
        "<h3>先说清楚</h3><p>父母没有替还的义务，签过字、当过共同借款人的除外。</p>"
        f"<h3>{heading}</h3><div>{listed}</div>{behind}"
        "<h3>自己能办的事</h3><p>本人到窗口说明情况，是免费而且可靠的方式。</p>"
    )
    page = f"<html><title>养老金会被扣吗</title><body><h1>养老金会被扣吗</h1>{body}</body></html>"
    outcome = extract_article(Page("https://a.example/x", page.encode()))
    assert isinstance(outcome, Article)
    return outcome.text


FORMS = ["<p>{number}、{item}</p>", "<p>（{number}）{item}</p>", "<p>• {item}</p>", "<p>{item}</p>"]


@pytest.mark.parametrize("form", FORMS)
def test_what_alone_stands_below_a_heading_is_its_content(form: str) -> None:
    text = read(STEPS, form, "中介的路数")
    assert [item for item in STEPS if item not in text] == []


def test_a_list_of_other_pages_may_stand_behind_it() -> None:
    titles = "".join(f'<p><a href="/{at}">{title}</a></p>' for at, title in enumerate(TITLES))
    text = read(STEPS, FORMS[0], "中介的路数", f"<p>同类咨询</p>{titles}")
    assert STEPS[0] in text
    assert TITLES[0] not in text


def test_titles_below_a_heading_of_such_lists_go() -> None:
    text = read(TITLES, FORMS[3], "相关推荐")
    assert [title for title in TITLES if title in text] == []
