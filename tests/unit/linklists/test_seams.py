"""A text is parted into other pages' titles only where it consists of nothing else."""

from __future__ import annotations

import pytest

from crawler.linklists.seams import find_parts

THREE = ["催收上门是否合法", "网贷逾期多久会起诉", "信用卡停息挂账条件"]
ASKED = [f"{one}？" for one in (*THREE, "黑户怎样恢复")]


@pytest.mark.parametrize("mark", [" | ", "丨", " / ", " · "])
def test_three_titles_that_one_mark_parts(mark: str) -> None:
    assert find_parts(mark.join(THREE)) == THREE


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("催收上门那天的事 | 网贷逾期第二个月 / 信用卡停息挂账之后", id="two marks"),
        pytest.param("身份证 | 银行流水清单原件 | 借款合同复印件", id="a short cell"),
        pytest.param("先打客服，再投诉 | 网贷逾期多久会起诉 | 信用卡停息挂账条件", id="a pause"),
        pytest.param("催收上门那天的事 网贷逾期第二个月 信用卡停息挂账之后", id="spaces"),
        pytest.param("催收上门怎么应对 网贷逾期怎么协商 2024-05-06", id="a day"),
        pytest.param(
            "催收上门是否合法 | 网贷逾期多久会起诉。 | 停息挂账条件是哪些", id="a sentence"
        ),
    ],
)
def test_three_pieces_that_are_no_titles(text: str) -> None:
    assert find_parts(text) == []


def test_questions_without_anything_between_them() -> None:
    assert find_parts("".join(ASKED)) == ASKED
    assert find_parts(" ".join(ASKED)) == [f"{one}？" for one in (*THREE, "黑户怎样恢复")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("".join(ASKED[:3]), id="three questions"),
        pytest.param("".join(ASKED)[:-1], id="no question at the end"),
        pytest.param("同事知道了怎么办？爸妈呢？还得完吗？能睡着吗？", id="short ones"),
        pytest.param(
            "要是同事都知道了，怎么办？要是爸妈知道了，怎么办？要是还不完，怎么办？要是被告了，怎么办？",
            id="clauses",
        ),
    ],
)
def test_questions_that_an_article_asks(text: str) -> None:
    assert find_parts(text) == []


@pytest.mark.parametrize("pause", ["、", "，", ","])
def test_titles_that_pauses_part(pause: str) -> None:
    titles = [*THREE, "黑户怎样恢复征信", "白条逾期影响房贷吗"]
    assert find_parts(pause.join(titles)) == titles
    assert find_parts(pause.join(titles[:3])) == []


def test_hostile_texts_take_linear_time() -> None:
    for text in ("？" * 50_000, "借钱要还吗？" * 9_000, "丨" * 50_000, "题目丨" * 17_000):
        assert isinstance(find_parts(text), list)
