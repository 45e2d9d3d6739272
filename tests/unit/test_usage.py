from __future__ import annotations

from functools import partial

import pytest
from vectors.loading import unmark

from crawler.mentions import MentionFinder
from crawler.mentions.line import Line
from crawler.mentions.names import compile_names
from crawler.mentions.usage import Usage, find_signs
from crawler.seeds import load_references
from crawler.vocabulary import UsageWeights
from tests.counting import count_lines

NAMES = {one.surface: one for one in compile_names(load_references().lexicon)}


def signs(marked: str) -> set[str]:
    """The signs of the name in brackets; quotation marks around it are the writer's own."""
    left, surface, right = marked.replace("]", "[").split("[")
    before = len(left.rstrip('"'))
    after = len(left + surface) + len(right) - len(right.lstrip('"'))
    line = Line(left + surface + right, len(left), len(left + surface), before, after)
    return set(find_signs(line, NAMES[surface]))


@pytest.mark.parametrize(
    ("marked", "some"),
    [
        ("我欠[还呗]三千", {"n还呗", "l欠", "l我欠", "l^我欠", "x还呗欠", "z欠0", "c我欠"}),
        ("[还呗]逾期", {"l^", "r逾", "r逾期", "r逾期^", "y还呗逾", "s", "c逾期"}),
        ("那就[还呗]", {"r^", "e", "k1"}),
        ('用"[金条]"周转', {"q", "m", "l用", "r周", "r周转"}),
        ("借过12345元,[还呗]一万二", {"r0", "r0^", "l,", "s"}),
    ],
    ids=["beside", "start", "end", "quotes", "numbers"],
)
def test_signs_around_a_name(marked: str, some: set[str]) -> None:
    assert some <= signs(marked)


def test_another_clause_is_no_sign() -> None:
    found = signs("逾期了,我用[还呗],催收来了")
    assert "c我用" in found
    assert found.isdisjoint({"c逾期", "c催收", "c期了"})


def test_each_sign_counts_once() -> None:
    usage = Usage(UsageWeights(-5, {"c逾期": 7, "l^": 1}))
    line = Line("还呗逾期逾期", 0, 2, 0, 2)
    assert usage.steps(line, NAMES["还呗"]) == -5 + 7 + 1
    assert Usage(UsageWeights()).steps(line, NAMES["还呗"]) == 0


def test_a_name_that_ends_amid_consumers_is_none() -> None:
    finder = MentionFinder(load_references().lexicon)
    assert not finder.find_mentions("问我这个海尔消费者对冰箱满不满意，我的网贷逾期了。", "还款")
    assert finder.find_mentions("海尔消费的网贷逾期了。", "还款")


@pytest.mark.parametrize(
    ("marked", "beside"),
    [
        ("⟦极速贷⟧逾期二十天，支行打电话来了。", "这类极速贷年化都超过三十六。"),
        ("⟦急用钱⟧客服说逾期一天收三十。", "急用钱的时候谁还看逾期一天收三十。"),
    ],
)
def test_a_kind_of_loan_is_told_by_the_signs_too(marked: str, beside: str) -> None:
    finder = MentionFinder(load_references().lexicon)
    text, spans = unmark(marked)
    assert [(one.start, one.end) for one in finder.find_mentions(text, "还款")] == spans
    assert not finder.find_mentions(beside, "还款")


@pytest.mark.parametrize(
    ("text", "end"), [("有钱花", ""), ("还呗一", ""), ('"', "白条"), ("月付1234567890", "")]
)
def test_a_hostile_line_takes_no_quadratic_time(text: str, end: str) -> None:
    finder = MentionFinder(load_references().lexicon)
    finder.find_mentions(text + end)  # tables are loaded once
    once, fourfold = (
        count_lines(partial(finder.find_mentions, text * size + end)) for size in (1000, 4000)
    )
    assert fourfold <= 5 * once
