"""Why an article is not published; every refused row has a kept near miss beside it."""

from __future__ import annotations

import pytest

from crawler.model import Article, Block, BlockType
from crawler.rejection import MIN_CHARACTERS, Judge
from crawler.seeds import load_references
from crawler.topics import TopicClassifier

USEFUL = (
    "网贷逾期之后被催收骚扰,借款人可以先向机构投诉,再拨打12378。",
    "保留录音和短信作为证据,不要转账到个人账户,还款前核实合同上的放款机构。",
    "还不上的,可以协商分期还款,要求对方出具书面协议,并写明减免的罚息。",
)


@pytest.fixture(scope="module")
def decide() -> object:
    references = load_references()
    classifier, judge = TopicClassifier(references), Judge(references)

    def find_reason(title: str, *paragraphs: str) -> str | None:
        blocks = tuple(Block(BlockType.PARAGRAPH, one) for one in paragraphs)
        article = Article(None, None, title, None, None, None, blocks)
        reason = judge.find_rejection(article, classifier.find_ranking(title, blocks))
        return reason.value if reason else None

    return find_reason


ROWS = [
    pytest.param("催收骚扰怎么投诉", USEFUL, None, id="useful article"),
    pytest.param("催收骚扰怎么投诉", (), "no_main_content", id="no blocks"),
    pytest.param("催收骚扰怎么投诉", USEFUL[:1], "too_short", id="one sentence"),
    pytest.param(
        "催收骚扰怎么投诉", (*USEFUL, "咨询请加微信:abc12345。"), "contact_lure", id="address given"
    ),
    pytest.param(
        "催收骚扰怎么投诉",
        (*USEFUL, "骗子会让你加微信:abc12345。"),
        None,
        id="address in a warning",
    ),
    pytest.param("催收骚扰怎么投诉", (*USEFUL, "打开微信和QQ的设置。"), None, id="messenger named"),
    pytest.param(
        "征信黑了也能下款的口子",
        ("借钱口子一:不看征信,黑户必下款,秒到账。", "口子二:无视征信,通过率高,新口子放水。" * 4),
        "loan_channels",
        id="list of channels",
    ),
    pytest.param(
        "警惕不看征信的口子",
        (*USEFUL, "所谓不看征信、黑户必下款的口子都是骗局,借款人会被骗走保证金。"),
        None,
        id="warning of channels",
    ),
    pytest.param(
        "最高可借二十万",
        ("本贷款审批快、额度高、利率低至三厘,无抵押、免担保,最快三分钟到账,立即申请。" * 3,),
        "loan_advert",
        id="advert",
    ),
    pytest.param(
        "“最高可借二十万”的广告背后",
        (*USEFUL, "广告写着“审批快、额度高、无抵押、立即申请”,实际年化利率很高。"),
        None,
        id="advert quoted",
    ),
    pytest.param(
        "网贷逾期换号失联的办法",
        ("先把财产转到亲戚名下,伪造病历,再换号失联,催收找不到你,贷款就不用还了。" * 3,),
        "unsafe_advice",
        id="harmful advice",
    ),
    pytest.param(
        "网贷逾期千万别换号失联",
        (*USEFUL, "有人教换号失联、伪造病历、转移财产,后果是承担法律责任。"),
        None,
        id="harmful advice refuted",
    ),
    pytest.param(
        "贷款报价利率不变",
        ("一年期贷款报价利率与上月持平,分析人士认为银行净息差承压,房贷利率或将下调。" * 4,),
        "off_topic",
        id="news of rates",
    ),
    pytest.param(
        "恐吓前妻被拘留",
        ("男子多次发短信威胁恐吓前妻,民警取证之后依法拘留,提醒市民及时报警。" * 4,),
        "off_topic",
        id="news of threats",
    ),
]


@pytest.mark.parametrize(("title", "paragraphs", "reason"), ROWS)
def test_reason(decide, title: str, paragraphs: tuple[str, ...], reason: str | None) -> None:  # type: ignore[no-untyped-def]  # a fixture's callable
    assert decide(title, *paragraphs) == reason


def test_length_at_the_limit(decide) -> None:  # type: ignore[no-untyped-def]  # a fixture's callable
    text = "".join(USEFUL)
    assert decide("催收骚扰怎么投诉", text[:MIN_CHARACTERS]) is None
    assert decide("催收骚扰怎么投诉", text[: MIN_CHARACTERS - 1]) == "too_short"
