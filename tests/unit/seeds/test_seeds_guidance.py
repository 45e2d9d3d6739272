"""The house guidance is complete, current, and names only numbers of the public list."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from crawler.citations import CitationFinder
from crawler.model import CitationStatus
from crawler.seeds import check_seeds, load_guidance, load_labels, load_references
from crawler.seeds.guidance import find_blanks
from crawler.seeds.guidance_checks import guidance_texts, has_provision
from crawler.vocabulary import HouseGuidance, References


@pytest.fixture(scope="module")
def references() -> References:
    return load_references()


@pytest.fixture(scope="module")
def guidance() -> tuple[HouseGuidance, ...]:
    return load_guidance()


def test_every_topic_has_one_guidance(
    references: References, guidance: tuple[HouseGuidance, ...]
) -> None:
    assert sorted(one.topic for one in guidance) == sorted(one.id for one in references.topics)


def test_every_citation_in_the_guidance_is_current(
    references: References, guidance: tuple[HouseGuidance, ...]
) -> None:
    finder = CitationFinder(references)
    stale = [
        (one.topic, citation.text, citation.status)
        for one in guidance
        for text in guidance_texts(one)
        for citation in finder.find_citations(text, one.checked)
        if citation.status is not CitationStatus.CURRENT
    ]
    assert stale == []


def test_the_check_of_citations_would_find_a_stale_one(references: References) -> None:
    text = "依据合同法第二百条,银保监会可以处理。"
    found = CitationFinder(references).find_citations(text, date(2026, 11, 22))
    assert any(citation.status is not CitationStatus.CURRENT for citation in found)


def test_crisis_guidance_begins_with_the_helpline(guidance: tuple[HouseGuidance, ...]) -> None:
    crisis = next(one for one in guidance if one.topic == "crisis")
    assert "12356" in crisis.first
    assert crisis.contacts[0].numbers == ("12356",)


def test_letters_are_there_for_the_four_common_matters(
    guidance: tuple[HouseGuidance, ...],
) -> None:
    letters = {template.id for one in guidance for template in one.templates}
    assert {
        "general-complaint",
        "hardship-letter",
        "credit-objection",
        "stop-third-parties",
    } <= letters


def test_every_blank_of_a_letter_is_described(guidance: tuple[HouseGuidance, ...]) -> None:
    for one in guidance:
        for template in one.templates:
            described = [field.name for field in template.fields]
            assert sorted(find_blanks(template.body)) == sorted(described), template.id


def test_provisions_lie_in_ranges_and_above_paragraphs(references: References) -> None:
    by_id = {one.id: one for one in references.statutes}
    assert has_provision(by_id["civil-code"], "675")
    assert not has_provision(by_id["civil-code"], "681")
    assert has_provision(by_id["psapl-2025"], "50")
    assert not has_provision(by_id["psapl-2025"], "5")


def test_labels_name_platforms_as_no_lenders() -> None:
    kinds = load_labels()["kind"]
    assert "平台不是放款人" in kinds["loan_facilitation"].note
    assert kinds["bank"].note == ""


@pytest.fixture
def folder(tmp_path: Path, project_folder: Path) -> Path:
    copy = tmp_path / "seeds"
    shutil.copytree(project_folder / "seeds", copy, ignore=shutil.ignore_patterns("site"))
    return copy


BREAKS = [
    ("foreign number", "first = ", 'first = "请拨打4008001234。" # ', "4008001234 is no current"),
    ("dead number", "first = ", 'first = "请拨打12331。" # ', "12331 is no current"),
    ("two sentences", "answer = ", 'answer = "可以。不过先等。" # ', "one sentence"),
    ("unknown topic", "topic = ", 'topic = "nothing" # ', "is no topic"),
    ("unknown field", "title_en = ", 'colour = "red"\ntitle_en = ', "colour is unknown"),
    ("repealed statute", 'statute = "cpl"', 'statute = "contract-law"', "which is repealed"),
    ("unknown statute", 'statute = "cpl"', 'statute = "nothing"', "not in statutes.toml"),
    ("no key provision", 'provision = "26"', 'provision = "99"', "is no key provision"),
    ("unknown kind", '"any"', '"pawnshop"', "pawnshop, which is no lender kind"),
    ("number off the list", 'numbers = ["12363"]', 'numbers = ["12364"]', "12364 is no current"),
    ("blank without field", "{{名目}}", "{{名目}}{{空白}}", "has no field"),
]

NEAR_MISSES = [
    ("listed number", "first = ", 'first = "请拨打12315。" # '),
    ("date and document number", "first = ", 'first = "2026-08-01起看GB/T 45251-2025。" # '),
    ("one sentence with commas", "answer = ", 'answer = "可以,不过先等;再试。" # '),
    ("other current statute", 'statute = "cpl"', 'statute = "cpl" # consumer'),
]


def edit(folder: Path, old: str, new: str) -> list[str]:
    """The faults after one text of the guidance on hidden fees was replaced."""
    path = folder / "guidance" / "hidden_fee.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return check_seeds(folder)


@pytest.mark.parametrize(
    ("old", "new", "says"), [row[1:] for row in BREAKS], ids=[row[0] for row in BREAKS]
)
def test_fault_in_guidance_is_named(folder: Path, old: str, new: str, says: str) -> None:
    faults = edit(folder, old, new)
    assert any(fault.startswith("guidance") and says in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("old", "new"), [row[1:] for row in NEAR_MISSES], ids=[row[0] for row in NEAR_MISSES]
)
def test_near_miss_in_guidance_passes(folder: Path, old: str, new: str) -> None:
    assert edit(folder, old, new) == []


def test_eight_steps_are_too_many(folder: Path) -> None:
    steps = ", ".join(f'"第{number}步。"' for number in range(1, 8))
    assert edit(folder, "steps = [", f"steps = [{steps},") != []


def test_a_topic_without_guidance_is_named(folder: Path) -> None:
    (folder / "guidance" / "crisis.toml").unlink()
    assert check_seeds(folder) == ["guidance: crisis: has no guidance; write guidance/crisis.toml"]
