"""Lists of other pages around an article are told from menus, footers and single links."""

from __future__ import annotations

import pytest

from crawler.linklists.around import find_lists_around
from crawler.linklists.line import Line
from crawler.model import Link, RemovalReason

LIST, CARDS = RemovalReason.LINK_LIST, RemovalReason.CARDS
TITLE = "网贷协商还款要注意什么"


def link(text: str = TITLE, *, shape: str = "li", hidden: bool = False) -> Line:
    return Line(text, links=(Link(text, "/a"),), link_size=len(text), shape=shape, hidden=hidden)


def bare(text: str = TITLE, *, shape: str = "p", boilerplate: bool = False) -> Line:
    return Line(text, shape=shape, boilerplate=boilerplate)


EXCERPT = bare("许多人都在问这件事到底应该怎样办理，看完你就明白了...", shape="div.x")
DAY = bare("2024-03-05", shape="span")
CARD = [link(), EXCERPT, DAY]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        pytest.param([link()] * 3, {0: LIST, 1: LIST, 2: LIST}, id="three links"),
        pytest.param([link()] * 2, {}, id="two links"),
        pytest.param([link("关于我们")] * 5, {}, id="a menu"),
        pytest.param([link("八个字的一个标题")] * 3, {0: LIST, 1: LIST, 2: LIST}, id="eight signs"),
        pytest.param([link("七个字的一标题")] * 3, {}, id="seven signs"),
        pytest.param(
            [link("首页"), link("法律"), *[link()] * 3, link("更多")],
            {2: LIST, 3: LIST, 4: LIST},
            id="a list beside a menu",
        ),
        pytest.param(
            [*[link()] * 3, bare("热点推荐"), *[link()] * 3],
            {**dict.fromkeys(range(7), LIST), 3: RemovalReason.LIST_HEADING},
            id="two lists",
        ),
        pytest.param([link(hidden=True)] * 3, {}, id="hidden"),
        pytest.param([bare("我有着深深思念的人，却相隔在远乡。")] * 6, {}, id="verses"),
        pytest.param(CARD * 3, dict.fromkeys(range(9), CARDS), id="cards"),
        pytest.param(
            [link(), *[EXCERPT] * 3, link(), *[EXCERPT] * 3, link()],
            dict.fromkeys(range(9), CARDS),
            id="cards of four lines",
        ),
        pytest.param(
            [link(), *[EXCERPT] * 4, link(), *[EXCERPT] * 4, link()], {}, id="too far apart"
        ),
        pytest.param([bare()] * 5, dict.fromkeys(range(5), LIST), id="five bare titles"),
        pytest.param([bare()] * 4, {}, id="four bare titles"),
        pytest.param([bare("字" * 61)] * 5, {}, id="paragraphs"),
        pytest.param([bare("地址：人民路")] * 5, {}, id="scraps"),
        pytest.param([bare(boilerplate=True)] * 5, {}, id="a footer"),
        pytest.param([*[bare()] * 4, bare(shape="div")], {}, id="of two shapes"),
        pytest.param(
            [*[bare()] * 5, *[link()] * 3], dict.fromkeys(range(8), LIST), id="bare, then linked"
        ),
        pytest.param(
            [*[link()] * 3, *[bare()] * 5], dict.fromkeys(range(8), LIST), id="linked, then bare"
        ),
    ],
)
def test_lists_around(lines: list[Line], found: dict[int, RemovalReason]) -> None:
    assert dict(find_lists_around(lines, 0, len(lines))) == found


def test_only_lines_between_the_bounds_are_looked_at() -> None:
    lines = [link()] * 9
    assert [at for at, _ in find_lists_around(lines, 2, 6)] == [2, 3, 4, 5]
    assert find_lists_around(lines, 4, 4) == []
