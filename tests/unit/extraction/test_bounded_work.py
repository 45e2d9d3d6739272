"""The work of reading a page grows with its length, whatever it is made of.

What is counted are executed lines of Python, so that the machine's load plays no part.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extraction import extract_article
from crawler.model import Article, Page, Rejected
from tests.counting import count_lines

TEXT = "收到催收电话以后，先核对对方的身份，再决定怎样协商。"
STATED = '<script type="application/ld+json">{"@type":"Article","headline":"~"}</script>'
BODY = f"<p>{TEXT}</p>" * 20
# Four times the page may take this many times the work; its square would take sixteen times.
MOST_GROWTH = 5.5


def _many(count: int, *pieces: str) -> str:
    return "".join(pieces[at % len(pieces)].replace("~", str(at)) for at in range(count))


SHAPES: dict[str, tuple[int, Callable[[int], str]]] = {
    "short lines in another script": (1100, lambda n: _many(n, "<li>short ~")),
    "headings of lists": (
        1500,
        lambda n: BODY + _many(n, "<h3>相关内容</h3>", "<a href=/~>网贷知识第~篇</a>"),
    ),
    "links": (1000, lambda n: BODY + _many(n, "<li><a href=/~>网贷知识第~篇</a></li>")),
    "white type deep inside": (
        250,
        lambda n: "<div>" * n + _many(n, "字<span style='color:white'>标</span>尾") + BODY,
    ),
    "rows of dates": (
        300,
        lambda n: f"{BODY}<table>{_many(n, '<tr><td>2024-01-05<td>2024-02-05')}</table>{BODY}",
    ),
    "names of who published": (
        300,
        lambda n: BODY + _many(n, "<div>发布：张三~</div>", "<p>甲</p>") + BODY,
    ),
    "stated titles": (
        300,
        lambda n: _many(n, STATED) + BODY,
    ),
    "meta elements": (
        500,
        lambda n: _many(n, "<meta property='og:title' content='标题~'>") + BODY,
    ),
    "dates": (500, lambda n: "<h1>怎样核对金额</h1>" + _many(n, "<p>2024-04-05 10:00</p>") + BODY),
    "dates deep inside": (
        200,
        lambda n: (
            "<div class=widget>" * n
            + "<h1>怎样核对金额</h1>"
            + _many(60, "<p class=hot>2024-04-05 10:00</p>")
            + BODY
        ),
    ),
    "announced items": (
        400,
        lambda n: BODY + _many(n, "<p>要做的两件事", "<p>网贷平台~", "<p>核对第~份材料") + BODY,
    ),
    "links by turns": (
        400,
        lambda n: (
            BODY
            + _many(n, "<a href=https://www.gov.cn/~>官网第~页</a><br>", "<a href=/~>网贷~</a><br>")
        ),
    ),
    "boxes": (400, lambda n: _many(n, f"<div class=c~><p>{TEXT}</p><p>{TEXT}</p></div>")),
    "tables": (400, lambda n: BODY + _many(n, "<table><tr><td>甲<td>乙<tr><td>1<td>2</table>")),
    "cards": (
        400,
        lambda n: (
            BODY
            + _many(n, "<div><a href=/~>网贷知识第~篇</a><p>摘要~...</p><i>2024-01-01</i></div>")
        ),
    ),
    "open links": (400, lambda n: _many(n, "<a href=x>标题文字") + BODY),
    "open bold type": (400, lambda n: "<p>" + _many(n, "<b>字") + BODY),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_with_the_page(shape: str) -> None:
    size, make = SHAPES[shape]
    extract_article(Page("warm.html", make(8).encode()))  # tables are loaded once
    once, fourfold = _count_lines(make(size)), _count_lines(make(4 * size))
    assert fourfold <= MOST_GROWTH * once


def _count_lines(markup: str) -> int:
    """How many lines of Python ran while the page was read."""
    page = Page("page.html", markup.encode(), "https://www.example.cn/a.html")
    outcomes: list[Article | Rejected] = []
    lines = count_lines(lambda: outcomes.append(extract_article(page)))
    assert isinstance(outcomes[0], Article | Rejected)
    return lines
