"""Own lists told by their length: as many items as the title, or the text above, says."""

from __future__ import annotations

import pytest

from crawler.linklists import Line, find_link_lists
from crawler.model import BlockType, Link
from crawler.pagewords import page_words

OPENING = "市金融纠纷调解中心今天公开了去年办结的纠纷,每一件都已经回访过当事人。"
NOTICE = "案情和处理经过将按月在中心的公告栏刊出。"
CLOSING = "当事人如果对处理结果有意见,可以在十五日内向中心书面提出,中心会另派两名调解员复核。"
CASES = (
    "网贷服务费未告知退还案",
    "信用卡年费减免纠纷案",
    "车贷提前结清违约金案",
    "学生误签分期合同案",
    "催收短信误发邻居案",
    "花呗账单重复扣款案",
)


def numbered(count: int = len(CASES)) -> list[Line]:
    return [Line(f"{at}. {text}", BlockType.LIST_ITEM) for at, text in enumerate(CASES[:count], 1)]


def lost(lines: list[Line], title: str) -> list[str]:
    return [lines[at].text for at in find_link_lists(lines, title, page_words())]


@pytest.mark.parametrize("title", ["去年六大消费纠纷公布", "6件消费纠纷案公布", "六起消費糾紛公布"])
def test_items_as_many_as_the_title_says_stay(title: str) -> None:
    lines = [Line(OPENING), Line(NOTICE), *numbered(), Line(CLOSING)]

    assert not lost(lines, title)


def test_items_as_many_as_the_text_above_says_stay() -> None:
    opening = "市金融纠纷调解中心今天从去年办结的纠纷中选出三件。" + NOTICE
    lines = [Line(opening), *numbered(3), Line(CLOSING)]

    assert not lost(lines, "调解中心公布消费纠纷")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        pytest.param(
            "去年七大消费纠纷公布",
            [Line(OPENING), Line(NOTICE), *numbered(), Line(CLOSING)],
            id="another number",
        ),
        pytest.param(
            "去年第六件消费纠纷公布",
            [Line(OPENING), Line(NOTICE), *numbered(), Line(CLOSING)],
            id="an ordinal",
        ),
        pytest.param(
            "去年六大消费纠纷公布",
            [Line(OPENING), Line(NOTICE), Line("热门文章排行"), *numbered(), Line(CLOSING)],
            id="below a heading of such lists",
        ),
        pytest.param(
            "去年六大消费纠纷公布",
            [Line(OPENING), Line(NOTICE), Line(CLOSING), *numbered()],
            id="behind all text",
        ),
        pytest.param(
            "去年六大消费纠纷公布",
            [
                Line(OPENING),
                Line(NOTICE),
                *(
                    line._replace(
                        links=(Link(line.text, "/1.html"),), link_size=len(line.text), shape="li"
                    )
                    for line in numbered()
                ),
                Line(CLOSING),
            ],
            id="links",
        ),
    ],
)
def test_others_go_as_before(title: str, lines: list[Line]) -> None:
    assert set(lost(lines, title)) >= {line.text for line in numbered()}
