"""A name that the text itself explains as a former one gets no badge that says it holds."""

from __future__ import annotations

from datetime import date

import lxml.html
import pytest
from flask.testing import FlaskClient

from crawler.citations import CitationFinder
from crawler.vocabulary import References


@pytest.mark.parametrize(
    ("text", "badge", "absent"),
    [
        ("依据已废止的《合同法》第二百条办理。", "文中已说明", ">现行<"),
        ("依据《合同法》第二百条办理。", "已废止", "文中已说明"),
        ("依据《民法典》第六百七十条办理。", ">现行<", "文中已说明"),
    ],
)
def test_badges_of_the_checker(client: FlaskClient, text: str, badge: str, absent: str) -> None:
    page = client.post("/check", data={"text": text}).get_data(as_text=True)
    shown = page.split("<form", 1)[0]
    assert badge in shown
    assert absent not in shown


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("根据银监会196条规定", "刑法第196条"),
        ("依据《催收管理条例》", "编者自有知识"),
        ("依据《网络小额贷款业务管理办法(试行)》", "bbxin.com"),
        ("依据《合同法》第二百条办理", "github.com"),
        ("向银保监会投诉", "epaper.qbnews.cn"),
        ("拨打12378", "szcga.com"),
    ],
)
def test_each_citation_shows_what_it_was_judged_by(
    client: FlaskClient, text: str, origin: str
) -> None:
    page = lxml.html.fromstring(client.post("/check", data={"text": text}).text)
    (shown,) = page.xpath("//ol[@class='citations']/li")
    told = shown.text_content()
    assert f"依据：{origin}" in told
    assert "· 核对于 2026-" in told
    assert "fengdujob" not in told  # a page that spreads what is false is no source


def test_a_correction_in_sentences_stands_below_the_text_only(client: FlaskClient) -> None:
    text = "依据《催收管理条例》和《合同法》第二百条"
    page = lxml.html.fromstring(client.post("/check", data={"text": text}).text)
    (pasted,) = page.xpath("//div[contains(@class, 'pasted')]")
    assert "从未施行" in pasted.text_content()
    assert "民法典第670条" in pasted.text_content()
    assert "没有专门的催收法律" not in pasted.text_content()
    assert "没有专门的催收法律" in page.xpath("//ol[@class='citations']")[0].text_content()


def test_whatever_a_citation_leads_to_has_a_source_and_a_name_of_its_own(
    references: References,
) -> None:
    groups = references.statutes, references.phantoms, references.regulators
    names = [one.id for group in groups for one in group]
    names += [one.number for one in references.hotlines]
    assert len(set(names)) == len(names)
    finder = CitationFinder(references)
    for phantom in references.phantoms:
        for found in finder.find_citations(f"依据{phantom.name}办理", date(2026, 11, 22)):
            assert found.target is None or found.target in names
