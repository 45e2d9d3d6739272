"""Floors for citations: found exactly, and judged right.

A floor may only be lowered in a commit of its own that says why. The digest tells which
passages the floors were measured on; whoever changes a passage measures again.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from citation_scoring import load_passages, parse_passage, score
from number_scoring import load_numbers, parse_numbers, score_numbers

from crawler.citations import CitationFinder
from crawler.contacts import ContactFinder
from crawler.model import CitationStatus, ContactStatus
from crawler.seeds import load_references

HERE = Path(__file__).parent
FEWEST_PASSAGES = 150
PRECISION = RECALL = 0.97
STATUS = 0.99
DIGESTS = {
    "tuning.txt": "0014fd8f52831166",
    "checking.txt": "1d9d9d9ba54fcb84",
    "hard_tuning.txt": "82e3aab230bf53a5",
    "hard_checking.txt": "d43a91f86d12011e",
    "hard_after.txt": "8f62e5571fa8cf2a",
    "names_tuning.txt": "73a7b65319301fe4",
    "names_checking.txt": "6c31d8b3b41b9c47",
    "versions_tuning.txt": "e9b0722f2e41c20f",
    "versions_checking.txt": "612b9278abbcc382",
    "versions_after.txt": "62f24278882d5cc5",
    "continued_tuning.txt": "66812a2367bdc41d",
    "continued_checking.txt": "dc88b19c54f89ef6",
    "seldom_tuning.txt": "47c38347be8c35e8",
    "seldom_checking.txt": "67497c48771f90d4",
}
NUMBERS = {
    "numbers_tuning.txt": "a551157b31651922",
    "numbers_after.txt": "d4a03fa60c3be5a5",
    "numbers_checking.txt": "4a96465b58c23229",
}
NUMBERS_FLOOR = 0.98


@pytest.fixture(scope="module")
def finder() -> CitationFinder:
    return CitationFinder(load_references())


@pytest.mark.parametrize("half", sorted(DIGESTS))
def test_citations_reach_their_floors(finder: CitationFinder, half: str) -> None:
    result = score(finder, load_passages(HERE / half))
    faults = "\n".join(result.faults)
    assert result.precision >= PRECISION, faults
    assert result.recall >= RECALL, faults
    assert result.status >= STATUS, faults


@pytest.mark.parametrize("half", sorted(NUMBERS))
def test_phone_numbers_reach_their_floors(half: str) -> None:
    result = score_numbers(ContactFinder(load_references()), load_numbers(HERE / half))
    faults = "\n".join(result.faults)
    assert min(result.precision, result.recall) >= NUMBERS_FLOOR, faults
    assert result.status == 1.0, faults


@pytest.mark.parametrize("half", sorted(DIGESTS | NUMBERS))
def test_floors_belong_to_these_passages(half: str) -> None:
    digest = hashlib.sha256((HERE / half).read_bytes()).hexdigest()[:16]
    assert digest == (DIGESTS | NUMBERS)[half], "measure again and write the new digest here"


def test_there_are_enough_passages() -> None:
    assert sum(len(load_passages(HERE / half)) for half in DIGESTS) >= FEWEST_PASSAGES


def test_marks_become_spans() -> None:
    passage = parse_passage("2024-01-02\t按⟦S repealed>民法典第670条|合同法⟧办。")
    (expected,) = passage.expected
    assert passage.text[expected.start : expected.end] == "合同法"
    assert (expected.status, expected.successor) == (CitationStatus.REPEALED, "民法典第670条")


def test_what_may_be_cited_costs_nothing_unless_called_stale(finder: CitationFinder) -> None:
    free = parse_passage("按⟦S current|民法典⟧↵和⟦?|刑法⟧办。")
    assert (free.text, free.free) == ("按民法典\n和刑法办。", ((6, 8),))
    assert score(finder, (free,)).faults == ()
    stale = parse_passage("按⟦S current|民法典⟧和⟦?|合同法⟧办。")
    assert score(finder, (stale,)).precision == 0.5


def test_marked_numbers_become_places() -> None:
    text, expected = parse_numbers("打⟦N verified|110⟧↵或⟦N unverified|114⟧。")
    assert text == "打110\n或114。"
    assert expected == {(1, 4): ContactStatus.VERIFIED, (6, 9): ContactStatus.UNVERIFIED}


def test_a_wrong_status_costs_score(finder: CitationFinder) -> None:
    result = score(finder, (parse_passage("按⟦S current|合同法⟧办。"),))
    assert result.status == 0.0
