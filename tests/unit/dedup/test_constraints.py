"""Pages kept together and apart as people decided, whatever the order."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from crawler.dedup import Relation
from crawler.dedup.clusters import Edge, Member
from crawler.dedup.constraints import (
    Constraints,
    Join,
    Split,
    find_constrained_clusters,
    find_constraints,
)

SIZES = {"a": 9, "b": 7, "c": 5, "d": 3, "x": 4, "y": 2}
FAMILY = [Edge(one, other) for one in "abcd" for other in "abcd" if one < other]
OTHERS = [Edge("x", "y")]


def relate(first: str, second: str) -> Relation:
    return Relation.SAME if (first in "abcd") is (second in "abcd") else Relation.DIFFERENT


def clusters(
    decisions: Iterable[Split | Join],
    texts: dict[str, int] | None = None,
    edges: Iterable[Edge] = (*FAMILY, *OTHERS),
    keys: Iterable[str] = SIZES,
) -> list[str]:
    """The clusters as sorted words of their members' keys."""
    members = {key: Member(key, size=SIZES[key]) for key in keys}
    known = texts or {key: number for number, key in enumerate(members)}
    found = find_constrained_clusters(members, edges, relate, find_constraints(decisions), known)
    groups: dict[str, list[str]] = {}
    for key, lead in found.items():
        groups.setdefault(lead, []).append(key)
    return sorted("".join(sorted(group)) for group in groups.values())


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        pytest.param([], ["abcd", "xy"], id="none"),
        pytest.param([Split("a", ("b", "c", "d"))], ["a", "bcd", "xy"], id="split-largest"),
        pytest.param([Split("c", ("a", "b", "d"))], ["abd", "c", "xy"], id="split-middle"),
        pytest.param([Split("c", ("a",))], ["abd", "c", "xy"], id="split-from-one"),
        pytest.param([Split("c", ("x",))], ["abcd", "xy"], id="split-from-a-stranger"),
        pytest.param([Join("x", "a", ("b", "c", "d"))], ["abcdx", "y"], id="join-one"),
        pytest.param([Join("a", "y", ("x",))], ["axy", "bcd"], id="join-the-largest"),
        pytest.param([Join("x", "a", ()), Join("a", "x", ())], ["axy", "bcd"], id="circle"),
        pytest.param(
            [Join("x", "a", ("b", "c", "d")), Join("y", "b", ("a", "c", "d", "x"))],
            ["abcdxy"],
            id="join-both",
        ),
        pytest.param(
            [Join("x", "a", ("b", "c", "d")), Split("a", ("b", "c", "d", "x"))],
            ["a", "bcdx", "y"],
            id="guests-stay-when-their-host-is-split-off",
        ),
        pytest.param(
            [Join("y", "c", ("a", "b", "d")), Join("c", "x", ())],
            ["abd", "cxy"],
            id="guests-go-where-their-host-goes",
        ),
        pytest.param(
            [Split("c", ("a", "b", "d")), Join("c", "b", ("a", "d"))],
            ["abcd", "xy"],
            id="join-takes-split-back",
        ),
        pytest.param(
            [Join("x", "a", ("b", "c", "d")), Split("x", ("a", "b", "c", "d"))],
            ["abcd", "xy"],
            id="split-takes-join-back",
        ),
        pytest.param(
            [Split("c", ("a", "b", "d")), Join("c", "x", ("y",))],
            ["abd", "cxy"],
            id="split-then-join-elsewhere",
        ),
        pytest.param(
            [Split("c", ("a", "b", "d")), Split("d", ("a", "b"))],
            ["ab", "c", "d", "xy"],
            id="two-splits",
        ),
    ],
)
def test_what_people_decided_outweighs_the_verdicts(
    decisions: list[Split | Join], expected: list[str]
) -> None:
    assert clusters(decisions) == expected


def test_a_copy_of_a_split_page_goes_with_it() -> None:
    split = [Split("c", ("a", "b"))]
    alike = {"a": 1, "b": 2, "c": 3, "d": 3}
    assert clusters(split, alike, keys="abcd") == ["ab", "cd"]
    other = alike | {"d": 4}
    assert clusters(split, other, keys="abcd") == ["abd", "c"]


def test_a_copy_of_a_joined_page_goes_with_it() -> None:
    joined = [Join("x", "a", ("b", "c", "d"))]
    alike = {key: number for number, key in enumerate(SIZES)}
    assert clusters(joined, alike | {"y": alike["x"]}) == ["abcdxy"]
    assert clusters(joined, alike) == ["abcdx", "y"]


def test_a_page_split_from_its_own_copy_stands_alone() -> None:
    assert clusters([Split("c", ("a", "b", "d"))], dict.fromkeys("abcd", 1), keys="abcd") == [
        "abd",
        "c",
    ]


def test_the_pairs_found_do_not_decide() -> None:
    """After grouping anew a copy may have more pairs than when it arrived."""
    split = [Split("c", ("a", "b"))]
    alike = {"a": 1, "b": 2, "c": 3, "d": 3}
    few = [Edge("a", "b"), Edge("a", "c"), Edge("b", "c"), Edge("c", "d")]
    assert clusters(split, alike, few, "abcd") == clusters(split, alike, FAMILY, "abcd")


def test_the_order_does_not_matter() -> None:
    decisions = [Split("c", ("a", "b", "d")), Join("x", "a", ("b", "d"))]
    constraints = find_constraints(decisions)
    expected = None
    shuffler = random.Random(7)  # noqa: S311 - not for secrets
    keys, edges = list(SIZES), [*FAMILY, *OTHERS]
    for _ in range(8):
        shuffler.shuffle(keys)
        shuffler.shuffle(edges)
        members = {key: Member(key, size=SIZES[key]) for key in keys}
        texts = {key: SIZES[key] for key in keys}
        found = find_constrained_clusters(members, edges, relate, constraints, texts)
        assert expected is None or found == expected
        expected = found


def test_without_decisions_nothing_is_asked_for() -> None:
    assert find_constraints([]) == Constraints()
