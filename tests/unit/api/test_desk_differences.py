"""What changed between two versions: the lines, and the words inside of them."""

from __future__ import annotations

import time

from api.desk.differences import Kind, compare


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


def test_long_texts_are_compared_in_reasonable_time() -> None:
    began = time.process_time()
    first = ["甲" * 30_000] + [f"行{number}" for number in range(3000)]
    second = ["乙" * 30_000] + [f"行{number + 1500}" for number in range(3000)]
    assert compare(first, second)
    assert time.process_time() - began < 5
