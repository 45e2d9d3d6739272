"""A list whose items the text below takes up one after another is the article's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rule_words import WORDS

from crawler.linklists import Line, find_link_lists
from crawler.linklists.context import Context
from crawler.linklists.taken import LINES_BELOW, find_named, find_taken
from crawler.model import Link
from crawler.pagewords import bare_lines, page_words
from tests.counting import count_lines

ITEMS = ["冻结工资攻略", "利息上限攻略", "换号失联攻略", "低保划走攻略"]
CHECKS = ["案号里法院的简称是否齐全", "承办法官的座机", "合同上的放款方", "起诉的金额"]
OTHERS = [f"{sign}地租房攻略" for sign in "子丑寅卯辰"]
ANSWERS = [
    "关于冻结，只有法院可以。",
    "说到利息，超过的不认。",
    "要是换号，告诉平台一声。",
    "至于低保，一般不划。",
]


def taken(lines: list[Line], last: int | None = None) -> list[int]:
    bared = bare_lines([line.text for line in lines])[1]
    end = len(lines) - 1 if last is None else last
    return sorted(find_taken(lines, Context(WORDS, bared, frozenset(), None, end, {})))


@pytest.mark.parametrize(
    ("items", "below", "found"),
    [
        pytest.param(ITEMS, ANSWERS, [0, 1, 2, 3], id="each in order"),
        pytest.param(
            ITEMS, [ANSWERS[0], "先看别的。", *ANSWERS[1:]], [0, 1, 2, 3], id="more between"
        ),
        pytest.param(ITEMS, ANSWERS[::-1], [], id="in another order"),
        pytest.param(ITEMS, ANSWERS[:3], [0, 1, 2, 3], id="all but the last"),
        pytest.param(ITEMS, ANSWERS[1:], [0, 1, 2, 3], id="all but the first"),
        pytest.param(ITEMS, ANSWERS[:2], [], id="two of four"),
        pytest.param(ITEMS[:3], ANSWERS[:3], [0, 1, 2], id="fewest"),
        pytest.param(ITEMS[:2], ANSWERS[:2], [], id="two items"),
        pytest.param([*ITEMS, *OTHERS], ANSWERS, [0, 1, 2, 3], id="others behind"),
        pytest.param([*OTHERS, *ITEMS], ANSWERS, [5, 6, 7, 8], id="others before"),
        pytest.param([ITEMS[0], OTHERS[0], *ITEMS[1:]], ANSWERS, [0, 1, 2, 3, 4], id="one is not"),
        pytest.param(ITEMS, ["".join(ANSWERS)], [], id="one line takes up one"),
        pytest.param(ITEMS, [one.rstrip("。") + "！" for one in ANSWERS], [], id="no sentences"),
        pytest.param(ITEMS, ["这里" * 8 + one for one in ANSWERS], [], id="not at the beginning"),
        pytest.param(ITEMS, ["攻略在这里。"] * 4, [], id="a mark of titles"),
        pytest.param([f"{one}的网贷" for one in ITEMS], ["网贷。"] * 4, [], id="in several items"),
        pytest.param(ITEMS, ["别的话。"] * LINES_BELOW + ANSWERS, [], id="too far below"),
        pytest.param(
            CHECKS, ["以上四项有一项对不上，先别转钱。"], [0, 1, 2, 3], id="counted below"
        ),
        pytest.param([*OTHERS, *CHECKS], ["这4点都要写上。"], [5, 6, 7, 8], id="the last counted"),
        pytest.param(CHECKS[:3], ["以上四项要对一遍。"], [], id="fewer than counted"),
        pytest.param(["网贷的利息", *CHECKS[1:]], ["以上四项要对一遍。"], [], id="the trade"),
    ],
)
def test_find_taken(items: list[str], below: list[str], found: list[int]) -> None:
    assert taken([Line(text) for text in (*items, *below)]) == found


def test_items_of_several_shapes_are_one_list_and_links_none() -> None:
    answers = [Line(text) for text in ANSWERS]
    shaped = [Line(text, shape=shape) for text, shape in zip(ITEMS, "abab", strict=True)]
    assert taken([*shaped, *answers]) == [0, 1, 2, 3]
    linked = [Line(text, links=(Link(text, "/a"),), link_size=len(text)) for text in ITEMS]
    assert taken([*linked, *answers]) == []


def test_nothing_is_taken_up_behind_the_last_text() -> None:
    assert taken([Line(text) for text in (*ITEMS, *ANSWERS)], last=3) == []


def test_questions_that_the_text_answers_stay_and_others_go() -> None:
    above = Line("周末来了六十多位居民，都是来问欠款的。")
    own, others, answers = ([Line(text) for text in texts] for texts in (ITEMS, OTHERS, ANSWERS))
    assert not find_link_lists([above, *own, *answers], None, WORDS)
    assert list(find_link_lists([above, *others, *answers], None, WORDS)) == [1, 2, 3, 4, 5]
    assert list(find_link_lists([above, *own, *others, *answers], None, WORDS)) == [5, 6, 7, 8, 9]


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(
            lambda n: [f"第{at}个问题怎么办攻略" for at in range(3 * n)] + ["别的事情。"] * 3 * n,
            id="long",
        ),
        pytest.param(lambda n: [*ITEMS, *ANSWERS] * n, id="many"),
        pytest.param(lambda n: [*ITEMS, "别的事情。"] * n, id="many without answers"),
    ],
)
def test_work_grows_with_the_page(make: Callable[[int], list[str]]) -> None:
    once, fourfold = ([Line(text) for text in make(n)] for n in (200, 800))
    assert count_lines(lambda: taken(fourfold)) <= 5 * count_lines(lambda: taken(once))


STATUTES = ["《甲乙条例》第二十五条", "某某院《关于审理丙丁案件的规定》", "某某某院关于戊己的通知"]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        pytest.param(STATUTES, [0, 1, 2], id="statutes"),
        pytest.param(["1. 《甲乙法》；", "2. 《丙丁法》第三条。"], [0], id="a sentence"),
        pytest.param(STATUTES[2:], [], id="without marks alone"),
        pytest.param([STATUTES[0], "某某院怎么走"], [0], id="no statute beside one"),
        pytest.param(["《甲乙法》最新解读", "《子丑攻略》"], [], id="titles"),
        pytest.param(["[1] 甲乙. 丙丁[M].", "[2] 戊己〔2021〕第3号"], [0, 1], id="references"),
        pytest.param(["[1] 甲乙", "[3] 丙丁"], [], id="numbers apart"),
        pytest.param(["[推荐] 甲乙", "[推荐] 丙丁"], [], id="no numbers"),
    ],
)
def test_names_of_statutes_and_references_are_an_articles_own(
    lines: list[str], found: list[int]
) -> None:
    bared = bare_lines(lines)[1]
    context = Context(page_words(), bared, frozenset(), None, len(lines) - 1, {})
    assert sorted(find_named([Line(text) for text in lines], context)) == found
