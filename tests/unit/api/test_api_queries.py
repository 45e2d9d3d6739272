"""What a person types is read literally first, then helpfully."""

from __future__ import annotations

import pytest

from api.names import LenderNames
from api.queries import QueryReader
from api.snippets import find_highlights, make_snippet
from api.synonyms import Synonyms, load_synonyms
from crawler.errors import SeedError
from crawler.vocabulary import References


@pytest.fixture(scope="module")
def reader(references: References) -> QueryReader:
    """Reads queries with the project's names and synonyms."""
    return QueryReader(LenderNames(references.lexicon), load_synonyms())


def groups(reader: QueryReader, text: str, attempt: int = 0) -> list[set[str]]:
    query = reader.find_attempts(text)[attempt].query
    return [{one.term for one in group if one.term} for group in query.groups]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("上诉", [{"上诉"}], id="one-term"),
        pytest.param("上诉 撤诉", [{"上诉"}, {"撤诉"}], id="two-terms"),
        pytest.param("上诉\uff0c撤诉", [{"上诉"}, {"撤诉"}], id="full-width-comma"),
        pytest.param("“上诉 期限”", [{"上诉期限"}], id="phrase"),
        pytest.param('"民法典" 上诉', [{"民法典"}, {"上诉"}], id="phrase-and-term"),
        pytest.param("上訴", [{"上诉"}], id="traditional"),
        pytest.param("APP", [{"app"}], id="case"),
    ],
)
def test_the_first_reading_is_literal(
    reader: QueryReader, text: str, expected: list[set[str]]
) -> None:
    assert groups(reader, text) == expected


def test_a_synonym_finds_the_other_word(reader: QueryReader) -> None:
    (group,) = groups(reader, "催债")
    assert {"催债", "催收"} <= group


def test_a_lender_is_found_by_all_its_names(reader: QueryReader) -> None:
    (group,) = reader.find_attempts("微粒贷")[0].query.groups
    assert ("lender", "weili-dai") in {one.facet for one in group}
    assert "微粒贷" in {one.term for one in group}


def test_a_question_is_split_into_what_is_known(reader: QueryReader) -> None:
    terms = groups(reader, "微粒贷还不上怎么办", 1)
    assert any("微粒贷" in group for group in terms)
    assert any("逾期" in group for group in terms)
    assert not any("怎么办" in group for group in terms)


def test_what_is_like_a_name_is_tried_last(reader: QueryReader) -> None:
    attempts = reader.find_attempts("xiaoyingkadai")
    assert [one.corrected == () for one in attempts] == [True, False]
    assert attempts[-1].corrected[0].lender == "xiaoying-kadai"


@pytest.mark.parametrize("text", ["小嬴卡贷", "小赢卡带", "小赢咔贷"])
def test_a_misspelt_name_may_begin_with_another_name(reader: QueryReader, text: str) -> None:
    assert reader.find_attempts(text)[-1].corrected[0].lender == "xiaoying-kadai"


@pytest.mark.parametrize("text", ["", " ", "\uff0c。", '""', "《》"])
def test_no_words_are_no_query(reader: QueryReader, text: str) -> None:
    assert reader.find_attempts(text) == []
    assert reader.lenders(text) == []


def test_lenders_in_a_question_are_named(reader: QueryReader) -> None:
    assert reader.lenders("小赢卡贷和微粒贷哪个好") == ["xiaoying-kadai", "weili-dai"]
    assert reader.lenders("催收怎么办") == []


@pytest.mark.parametrize(
    ("text", "lender"),
    [("借 呗", "jiebei"), ("jie bei", "jiebei"), ("好 分期", "haofen-qi"), ("花贝", "huabei")],
)
def test_spaces_and_a_wrong_sign_leave_a_name(reader: QueryReader, text: str, lender: str) -> None:
    assert reader.lenders(text) == [lender]


def test_a_lender_is_found_whatever_else_is_asked(reader: QueryReader) -> None:
    last = reader.find_attempts("微粒贷起诉到法院")[-1]
    assert [guess.surface for guess in last.corrected] == ["微粒贷"]
    assert len(last.query.groups) == 1


def test_single_characters_are_no_words_of_a_question(reader: QueryReader) -> None:
    assert len(reader.find_attempts("不想活了")) == 1
    assert len(reader.find_attempts("死")) == 1


def test_the_question_is_what_is_asked_besides_names(reader: QueryReader) -> None:
    assert reader.question("好分期逾期了") == "逾期了"
    assert reader.question("逾期 好分期") == "逾期"
    assert reader.question("好分期") == ""
    assert "还不上" in reader.widen("逾期了").split()
    assert reader.widen("") == ""


def test_highlights_are_spans_of_the_original_text() -> None:
    text = "被催 收了\uff0cＡＰＰ催收"
    spans = find_highlights(text, ["催收", "app"])
    assert [text[start:end] for start, end in spans] == ["催 收", "ＡＰＰ", "催收"]
    assert find_highlights(text, ["催款"]) == ()


def test_highlights_never_overlap() -> None:
    assert find_highlights("暴力催收", ["力催", "暴力催收", "催收"]) == ((0, 4),)


def test_a_snippet_shows_the_longest_term() -> None:
    texts = ["前言。", "字" * 200 + "停止催收" + "字" * 200 + "催收"]
    snippet = make_snippet(texts, ["催收", "停止催收"])
    assert "停止催收" in snippet.text
    assert snippet.text.startswith("…")
    assert snippet.text.endswith("…")
    ((start, end),) = snippet.highlights
    assert snippet.text[start:end] == "停止催收"


def test_a_snippet_without_a_hit_is_the_beginning() -> None:
    assert make_snippet(["开头", "后面"], ["无"]).text == "开头"
    assert make_snippet([], ["无"]).text == ""


def test_bad_synonyms_are_all_told(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "synonyms.toml"
    path.write_text('groups = [["a", "b"], ["b"], "c"]\nfillers = [1]\n')
    with pytest.raises(SeedError) as caught:
        load_synonyms(path.parent)
    assert len(caught.value.faults) == 3
    path.write_text("groups = [")
    with pytest.raises(SeedError, match=r"synonyms\.toml"):
        load_synonyms(path.parent)


def test_the_synonyms_are_well_formed() -> None:
    found = load_synonyms()
    assert isinstance(found, Synonyms)
    assert found.fillers[0] == max(found.fillers, key=len)
