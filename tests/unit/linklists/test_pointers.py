"""Lines that point to one other page go; those that lead to official sites stay."""

from __future__ import annotations

import pytest
from rule_words import WORDS

from crawler.linklists.context import Context
from crawler.linklists.line import Line
from crawler.linklists.pointers import find_pointers, find_tagged
from crawler.model import Link
from crawler.pagewords import bare_lines


def pointer(before: str, title: str, url: str = "/1.html") -> Line:
    """A line with a link behind its heading."""
    return Line(before + title, links=(Link(title, url),), link_size=len(title))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param(pointer("相关文章：", "甲乙丙丁"), True, id="colon"),
        pytest.param(pointer("相关文章→", "甲乙丙丁"), True, id="arrow"),
        pytest.param(pointer("【相关文章】", "甲乙丙丁"), True, id="brackets"),
        pytest.param(pointer("相关文章", "甲乙丙丁"), False, id="no seam"),
        pytest.param(pointer("别的文章：", "甲乙丙丁"), False, id="another word"),
        pytest.param(pointer("相关文章：甲乙", "丙丁"), False, id="half a link"),
        pytest.param(pointer("相关文章：", "甲乙。丙丁"), False, id="sentence"),
        pytest.param(pointer("相关文章：", "字" * 60), True, id="sixty signs"),
        pytest.param(pointer("相关文章：", "字" * 61), False, id="longer"),
        pytest.param(pointer("相关文章：", "甲乙", "https://a.gov.cn/"), False, id="official"),
        pytest.param(Line("相关文章：甲乙攻略"), True, id="bare with a mark"),
        pytest.param(Line("相关文章：甲乙丙丁"), False, id="bare without"),
        pytest.param(Line("相关文章：" + "字" * 9), True, id="bare without, nine letters"),
        pytest.param(Line("相关文章：" + "字" * 8), False, id="bare without, eight letters"),
        pytest.param(Line("另外，点击查看：甲乙攻略"), True, id="asks to look"),
        pytest.param(Line(">>更多:甲乙攻略"), True, id="more"),
        pytest.param(Line("相关文章：" + "、".join(["字" * 20] * 4)), True, id="several"),
        pytest.param(Line("相关文章：" + "，".join(["字" * 20] * 4)), False, id="clauses"),
        pytest.param(Line("需要时查看：甲乙攻略"), False, id="says to look"),
        pytest.param(Line("相关文章：《甲乙攻略》"), False, id="a work's name"),
        pytest.param(Line("相关文章："), False, id="nothing behind"),
    ],
)
def test_find_pointers(line: Line, *, found: bool) -> None:
    context = Context(WORDS, bare_lines([line.text])[1], frozenset(), "x.cn", 0, {})
    assert find_pointers([line], context) == [0] * found


@pytest.mark.parametrize(
    ("gone", "found"), [({0, 1, 2}, [0, 1, 2, 3]), ({0, 1}, []), ({1, 2, 3, 4}, [0, 1, 2, 3])]
)
def test_tagged_lines_go_when_most_of_them_do(gone: set[int], found: list[int]) -> None:
    lines = [Line("【推荐】甲乙攻略")] * 4 + [Line("这是一句话。")]
    assert find_tagged(lines, gone) == found


def test_three_tagged_lines_are_no_list() -> None:
    assert find_tagged([Line("【推荐】甲乙攻略")] * 3, {0, 1}) == []
