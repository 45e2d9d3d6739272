"""A list whose items the text below takes up one after another is the article's own."""

from __future__ import annotations

import time

import pytest
from rule_words import WORDS

from crawler.linklists import Line, find_link_lists
from crawler.linklists.context import Context
from crawler.linklists.taken import FEWEST_TAKEN, LINES_BELOW, are_taken_up
from crawler.pagewords import bare_lines

ITEMS = ["冻结工资攻略", "利息上限攻略", "换号失联攻略", "低保划走攻略"]
ANSWERS = [
    "关于冻结，只有法院可以。",
    "说到利息，超过的不认。",
    "要是换号，告诉平台一声。",
    "至于低保，一般不划。",
]


def taken(items: list[str], below: list[str], last: int | None = None) -> bool:
    lines = [Line(text) for text in (*items, *below)]
    bared = bare_lines([line.text for line in lines])[1]
    end = len(lines) - 1 if last is None else last
    context = Context(WORDS, bared, frozenset(), None, end, {})
    return are_taken_up(lines, range(len(items)), len(items), context)


@pytest.mark.parametrize(
    ("items", "below", "answer"),
    [
        pytest.param(ITEMS, ANSWERS, True, id="each in order"),
        pytest.param(ITEMS, [ANSWERS[0], "先看别的。", *ANSWERS[1:]], True, id="more between"),
        pytest.param(ITEMS, ANSWERS[::-1], False, id="in another order"),
        pytest.param(ITEMS, ANSWERS[:3], True, id="three of four"),
        pytest.param(ITEMS, ANSWERS[:2], False, id="two of four"),
        pytest.param(ITEMS[:3], ANSWERS[:3], True, id="fewest"),
        pytest.param(ITEMS[:2], ANSWERS[:2], False, id="two items"),
        pytest.param(ITEMS, ["".join(ANSWERS)], False, id="one line takes up one"),
        pytest.param(ITEMS, [one.rstrip("。") for one in ANSWERS], False, id="no sentences"),
        pytest.param(
            ITEMS, ["这里" * 8 + one for one in ANSWERS], False, id="not at the beginning"
        ),
        pytest.param(ITEMS, ["攻略在这里。"] * 4, False, id="a mark of titles"),
        pytest.param(
            [f"{one}的网贷" for one in ITEMS], ["网贷。"] * 4, False, id="in several items"
        ),
        pytest.param(ITEMS, ["别的话。"] * LINES_BELOW + ANSWERS, False, id="too far below"),
    ],
)
def test_are_taken_up(items: list[str], below: list[str], *, answer: bool) -> None:
    assert taken(items, below) is answer


def test_nothing_is_taken_up_behind_the_last_text() -> None:
    assert FEWEST_TAKEN == 3
    assert not taken(ITEMS, ANSWERS, last=3)


def test_questions_that_the_text_answers_stay_and_others_go() -> None:
    above = Line("周末来了六十多位居民，都是来问欠款的。")
    own = [Line(text) for text in ITEMS]
    assert not find_link_lists([above, *own, *map(Line, ANSWERS)], None, WORDS)
    others = [Line(f"{sign}地租房攻略") for sign in "子丑寅卯"]
    assert list(find_link_lists([above, *others, *map(Line, ANSWERS)], None, WORDS)) == [1, 2, 3, 4]


def test_long_pages_take_little_time() -> None:
    start = time.process_time()
    taken([f"第{at}个问题怎么办攻略" for at in range(2000)], ["别的事情。"] * 2000)
    assert time.process_time() - start < 1.0
