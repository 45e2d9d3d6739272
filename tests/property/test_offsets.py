"""Offsets lead back to the text they came from, wherever in an article that text stands."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from law_texts import neutral_lines
from vectors.loading import lexicon_of, load_vectors, unmark

from crawler.citations import CitationFinder
from crawler.contacts import ContactFinder
from crawler.mentions import MentionFinder
from crawler.seeds import load_references
from crawler.text import fold

TODAY = date(2026, 11, 22)
ROWS = [unmark(row[side]["text"])[0] for row in load_vectors()["rows"] for side in ("hit", "miss")]
CITING = (
    "根据《民法典》第六百七十六条，借款人未按照约定的期限返还借款的，应当支付逾期利息。",
    "原《合同法》第二百零六条已经废止，投诉可以拨打12378。",
    "依照《治安管理处罚法》第四十二条，写恐吓信的可以处五日以下拘留。",
    "中国银保监会现为国家金融监督管理总局，12363是人民银行的电话。",
    "最高人民法院法释〔2020〕17号规定，利率超过合同成立时LPR四倍的部分不予支持。",
    "请联系网站客服，电话010-66278110，或者写信到当地监管局。",
)


@pytest.fixture(scope="module")
def finder() -> MentionFinder:
    return MentionFinder(lexicon_of(load_vectors()["lexicon"]))


@pytest.fixture(scope="module")
def citations() -> CitationFinder:
    return CitationFinder(load_references())


@pytest.fixture(scope="module")
def contacts() -> ContactFinder:
    return ContactFinder(load_references())


@given(
    st.text(
        st.sampled_from("小贏A１ \u200b\n㈱½\xad\ufe0f😀\u3000ﬁb") | st.characters(), max_size=40
    )
)
def test_each_folded_character_is_in_the_fold_of_its_origin(original: str) -> None:
    folded = fold(original)
    for at, character in enumerate(folded.text):
        start, end = folded.span(at, at + 1)
        assert character in fold(original[start:end]).text


@given(st.text(max_size=20), st.text(max_size=20))
def test_lines_fold_each_for_itself(first: str, second: str) -> None:
    assert fold(f"{first}\n{second}").text == f"{fold(first).text}\n{fold(second).text}"


@given(st.sampled_from(ROWS), neutral_lines, neutral_lines)
@settings(max_examples=300)
def test_mentions_do_not_depend_on_the_blocks_around(
    finder: MentionFinder, text: str, before: list[str], after: list[str]
) -> None:
    alone = finder.find_mentions(text)
    lead = "".join(f"{line}\n" for line in before)
    among = finder.find_mentions("\n".join([*before, text, *after]))
    assert [(one.lender, one.start - len(lead), one.end - len(lead)) for one in among] == [
        (one.lender, one.start, one.end) for one in alone
    ]


@given(st.permutations(CITING), neutral_lines)
@settings(max_examples=100)
def test_citations_do_not_depend_on_the_order_of_blocks(
    citations: CitationFinder, texts: list[str], between: list[str]
) -> None:
    expected = {
        (line, one.text, one.status)
        for line in CITING
        for one in citations.find_citations(line, TODAY, None)
    }
    text = "\n".join([*between, *texts])
    found = citations.find_citations(text, TODAY, None)
    starts = {text.index(line): line for line in texts}
    got = {
        (starts[max(at for at in starts if at <= one.start)], one.text, one.status) for one in found
    }
    assert got == expected
    assert all(text[one.start : one.end] == one.text for one in found)


@given(st.permutations(CITING), neutral_lines)
@settings(max_examples=100)
def test_numbers_do_not_depend_on_the_order_of_blocks(
    contacts: ContactFinder, texts: list[str], between: list[str]
) -> None:
    expected = sorted(
        (one.number, one.status) for line in CITING for one in contacts.find_contacts(line)
    )
    found = contacts.find_contacts("\n".join([*between, *texts]))
    assert sorted((one.number, one.status) for one in found) == expected
    assert expected
