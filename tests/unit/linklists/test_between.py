"""Which titles go because the lines of a list around them went."""

from __future__ import annotations

import pytest
from rule_words import WORDS

from crawler.linklists.between import FEWEST_GONE, LONGEST_END, LONGEST_STRETCH, find_between
from crawler.linklists.context import Context, grams_of
from crawler.linklists.line import Line
from crawler.model import RemovalReason
from crawler.pagewords import bare

BODY = "逾期以后先算清账目再同平台谈分期还款材料要备齐"
STRANGE = "丙地丁物怎样挑选"
MARKED = "逾期分期还款攻略"
OWN = "先算清账目再谈"


def taken(texts: list[str], gone: set[int], linked: set[int] = frozenset()) -> list[int]:
    lines = [
        Line(text, shape="div.>p.>a", link_size=len(text))
        if at in linked
        else Line(text, shape="div.>p.")
        for at, text in enumerate(texts)
    ]
    found = dict.fromkeys(sorted(gone), RemovalReason.LINK_LIST)
    bared = [bare(text) for text in texts]
    return find_between(lines, Context(WORDS, bared, grams_of(BODY), None, len(lines), found))


@pytest.mark.parametrize(
    ("text", "goes"),
    [
        pytest.param(STRANGE, True, id="of other things"),
        pytest.param(MARKED, True, id="with a mark of titles"),
        pytest.param(OWN, False, id="of the article"),
    ],
)
def test_a_bare_title_between_links_goes(text: str, *, goes: bool) -> None:
    texts = ["甲地乙物多少钱", text, "丙地丁物多少钱"]
    assert taken(texts, {0, 2}, {0, 2}) == ([1] if goes else [])


def test_without_links_beside_it_a_title_needs_a_mark() -> None:
    assert taken(["甲", STRANGE, "乙"], {0, 2}) == []
    assert taken(["甲", MARKED, "乙"], {0, 2}) == [1]


def test_what_looks_otherwise_stays() -> None:
    lines = [Line("甲", shape="li."), Line(STRANGE, shape="p."), Line("乙", shape="li.")]
    found = dict.fromkeys((0, 2), RemovalReason.LINK_LIST)
    bared = [bare(line.text) for line in lines]
    assert find_between(lines, Context(WORDS, bared, grams_of(BODY), None, 3, found)) == []


def test_a_sentence_keeps_what_stands_beside_it() -> None:
    assert taken(["甲", MARKED, "先算清账目，再谈分期。", "乙"], {0, 3}) == []


@pytest.mark.parametrize("size", [LONGEST_STRETCH, LONGEST_STRETCH + 1])
def test_long_stretches_are_no_gaps(size: int) -> None:
    texts = ["甲", *[MARKED] * size, "乙"]
    expected = list(range(1, size + 1)) if size <= LONGEST_STRETCH else []
    assert taken(texts, {0, size + 1}) == expected


@pytest.mark.parametrize(
    ("gone", "behind", "goes"),
    [
        pytest.param(FEWEST_GONE, ["丙地丁物攻略"], True, id="one"),
        pytest.param(FEWEST_GONE - 1, ["丙地丁物攻略"], False, id="behind too few"),
        pytest.param(FEWEST_GONE, [STRANGE], False, id="no mark"),
        pytest.param(FEWEST_GONE, [MARKED], False, id="of the article"),
        pytest.param(FEWEST_GONE, ["丙地丁物攻略"] * (LONGEST_END + 1), False, id="too many"),
    ],
)
def test_the_end_of_a_list_goes_with_it(gone: int, behind: list[str], *, goes: bool) -> None:
    expected = [gone] if goes else []
    assert taken(["甲"] * gone + behind, set(range(gone))) == expected
