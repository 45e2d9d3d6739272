"""Rows of dates and numbers in an article's tables, beside tables that tell of the page."""

from __future__ import annotations

import pytest

from crawler.extraction import extract_article
from crawler.model import Article, Page

PAGE = (
    "<html><title>对账的办法</title><body><h1>对账的办法</h1><p>明明还了十八期，应用里只显示十六期，"
    "先拿到完整的流水，再逐条对照。</p><p>把每一期写成一行，差异就看得见。</p>{}"
    "<p>把差异逐条列出来，对方就不容易含糊其辞。</p></body></html>"
)


def read(rows: list[tuple[str, ...]]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    table = f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
    outcome = extract_article(Page("https://a.example/x", PAGE.format(table).encode()))
    assert isinstance(outcome, Article)
    return outcome.text


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("期数", "应还日", "实际扣款日", "差异"),
            ("第6期", "6月10日", "6月12日", "迟扣两天"),
            ("第9期", "9月10日", "9月10日", "无"),
            ("第13期", "1月10日", "无记录", "漏记"),
        ],
        [
            ("期次", "还款日", "金额"),
            ("1", "2024-01-10", "1050"),
            ("2", "2024-02-10", "1050"),
            ("3", "2024-03-10", "1050"),
        ],
        [
            ("日期", "发生的事"),
            ("2024年3月1日", "签约"),
            ("2024年6月1日", "逾期"),
            ("2024年9月1日", "起诉"),
        ],
        [("项目", "标准"), ("复印", "1元"), ("快递", "12元"), ("2024年起", "50")],
    ],
)
def test_rows_of_dates_stay_in_a_table(rows: list[tuple[str, ...]]) -> None:
    text = read(rows)
    assert [row for row in rows if " | ".join(row) not in text] == []


def test_rows_with_labels_are_about_the_page() -> None:
    text = read(
        [("分类：", "金融;通知"), ("成文日期：", "2024年1月27日"), ("发布日期：", "2024年1月28日")]
    )
    assert "1月28日" not in text
