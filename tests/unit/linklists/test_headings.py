"""Headings of lists of other pages go with their lists, and stay above what stays."""

from __future__ import annotations

import pytest
from rule_words import WORDS

from crawler.linklists import Line, find_link_lists
from crawler.model import BlockType, Link, RemovalReason

TEXT = Line("逾期以后先算清账目，再同平台谈分期还款。")
HEADING = Line("相关文章", BlockType.HEADING)


def link(text: str, url: str) -> Line:
    return Line(text, links=(Link(text, url),), link_size=len(text), shape="li>a")


OFFICIAL = [link(f"{sign}部的网站", f"https://{at}.gov.cn/") for at, sign in enumerate("甲乙丙")]
OTHERS = [link(f"{sign}地网贷攻略", f"https://own.example/{sign}") for sign in "甲乙丙丁"]


@pytest.mark.parametrize(
    ("lines", "gone"),
    [
        pytest.param([TEXT, HEADING, *OFFICIAL], [], id="official links at the end"),
        pytest.param([TEXT, HEADING, *OFFICIAL, TEXT], [], id="amid the text"),
        pytest.param([TEXT, HEADING, *OTHERS, TEXT], [1, 2, 3, 4, 5], id="other links"),
        pytest.param([TEXT, HEADING, TEXT], [1], id="above nothing"),
        pytest.param(
            [TEXT, HEADING, *OFFICIAL, HEADING, *OTHERS], [5, 6, 7, 8, 9], id="a list of each"
        ),
        pytest.param(
            [TEXT, HEADING._replace(text="延伸：友情链接"), *OFFICIAL], [1, 2, 3, 4], id="friends"
        ),
    ],
)
def test_a_heading_above_links_to_official_sites(lines: list[Line], gone: list[int]) -> None:
    found = find_link_lists(lines, "逾期怎么谈", WORDS, host="own.example")
    assert sorted(found) == gone
    heads = [at for at in gone if lines[at].type is BlockType.HEADING]
    assert all(found[at] is RemovalReason.LIST_HEADING for at in heads)
