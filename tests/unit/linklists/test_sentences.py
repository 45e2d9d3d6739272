"""Which sentences hold nothing but other pages' titles."""

from __future__ import annotations

import pytest
from rule_words import WORDS

from crawler.linklists import Line, find_link_lists
from crawler.linklists.sentences import find_candidates

TEXT = Line("逾期以后先算清账目，再同平台谈分期还款。")
TITLES = ["甲地乙物网贷攻略", "丙地丁物网贷攻略", "戊地己物网贷攻略"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("有关的还有：" + "；".join(TITLES) + "。", id="semicolons"),
        pytest.param("有关的还有：" + "、".join(TITLES), id="pauses"),
        pytest.param("有关的还有：" + "，".join(TITLES) + "等。", id="commas"),
        pytest.param("有关的还有：" + " / ".join(TITLES), id="strokes"),
        pytest.param("；".join(TITLES) + "。", id="no lead"),
        pytest.param("还可以看《" + "》《".join(TITLES) + "》。", id="book marks"),
        pytest.param("有关的还有：" + "；".join(TITLES[:2]) + "。", id="two"),
    ],
)
def test_sentences_of_titles_go(text: str) -> None:
    assert set(find_link_lists([TEXT, Line(text), TEXT], "逾期怎么谈", WORDS)) == {1}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("，".join(TITLES) + "。", id="clauses"),
        pytest.param("有关的还有：" + TITLES[0] + "。", id="one title"),
        pytest.param("有关的还有：" + "；".join(TITLES) + "。还有呢", id="a further sentence"),
        pytest.param("要带的有：工资流水一份；借款合同一份；身份证件一份。", id="no marks"),
        pytest.param("还可以看《网贷攻略条例》《网贷攻略办法》。", id="statutes"),
        pytest.param("要查：攻略；解析；大全。", id="words"),
        pytest.param(
            "甲地网贷攻略，丙地攻略；戊地网贷“攻略”。", id="parts with clauses and quotes"
        ),
        pytest.param("要查：" + "、".join(TITLES), id="pauses behind what names no others"),
    ],
)
def test_other_sentences_are_no_candidates(text: str) -> None:
    assert find_candidates([Line(text)], WORDS) == {}


def test_a_sentence_that_speaks_of_the_article_stays() -> None:
    own = Line("要问的有：先算清账目攻略；再同平台谈攻略；谈分期还款攻略。")
    assert find_link_lists([TEXT, own, TEXT], "逾期怎么谈", WORDS) == {}
