"""What speaks for keeping an article, as numbers; each pair differs in one thing."""

from __future__ import annotations

import pytest

from crawler.rejection.reading import Reader
from crawler.rejection.signals import SCALE, Scale, find_signals
from crawler.seeds import load_references
from crawler.vocabulary import SignalWeights


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_references())


def values(reader: Reader, title: str, body: str, named: int = 0) -> dict[str, float]:
    return find_signals(reader.read(title, body, named), 20.0, 0.5)


def test_words_of_topics_are_told_apart_where_nothing_is_said_of_lending(reader: Reader) -> None:
    said = values(reader, "逾期以后", "收到了起诉状,开庭那天下着雨。")
    unsaid = values(reader, "下雨以后", "收到了起诉状,开庭那天下着雨。")
    assert (said["topic"], said["topic unsaid"]) == (0.5, 0.0)
    assert (unsaid["topic"], unsaid["topic unsaid"]) == (0.5, 0.5)


def test_lenders_named_are_words_of_lending(reader: Reader) -> None:
    assert values(reader, "", "收到了起诉状,开庭那天下着雨。", named=1)["topic unsaid"] == 0.0
    assert values(reader, "", "收到了起诉状,开庭那天下着雨。", named=1)["dense"] > 0.0


def test_other_matters_in_the_title_count_apart(reader: Reader) -> None:
    headed, told = values(reader, "招聘", "贷款专员。"), values(reader, "贷款专员", "招聘。")
    assert headed["foreign title"] > told["foreign title"] == 0.0
    assert headed["foreign"] == told["foreign"] > 0.0


def test_no_signal_but_wording_exceeds_one(reader: Reader) -> None:
    body = "口子必下款,不看征信,秒到账,黑户必下。股票、基金、期货、汇率、招聘、简历都有。" * 9
    found = values(reader, "股票与招聘:口子、贷款", body)
    assert {name for name, value in found.items() if not 0 <= value <= 1} == set()
    assert found["lures"] == found["foreign"] == found["dense"] == 1.0


def test_signals_are_weighed_in_steps() -> None:
    scale = Scale(SignalWeights(-SCALE, (("wording", 2 * SCALE), ("lures", -SCALE))))
    assert scale.weigh({"wording": 1.0, "lures": 0.5, "unknown": 9.0}) == pytest.approx(0.5)
    assert scale.weigh({}) == pytest.approx(-1.0)
