"""What surrounds a name decides whether it cites: lists, references back, rates, numbers."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.citations import CitationFinder
from crawler.citations.finder import RULE_REACH
from crawler.citations.status import ANNOTATED
from crawler.model import CitationStatus
from crawler.seeds import load_references

ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def finder() -> CitationFinder:
    return CitationFinder(load_references())


def notes(finder: CitationFinder, text: str) -> list[tuple[str, str | None]]:
    return [(one.text, one.note) for one in finder.find_citations(text, ON)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("《民\n法典》第六百八十条", ["《民\n法典》第六百八十条"], id="broken title"),
        pytest.param("《民\n法\n典》", [], id="broken twice"),
        pytest.param("《合同法\n民法典》", ["合同法", "民法典"], id="two lines, one bracket each"),
        pytest.param("《 刑法修正案(十一) 》", ["《 刑法修正案(十一) 》"], id="spaces inside"),
        pytest.param(
            "“关于适用〈婚姻法〉若干问题的解释”第4条",
            ["“关于适用〈婚姻法〉若干问题的解释”第4条"],
            id="other brackets inside",
        ),
        pytest.param("《民法典》:第670条", ["《民法典》:第670条"], id="a colon"),
        pytest.param("《民法典》:20条要点", ["《民法典》"], id="a colon and a count"),
        pytest.param("合同法第二百○六条", ["合同法第二百○六条"], id="a circle for zero"),
        pytest.param(
            "《规范整顿现金贷业务》", ["《规范整顿现金贷业务》"], id="what a notice is about"
        ),
        pytest.param("要规范整顿现金贷业务", [], id="the same as words"),
        pytest.param(
            "《关于加强商业银行互联网贷款业务管理、提升金融服务质效的通知》第三条",
            ["《关于加强商业银行互联网贷款业务管理、提升金融服务质效的通知》第三条"],
            id="a comma inside",
        ),
        pytest.param("废止前的《收养法》", ["《收养法》"], id="before its repeal"),
    ],
)
def test_names_and_numbers_in_other_dress(
    finder: CitationFinder, text: str, found: list[str]
) -> None:
    assert [one.text for one in finder.find_citations(text, ON)] == found


@pytest.mark.parametrize(
    ("said", "then", "found"),
    [
        pytest.param(
            "以下简称《办法》", "《办法》第三条", ["《办法》第三条"], id="with a provision"
        ),
        pytest.param("以下简称《办法》", "《办法》要求", [], id="without one"),
        pytest.param(
            "下称《试点办法》", "《试点办法》要求", ["《试点办法》"], id="a name of its own"
        ),
        pytest.param(
            "银监会令2013年第2号,简称《办法》", "《办法》第三条", ["《办法》第三条"], id="a number"
        ),
        pytest.param("以下简称《细则》", "《办法》第三条", [], id="another name"),
    ],
)
def test_a_short_name_stands_for_what_the_text_says(
    finder: CitationFinder, said: str, then: str, found: list[str]
) -> None:
    text = f"《消费金融公司试点管理办法》({said})实行了十年。{then}"
    full, *short = finder.find_citations(text, ON)
    assert [one.text for one in short] == found
    assert all(one.target == full.target == "cfc-2013" for one in short)


def test_a_short_name_of_something_unknown_cites_nothing(finder: CitationFinder) -> None:
    assert finder.find_citations("《用户协议》(以下简称《规则》)。《规则》第三条", ON) == ()
    assert finder.find_citations("以下简称《办法》。《办法》第三条", ON) == ()
    assert finder.find_citations("》(以下简称《办法》)。《办法》第三条", ON) == ()


def test_many_unknown_titles_are_fast(finder: CitationFinder) -> None:
    assert finder.find_citations("《某》" * 20_000, ON) == ()


@pytest.mark.parametrize(
    ("text", "found", "status"),
    [
        pytest.param("依广东省信访条例", "广东省信访条例", "unknown", id="a province's"),
        pytest.param("依深圳征信业管理条例", "深圳征信业管理条例", "unknown", id="a city's"),
        pytest.param("依信访条例", "信访条例", "repealed", id="the state's"),
        pytest.param(
            "河北省地方金融监督管理条例", "地方金融监督管理条例", "current", id="known as local"
        ),
        pytest.param("深圳经济特区个人破产条例", "深圳经济特区个人破产条例", "current", id="known"),
    ],
)
def test_a_regulation_of_a_place_is_another_one(
    finder: CitationFinder, text: str, found: str, status: str
) -> None:
    (citation,) = finder.find_citations(text, ON)
    assert (citation.text, citation.status.value) == (found, status)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        pytest.param(
            "已废止的《合同法》规定了利息。该法第二百零七条怎么说。", ANNOTATED, id="said"
        ),
        pytest.param("《合同法》规定了利息。该法第二百零七条怎么说。", None, id="not said"),
    ],
)
def test_a_reference_back_inherits_what_was_said(
    finder: CitationFinder, text: str, note: str | None
) -> None:
    assert notes(finder, text) == [("《合同法》", note), ("该法第二百零七条", note)]


FAR = "字" * (RULE_REACH - 2)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("法律规定24%-36%之间的利率", True, id="before"),
        pytest.param("24%-36%之间的利率受保护", True, id="behind"),
        pytest.param("24%-36%之间的利率", False, id="a bare rate"),
        pytest.param(f"保护{FAR}24%-36%的利率", True, id="within reach before"),
        pytest.param(f"保护字{FAR}24%-36%的利率", False, id="out of reach before"),
        pytest.param(f"24%-36%{FAR}保护的利率", True, id="within reach behind"),
        pytest.param(f"24%-36%{FAR}字保护的利率", False, id="out of reach behind"),
        pytest.param("两线三区", True, id="a name needs no words around"),
    ],
)
def test_a_phantom_stands_for_itself(finder: CitationFinder, text: str, *, found: bool) -> None:
    targets = [one.target for one in finder.find_citations(text, ON)]
    assert any((target or "").startswith("ph-") for target in targets) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "《反洗钱法》实施办法第三条",
            [("《反洗钱法》实施办法第三条", "unknown")],
            id="rules under a law",
        ),
        pytest.param("民诉法施行细则", [("民诉法施行细则", "unknown")], id="without brackets"),
        pytest.param(
            "《消费者权益保护法》实施条例第十条",
            [("《消费者权益保护法》实施条例第十条", "current")],
            id="known ones",
        ),
        pytest.param(
            "《个人信息保护法》实施细则",
            [("《个人信息保护法》实施细则", "never_in_force")],
            id="those that do not exist",
        ),
        pytest.param(
            "湖南省实施《消费者权益保护法》办法",
            [("湖南省实施《消费者权益保护法》办法", "unknown")],
            id="a province's",
        ),
        pytest.param(
            "依法实施《消费者权益保护法》规定的退货",
            [("《消费者权益保护法》", "current")],
            id="nobody's",
        ),
        pytest.param("《合同法》释义和合同法解读", [], id="books"),
        pytest.param("律师对《民法典》解读了一遍", [("《民法典》", "current")], id="a verb"),
        pytest.param("《民法典》的实施", [("《民法典》", "current")], id="its coming into force"),
        pytest.param(
            "《公司法》司法解释(三)第十二条",
            [("《公司法》司法解释(三)第十二条", "unknown")],
            id="an unknown interpretation",
        ),
        pytest.param("反电信网络诈骗法实施后", [("反电信网络诈骗法", "current")], id="in force"),
    ],
)
def test_what_bears_a_laws_name_may_be_another_text(
    finder: CitationFinder, text: str, found: list[tuple[str, str]]
) -> None:
    assert [(one.text, one.status) for one in finder.find_citations(text, ON)] == found


def test_a_count_behind_a_provision_is_no_item_of_it(finder: CitationFinder) -> None:
    (counted,) = finder.find_citations("民法典第六百七十条,两项要点。", ON)
    assert counted.text == "民法典第六百七十条"
    (items,) = finder.find_citations("民法典第六百七十条第一款,第(二)项", ON)
    assert items.text == "民法典第六百七十条第一款,第(二)项"


def test_what_a_body_was_called_before_is_explained(finder: CitationFinder) -> None:
    text = "国家金融监督管理总局(原银保监会,再早是银监会和保监会)"
    assert {one.status for one in finder.find_citations(text, ON)} == {CitationStatus.CURRENT}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("地方金融监督管理局(现市委金融工作委员会)受理", "current", id="now unknown"),
        pytest.param("中国银保监会深圳监管局(现深圳金融监管局)", "current", id="a local office"),
        pytest.param("银保监会(现场检查局)", "renamed", id="on the spot"),
        pytest.param("银保监会(2018年成立的会)", "renamed", id="no name"),
    ],
)
def test_what_a_body_is_called_now_explains_it(
    finder: CitationFinder, text: str, status: str
) -> None:
    assert finder.find_citations(text, ON)[0].status == status


def test_a_code_books_interpretation_is_its_own(finder: CitationFinder) -> None:
    (one,) = finder.find_citations("依照民法典合同编司法解释第六十五条", ON)
    assert (one.text, one.target) == ("民法典合同编司法解释第六十五条", "interp-contract-general")


def test_a_revised_edition_is_no_invented_rule(finder: CitationFinder) -> None:
    (one,) = finder.find_citations("消费金融公司管理办法修订版", ON)
    assert (one.target, one.status) == ("cfc-2024", "current")


def test_another_countrys_law_is_not_cited(finder: CitationFinder) -> None:
    assert finder.find_citations("日本的《个人信息保护法》和美国《破产法》", ON) == ()
    (own,) = finder.find_citations("我国的《个人信息保护法》", ON)
    assert own.target == "pipl"


@pytest.mark.parametrize(
    ("published", "valid"),
    [
        pytest.param(date(2017, 6, 1), True, id="before any place changed"),
        pytest.param(date(2018, 6, 1), None, id="while places changed"),
        pytest.param(None, None, id="undated"),
    ],
)
def test_a_name_that_ended_place_by_place_was_valid_before(
    finder: CitationFinder, published: date | None, valid: bool | None
) -> None:
    (office,) = finder.find_citations("可以找金融办反映。", ON, published)
    assert (office.status, office.valid_when_published) == ("renamed", valid)


@pytest.mark.parametrize(
    ("text", "annotated"),
    [
        pytest.param(
            "原《合同法》、《担保法》和《民法总则》的规定", [True, True, True], id="a list"
        ),
        pytest.param("原《合同法》的规定，《担保法》的规定", [True, False], id="no list"),
        pytest.param("《合同法》、原《担保法》", [False, True], id="the second alone"),
        pytest.param("原《合同法》以及《担保法》", [True, True], id="the longest joint"),
        pytest.param("原《合同法》、银监会", [True, False], id="two kinds"),
    ],
)
def test_what_stands_before_a_list_holds_for_all_of_it(
    finder: CitationFinder, text: str, annotated: list[bool]
) -> None:
    assert [note == ANNOTATED for _, note in notes(finder, text)] == annotated


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "《个人信息保护法》第十条不许公开,未经同意还违反第二十九条。",
            ["《个人信息保护法》第十条", "第二十九条"],
            id="in the sentence",
        ),
        pytest.param(
            "民法典第545条允许转让。没有通知的,第546条说不发生效力。",
            ["民法典第545条", "第546条"],
            id="a number that codes alone have",
        ),
        pytest.param(
            "《个人信息保护法》第十条不许公开。第二十九条写得更细。",
            ["《个人信息保护法》第十条"],
            id="a small number in the next sentence",
        ),
        pytest.param(
            "《征信业管理条例》第十六条说五年。记错了,条例第二十五条有办法。",
            ["《征信业管理条例》第十六条", "条例第二十五条"],
            id="by its kind",
        ),
        pytest.param(
            "《征信业管理条例》第十六条说五年。暂住管理条例第二十五条另说。",
            ["《征信业管理条例》第十六条"],
            id="another of its kind",
        ),
        pytest.param(
            "民法典第509条要求履行,翻开合同,第十二条写着违约金。",
            ["民法典第509条"],
            id="a contract's clause",
        ),
        pytest.param(
            "民法典第509条要求履行,《借款合同》第一百一十二条另说。",
            ["民法典第509条"],
            id="another title",
        ),
        pytest.param(
            "《征信业管理条例》第二十五条说二十日。记录改了。\n不改的,可以按第二十六条投诉。",
            ["《征信业管理条例》第二十五条", "第二十六条"],
            id="cited in another sentence",
        ),
        pytest.param(
            "《征信业管理条例》第二十五条说二十日。还想投诉?看第二十六条。",
            ["《征信业管理条例》第二十五条", "第二十六条"],
            id="to be read in another sentence",
        ),
        pytest.param(
            "担保法第十九条推定连带;期间没有约定的,依第二十六条为六个月。",
            ["担保法第十九条", "第二十六条"],
            id="agreed upon nothing",
        ),
        pytest.param(
            "《征信业管理条例》第十六条说五年。\n每年可以免费查两次(第十七条)。",
            ["《征信业管理条例》第十六条", "第十七条"],
            id="in brackets",
        ),
        pytest.param(
            "消法第二十六条管格式条款。我签的协议里,依第十二条要交违约金。",
            ["消法第二十六条"],
            id="of an agreement",
        ),
        pytest.param(
            "民法通则第135条说诉讼时效期间为二年;但依第140条中断。",
            ["民法通则第135条", "诉讼时效期间为二年", "第140条"],
            id="past a rule that held",
        ),
        pytest.param("民法典第509条管它,第二十条短信别回。", ["民法典第509条"], id="messages"),
        pytest.param("民法典第509条管它,第三条路是协商。", ["民法典第509条"], id="a way"),
        pytest.param(
            "民诉法第225条说支付令(修正前是第二百一十四条)。", ["民诉法第225条"], id="an old number"
        ),
        pytest.param(
            "民诉法第225条说支付令。早些年的帖子写第二百一十四条。",
            ["民诉法第225条"],
            id="old posts",
        ),
        pytest.param(
            "民诉法第225条说支付令,有人写第二百一十四条,是旧编号。",
            ["民诉法第225条"],
            id="called old behind it",
        ),
        pytest.param(
            "民法典规定,借款要还。第六百条见附件。", ["民法典"], id="nothing to go on from"
        ),
    ],
)
def test_provisions_go_on_from_the_one_before(
    finder: CitationFinder, text: str, found: list[str]
) -> None:
    assert [one.text for one in finder.find_citations(text, ON)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("按监管办法第七十条申请", "监管办法第七十条", id="behind a word that leads"),
        pytest.param("该公司财务管理办法第十条", None, id="the end of a longer title"),
        pytest.param("管理条例第十条", None, id="of another kind"),
    ],
)
def test_the_end_of_a_title_points_back_at_it(
    finder: CitationFinder, text: str, found: str | None
) -> None:
    before = "《商业银行信用卡业务监督管理办法》和刑法第一百九十六条常被说混。"
    targets = {one.text: one.target for one in finder.find_citations(before + text, ON)[2:]}
    assert targets == ({found: "credit-card-2011"} if found else {})


def test_an_interpretation_may_be_named_with_a_particle(finder: CitationFinder) -> None:
    (one,) = finder.find_citations("最高法关于民间借贷的司法解释第二十五条", ON)
    assert (one.text, one.target) == ("民间借贷的司法解释第二十五条", "pl-interp-2020")


@pytest.mark.parametrize(
    ("text", "target"),
    [
        pytest.param("国家金融监督管理总局××监管分局", "nfra-local", id="crosses"),
        pytest.param("国家金融监督管理总局某市监管局", "nfra-local", id="a certain town"),
        pytest.param("国家金融监督管理总局监管局里的事", "nfra-local", id="its own name"),
        pytest.param("国家金融监督管理总局××处", "nfra", id="another office"),
    ],
)
def test_a_blank_stands_for_a_place(finder: CitationFinder, text: str, target: str) -> None:
    (one,) = finder.find_citations(text, ON)
    assert one.target == target


def test_a_provision_that_goes_on_is_judged_as_the_one_before(finder: CitationFinder) -> None:
    _, second = finder.find_citations("合同法第二百条说利息,第二百零六条说期限。", ON)
    assert (second.status, second.successor) == ("repealed", "中华人民共和国民法典第675条")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("最高法2015年民间借贷司法解释", "superseded", id="an older one"),
        pytest.param("2015年的《民间借贷规定》", "superseded", id="in brackets"),
        pytest.param("2020年民间借贷司法解释", "current", id="the present one"),
        pytest.param("2015年,民间借贷司法解释", "current", id="a day of something else"),
    ],
)
def test_a_year_before_a_name_tells_the_version(
    finder: CitationFinder, text: str, status: str
) -> None:
    assert [one.status for one in finder.find_citations(text, ON)] == [status]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("征信归当地中心支行管。", ["中心支行"], id="of credit reports"),
        pytest.param("到泰安市中心支行去。", ["泰安市中心支行"], id="of a place"),
        pytest.param("农业银行长沙市中心支行报送征信。", [], id="of another bank"),
        pytest.param("他在中心支行上班。", [], id="of nobody"),
        pytest.param("记住,人行管征信。", ["人行"], id="what it does"),
        pytest.param("去人行查。", ["人行"], id="where to go"),
        pytest.param("去人行天桥那边。", [], id="a bridge"),
        pytest.param("记住,人行横道。", [], id="a crossing"),
    ],
)
def test_the_central_bank_by_half_a_name(
    finder: CitationFinder, text: str, found: list[str]
) -> None:
    assert [one.text for one in finder.find_citations(text, ON)] == found


def test_a_document_number_takes_its_provisions(finder: CitationFinder) -> None:
    (one,) = finder.find_citations("法释〔2020〕17号第二十五条规定的利率", ON)
    assert (one.text, one.provision) == ("法释〔2020〕17号第二十五条", "25")
    (bare,) = finder.find_citations("法释〔2020〕17号规定的利率", ON)
    assert (bare.text, bare.provision) == ("法释〔2020〕17号", None)
    (parted,) = finder.find_citations("银监会令,2011年第2号", ON)
    assert (parted.text, parted.target) == ("银监会令,2011年第2号", "credit-card-2011")
    (phantom,) = finder.find_citations("根据银保监发〔2026〕18号", ON)
    assert phantom.target == "ph-cfc-2026"


def test_hotlines_count_when_they_are_called(finder: CitationFinder) -> None:
    (one,) = finder.find_citations("可以拨打12378投诉", ON)
    assert (one.text, one.kind.value, one.start, one.end) == ("12378", "hotline", 4, 9)
    assert finder.find_citations("共有12378元", ON) == ()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param("如果有人堵门，110，别犹豫。", ["110"], id="a clause of its own"),
        pytest.param("马上交给家人，120。", ["120"], id="the last clause"),
        pytest.param("110：正在发生的威胁；120：有人受伤。", ["110", "120"], id="headings"),
        pytest.param("记住两个号码：12356，120。", ["12356", "120"], id="after a longer one"),
        pytest.param("受伤了叫120。", ["120"], id="called"),
        pytest.param("本金120，利息12，合计132。", [], id="amounts"),
        pytest.param("房租3000，水电120，网费110。", [], id="amounts in a list"),
        pytest.param("一共12,120，分期还。", [], id="thousands"),
        pytest.param("金额：120。", [], id="an amount after a colon"),
        pytest.param("第一步永远是110,别自己动手。", ["110"], id="the first step"),
        pytest.param("水电费是110,物业费是120。", [], id="what fees are"),
        pytest.param("他合上了书。\n120\n第二天雨停了。", [], id="a line of its own"),
        pytest.param("12368查案号,12348问法律。", ["12368", "12348"], id="each before its verb"),
        pytest.param("我的案号,12348,写在封面。", [], id="a number behind its name"),
    ],
)
def test_short_hotlines_need_no_verb(finder: CitationFinder, text: str, numbers: list[str]) -> None:
    found = [one.text for one in finder.find_citations(text, ON) if one.kind.value == "hotline"]
    assert found == numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("可以找金融办反映。", True, id="the office"),
        pytest.param("我在瑞福德汽车金融办的贷款。", False, id="of a lender's name"),
        pytest.param("滴滴金融办贷款容易吗?", False, id="what a lender does"),
        pytest.param("金融办理流程。", False, id="to do"),
    ],
)
def test_an_office_is_no_part_of_a_longer_word(
    finder: CitationFinder, text: str, *, found: bool
) -> None:
    assert bool(finder.find_citations(text, ON)) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("消法规定可以要求三倍赔偿。", True, id="what it says"),
        pytest.param("破产法里没有个人破产。", True, id="what stands in it"),
        pytest.param("他写了一篇消法课的笔记。", False, id="a course"),
        pytest.param("信用卡新规要求明示费用。", True, id="a name of its own"),
        pytest.param("看了催收公约再打电话。", True, id="nothing said of it"),
        pytest.param("看了消法再打电话。", False, id="short, and nothing said of it"),
    ],
)
def test_short_titles_count_where_a_law_is_meant(
    finder: CitationFinder, text: str, *, found: bool
) -> None:
    assert bool(finder.find_citations(text, ON)) is found


def test_a_false_document_number_ends_where_it_is_written_to_end(finder: CitationFinder) -> None:
    found = finder.find_citations("网传银保监发[2026]第18号和《民法典》", ON)
    assert [(one.text, one.status) for one in found] == [
        ("银保监发[2026]第18号", CitationStatus.NEVER_IN_FORCE),
        ("《民法典》", CitationStatus.CURRENT),
    ]


def test_what_is_said_before_a_list_of_laws_is_said_of_each(finder: CitationFinder) -> None:
    told = [("《合同法》", ANNOTATED), ("《担保法》", ANNOTATED)]
    assert notes(finder, "已废止的《合同法》、《担保法》") == told
    assert [note for _, note in notes(finder, "《合同法》、《担保法》")] == [None, None]


@pytest.mark.parametrize(
    ("text", "provision"),
    [
        pytest.param("《合同法》\n第二百条 利息不得预先扣除。", "200", id="below"),
        pytest.param(
            "《合同法》\n第二百条 利息。\n第二百零六条 期限。\n完", "200、206", id="two below"
        ),
        pytest.param("附:《合同法》(节选)\n\n第二百条 利息", "200", id="an extract"),
        pytest.param("根据《合同法》\n第二百条", None, id="in a sentence"),
        pytest.param("《合同法》\n第二步 看合同", None, id="steps"),
    ],
)
def test_provisions_are_read_below_a_name_alone_on_its_line(
    finder: CitationFinder, text: str, provision: str | None
) -> None:
    assert [one.provision for one in finder.find_citations(text, ON)] == [provision]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        pytest.param("根据9号文的规定", ["9号文"], id="a number known by itself"),
        pytest.param("看了9号文", [], id="nothing says that it is a rule"),
        pytest.param("根据149号文规定", [], id="part of a longer number"),
        pytest.param("根据中发〔2015〕9号文规定", [], id="of another body"),
    ],
)
def test_a_number_stands_for_a_rule(finder: CitationFinder, text: str, cited: list[str]) -> None:
    assert [one.text for one in finder.find_citations(text, ON)] == cited
