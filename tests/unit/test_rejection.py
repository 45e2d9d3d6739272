"""Why an article is not published; every refused row has a kept near miss beside it."""

from __future__ import annotations

import pytest

from crawler.model import Article, Block, BlockType
from crawler.rejection import MIN_CHARACTERS, Judge
from crawler.rejection.judge import LEAST_CHARACTERS
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

    def find_reason(title: str, *paragraphs: str, named: int = 0) -> str | None:
        blocks = tuple(Block(BlockType.PARAGRAPH, one) for one in paragraphs)
        article = Article(None, None, title, None, None, None, blocks)
        reason = judge.find_rejection(article, classifier.find_ranking(title, blocks), named)
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
    pytest.param(
        "催收骚扰怎么投诉",
        (*USEFUL, "函上写着:“请今日18时前转入指定账户,电话13100002222。”律师不会这样写。"),
        None,
        id="address in a quoted sentence",
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
    pytest.param(
        "菜市场豆腐摊老板娘:我把七家的账一家一家磨下来了",
        (
            "凌晨三点磨豆子,六点出摊,中午收了摊我就坐在案板后面打电话。",
            "第一家的小伙子说没有政策,我说那你记下来,今天问过。第二天再打,换了个姑娘,给我登记了。",
            "磨到第十一天,她说可以先还本月的一半,剩下的挪到年底。",
            "就这么一家家磨,有的让了利息,有的只肯缓两个月。",
            "我没有念过什么书,就知道一个理:人在,摊在,钱慢慢还。",
        ),
        None,
        id="told in plain words",
    ),
    pytest.param(
        "豆腐摊老板娘:我把豆子的价钱一家一家比下来了",
        (
            "凌晨三点磨豆子,六点出摊,中午收了摊我就骑车去粮站,一家一家看豆子。",
            "第一家的豆子圆,贵两毛;第二家的便宜,掺了陈的。我抓一把放在嘴里咬,一咬就知道。",
            "看到第七家,老板娘自己也做豆腐,说大姐你识货,给你按进价,年底再送一袋。",
            "豆子好,豆浆就稠,点出来的豆腐颤颤的,老主顾一尝就知道换了豆子。",
        ),
        "off_topic",
        id="told of other matters",
    ),
    pytest.param(
        "某城商行秋季校园招聘公告",
        (
            "我行面向应届毕业生招聘客户经理二十人,负责个人贷款和信用卡的营销、贷后管理与催收。",
            "要求本科以上学历,信用记录良好,金融、法律专业优先。薪酬面议,五险二金,提供公寓。",
            "请于月底前登录官网填写简历,笔试时间另行通知,招聘不收取任何费用。",
        ),
        "off_topic",
        id="a bank's jobs",
    ),
    pytest.param(
        "公积金贷款和商业贷款怎么选",
        (
            "买首套房,公积金贷款利率2.6%,商业贷款3%出头,一百万贷三十年,利息相差八万多。",
            "公积金有额度上限,放款也慢;组合贷可以先用满公积金,剩下的走商业贷款。",
            "等额本息月供固定,等额本金总利息少。打算十年内换房的,选等额本金更划算。",
        ),
        "off_topic",
        id="a mortgage",
    ),
    pytest.param(
        "被起诉了别怕,拖着就行",
        (
            "收到传票不用慌,我被告了四回,一回也没去过,材料看都没看就扔了。",
            "他们判他们的,名下没东西,执行的人来了也是白来。工资让老婆收,车写丈母娘的名字。",
            "电话来了就说在外地打工,没钱,态度好一点,拖个一年半载他就终本了。",
        ),
        "unsafe_advice",
        id="put off a court",
    ),
    pytest.param(
        "被起诉了别怕,更别拖",
        (
            "收到传票先核实真假,打12368报案号。十五天内交答辩状,写清认哪笔、不认哪笔。",
            "有人说名下没东西就拖着,缺席照样判,利息和执行费都得自己出,转移财产还可能构成犯罪。",
            "还不上就在庭前调解,把每月还得起的数写下来,请法官和对方谈分期。",
        ),
        None,
        id="answer a court",
    ),
]


@pytest.mark.parametrize(("title", "paragraphs", "reason"), ROWS)
def test_reason(decide, title: str, paragraphs: tuple[str, ...], reason: str | None) -> None:  # type: ignore[no-untyped-def]  # a fixture's callable
    assert decide(title, *paragraphs) == reason


def test_length_at_the_limit(decide) -> None:  # type: ignore[no-untyped-def]  # a fixture's callable
    text = "".join(USEFUL)
    assert decide("催收骚扰怎么投诉", text[:MIN_CHARACTERS]) is None
    assert decide("催收骚扰怎么投诉", text[:LEAST_CHARACTERS]) is None
    assert decide("催收骚扰怎么投诉", text[: LEAST_CHARACTERS - 1]) == "too_short"


def test_below_the_usual_length_only_a_clear_notice_is_kept(decide) -> None:  # type: ignore[no-untyped-def]  # a fixture's callable
    notice = (
        "昨晚有人到三号楼堵门讨债,在墙上写字,监控已经保存。",
        "今后遇到类似情况请先报警,再联系值班室,不要自行与对方理论,也不要开门。",
    )
    fees = (
        "截至六月底仍有四十六户没有缴纳物业费,请于十五日前到服务中心办理。",
        "逾期按合同收取滞纳金。电梯年检本月进行,届时停运两小时。",
    )
    for text in (notice, fees):
        assert LEAST_CHARACTERS <= len("\n".join(text)) < MIN_CHARACTERS
    assert decide("关于外来人员堵门讨债的说明", *notice) is None
    assert decide("关于催缴物业费的通知", *fees) == "too_short"


STORY = (
    "那天下午楼下来了两个人,说是捷信派来的,要上门外访,我妈吓得不敢开门。",
    "我请他们出示工作证和委托书,拍了照,说家里有老人,请在楼下谈。",
    "第二天我给捷信的客服写邮件,要求停止上门,改为书面沟通,并附上照片作为证据。",
    "民警登记之后告诉我,堵门可以报警,保留录音和照片,以后都用得着。",
    "邻居家的摄像头拍下了他们敲门、拍门、坐在楼道里的全过程,我去要了一份。",
    "我把时间、地点、人数、说过的话按先后写成一页纸,附上照片、录音的文字稿和报警回执。",
    "寄出去用的是挂号信,回执贴在那页纸的背面,一共复印了三份,一份给律师。",
    "一个星期以后客服来电道歉,说已经更换人员,今后有事只写信,不再来人,也不再找我妈。",
    "回想起来,最要紧的是没有吵、没有签字、没有让他们进屋,害怕的时候手里有事可做。",
    "我妈后来把那扇门擦得很亮,说谁来都不怕了,她会先问一句:你是哪个单位的。",
)


def test_a_story_needs_no_word_of_lending(decide) -> None:  # type: ignore[no-untyped-def]  # a fixture's callable
    told = [one.replace("外访", "走访") for one in STORY]
    assert decide("捷信的人上门,我是怎样应对的", *told) is None


def test_names_of_lenders_speak_of_lending(decide) -> None:  # type: ignore[no-untyped-def]  # a fixture's callable
    title, told = "取快递的人上门,我没有开", ("我妈问是谁,门外说送货的。我说放在门口就好。" * 6,)
    assert decide(title, *told) == "off_topic"


def test_what_nobody_lends_is_off_the_topic(decide) -> None:  # type: ignore[no-untyped-def]  # a fixture's callable
    lost = (
        "十一点半才发现手机不在口袋里。先打自己的号,通了没有人接,再打给出租车公司。",
        "值班的人说要发票,我没有要发票,只记得车尾的三个数字。公司查了半夜,打来电话,说老周交班睡了。",
        "第二天我去取,给他带了一箱苹果,他不要,说你那铃声吵得我闺女没睡好,买根冰棍给她就行。",
    )
    assert decide("手机丢在车上,我打了一夜的电话", *lost) == "off_topic"
