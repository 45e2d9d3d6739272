"""Where the words of several bare lines tell by themselves whose titles they are."""

from __future__ import annotations

import pytest
from rule_words import WORDS

from crawler.linklists import Line
from crawler.linklists.context import Context, grams_of
from crawler.linklists.told import are_told
from crawler.model import BlockType

TEXT = "先算清账目再谈分期"
MARKED = "甲乙丙丁攻略"
HEAD, SENTENCE = Line("先算账目", BlockType.HEADING), Line(TEXT + "。")


def told(
    values: list[float],
    *,
    above: Line = SENTENCE,
    text: str = "甲乙丙丁",
    behind: bool = False,
) -> bool:
    lines = [above, *(Line(text) for _ in values), SENTENCE]
    last = 0 if behind else len(values) + 1
    context = Context(WORDS, [line.text for line in lines], grams_of(TEXT), None, last, {})
    context.likeness.update(enumerate(values, 1))
    return are_told(lines, range(1, len(values) + 1), context)


@pytest.mark.parametrize(
    ("values", "answer"),
    [
        pytest.param([0.6, 0.6], True, id="two likely"),
        pytest.param([0.5, 0.5], False, id="two as likely as not"),
        pytest.param([9.0], False, id="one"),
        pytest.param([3.0, -0.9], True, id="one of two less likely"),
        pytest.param([3.0, -1.0], False, id="one of two unlikely"),
        pytest.param([2.0, 2.0, -1.1], False, id="one of three unlikely"),
        pytest.param([3.0, 3.0, 3.0, -5.0], True, id="one of four unlikely"),
    ],
)
def test_the_mean_tells_and_each_of_a_few(values: list[float], *, answer: bool) -> None:
    assert told(values) is answer


def test_what_the_article_says_throughout_is_its_own() -> None:
    assert not told([1.0, 1.0], text=TEXT)


def test_questions_take_more() -> None:
    assert not told([1.5] * 3, text="甲乙丙丁？")
    assert told([1.6] * 3, text="甲乙丙丁？")


@pytest.mark.parametrize(
    ("above", "values", "answer"),
    [
        pytest.param(HEAD, [-0.9] * 3, True, id="strange ones"),
        pytest.param(HEAD, [-1.0] * 3, False, id="unlikely ones"),
        pytest.param(Line("包括账目", BlockType.HEADING), [-0.9] * 3, False, id="names a list"),
        pytest.param(Line(TEXT + "。"), [-1.9] * 3, False, id="no heading"),
        pytest.param(Line("账目包括："), [9.0] * 3, False, id="a colon"),
        pytest.param(Line("逐条先算账目。"), [1.5] * 3, False, id="a sentence announces them"),
        pytest.param(Line("逐条先算账目。"), [1.6] * 3, True, id="very likely ones"),
    ],
)
def test_below_a_heading_less_is_enough(above: Line, values: list[float], *, answer: bool) -> None:
    assert told(values, above=above, text=MARKED) is answer


def test_amid_the_text_lines_without_marks_below_a_heading_are_its_own() -> None:
    assert not told([-0.9] * 3, above=HEAD)
    assert told([-0.9] * 3, above=HEAD, behind=True)
