"""Dates, versions, spans and notes of citations; the quality passages cover the wording."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from crawler.citations import CitationFinder
from crawler.citations.status import ANNOTATED, NOT_YET
from crawler.model import Citation, CitationKind, CitationStatus
from crawler.seeds import load_references

ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def finder() -> CitationFinder:
    return CitationFinder(load_references())


def only(found: tuple[Citation, ...]) -> Citation:
    (citation,) = found
    return citation


@pytest.mark.parametrize(
    ("text", "on", "status"),
    [
        pytest.param("根据合同法第200条", date(2020, 12, 31), "current", id="day-before-repeal"),
        pytest.param("根据合同法第200条", date(2021, 1, 1), "repealed", id="day-of-repeal"),
        pytest.param("《民法典》", date(2020, 12, 31), "unknown", id="not-yet-in-force"),
        pytest.param("《民法典》", date(2021, 1, 1), "current", id="in-force"),
        pytest.param("银保监会", date(2023, 5, 17), "current", id="before-renaming"),
        pytest.param("银保监会", date(2023, 5, 18), "renamed", id="day-of-renaming"),
        pytest.param("治安管理处罚法第42条", date(2025, 12, 31), "current", id="old-version"),
        pytest.param("治安管理处罚法第42条", date(2026, 1, 1), "superseded", id="new-version"),
        pytest.param("治安管理处罚法第50条", date(2026, 1, 1), "current", id="new-number"),
    ],
)
def test_status_depends_on_the_date(
    finder: CitationFinder, text: str, on: date, status: str
) -> None:
    assert only(finder.find_citations(text, on)).status.value == status


def test_a_law_not_yet_in_force_says_so(finder: CitationFinder) -> None:
    citation = only(finder.find_citations("《民法典》", date(2020, 6, 1)))
    assert (citation.note, citation.since) == (NOT_YET, date(2021, 1, 1))


def test_a_body_renamed_twice_has_the_name_of_the_day(finder: CitationFinder) -> None:
    citation = only(finder.find_citations("银监会", date(2020, 1, 1)))
    assert citation.successor == "中国银行保险监督管理委员会"
    citation = only(finder.find_citations("银监会", ON))
    assert citation.successor == "国家金融监督管理总局"
    assert citation.since == date(2018, 4, 8)


@pytest.mark.parametrize(
    ("published", "valid"),
    [(date(2019, 5, 1), True), (date(2022, 5, 1), False), (None, None)],
)
def test_a_repealed_law_was_valid_when_published(
    finder: CitationFinder, published: date | None, valid: bool | None
) -> None:
    citation = only(finder.find_citations("依《合同法》处理", ON, published))
    assert citation.status is CitationStatus.REPEALED
    assert citation.valid_when_published is valid


@pytest.mark.parametrize(
    ("text", "published", "status", "successor"),
    [
        ("网络安全法第42条", date(2024, 1, 1), "superseded", "第44条"),
        ("网络安全法第42条", date(2026, 5, 1), "current", None),
        ("网络安全法第40条", date(2026, 5, 1), "superseded", "第42条"),
        ("仲裁法第4条", date(2024, 1, 1), "amended", "第4条"),
        ("仲裁法第4条", None, "current", None),
        ("仲裁法第4条", date(2026, 5, 1), "current", None),
        ("仲裁法", date(2024, 1, 1), "current", None),
        ("《仲裁法》(2025修订)第58条", None, "current", None),
        ("新修订的治安管理处罚法第42条", None, "current", None),
        ("2017年,仲裁法第72条", None, "current", None),
        ("2012年修正的《治安管理处罚法》第50条", None, "superseded", "2025修订"),
        ("《治安管理处罚法》(2012修正)第50条", None, "superseded", "2025修订"),
        ("治安管理处罚法第49条", None, "superseded", "第58条至第59条"),
        ("民诉法第260条", None, "superseded", "第264条"),
        ("民诉法第260条", date(2022, 6, 1), "superseded", "第264条"),
        ("民诉法第253条", date(2022, 6, 1), "superseded", "第264条"),
        ("民诉法第221条", date(2024, 6, 1), "superseded", "第225条"),
        ("民诉法第67条", date(2022, 6, 1), "current", None),
        ("民诉法第67条", date(2019, 6, 1), "superseded", "2023修正"),
        ("2021年修正的民诉法第262条", None, "superseded", "第266条"),
        ("《民诉法》(2012修正)第214条", None, "superseded", "第225条"),
        ("《民诉法》(2022修正)第214条", None, "superseded", "2023修正"),
        ("网络安全法第43条挪到了后面", date(2026, 5, 1), "superseded", "第45条"),
        ("网络安全法第43条,原来是第41条", None, "current", None),
        ("网络安全法第43条:可以要求删除", date(2026, 5, 1), "superseded", "第45条"),
        ("我要求删除照片。依据网络安全法第43条。", date(2026, 5, 1), "superseded", "第45条"),
        ("还引网络安全法第43条", date(2026, 5, 1), "superseded", "第45条"),
        ("从前的第43条挪到了网络安全法第45条", date(2026, 5, 1), "current", None),
        ("明年的网络安全法第45条可以要求删除", date(2025, 12, 1), "current", None),
        ("公司法第20条", None, "superseded", "第23条"),
        ("民间借贷司法解释第26条", None, "current", None),
    ],
)
def test_versions_of_one_title_are_told_apart(
    finder: CitationFinder,
    text: str,
    published: date | None,
    status: str,
    successor: str | None,
) -> None:
    citation = only(finder.find_citations(text, ON, published))
    assert citation.status.value == status
    assert (citation.successor or "").count(successor or "") >= 1
    assert (citation.successor is None) == (successor is None)


@pytest.mark.parametrize(
    ("published", "since", "valid"),
    [
        (date(2022, 6, 1), date(2024, 1, 1), True),
        (date(2024, 6, 1), date(2024, 1, 1), False),
        (None, date(2024, 1, 1), None),
    ],
)
def test_a_version_in_between_has_its_own_days(
    finder: CitationFinder, published: date | None, since: date, *, valid: bool | None
) -> None:
    citation = only(finder.find_citations("依民诉法第260条加倍支付利息", ON, published))
    assert (citation.since, citation.valid_when_published) == (since, valid)


@pytest.mark.parametrize(
    ("published", "valid"),
    [(date(2019, 10, 8), True), (date(2024, 3, 1), None), (None, None)],
)
def test_a_name_that_ended_elsewhere_on_another_day_held_before(
    finder: CitationFinder, published: date | None, *, valid: bool | None
) -> None:
    text = "广东省地方金融监督管理局"
    citation = only(finder.find_citations(text, ON, published))
    assert (citation.status, citation.valid_when_published) == (CitationStatus.RENAMED, valid)
    assert only(finder.find_citations(text, date(2019, 10, 8))).status is CitationStatus.CURRENT


def test_annotated_names_keep_a_note(finder: CitationFinder) -> None:
    citation = only(finder.find_citations("原银保监会", ON))
    assert (citation.status, citation.note) == (CitationStatus.CURRENT, ANNOTATED)
    for text in ("银保监会→金融监管总局", "银保监会及其派出机构,现为金融监管总局"):
        assert finder.find_citations(text, ON)[0].note == ANNOTATED
    citation = only(finder.find_citations("已废止的《担保法》", ON))
    assert (citation.status, citation.note) == (CitationStatus.REPEALED, ANNOTATED)
    assert citation.successor == "中华人民共和国民法典"
    citation = only(finder.find_citations("根据《担保法》", ON))
    assert (citation.status, citation.note) == (CitationStatus.REPEALED, None)
    citation = only(finder.find_citations("向银保监会", ON))
    assert (citation.status, citation.note) == (CitationStatus.RENAMED, None)


@pytest.mark.parametrize(
    ("text", "cited", "provision"),
    [
        ("《民法典》中关于隐私权的第1032条", "《民法典》", "1032"),
        ("民法典里,第六百八十条禁止高利放贷", "民法典", "680"),
        ("《民法典》对此有规定,即第680条、第676条", "《民法典》", "680、676"),
        ("《民法典》规定,借款合同第三条无效", "《民法典》", None),
        ("《民法典》和贷款协议第5条", "《民法典》", None),
        ("《民法典》规定利率。合同的第三条", "《民法典》", None),
    ],
)
def test_provisions_may_stand_apart(
    finder: CitationFinder, text: str, cited: str, provision: str | None
) -> None:
    citation = only(finder.find_citations(text, ON))
    assert (citation.text, citation.provision) == (cited, provision)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("《合同法》管借款。该法第200条", ["《合同法》", "该法第200条"]),
        ("《征信业管理条例》,该条例第十六条", ["《征信业管理条例》", "该条例第十六条"]),
        ("《征信业管理条例》,该法第十六条", ["《征信业管理条例》"]),
        ("《合同法》管借款。应该法院处理", ["《合同法》"]),
        ("《合同法》,《价格法》,该法第14条", ["《合同法》", "《价格法》"]),
        ("《合同法》" + "。" * 250 + "该法第200条", ["《合同法》"]),
        ("该法第200条", []),
        ("《民间借贷规定》第25条,前述解释第26条", ["《民间借贷规定》第25条", "前述解释第26条"]),
        ("《征信业管理条例》第16条,前述解释第26条", ["《征信业管理条例》第16条"]),
    ],
)
def test_back_references_need_a_statute_before(
    finder: CitationFinder, text: str, cited: list[str]
) -> None:
    assert [one.text for one in finder.find_citations(text, ON)] == cited


def test_each_of_several_provisions_is_mapped(finder: CitationFinder) -> None:
    citation = only(finder.find_citations("合同法第196条、第206条", ON))
    assert citation.successor == "中华人民共和国民法典第667条、第675条"
    assert citation.note == "第196条 → 第667条; 第206条 → 第675条"
    assert only(finder.find_citations("合同法第196条", ON)).note is None


def test_offsets_point_into_the_original_text(finder: CitationFinder) -> None:
    text = "依\u200b據《合 同 法》第２００條與劳动合同法。"
    first, second = finder.find_citations(text, ON)
    assert first.text == text[first.start : first.end] == "《合 同 法》第２００條"
    assert first.provision == "200"
    assert second.text == text[second.start : second.end] == "劳动合同法"


def test_citations_are_ordered_and_apart(finder: CitationFinder) -> None:
    text = "银保监会令2020年第9号、原银监会、《合同法》第39条、12378、《〈合同法〉解释》" * 3
    found = finder.find_citations(text, ON)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert {one.kind for one in found} == set(CitationKind)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("银监会令2011年第2号", "current"),
        ("银监会令(2011年第2号)", "current"),
        ("中国银行业监督管理委员会令2011年第2号", "current"),
        ("银监会2011年第2号令", "current"),
        ("银发〔2016〕314号", "current"),
        ("法释[2020] 17 号", "current"),
        ("国务院第631号令", "current"),
        ("中国银保监会公告2019年第1号", "unknown"),
        ("银保监会13号文", "unknown"),
        ("银保监会办公厅关于进一步规范商业银行互联网贷款业务的通知", "current"),
    ],
)
def test_a_document_number_or_title_is_never_out_of_date(
    finder: CitationFinder, text: str, status: str
) -> None:
    citation = only(finder.find_citations(text, ON))
    assert (citation.text, citation.status.value) == (text, status)


@pytest.mark.parametrize(
    "text", ["银监会2011年发布", "银监会令人失望", "银保监会第三次会议", "银保监会关于此事的通知"]
)
def test_a_body_without_a_number_is_a_body(finder: CitationFinder, text: str) -> None:
    citation = only(finder.find_citations(text, ON))
    assert citation.kind is CitationKind.REGULATOR
    assert citation.status is CitationStatus.RENAMED


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("《" * 4000, id="unclosed-brackets"),
        pytest.param("第" * 4000, id="ordinals"),
        pytest.param("民法典第" + "一、" * 4000, id="endless-list"),
        pytest.param("民法典第1条" + "第1款" * 4000, id="endless-paragraphs"),
        pytest.param("合同法(" * 4000, id="open-parentheses"),
        pytest.param("银保监会上海" * 4000, id="bodies"),
        pytest.param("", id="empty"),
        pytest.param("\ud800《合同法》", id="lone-surrogate"),
    ],
)
@pytest.mark.timeout(10)
def test_strange_text_is_read_in_time(finder: CitationFinder, text: str) -> None:
    finder.find_citations(text, ON)
