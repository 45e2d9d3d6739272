from __future__ import annotations

import pytest

from crawler.seeds import load_references
from crawler.vocabulary import TopicWeights, WordingWeights
from crawler.wording import SCALE, TOPIC_SCALE, TopicWording, Wording, pairs_of, signs_of


def spelled(text: str) -> set[str]:
    return {chr(code >> 32) + chr(code & 0xFFFF) for code in pairs_of(text).tolist()}


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("逾期了", {"逾期", "期了"}),
        ("逾期,了", {"逾期"}),  # signs divide
        ("逾\n期", set()),
        ("3期24%", {"0期", "期0", "00", "0%"}),  # all digits are one
        ("app贷", {"ap", "pp", "p贷"}),
        ("期", set()),
        ("", set()),
    ],
)
def test_pairs_of_neighbours(text: str, pairs: set[str]) -> None:
    assert spelled(text) == pairs


@pytest.mark.parametrize(
    ("text", "signs"), [("逾期,逾 3 期 4%", "0%期逾"), ("APP", ""), ("app", "ap"), ("", "")]
)
def test_different_signs(text: str, signs: str) -> None:
    assert "".join(map(chr, signs_of(text).tolist())) == "".join(sorted(signs))


def test_single_signs_count_beside_pairs() -> None:
    wording = Wording(WordingWeights(0, ((SCALE, ("债", "催", "还债")),)))
    assert wording.score("还债") == pytest.approx(2.0)
    assert wording.score("债、债") == pytest.approx(1.0)
    assert wording.score("催,债") == pytest.approx(2 / 2**0.5)
    assert wording.score("还") == 0.0


def test_a_pair_counts_once_and_long_texts_compare() -> None:
    wording = Wording(WordingWeights(SCALE, ((2 * SCALE, ("投诉",)), (-SCALE, ("口子", "下款")))))
    assert wording.score("投诉") == pytest.approx(3.0)
    assert wording.score("投诉,投诉") == wording.score("投诉")
    assert wording.score("口子,下款") == pytest.approx(1 - 2 / 2**0.5)
    assert wording.score("天气") == wording.score("") == pytest.approx(1.0)
    assert Wording(WordingWeights()).score("投诉") == 0.0


def test_guidance_is_worded_unlike_adverts() -> None:
    wording = Wording(load_references().wording)
    guidance = "对方上门催收时可以不开门,保留录音,不停止骚扰就报警,并向金融监管部门投诉。"
    advert = "额度最高二十万,手续简单,审批快,当天到账,欢迎新老客户咨询办理。"
    assert wording.score(guidance) > 1 > -1 > wording.score(advert)


def test_each_topic_has_its_own_weights() -> None:
    weights = (
        TopicWeights("negotiate", ((TOPIC_SCALE, ("协商", "分期")), (-TOPIC_SCALE, ("起诉",)))),
        TopicWeights("lawsuit", ((2 * TOPIC_SCALE, ("起诉",)),)),
        TopicWeights("gone", ((TOPIC_SCALE, ("口子",)),)),
    )
    wording = TopicWording(weights, ["lawsuit", "negotiate", "evidence"])
    assert wording.score("协商").tolist() == [0, 1, 0]
    assert wording.score("起诉,起诉").tolist() == [2, -1, 0]
    assert wording.score("口子").tolist() == wording.score("").tolist() == [0, 0, 0]
    assert TopicWording((), ["lawsuit"]).score("协商").tolist() == [0]


def test_articles_are_worded_like_their_topic() -> None:
    references = load_references()
    topics = [topic.id for topic in references.topics]
    score = TopicWording(references.topic_wording, topics).score
    told = "收到起诉状副本以后,十五天之内要写答辩状,开庭那天法官问我借了多少。"
    assert topics[int(score(told).argmax())] == "lawsuit"
    assert score("春天去哪里玩,樱花开了").max() < 0.2
