"""How plain-text dumps are taken apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crawler.extraction.dump import read_dump
from crawler.model import BlockType

DUMP = """催收电话太频繁怎么办

发布时间:2024-04-05 11:45:25

先记下每次通话的时间。

一、记录什么

  1. 来电号码与时间
  • 对方自称的机构

(二)向谁反映

催收电话太频繁怎么办

相关内容:
分期买手机划算吗
    贷款
    2024-07-30
返回顶部
"""


def test_title_and_date() -> None:
    dump = read_dump(DUMP)
    assert (dump.title, dump.published) == ("催收电话太频繁怎么办", date(2024, 4, 5))


def test_every_line_below_is_a_block_in_order() -> None:
    lines = [line.strip() for line in DUMP.splitlines() if line.strip()]
    assert [block.text for block in read_dump(DUMP).blocks] == lines[2:]


def test_block_types() -> None:
    types = {block.text: block.type for block in read_dump(DUMP).blocks}
    assert types["一、记录什么"] is BlockType.HEADING
    assert types["1. 来电号码与时间"] is BlockType.LIST_ITEM
    assert types["• 对方自称的机构"] is BlockType.LIST_ITEM
    assert types["先记下每次通话的时间。"] is BlockType.PARAGRAPH


@pytest.mark.parametrize(
    "line", ["一、这是完整的一句话。", "3.5万元的本金", "12306是铁路客服", "第一次收到函件"]
)
def test_near_misses_are_paragraphs(line: str) -> None:
    assert read_dump(f"标题\n{line}\n").blocks[0].type is BlockType.PARAGRAPH


def test_indents_run_parallel() -> None:
    dump = read_dump(DUMP)
    indents = dict(zip((block.text for block in dump.blocks), dump.indents, strict=True))
    assert (indents["2024-07-30"], indents["贷款"], indents["返回顶部"]) == (4, 4, 0)


@pytest.mark.parametrize(
    "line",
    [
        "2021年1月1日起施行的办法作了规定。",
        "2023年3月12日,小陈接到电话。",
        "分期服务2024年4月5日正式上线",
    ],
)
def test_first_body_line_with_a_date_is_no_date_line(line: str) -> None:
    assert read_dump(f"标题\n{line}\n正文。").blocks[0].text == line


def test_dates_in_the_list_are_not_the_page_date() -> None:
    assert read_dump(DUMP.replace("发布时间:2024-04-05 11:45:25\n", "")).published is None


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
def test_nothing_gives_nothing(text: str) -> None:
    dump = read_dump(text)
    assert (dump.title, dump.published, dump.blocks) == (None, None, ())


def test_long_first_line_is_body() -> None:
    assert read_dump("收到函件以后要先核对金额。" * 9).title is None


@pytest.mark.shared
def test_the_four_seed_dumps(shared_folder: Path) -> None:
    found = {
        path.name[:3]: read_dump(path.read_text("utf-8"))
        for path in sorted((shared_folder / "seeds").glob("*.txt"))
    }
    assert {key: dump.published for key, dump in found.items()} == {
        "000": date(2024, 4, 5),
        "001": None,
        "002": date(2024, 4, 6),
        "003": date(2024, 4, 6),
    }
    assert found["001"].title == "小额贷款上门催收:合法与否?如何保障自身权益?"
    assert all(dump.title and len(dump.blocks) > 40 for dump in found.values())


@pytest.mark.parametrize(
    "crumbs",
    [
        "首页 > 网贷 > 正文",
        "当前位置：首页>网贷",
        "您的位置: 首页 » 网贷 »",
        "首页 › 网贷\n网贷 > 正文",
    ],
)
def test_what_says_where_the_page_stands_is_no_title(crumbs: str) -> None:
    dump = read_dump(f"{crumbs}\n{DUMP}")
    assert (dump.title, dump.published) == ("催收电话太频繁怎么办", date(2024, 4, 5))
    assert dump.meta == (*crumbs.split("\n"), "发布时间:2024-04-05 11:45:25")


def test_a_title_with_an_arrow_is_one() -> None:
    assert read_dump("逾期 > 90天，会怎样？\n先记下。").title == "逾期 > 90天，会怎样？"
    assert read_dump("首页 > 网贷").title == "首页 > 网贷"
