"""Which short lines look like the headings of an article's own parts."""

from __future__ import annotations

import pytest
from rule_words import WORDS

from crawler.linklists import Line, find_link_lists
from crawler.linklists.own_headings import find_styles, style_of
from crawler.model import BlockType, RemovalReason

SIGNS = "甲乙丙丁戊己庚辛壬癸"
TEXT = [
    Line("逾期以后先算清账目，再同平台谈分期还款。"),
    Line("合同和流水都要留好，谈的时候用得上。"),
    Line("每个月能还多少要先算，答应了就要做到。"),
]
TITLES = [Line(f"{SIGNS[at]}地{SIGNS[at + 1]}物网贷攻略") for at in range(5)]
HEAD = Line("谈的时候")


def judged(lines: list[Line]) -> dict[int, RemovalReason]:
    return find_link_lists(lines, "逾期怎么谈", WORDS)


def test_short_lines_between_sentences_are_headings() -> None:
    item = Line("合同", BlockType.LIST_ITEM)
    lines = [HEAD, TEXT[0], HEAD, TEXT[1], item, TEXT[2], HEAD, HEAD]
    assert find_styles(lines, {}) == {style_of(HEAD): 1}
    assert not find_styles(lines, {2: RemovalReason.LINK_LIST})


@pytest.mark.parametrize(
    ("heading", "stays"),
    [
        pytest.param(Line("谈分期之前"), True, id="spoken of"),
        pytest.param(Line("谈分期的攻略"), False, id="with a mark of titles"),
        pytest.param(Line("天边的大雁"), False, id="strange"),
    ],
)
def test_a_heading_before_titles_below_it(heading: Line, *, stays: bool) -> None:
    lines = [TEXT[0], HEAD, TEXT[1], heading, *TITLES, TEXT[2]]
    assert set(judged(lines)) == set(range(4 if stays else 3, 9))


@pytest.mark.parametrize(
    ("heading", "stays"),
    [
        pytest.param(Line("算清推荐", BlockType.HEADING), True, id="spoken of"),
        pytest.param(Line("同城推荐", BlockType.HEADING), False, id="strange"),
        pytest.param(Line("算清推荐"), False, id="looks otherwise"),
        pytest.param(Line("算清雁群天边", shape="b"), False, id="in another element"),
        pytest.param(Line("先算清账目", shape="b"), True, id="in another element, spoken of"),
    ],
)
def test_a_heading_stays_above_a_list_where_it_looks_like_others(
    heading: Line, *, stays: bool
) -> None:
    own = Line("谈的时候", BlockType.HEADING)
    lines = [TEXT[0], own, TEXT[1], heading, *TITLES, TEXT[2]]
    assert (3 not in judged(lines)) is stays
