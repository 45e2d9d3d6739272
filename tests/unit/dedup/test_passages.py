"""Which lines two articles share."""

from __future__ import annotations

import pytest

from crawler.dedup.passages import count_differences
from crawler.model import Article, Block, BlockType, CuratedArticle, Page

LINES = (
    "收到上门的短信,先问清楚机构有没有派人,派的是哪家公司。",
    "上门的人应当有两名以上,没有证件可以不开门,隔着门说话。",
    "对方辱骂或者堵门的,马上报警,并且录音录像留存。",
)
EXTRA = "本站编辑补充:投诉可以拨打金融消费者投诉热线,说明时间和经过。"


def page(*lines: str) -> CuratedArticle:
    """A curated article of these lines."""
    blocks = tuple(Block(BlockType.PARAGRAPH, line) for line in lines)
    article = Article(None, "utf-8", "上门怎么办", None, None, None, blocks)
    return CuratedArticle(Page("a.html", b""), article)


@pytest.mark.parametrize(
    ("copy", "differences"),
    [
        pytest.param(LINES, (0, 0), id="copy"),
        pytest.param(LINES[::-1], (0, 0), id="reordered"),
        pytest.param((*LINES, EXTRA), (1, 0), id="more"),
        pytest.param(LINES[:2], (0, 1), id="less"),
        pytest.param((LINES[0], EXTRA), (1, 2), id="both"),
        pytest.param((LINES[0].replace("机构", "平台"), *LINES[1:]), (0, 0), id="one-word"),
    ],
)
def test_differences_are_counted_by_line(
    copy: tuple[str, ...], differences: tuple[int, int]
) -> None:
    assert count_differences(page(*LINES), page(*copy)) == differences
