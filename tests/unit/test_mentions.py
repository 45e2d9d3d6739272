"""Lenders' names are found and judged as the vectors say, the same in both languages."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from vectors.loading import lexicon_of, load_vectors, unmark
from vectors.passages import random_passages

from crawler.lexicon_json import match_document
from crawler.mentions import Headings, MentionFinder, find_about, mark_about
from crawler.model import Mention
from crawler.seeds import load_references
from crawler.vocabulary import Lexicon

VECTORS = load_vectors()
ROWS = [
    pytest.param(row[side], id=f"{row['id']}-{side}")
    for row in VECTORS["rows"]
    for side in ("hit", "miss")
]

PASSAGES = 1000
SEED = 20261122


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return lexicon_of(VECTORS["lexicon"])


@pytest.fixture(scope="module")
def finder(lexicon: Lexicon) -> MentionFinder:
    return MentionFinder(lexicon)


@pytest.mark.parametrize("row", ROWS)
def test_vector(row: dict[str, Any], finder: MentionFinder) -> None:
    text, spans = unmark(row["text"])
    mentions = finder.find_mentions(text, row.get("title"))
    assert [(one.start, one.end) for one in mentions] == spans
    assert [one.lender for one in mentions] == row["lenders"]
    assert [one.surface for one in mentions] == [text[start:end] for start, end in spans]


def test_every_vector_has_a_hit_and_a_near_miss() -> None:
    rows = VECTORS["rows"]
    assert len(rows) >= 150
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(row["hit"]["lenders"] for row in rows)
    fewer = [len(row["miss"]["lenders"]) < len(row["hit"]["lenders"]) for row in rows]
    assert all(fewer)


def test_the_compiled_lexicon_in_the_vectors_is_up_to_date(lexicon: Lexicon) -> None:
    compiled = json.loads(json.dumps(match_document(lexicon)))
    assert compiled == VECTORS["match"], "run: python -m vectors.rewrite --write (in tests/)"


@pytest.fixture(scope="module")
def differences(
    lexicon: Lexicon,
    finder: MentionFinder,
    project_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> list[str]:
    """What the browser's matcher finds otherwise in random passages."""
    folder = tmp_path_factory.mktemp("parity")
    passages = list(random_passages(lexicon, PASSAGES, SEED))
    work = {"match": match_document(lexicon), "passages": passages}
    (folder / "work.json").write_text(json.dumps(work), encoding="utf-8")
    script = project_folder / "tests" / "vectors" / "run_matcher.mjs"
    subprocess.run(["node", str(script), str(folder)], check=True)
    found = json.loads((folder / "found.json").read_text(encoding="utf-8"))
    differences = []
    total = 0
    for (title, text), theirs in zip(passages, found, strict=True):
        ours = [
            [one.lender, one.surface, one.start, one.end]
            for one in finder.find_mentions(text, title)
        ]
        total += len(ours)
        if ours != theirs:
            differences.append(f"{title!r} {text!r}: {ours} but {theirs}")
    assert total > PASSAGES, "the passages hold too few names to compare anything"
    return differences


def test_both_matchers_agree_on_random_passages(differences: list[str]) -> None:
    assert differences == []


def test_nothing_is_found_in_nothing(finder: MentionFinder) -> None:
    assert finder.find_mentions("") == ()
    assert finder.find_mentions("\ud800\n \u200b", None) == ()


def test_a_long_line_of_names_takes_no_quadratic_time(finder: MentionFinder) -> None:
    mentions = finder.find_mentions("白条、金条逾期," * 20_000)
    assert len(mentions) == 40_000


TALK = "收到传票。\n我问了律师,\n利息可以减免,债务分期还。\n第一个,{},有公积金。"


def test_a_text_of_debts_is_context_for_every_line(lexicon: Lexicon, finder: MentionFinder) -> None:
    text = TALK.format("还呗")
    heading = Headings(lexicon).find("外婆的红纸", text)
    assert [one.surface for one in finder.find_mentions(text, heading)] == ["还呗"]
    assert finder.find_mentions(text, "外婆的红纸") == ()


@pytest.mark.parametrize("phrase", ["慢慢还呗", "有钱花,没钱也得花", "随便花呗"])
def test_a_text_of_debts_makes_no_name_of_ordinary_words(
    phrase: str, lexicon: Lexicon, finder: MentionFinder
) -> None:
    text = TALK.format(phrase)
    assert finder.find_mentions(text, Headings(lexicon).find(None, text)) == ()


@pytest.mark.parametrize("title", [None, "", "外婆的红纸", "贷款逾期"])
def test_the_heading_of_other_texts_is_their_title(title: str | None, lexicon: Lexicon) -> None:
    assert Headings(lexicon).find(title, "收到快递,利息没有变。") == title


@pytest.mark.parametrize(
    ("page", "expected"), [("", []), ("那家平台", ["恒昌"]), ("巷口的说书场", [])]
)
def test_the_rest_of_a_page_tells_what_it_speaks_of(
    page: str, expected: list[str], finder: MentionFinder
) -> None:
    assert [one.surface for one in finder.find_mentions("恒昌那边也答应", None, page)] == expected


def test_several_lenders_make_a_page_of_lenders(finder: MentionFinder) -> None:
    assert len(finder.find_mentions("安逸花、还呗、分期乐")) == 3
    assert finder.find_mentions("还呗、分期乐") == ()


ABOUT = {
    "title": ("微粒贷逾期怎么办", "微粒贷逾期后,花呗、花呗、花呗也会受影响。", ["微粒贷"]),
    "as_often_as_the_title's": (
        "微粒贷催收上门",
        "微粒贷催收上门,微粒贷客服不认。花呗催收也上门,花呗客服也不认。花呗逾期更久。",
        ["花呗", "微粒贷"],
    ),
    "less_often_than_the_title's": (
        "微粒贷催收上门",
        "微粒贷催收上门,微粒贷客服不认。花呗催收也上门,花呗客服也不认。",
        ["微粒贷"],
    ),
    "lender_of_the_title's_product": (
        "微粒贷催收上门",
        "微粒贷由微众银行放款,微粒贷客服不认。微众银行说不是它派的,找微众银行也没用。",
        ["微粒贷"],
    ),
    "two_in_title": ("花呗和借呗逾期", "借呗和花呗逾期都会上征信,借呗催收更急。", ["借呗", "花呗"]),
    "operator_dropped": (
        "微众银行微粒贷逾期",
        "微众银行的微粒贷逾期。微众银行会催收,微众银行会起诉。",
        ["微粒贷"],
    ),
    "operator_alone": ("微众银行贷款逾期", "微众银行的贷款逾期,联系微众银行。", ["微众银行"]),
    "frequency": (
        "网贷上门催收合法吗",
        "微粒贷催收上门。微粒贷说要外访。" + "上门要出示证件。" * 60 + "微粒贷客服可以核实。",
        ["微粒贷"],
    ),
    "mentioned_once": (
        "网贷上门催收合法吗",
        "催收上门要出示证件。" * 40 + "例如微粒贷。",
        [],
    ),
    "even_list": (
        "哪些网贷上征信",
        "微粒贷、小赢卡贷、360借条、拍拍贷、网商贷都上征信。" * 4,
        [],
    ),
    "even_list_in_title": (
        "微粒贷、小赢卡贷、360借条、拍拍贷、网商贷哪个上征信",
        "微粒贷、小赢卡贷、360借条、拍拍贷、网商贷都上征信。",
        ["微粒贷", "小赢卡贷", "360借条", "拍拍贷", "网商贷"],
    ),
    "lists_do_not_count": (
        "网贷上征信吗",
        "花呗、借呗、微粒贷都上征信。" * 3 + "逾期要协商还款。" * 40,
        [],
    ),
    "alone_and_twice": (
        "催收电话轰炸怎么办",
        "微粒贷催收一天三十个电话。" + "逾期要协商还款。" * 40 + "微粒贷客服可以核实。",
        ["微粒贷"],
    ),
    "twice_beside_another": (
        "催收电话轰炸怎么办",
        "微粒贷催收一天三十个电话。" + "逾期要协商还款。" * 40 + "微粒贷与小赢卡贷不同。",
        [],
    ),
    "two_of_them_twice_each": (
        "催收电话轰炸怎么办",
        "微粒贷催收一天三十个电话,小赢卡贷也打。"
        + "逾期要协商还款。" * 40
        + "微粒贷客服答应少打。小赢卡贷客服没有回。",
        ["微粒贷", "小赢卡贷"],
    ),
    "short_note": (None, "微粒贷逾期,催收天天打电话,怎么办?", ["微粒贷"]),
    "unnamed": (
        "某平台服务费太高",
        "小赢卡贷的公司被约谈,要求退费。" + "要协商还款。" * 60,
        ["小赢卡贷"],
    ),
    "in_passing": ("某平台服务费太高", "还有小赢卡贷没还。" + "要协商还款。" * 60, []),
    "own_paragraphs": (
        "两家的态度",
        "微粒贷那边。客服答应分期,利息不再加,九天就回了话,态度也算不错,没有为难人。\n"
        "海尔消费金融那边。客服只会念条文,二十天以后才有人回,还要我先还一期。\n"
        + "要协商还款。"
        * 60,
        ["微粒贷", "海尔消费金融"],
    ),
    "own_paragraphs_and_one_in_passing": (
        "两家的态度",
        "微粒贷那边。客服答应分期,利息不再加,九天就回了话,态度也算不错,没有为难人。\n"
        "海尔消费金融那边。客服只会念条文,二十天以后才有人回,还要我先还一期。\n"
        "有人问中银消费金融,我没借过。\n" + "要协商还款。" * 60,
        ["微粒贷", "海尔消费金融"],
    ),
    "own_debt": (
        "短信发到了同事那里",
        "我在微粒贷借了两万,断了三期。\n" + "平台要协商还款,客服说可以。" * 40,
        ["微粒贷"],
    ),
    "own_debt_told_in_the_title_alone": (
        "短信发到了我同事那里",
        "发布于昨天 论坛\n微粒贷欠两万,断了三期。\n" + "平台要协商还款,客服说可以。" * 40,
        ["微粒贷"],
    ),
    "a_debt_of_somebody_else": (
        "短信发到了我同事那里",
        "有人欠微粒贷两万,断了三期。\n" + "平台要协商还款,客服说可以。" * 40,
        [],
    ),
    "own_debt_to_two": (
        "短信发到了同事那里",
        "我欠微粒贷两万,欠小赢卡贷三千。\n" + "平台要协商还款,客服说可以。" * 40,
        ["微粒贷", "小赢卡贷"],
    ),
    "the_second_in_a_paragraph_of_its_own": (
        "短信发到了同事那里",
        "我欠微粒贷两万,一年没还。\n"
        "小赢卡贷好说话,客服答应分期,利息也不再加了,一天就回了话,没有为难人,我都记着。\n"
        + "平台要协商还款,客服说可以。"
        * 40,
        ["微粒贷", "小赢卡贷"],
    ),
    "own_debt_among_others": (
        "短信发到了同事那里",
        "我欠微粒贷两万,还欠着同学八千。\n" + "平台要协商还款,客服说可以。" * 40,
        [],
    ),
    "example": (
        "短信发到了同事那里",
        "我见得多了,比如微粒贷逾期的,欠两万。\n" + "平台要协商还款,客服说可以。" * 40,
        [],
    ),
    "pretended": (
        "短信发到了同事那里",
        "对方自称微粒贷客服,说我逾期。\n" + "平台要协商还款,客服说可以。" * 40,
        [],
    ),
    "of_an_agent": (
        "债务优化师收了我五千",
        "我欠微粒贷两万,断了三期。\n" + "平台要协商还款,客服说可以。" * 40,
        [],
    ),
    "after_the_first_paragraph": (
        "短信发到了同事那里",
        "先说结果,办成了。\n我在微粒贷借过两万,断了三期。\n" + "客服说可以协商还款。" * 40,
        [],
    ),
    "plaintiff": (
        "服务费算不算利息",
        "原告海尔消费金融有限公司诉称,被告借款不还。\n" + "法院认为要协商还款。" * 40,
        ["海尔消费金融"],
    ),
    "plaintiff_on_the_other_side": (
        "服务费算不算利息",
        "原告在微粒贷借款,被告公司发短信给他的同事。\n" + "法院认为要协商还款。" * 40,
        [],
    ),
    "none": ("小额贷款上门催收", "小额贷款上门催收要出示证件。", []),
    "ordinary_title": ("工资不够花逾期了", "欠海尔消费金融的钱。" + "要协商还款。" * 60, []),
}


@pytest.mark.parametrize(("title", "text", "expected"), ABOUT.values(), ids=ABOUT.keys())
def test_about(
    title: str | None, text: str, expected: list[str], lexicon: Lexicon, finder: MentionFinder
) -> None:
    names = {lender.id: lender.name for lender in lexicon.lenders}
    mentions = finder.find_mentions(text, title)
    about = find_about(mentions, title, text, lexicon)
    assert [names[lender] for lender in about] == expected


def test_mark_about_marks_only_those_lenders() -> None:
    one = Mention("a", "甲", 0, 1)
    other = Mention("b", "乙", 1, 2)
    assert mark_about([one, other], ["b"]) == (one, replace(other, about=True))


def test_living_costs_are_a_lenders_only_where_its_brand_stands() -> None:
    finder = MentionFinder(load_references().lexicon)
    texts = (
        "这个月生活费被扣得只剩一百,先用后付还要还。",
        "学期生活费全拿去还网贷了。",
        "在美团借了生活费八千,逾期了。",
    )
    found = [[one.surface for one in finder.find_mentions(text, None)] for text in texts]
    assert found == [[], [], ["生活费"]]
