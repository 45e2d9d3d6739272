"""Site text at the edges of an article goes, and what the article says there itself stays."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import pytest
from train_edges import EdgeLine, fit, load_lines

from crawler.extraction import extract_article
from crawler.extraction.edges import BIAS, WEIGHTS
from crawler.model import Article, Page

# Shares of the site's lines that go. Reached when written: .96, .90, .65. Of the own lines two go:
# a sentence that begins with 免责声明, and one of what a publisher is liable for.
FLOORS = {"tuning": 0.95, "checking": 0.89, "unseen": 0.6}
MOST_TAKEN = {"tuning": 1, "checking": 1, "unseen": 0}
# Articles that topics are learnt from are examples of own lines, and grow; that moves weights less.
NEAR = 0.35

_BODY = (
    "借款到期以后还不上，先把每一笔的本金、利息和费用列成一张表。",
    "对方打来电话时问清姓名和单位，把通话的时间与内容逐条记下。",
    "需要延期的，写一封说明收入情况的信，和收入证明一起寄过去。",
    "收到传票的，在十五天内交答辩状，把已经还过的钱算给法官看。",
)


def make_page(line: EdgeLine) -> Page:
    """A page with the line above or below its text."""
    tag, _, name = line.tag.partition(".")
    shown = f'<{tag} class="{name}">' if name else f"<{tag}>"
    shown += f"{escape(line.text)}</{tag}>"
    above, below = (shown, "") if line.above else ("", shown)
    inside, beside = ("", below) if name == "apart" else (below, "")
    text = "".join(f"<p>{one}</p>" for one in _BODY)
    return Page(
        "page.html",
        f"<html><head><title>还不上钱的时候先做什么</title></head><body><div class='main'>"
        f"<h1>还不上钱的时候先做什么</h1><div class='content'>{above}{text}{inside}</div>{beside}"
        f"</div></body></html>".encode(),
    )


def is_kept(line: EdgeLine) -> bool:
    """Whether the article of its page has the line; the rest must be whole either way."""
    outcome = extract_article(make_page(line))
    assert isinstance(outcome, Article), line
    texts = [block.text for block in outcome.blocks]
    assert [text for text in texts if text in _BODY] == list(_BODY), line
    return any(text not in _BODY for text in texts)


@pytest.mark.parametrize("half", sorted(FLOORS))
def test_site_lines_go(half: str) -> None:
    lines = [one for one in load_lines(half) if one.site]
    kept = [one.text for one in lines if is_kept(one)]
    assert 1 - len(kept) / len(lines) >= FLOORS[half], kept


@pytest.mark.parametrize("half", sorted(MOST_TAKEN))
def test_own_lines_stay(half: str) -> None:
    taken = [one.text for one in load_lines(half) if not one.site and not is_kept(one)]
    assert len(taken) <= MOST_TAKEN[half], taken


def test_the_weights_are_those_fitted() -> None:
    weights, bias = fit()
    assert (*weights, bias) == pytest.approx((*WEIGHTS, BIAS), abs=NEAR)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("免费咨询热线400-800-1357,或点击右下角在线客服,获取专属方案。", True),
        ("如需法律帮助，欢迎拨打本站律师咨询热线0571-8888-2210。", True),
        ("新闻线索请拨打本报热线 028-86612345，一经采用即付稿酬。", False),
    ],
)
def test_a_number_to_call_goes_with_words_about_rights_alone(text: str, *, kept: bool) -> None:
    assert is_kept(EdgeLine(text, "p", above=False, site=not kept)) is kept


def test_a_label_goes_with_the_line_below_it() -> None:
    page = make_page(EdgeLine("图文源自网络，侵删", "p", above=False, site=True))
    page = replace(
        page, body=page.body.replace("<p>图文".encode(), "<p>内容来源</p><p>图文".encode())
    )
    outcome = extract_article(page)
    assert isinstance(outcome, Article)
    assert [block.text for block in outcome.blocks] == list(_BODY)


def test_a_list_is_the_sites_as_a_whole_or_the_articles() -> None:
    items = ("截屏保存聊天记录", "收藏夹里的链接也截下来", "打开录音功能", "右上角三个点，选“投诉”")
    page = make_page(EdgeLine("准备好以后，在应用里提交", "p", above=False, site=False))
    body = "".join(f"<p>{item}</p>" for item in items)
    page = replace(page, body=page.body.replace(b"</div></div>", f"{body}</div></div>".encode()))
    outcome = extract_article(page)
    assert isinstance(outcome, Article)
    assert [block.text for block in outcome.blocks][-4:] == list(items)
