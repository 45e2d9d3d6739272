"""Which topics an article has; every positive row has a near miss beside it."""

from __future__ import annotations

import pytest

from crawler.model import Block, BlockType
from crawler.seeds import load_references
from crawler.topics import MAX_TOPICS, TopicClassifier


@pytest.fixture(scope="module")
def classifier() -> TopicClassifier:
    return TopicClassifier(load_references())


def _blocks(*texts: str) -> tuple[Block, ...]:
    return tuple(Block(BlockType.PARAGRAPH, text) for text in texts)


FILLER = "借款到期以后,借款人要先核对合同里的金额和日期,再决定怎样处理这笔欠款。" * 6


def test_no_words_no_topics(classifier: TopicClassifier) -> None:
    assert classifier.find_topics("春天去哪里玩", _blocks("樱花开了,公园里人很多。")) == ()


def test_nothing_to_read_has_no_topics(classifier: TopicClassifier) -> None:
    assert classifier.find_topics(None, ()) == ()
    assert classifier.find_ranking(None, ()).strength == 0


def test_title_outweighs_a_mention_in_the_body(classifier: TopicClassifier) -> None:
    body = _blocks(FILLER, "必要时可以被起诉后再应诉。")
    assert classifier.find_topics("收到律师函怎么办", body)[0] == "fake_legal"
    assert classifier.find_topics("被起诉怎么应诉", body)[0] == "lawsuit"


@pytest.mark.parametrize(
    ("title", "topic", "present"),
    [
        pytest.param("租手机逾期了怎么办", "rental_trap", True, id="renting a phone"),
        pytest.param("租房逾期了怎么办", "rental_trap", False, id="renting a flat"),
        pytest.param("绝望得想自杀", "crisis", True, id="suicide"),
        pytest.param("自杀式营销", "crisis", False, id="suicidal marketing"),
        pytest.param("仲裁裁决书寄来了", "lawsuit", True, id="arbitration of a loan"),
        pytest.param("大学生校园贷", "student_minor", True, id="campus loan"),
        pytest.param("网贷上岸骗局", "debt_agency", True, id="getting ashore"),
        pytest.param("给12356打电话", "crisis", True, id="hotline"),
        pytest.param("编号912356号", "crisis", False, id="hotline inside a number"),
        pytest.param("妻子不知情的欠款", "hidden_fee", False, id="wife who did not know"),
        pytest.param("考研上岸经验", "debt_agency", False, id="passing an examination"),
    ],
)
def test_words_and_their_negatives(
    classifier: TopicClassifier, title: str, topic: str, present: bool
) -> None:
    assert (topic in classifier.find_topics(title, ())) is present


def test_traditional_characters_match(classifier: TopicClassifier) -> None:
    assert classifier.find_topics("個人破產條例", ()) == classifier.find_topics("个人破产条例", ())


def test_urgent_topic_comes_first(classifier: TopicClassifier) -> None:
    blocks = _blocks("催收上门时拿刀威胁,还堵门、泼漆、殴打家人,请立即报警。")
    assert classifier.find_topics("上门催收怎么应对", blocks)[0] == "threat_violence"


def test_urgent_word_in_passing_does_not_lead(classifier: TopicClassifier) -> None:
    blocks = _blocks(FILLER, "来人若是威胁,可以报警。")
    topics = classifier.find_topics("上门催收、外访怎么应对", blocks)
    assert topics[0] == "home_visit"


def test_a_life_at_risk_comes_first_though_the_text_says_more_of_other_things(
    classifier: TopicClassifier,
) -> None:
    blocks = _blocks(
        "欠了网贷协商分期还款，平台同意减免罚息，重新签分期还款协议。",
        "那几天我不想活了，觉得走投无路。",
        "后来还是和平台协商分期，谈成了个性化分期还款协议。",
    )
    topics = classifier.find_topics("网贷逾期怎么协商分期还款", blocks)
    assert topics[:2] == ("crisis", "negotiate")


def test_at_most_three_topics(classifier: TopicClassifier) -> None:
    title = "上门催收、律师函、征信逾期、协商还款、债权转让"
    assert len(classifier.find_topics(title, ())) == MAX_TOPICS


def test_overlapping_words_count_once(classifier: TopicClassifier) -> None:
    """The longer word stands for the shorter ones inside it."""
    number = next(
        at for at, topic in enumerate(load_references().topics) if topic.id == "card_installment"
    )
    longer = classifier.find_scores("信用卡逾期", ())[number]
    assert longer == pytest.approx(classifier.find_scores("个性化分期", ())[number])


def test_headings_count_more_than_paragraphs(classifier: TopicClassifier) -> None:
    heading = (*_blocks(FILLER), Block(BlockType.HEADING, "诉讼时效", level=2))
    plain = _blocks(FILLER, "诉讼时效")
    assert (
        classifier.find_ranking(None, heading).strength
        > classifier.find_ranking(None, plain).strength
    )


def test_wording_tells_a_topic_without_its_words(classifier: TopicClassifier) -> None:
    told = (
        "她说最低一千,我把工资条念给她听:底薪两千三,夜补三百。她沉默了一下,说那您一个月能给七百吗。"
        "我说六百,稳当。她说我去给您申请。半个月后她又打来,说同意了,二十四期,前面多出来的不算,"
        "短信马上发您。每个月二十号,我都准时。"
    )
    assert classifier.find_scores("跟一个看不见的人算账", _blocks(told)) == {}
    assert classifier.find_topics("跟一个看不见的人算账", _blocks(told))[:1] == ("negotiate",)
    bought = (
        "她说一千二,我说六百。她把花瓶翻过来给我看底款,说六百连釉都不够。最后八百,包得严严实实。"
    )
    assert classifier.find_topics("跟一个摆摊的人讨价还价", _blocks(bought)) == ()
