"""Lists some lines of which are links go as one; own items beside links stay."""

from __future__ import annotations

import pytest

from crawler.linklists import find_link_lists
from crawler.linklists.line import Line
from crawler.model import Link
from crawler.pagewords import page_words

TEXT = Line("逾期以后先把账目算清，再同平台谈分期还款，谈成了要一份书面的方案。", shape="div>p")


def bare(text: str) -> Line:
    return Line(text, shape="div>p")


def link(text: str, url: str = "/a/1.html") -> Line:
    return Line(text, links=(Link(text, url),), link_size=len(text), shape="div>p>a")


MIXED = [
    bare("花呗怎么提前还款"),
    link("网贷起诉后多久开庭"),
    bare("苹果手机免押租赁平台"),
    link("信用卡逾期减免申请"),
]


@pytest.mark.parametrize("below", [[TEXT], []], ids=["amid the text", "behind it"])
def test_links_and_bare_titles_go_as_one(below: list[Line]) -> None:
    found = find_link_lists([TEXT, *MIXED, *below], "逾期怎么谈", page_words())
    assert sorted(found) == [1, 2, 3, 4]


def test_own_items_right_above_stay() -> None:
    own = [bare("户口本的首页和本人页"), bare("记下对方的工号"), bare("不要当场签字")]
    found = find_link_lists([TEXT, *own, *MIXED, TEXT], "逾期怎么谈", page_words())
    assert sorted(found) == [4, 5, 6, 7]


def test_links_to_official_sites_among_bare_names_stay() -> None:
    channels = [
        bare("户籍地的派出所"),
        link("国家信访局", "https://www.gjxfj.gov.cn/"),
        bare("街道的调解室"),
        link("中国人民银行", "https://www.pbc.gov.cn/"),
    ]
    assert find_link_lists([TEXT, *channels, TEXT], "逾期怎么谈", page_words()) == {}
