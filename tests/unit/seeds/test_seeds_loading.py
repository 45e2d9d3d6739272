"""The project's own reference data holds what the rest relies on."""

from __future__ import annotations

import time
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.errors import SeedError
from crawler.seeds import load_references, seeds_folder
from crawler.text import fold
from crawler.vocabulary import LenderKind, References, Statute, Trust

CONSUMER_FINANCE_COMPANIES = 31
"""Licensed by the regulator on 2025-06-30."""


@pytest.fixture(scope="module")
def references() -> References:
    return load_references()


@pytest.fixture(scope="module")
def statutes(references: References) -> dict[str, Statute]:
    return {one.id: one for one in references.statutes}


def test_seeds_folder_is_the_repository_s(project_folder: Path) -> None:
    assert seeds_folder() == project_folder / "seeds"


def test_all_lenders_are_there(references: References) -> None:
    kinds = Counter(lender.kind for lender in references.lexicon.lenders)
    assert kinds[LenderKind.CONSUMER_FINANCE] == CONSUMER_FINANCE_COMPANIES
    assert sum(kinds.values()) >= 415
    assert set(kinds) == set(LenderKind)


def test_only_verified_hotlines_are_stored(references: References) -> None:
    callable_ones = [one for one in references.lexicon.lenders if one.hotline]
    assert len(callable_ones) == 13
    assert all(one.provenance.trust is Trust.VERIFIED_SECONDARY for one in callable_ones)


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("安逸花", "图安逸花钱"),
        ("够花", "不够花"),
        ("够花", "够花钱"),
        ("信用飞", "信用飞轮"),
        ("信用飞", "信用飞跃"),
        ("分期乐", "长期分期乐见其成"),
        ("白条", "打白条"),
        ("金条", "金条价格"),
        ("金条", "投资金条"),
        ("有钱花", "有钱花不完"),
        ("放心借", "放心借给"),
        ("月付", "按月付"),
        ("还呗", "偿还呗"),
    ],
)
def test_ambiguous_name_is_blocked_in_its_ordinary_phrase(
    references: References, name: str, phrase: str
) -> None:
    owner = next(one for one in references.lexicon.lenders if name in one.surfaces)
    assert name in owner.context_forms
    assert any(blocked in phrase and name in blocked for blocked in owner.blocked_in)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("有钱花", "有钱花不还会怎样"),
        ("安逸花", "通过安逸花借款"),
        ("够花", "海尔够花上征信吗"),
        ("金条", "京东催收金条欠款"),
        ("花呗", "打开花呗页面"),
        ("还呗", "怎么协商还呗"),
        ("放心借", "放心借下款以后"),
        ("信用飞", "信用飞天天打电话"),
    ],
)
def test_no_blocked_phrase_hides_a_real_use(references: References, name: str, text: str) -> None:
    owner = next(one for one in references.lexicon.lenders if name in one.surfaces)
    hiding = [one for one in owner.blocked_in if fold(one).text in fold(text).text]
    assert hiding == []


def test_common_nouns_are_marked_generic(references: References) -> None:
    generic = {one.name for one in references.lexicon.lenders if one.generic}
    assert {"先享后付", "反催收"} <= generic
    assert "花呗" not in generic


@pytest.mark.parametrize(
    ("old", "number", "new", "target"),
    [
        ("contract-law", "200", "civil-code", "670"),
        ("psapl-2012", "42", "psapl-2025", "50"),
        ("psapl-2012", "42(5)", "psapl-2025", "50.1(5)"),
        ("arb-2017", "59", "arb-2025", "72"),
        ("csl-2016", "40", "csl-2025", "42"),
        ("civil-proc-2017", "214", "cpl-civil-2023", "225"),
        ("civil-proc-2017", "253", "cpl-civil-2023", "264"),
    ],
)
def test_old_provisions_lead_to_new_ones(
    statutes: dict[str, Statute], old: str, number: str, new: str, target: str
) -> None:
    assert dict(dict(statutes[old].provision_map)[new])[number] == target


@pytest.mark.parametrize("new", ["psapl-2025", "arb-2025", "csl-2025", "cpl-civil-2023"])
def test_renumbered_laws_know_their_older_namesake(statutes: dict[str, Statute], new: str) -> None:
    older = statutes[new].numbered_alike
    assert older is not None
    assert statutes[older].title == statutes[new].title
    assert statutes[older].version != statutes[new].version


@pytest.mark.parametrize("short", ["消法", "银监法", "治安法"])
def test_short_names_are_guarded(references: References, short: str) -> None:
    assert any(short in one.guarded_aliases for one in references.statutes)
    assert not any(short in one.aliases for one in references.statutes)


def test_a_broken_folder_raises_all_faults_at_once(tmp_path: Path) -> None:
    with pytest.raises(SeedError) as raised:
        load_references(tmp_path)
    assert "lenders.toml: file: is missing; restore it" in raised.value.faults
    assert "statutes.toml: file: is missing; restore it" in raised.value.faults


def test_loading_takes_little_more_than_to_parse_the_files() -> None:
    texts = [path.read_text("utf-8") for path in seeds_folder().glob("*.toml")]

    def measure(work: Callable[[], object]) -> float:
        started = time.process_time()
        work()
        return time.process_time() - started

    def parse() -> object:
        return [tomllib.loads(text) for text in texts]

    parsed, loaded = (min(measure(work) for _ in range(3)) for work in (parse, load_references))
    assert loaded < 2 * parsed
