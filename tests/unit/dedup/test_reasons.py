"""The figures and reasons of verdicts, on texts in which no character comes twice."""

from __future__ import annotations

import pytest

from crawler.dedup import Fingerprint, Relation, Verdict, compare, find_fingerprint
from crawler.model import Mention

SAME, SIBLING, DIFFERENT = Relation.SAME, Relation.SIBLING, Relation.DIFFERENT


def shared(start: int, end: int) -> str:
    """Characters that both texts have."""
    return "".join(chr(0x5000 + at) for at in range(start, end))


def own(count: int, *, second: bool = False, start: int = 0) -> str:
    """Characters that one text has alone."""
    base = 0x7000 if second else 0x6000
    return "".join(chr(base + start + at) for at in range(count))


def print_of(text: str, about: tuple[str, ...] = (), name: str = "") -> Fingerprint:
    """The fingerprint of a text; 微粒贷 in it is the named lender."""
    at = text.find("微粒贷")
    mentions = [Mention(name, "微粒贷", at, at + 3)] if name else []
    return find_fingerprint("题目", text, mentions, about)


def verdict(first: str, second: str) -> Verdict:
    forth = compare(print_of(first), print_of(second))
    assert forth == compare(print_of(second), print_of(first))
    return forth


@pytest.mark.parametrize(
    ("size", "alone", "relation", "reason"),
    [
        pytest.param(880, 120, SAME, "resembles", id="whole"),
        pytest.param(430, 60, SAME, "resembles", id="sixty of its own"),
        pytest.param(430, 61, DIFFERENT, "shared_passages", id="a long stretch of its own"),
        pytest.param(62, 38, SAME, "contained", id="scattered"),
        pytest.param(61, 39, DIFFERENT, "shared_passages", id="less than scattered"),
        pytest.param(50, 50, DIFFERENT, "shared_passages", id="half"),
        pytest.param(49, 51, DIFFERENT, "other_text", id="less than half"),
    ],
)
def test_what_a_share_means(size: int, alone: int, relation: Relation, reason: str) -> None:
    found = verdict(shared(0, size) + own(alone), shared(0, size) + own(alone, second=True))
    assert (found.relation, found.reason) == (relation, reason)
    assert found.containment == pytest.approx(size / (size + alone))
    assert found.resemblance == pytest.approx(size / (size + 2 * alone))


def test_texts_with_little_in_common_are_not_aligned() -> None:
    found = verdict(shared(0, 30) + own(70), shared(0, 30) + own(70, second=True))
    assert (found.relation, found.reason) == (DIFFERENT, "other_text")
    assert found.containment == found.resemblance < 0.48
    nothing = verdict(shared(0, 30), own(30))
    assert (nothing.containment, nothing.resemblance) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        pytest.param(
            own(61) + shared(0, 430), own(61, second=True) + shared(0, 430), DIFFERENT, id="before"
        ),
        pytest.param(
            own(60) + shared(0, 430), own(60, second=True) + shared(0, 430), SAME, id="short before"
        ),
        pytest.param(
            shared(0, 200) + own(61) + shared(200, 430),
            shared(0, 200) + own(61, second=True) + shared(200, 430),
            DIFFERENT,
            id="between",
        ),
        pytest.param(
            shared(0, 430) + own(61),
            own(31, second=True) + shared(0, 430) + own(30, second=True, start=31),
            SAME,
            id="on one side alone",
        ),
        pytest.param(
            own(40) + shared(0, 430) + own(61, start=40),
            own(40, second=True) + shared(0, 430) + own(61, second=True, start=40),
            SAME,
            id="a small part",
        ),
        pytest.param(
            own(62) + shared(0, 900) + own(62, start=62),
            own(62, second=True) + shared(0, 900) + own(62, second=True, start=62),
            DIFFERENT,
            id="two stretches",
        ),
        pytest.param(
            own(50) + shared(0, 900) + own(74, start=50),
            own(50, second=True) + shared(0, 900) + own(74, second=True, start=50),
            SAME,
            id="one of two is long",
        ),
    ],
)
def test_long_stretches_of_own_content(first: str, second: str, relation: Relation) -> None:
    assert verdict(first, second).relation is relation


def test_a_part_is_the_same_and_said_to_be_contained() -> None:
    found = verdict(shared(0, 100), shared(0, 100) + own(100))
    assert found == Verdict(SAME, "contained", 1.0, 0.5)
    most = verdict(shared(0, 62), shared(0, 62) + own(38))
    assert most == Verdict(SAME, "resembles", 1.0, 0.62)


def test_order_of_passages_does_not_matter() -> None:
    found = verdict(shared(0, 50) + shared(60, 110), shared(60, 110) + shared(0, 50))
    assert found == Verdict(SAME, "resembles", 1.0, 1.0)


@pytest.mark.parametrize("start", range(6))  # either text may be the first by its digest
def test_what_is_replaced_counts_by_half(start: int) -> None:
    first = shared(0, 50) + own(10, start=start) + shared(50, 100)
    second = shared(0, 50) + own(6, second=True, start=start) + shared(50, 100)
    found = verdict(first, second)
    assert found.containment == pytest.approx(103 / 106)
    assert found.resemblance == pytest.approx(100 / 116)


@pytest.mark.parametrize("text", ["", "!。"])
def test_empty_articles_equal_nothing(text: str) -> None:
    expected = Verdict(DIFFERENT, "empty", 0.0, 0.0)
    assert verdict(text, shared(0, 90)) == expected
    assert verdict(text, "") == expected


def test_copies_about_other_lenders_are_siblings() -> None:
    text = shared(0, 100)
    found = compare(print_of(text, ("a",)), print_of(text, ("c", "b")))
    assert (found.relation, found.reason) == (SIBLING, "other_lender")
    (changed,) = found.changed
    assert {changed.first, changed.second} == {"a", "b c"}
    assert (found.containment, found.resemblance) == (1.0, 1.0)
    assert compare(print_of(text, ("a",)), print_of(text, ("a", "b"))).relation is SAME
    assert compare(print_of(text, ("a",)), print_of(text)).relation is SAME
    assert compare(print_of(text), print_of(text, ("a",))).relation is SAME


def test_a_lender_named_in_both_decides_before_what_they_are_about() -> None:
    text = shared(0, 60) + "微粒贷" + shared(60, 120)
    one, other = print_of(text, ("x",), "x"), print_of(text, ("y",), "x")
    assert compare(one, other).relation is SAME
    neither = compare(print_of(text, ("y",), "x"), print_of(text, ("z",), "x"))
    assert (neither.relation, neither.reason) == (SIBLING, "other_lender")
    assert {(one.first, one.second) for one in neither.changed} <= {("y", "z"), ("z", "y")}


def test_lenders_named_at_matching_places_are_told() -> None:
    text = shared(0, 60) + "微粒贷" + shared(60, 120)
    found = compare(print_of(text, (), "x"), print_of(text, (), "y"))
    assert (found.relation, found.reason) == (SIBLING, "other_lender")
    assert {(one.first, one.second) for one in found.changed} <= {("x", "y"), ("y", "x")}
    assert len(found.changed) == 1


def test_a_lender_named_first_of_all_is_told() -> None:
    text = "微粒贷" + shared(0, 120)
    found = compare(print_of(text, (), "x"), print_of(text, (), "y"))
    assert (found.relation, found.reason) == (SIBLING, "other_lender")


def test_a_text_equals_itself_wholly() -> None:
    assert verdict(shared(0, 90), shared(0, 90)) == Verdict(SAME, "identical", 1.0, 1.0)


def test_a_template_for_another_lender_needs_half_the_text() -> None:
    def made(size: int, alone: int, *, second: bool) -> Fingerprint:
        text = shared(0, 30) + "微粒贷" + shared(30, size) + own(alone, second=second)
        return print_of(text, (), "y" if second else "x")

    half = compare(made(59, 60, second=False), made(59, 60, second=True))
    assert half.relation is SIBLING
    less = compare(made(48, 60, second=False), made(48, 60, second=True))
    assert less.relation is DIFFERENT


def test_a_list_of_lenders_in_another_order_changes_nothing() -> None:
    def listed(names: str) -> Fingerprint:
        text, mentions = shared(0, 60), []
        for at, name in enumerate(names):
            text += shared(60 + 8 * at, 64 + 8 * at)
            mentions.append(Mention(name, "微粒贷", len(text), len(text) + 3))
            text += "微粒贷" + shared(64 + 8 * at, 68 + 8 * at)
        return find_fingerprint("题目", text, mentions, ())

    assert compare(listed("xy"), listed("xy")).reason == "identical"
    assert compare(listed("xy"), listed("xz")).reason == "other_lender"
    assert [one.first for one in compare(listed("xx"), listed("yy")).changed] in (["x"], ["y"])
