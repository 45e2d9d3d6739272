"""What changed between two versions: the lines, and the words inside of them."""

from __future__ import annotations

from itertools import repeat

import pytest

from api.desk.differences import Effort, Kind, compare
from tests.counting import count_lines


def test_nothing_changed_gives_nothing() -> None:
    assert compare(["一", "二"], ["一", "二"]) == []


def test_a_changed_line_tells_what_changed_inside_of_it() -> None:
    old, new = compare(["利率 24% 以内"], ["利率 20% 以内"])
    assert (Kind.DROPPED, "4") in old.parts
    assert (Kind.ADDED, "0") in new.parts
    assert "".join(text for _, text in new.parts) == "利率 20% 以内"


def test_lines_far_from_a_change_are_counted_and_not_shown() -> None:
    lines = [f"第{number}行" for number in range(20)]
    found = compare(lines, [*lines, "新的一行"])
    assert [one.kind for one in found] == [Kind.SKIPPED, Kind.SAME, Kind.SAME, Kind.ADDED]
    assert found[0].count == 18


def test_dropped_and_added_lines_are_told_apart() -> None:
    found = compare(["一", "二", "三"], ["一", "三", "四"])
    assert [(one.kind, one.parts[0][1]) for one in found] == [
        (Kind.SAME, "一"),
        (Kind.DROPPED, "二"),
        (Kind.SAME, "三"),
        (Kind.ADDED, "四"),
    ]


def test_what_stays_around_a_change_stands_once() -> None:
    old, new = compare(["先核对金额再还款"], ["先核对合同再还款"])
    assert old.parts == ((Kind.SAME, "先核对"), (Kind.DROPPED, "金额"), (Kind.SAME, "再还款"))
    assert new.parts == ((Kind.SAME, "先核对"), (Kind.ADDED, "合同"), (Kind.SAME, "再还款"))


def test_what_costs_too_much_is_told_as_a_whole() -> None:
    found = compare(["甲乙丙", "同"], ["乙丙丁", "同"], Effort(8))
    assert [(one.kind, one.parts[0]) for one in found] == [
        (Kind.DROPPED, (Kind.DROPPED, "甲乙丙")),
        (Kind.ADDED, (Kind.ADDED, "乙丙丁")),
        (Kind.SAME, (Kind.SAME, "同")),
    ]
    lines = [f"第{number}行" for number in range(30)]
    shown = compare(lines, lines[::-1], Effort(8))
    assert [one.kind for one in shown] == [*repeat(Kind.DROPPED, 30), *repeat(Kind.ADDED, 30)]


LETTERS = "".join(map(chr, range(0x4E00, 0x4F00)))
HOSTILE = {
    "one letter": (["甲" * 300 + "乙"] * 20, ["丙" + "甲" * 300] * 20),
    "letters by turns": ([LETTERS] * 20, ["丙".join(LETTERS[::2])] * 20),
    "two kinds of lines": (["甲", "乙"] * 300, ["乙", "甲"] * 300),
    "lines by turns": (list(LETTERS) * 3, list("丙".join(LETTERS[::2])) * 3),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_work_is_bounded_for_any_two_texts(kind: str) -> None:
    before, after = HOSTILE[kind]
    most = 10_000
    size = sum(map(len, (*before, *after)))
    assert count_lines(lambda: compare(before, after, Effort(most))) < 2 * (most + size)
