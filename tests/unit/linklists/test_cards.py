"""Cards are stretches of lines whose shapes repeat, each with a title."""

from __future__ import annotations

import pytest

from crawler.linklists.cards import find_cards, find_teasers
from crawler.linklists.line import Line
from crawler.linklists.runs import Run
from crawler.model import Link


def title(shape: str = "h4", text: str = "苹果手机回收") -> Line:
    return Line(text, links=(Link(text, "/1"),), link_size=len(text), shape=shape)


EXCERPT = Line("本文为您介绍办理的条件和注意的事项，希望有所帮助", shape="p")
WHOLE = Line("本文为您介绍办理的条件和注意的事项，希望有所帮助。", shape="p")
CUT = Line("本文为您介绍办理的条件和注意的事项，希望有所…", shape="p")
ENDLESS = Line("本文为您介绍办理的条件和注意的事项，希望对正在犹豫的您有所帮助", shape="p")
DATE = Line("2024-05-06", shape="span")
READ = Line("2024-05-06 阅读 7014", shape="span")
PLAIN_DATE, PLAIN_BARE = Line("2024-05-06"), Line("苹果手机回收")
PLAIN_TEXT = Line("这是文章自己的一句话，后面还有。")
KIND = Line("贷款", shape="i")
BARE = Line("苹果手机回收", shape="h4")
LONGER = Line("苹果手机回收价", shape="h4")
TEXT = Line("这是文章自己的一句话，后面还有。", shape="text")


def cards(start: int, end: int, *entries: int) -> list[Run]:
    return [Run(start, end, entries, cards=True)]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        pytest.param([title(), EXCERPT] * 3, cards(0, 6, 0, 2, 4), id="three"),
        pytest.param([title(), EXCERPT] * 2, [], id="two are too few"),
        pytest.param([title(), EXCERPT] * 5, cards(0, 10, 0, 2, 4, 6, 8), id="five"),
        pytest.param([TEXT, *[title(), EXCERPT] * 3, TEXT], cards(1, 7, 1, 3, 5), id="amid text"),
        pytest.param([title()] * 6, [], id="one shape is no pattern"),
        pytest.param([WHOLE, BARE] * 3, [], id="no links and no dates"),
        pytest.param([BARE, CUT] * 3, cards(0, 6, 0, 2, 4), id="excerpts that were cut off"),
        pytest.param([BARE, ENDLESS] * 3, cards(0, 6, 0, 2, 4), id="excerpts without an end"),
        pytest.param(
            [BARE, WHOLE, *[BARE, CUT] * 2],
            cards(0, 6, 0, 2, 4),
            id="two of three excerpts are cut",
        ),
        pytest.param([*[BARE, WHOLE] * 2, BARE, CUT], [], id="one of three"),
        pytest.param([BARE, DATE] * 3, cards(0, 6, 0, 2, 4), id="bare titles with dates"),
        pytest.param([DATE, BARE] * 3, cards(0, 6, 1, 3, 5), id="dates first"),
        pytest.param([BARE, EXCERPT, DATE] * 3, cards(0, 9, 0, 3, 6), id="bare, excerpt, date"),
        pytest.param([BARE, WHOLE, READ] * 3, cards(0, 9, 0, 3, 6), id="a day with a counter"),
        pytest.param(
            [PLAIN_DATE, *[PLAIN_BARE, PLAIN_TEXT, PLAIN_DATE] * 3, PLAIN_TEXT, PLAIN_TEXT],
            cards(0, 10, 1, 4, 7),
            id="text in the place of a title and an excerpt",
        ),
        pytest.param(
            [title(), EXCERPT, DATE, Line("贷款", shape="i"), DATE, Line("阅读", shape="b")] * 3,
            cards(0, 18, 0, 6, 12),
            id="six lines",
        ),
        pytest.param(
            [title(), *(Line("贷款", shape=one) for one in "abcdef")] * 3, [], id="seven lines"
        ),
        pytest.param(
            [title(), Line("字" * 160, shape="p")] * 3, cards(0, 6, 0, 2, 4), id="long excerpt"
        ),
        pytest.param([title(), Line("字" * 161, shape="p")] * 3, [], id="too long an excerpt"),
        pytest.param([title(), EXCERPT] * 3 + [title()], cards(0, 7, 0, 2, 4), id="title left"),
        pytest.param(
            [title(), EXCERPT] * 3 + [title(), TEXT], cards(0, 7, 0, 2, 4), id="title before text"
        ),
        pytest.param(
            [LONGER, DATE] * 3 + [LONGER], cards(0, 6, 0, 2, 4), id="a bare title is not left over"
        ),
        pytest.param(
            [Line("短题目", shape="h4"), DATE] * 3 + [Line("短题目", shape="h4")],
            cards(0, 7, 0, 2, 4),
            id="a short one is",
        ),
        pytest.param([DATE, *[title(), DATE] * 3], cards(0, 7, 1, 3, 5), id="from the date on"),
        pytest.param(
            [KIND, DATE, *[title(), KIND, DATE] * 3], cards(0, 11, 2, 5, 8), id="from two scraps on"
        ),
        pytest.param(
            [DATE, DATE, *[title(), KIND, DATE] * 3], cards(1, 11, 2, 5, 8), id="one scrap fits"
        ),
        pytest.param(
            [Line("这是文章自己的最后一句。", shape="span"), *[title(), DATE] * 3],
            cards(1, 7, 1, 3, 5),
            id="a long line before stays",
        ),
        pytest.param(
            [LONGER, title("p")] * 3 + [LONGER], cards(0, 7, 1, 3, 5), id="linked titles behind"
        ),
        pytest.param(
            [title(), EXCERPT] * 3 + [title(), Line("字" * 161, shape="p")],
            cards(0, 8, 0, 2, 4),
            id="the last one is long",
        ),
        pytest.param(
            [title(), EXCERPT] * 3 + [TEXT] + [title("h3"), EXCERPT] * 3,
            cards(0, 6, 0, 2, 4) + cards(7, 13, 7, 9, 11),
            id="two lists",
        ),
    ],
)
def test_find_cards(lines: list[Line], found: list[Run]) -> None:
    assert find_cards(lines) == found


def test_no_lines_hold_no_cards() -> None:
    assert find_cards([]) == []


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        pytest.param([TEXT, BARE, CUT, BARE, CUT, TEXT], [1, 2, 3, 4], id="two pairs"),
        pytest.param([TEXT, BARE, CUT, TEXT], [], id="one"),
        pytest.param([TEXT, BARE, CUT, BARE, WHOLE, BARE, TEXT], [], id="one of two is whole"),
        pytest.param([BARE, CUT, Line("先这样做；", shape=BARE.shape), CUT], [], id="an item"),
    ],
)
def test_two_titles_with_texts_that_were_cut_off_are_cards(
    lines: list[Line], found: list[int]
) -> None:
    assert find_teasers(lines) == found
