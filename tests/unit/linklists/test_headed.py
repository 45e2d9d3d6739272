"""Rows of titles and questions without answers go below a heading of such lists, and only there."""

from __future__ import annotations

import pytest
from rule_words import WORDS

from crawler.linklists.context import Context
from crawler.linklists.headed import find_headed
from crawler.linklists.line import Line
from crawler.model import BlockType, Link
from crawler.pagewords import bare_lines

HEAD = Line("相关文章")
TITLE, OTHER = "苹果手机回收价格", "二手车过户手续费"


def row(*cells: str, links: tuple[Link, ...] = ()) -> Line:
    return Line(" | ".join(cells), BlockType.TABLE_ROW, links)


ROWS = [row(TITLE, OTHER)] * 2
ASKED = [Line(f"问：{TITLE}怎么算？"), Line("3位律师解答"), Line(f"问：{OTHER}多少？")]
WIDE = "字" * 60


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        pytest.param([HEAD, *ROWS], [1, 2], id="rows"),
        pytest.param([HEAD, ROWS[0]], [], id="one row"),
        pytest.param([Line("收费标准"), *ROWS], [], id="another heading"),
        pytest.param([HEAD, *[row("苹果手机", "5%")] * 2], [], id="short cells"),
        pytest.param([HEAD, *[row(TITLE + "，", WIDE)] * 2], [1, 2], id="sixty signs"),
        pytest.param([HEAD, *[row(TITLE, WIDE + "字")] * 2], [], id="longer"),
        pytest.param([HEAD, *[row(TITLE, "先说明原因再提交。")] * 2], [], id="sentences"),
        pytest.param([HEAD, *[row(TITLE, links=(Link("甲", "/1"),))] * 2], [], id="links"),
        pytest.param([HEAD, *ROWS, Line("总之要先算清欠款。")], [1, 2], id="text behind"),
        pytest.param([HEAD, *ASKED], [1, 2, 3], id="questions"),
        pytest.param([HEAD, ASKED[1], *ASKED], [], id="a counter first"),
        pytest.param([HEAD, ASKED[0], Line("答：按合同算。"), ASKED[2]], [], id="an answer"),
        pytest.param(
            [HEAD, ASKED[0], Line("已有3位持证律师作出了解答，点开看"), ASKED[2]],
            [],
            id="no counter",
        ),
        pytest.param([Line("问答"), *ASKED], [], id="questions without a heading"),
    ],
)
def test_find_headed(lines: list[Line], found: list[int]) -> None:
    _, bared = bare_lines([line.text for line in lines])
    assert find_headed(lines, Context(WORDS, bared, frozenset(), "x.cn", 0, {})) == found
