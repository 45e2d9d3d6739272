"""What the extension marks as out of date: its data, and its script run over the same words."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.citations import CitationFinder
from crawler.cli.currency import currency_document
from crawler.lexicon_json import lexicon_document
from crawler.seeds import load_references
from crawler.vocabulary import References

MARK = re.compile(r"⟦[^|⟧]*\|([^⟧]*)⟧")
Mark = Callable[..., list[list[tuple[str, str]]]]
MARKED = [
    ("根据《中华人民共和国合同法》第二百条,利息不得预扣。", ["中华人民共和国合同法"]),
    ("按照合同法和担保法处理", ["合同法", "担保法"]),
    ("可以向银保监会投诉", ["银保监会"]),
    ("可以向上海银保监局投诉", ["银保监局"]),
    ("中国银监会令人失望", ["中国银监会"]),
    ("已报《债务催收法》立案", ["债务催收法"]),
    ("拨打小赢卡贷客服电话400-000-1234", ["400-000-1234"]),
    ("《合同法》及相关司法解释", ["合同法"]),
    ("CBIRC的电话", ["CBIRC"]),
    ("依信访条例第三条", ["信访条例"]),
    ("《合同法》、《担保法》第十九条", ["合同法", "担保法"]),
    ("民法总则编第一条", []),
    ("民法总则第188条", ["民法总则"]),
    ("实施《合同法》的规定", ["合同法"]),
    ("对《担保法》解读了一遍", ["担保法"]),
]
NOT_MARKED = [
    "根据《劳动合同法》和劳动合同法实施条例",
    "依照银监会令2011年第2号",
    "《中国银保监会关于进一步规范信用卡业务的通知》",
    "银保监发〔2020〕37号",
    "向原银保监会投诉",
    "向银保监会(现国家金融监督管理总局)投诉",
    "银保监会已更名为国家金融监督管理总局",
    "已废止的《合同法》第二百条",
    "《合同法》已被民法典取代",
    "合同法律关系和合同法学",
    "《合同法实务指南》这本书",
    "根据《民法典》第六百八十条",
    "国家金融监督管理总局",
    "他正在金融办理窗口排队",
    "市委金融办",
    "小赢卡贷可以打投诉电话12378",
    "小赢卡贷订单号13800001234",
    "请拨打400-000-1234咨询天气",
    "小赢卡贷借了13800001234元",
    "the scbircx name",
    "依广东省信访条例第三条",
    "深圳市法律援助条例",
    "勞動合同法與欠債無關",
    "民法总则课",
    "《合同法》实施办法",
    "消金试点办法已由消金管理办法取代",
    "婚姻法释义",
    "四川省实施《担保法》办法",
    "原江苏省苏州银保监分局受理",
    "广东银保监局(现国家金融监督管理总局广东监管局)",
    "某市地方金融监督管理局(现市委金融委员会办公室)",
    "失效的《民法通则》与《民法总则》",
    "原银监会、保监会合并时",
    "《侵权责任法》第六条(现为《民法典》第一千一百六十五条)",
    "合同法第200条,现民法典第670条",
    "婚姻法第十九条第二款、第四十一条(现民法典第1065条)",
]


@pytest.fixture(scope="module")
def references() -> References:
    """The project's own reference data."""
    return load_references(None)


@pytest.fixture(scope="module")
def mark(references: References, project_folder: Path) -> Mark:
    """Runs the extension's script over texts: for each what is marked, and as what."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node; ./dev test needs it")
    script = project_folder / "tests" / "vectors" / "run_notes.mjs"
    work = {"data": currency_document(references), "lexicon": lexicon_document(references)}

    def run(texts: list[str], today: str = "2026-11-22") -> list[list[tuple[str, str]]]:
        asked = json.dumps({**work, "today": today, "texts": texts})
        answer = subprocess.run(
            [node, str(script)], input=asked, capture_output=True, text=True, check=True
        )
        found: list[list[list[Any]]] = json.loads(answer.stdout)
        return [[(one[0], one[1]) for one in marks] for marks in found]

    return run


def test_what_is_out_of_date_is_marked(mark: Mark) -> None:
    found = mark([text for text, _ in MARKED])
    assert [[surface for surface, _ in marks] for marks in found] == [one for _, one in MARKED]


def test_what_holds_or_explains_itself_is_not_marked(mark: Mark) -> None:
    assert dict(zip(NOT_MARKED, mark(NOT_MARKED), strict=True)) == {one: [] for one in NOT_MARKED}


def test_a_change_to_come_is_not_marked_yet(mark: Mark) -> None:
    text = "可以向银保监会投诉,也可以向工商总局投诉"
    assert len(mark([text])[0]) == 2
    assert [surface for surface, _ in mark([text], "2020-01-01")[0]] == ["工商总局"]
    assert mark([text], "2017-01-01") == [[]]


def test_every_mark_is_a_stale_citation_to_the_finder(
    mark: Mark, references: References, project_folder: Path
) -> None:
    folder = project_folder / "tests" / "quality" / "citations"
    texts = [
        MARK.sub(r"\1", line.split("\t")[-1].strip()).replace("↵", "\n")
        for file in sorted(folder.glob("*.txt"))
        for line in file.read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert not any("⟦" in text for text in texts)
    finder = CitationFinder(references)
    good = {"current", "amended", "unknown"}
    for text, marks in zip(texts, mark(texts), strict=True):
        stale = [
            one.text
            for one in finder.find_citations(text, date(2026, 11, 22))
            if one.status.value not in good and one.note != "annotated"
        ]
        for surface, status in marks:
            assert status == "number" or any(surface in one for one in stale), text


def test_the_document_names_only_what_is_verified(references: References) -> None:
    document = currency_document(references)
    assert document["numbers"]["12378"] == "国家金融监督管理总局"
    assert "400-000-1234" not in document["numbers"]
    assert all(
        one["status"] not in {"current", "amended", "unknown"} for one in document["entries"]
    )
