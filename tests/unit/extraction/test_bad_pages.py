"""Mutated pages: whatever the bytes, an outcome with bounded work and never an exception."""

from __future__ import annotations

from functools import partial

from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.extraction import extract_article
from crawler.extraction.parsing import mark_body
from crawler.model import Article, Page, Rejected
from tests.counting import count_lines

MOST_LINES, MOST_EACH = 50_000, 1_000  # of Python: for a page, and for each byte of it

PIECES = st.sampled_from(
    [
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<br>",
        "<ul><li>",
        "</ul>",
        "<ol start=x>",
        "<li value=>",
        "<table><tr><td>",
        "</td></tr>",
        "</table>",
        "<tr>",
        "<h2>",
        "</h1>",
        "<a href='http://['>",
        "</a>",
        "<a href=//x>",
        "<b>",
        "</span>",
        "<blockquote>",
        "<pre>\n\n",
        "</pre>",
        "<style>.a{",
        "display:none}</style>",
        "<p class=a hidden>",
        "<base href='::'>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<![CDATA[",
        "&#x0;",
        "&#xD800;",
        "\x00",
        "\u2028",
        "\ufeff",
        "<svg><p>",
        "<template>",
        "<frameset>",
        "<body>",
        "<html>",
        "<title>",
        "<meta charset=big5>",
        "逾期以后，应当先弄清楚自己欠了多少钱，再决定怎么办。",
        "相关内容：",
        "租手机全攻略",
        "2024-01-01 10:00",
        "1. ",
        "一、",
        "...",
        "来源：",
        "《民法典》",
        "版权所有",
        "网友评论",
        "http://www.example.cn/",
        # What lists of other pages are made of.
        "<li><a href=/1.html>网贷逾期怎么办</a>",
        "<a href=/2.html>催收上门合法吗</a><i>2024-05-06</i>",
        "<h3>相关文章</h3>",
        "上一篇：怎样协商还款",
        "更多>>",
        "阅读 1024",
    ]
)


# All that is left of the page is a day, above a heading.
ONLY_A_DAY = ["2024-01-01 10:00", "...", "<div>", "<a href='http://['>", "逾期以后，再决定怎么办。"]


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60), st.binary(max_size=12), st.integers(0, 400))
@example(ONLY_A_DAY, b"", 0)
def test_any_page_has_an_outcome(pieces: list[str], noise: bytes, at: int) -> None:
    body = "".join(pieces).encode("utf-8", "surrogatepass")
    body = body[:at] + noise + body[at:]
    page = Page("m.html", body, "http://www.example.cn/a")
    outcome = extract_article(page)  # tables are loaded once
    lines = count_lines(partial(extract_article, page))
    assert lines <= MOST_LINES + MOST_EACH * len(body)
    assert isinstance(outcome, (Article, Rejected))
    if isinstance(outcome, Article):
        assert outcome.blocks
        assert all("\n" not in block.text and block.text.strip() for block in outcome.blocks)


@settings(max_examples=50, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_any_dump_has_an_outcome(pieces: list[str]) -> None:
    body = "\n".join(pieces).encode("utf-8", "surrogatepass")
    assert isinstance(extract_article(Page("m.txt", body)), (Article, Rejected))


def test_the_end_of_a_comment_is_looked_for_once() -> None:
    # Going on behind each sign that could end a comment would search the rest for each again.
    assert mark_body("<!-- >" * 3 + "text") == "<!-- >" * 3 + "text<body>"
    assert mark_body("<!-- a > b --><p>text") == "<!-- a > b --><body><p>text"
