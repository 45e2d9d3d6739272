"""Floors for citations: found exactly, and judged right.

A floor may only be lowered in a commit of its own that says why. The digest tells which
passages the floors were measured on; whoever changes a passage measures again.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from citation_scoring import load_passages, parse_passage, score

from crawler.citations import CitationFinder
from crawler.model import CitationStatus
from crawler.seeds import load_references

HERE = Path(__file__).parent
FEWEST_PASSAGES = 150
PRECISION = RECALL = 0.97
STATUS = 0.99
DIGESTS = {
    "tuning.txt": "0014fd8f52831166",
    "checking.txt": "1d9d9d9ba54fcb84",
}


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


@pytest.mark.parametrize("half", sorted(DIGESTS))
def test_floors_belong_to_these_passages(half: str) -> None:
    digest = hashlib.sha256((HERE / half).read_bytes()).hexdigest()[:16]
    assert digest == DIGESTS[half], "measure again and write the new digest here"


def test_there_are_enough_passages() -> None:
    assert sum(len(load_passages(HERE / half)) for half in DIGESTS) >= FEWEST_PASSAGES


def test_marks_become_spans() -> None:
    passage = parse_passage("2024-01-02\t按⟦S repealed>民法典第670条|合同法⟧办。")
    (expected,) = passage.expected
    assert passage.text[expected.start : expected.end] == "合同法"
    assert (expected.status, expected.successor) == (CitationStatus.REPEALED, "民法典第670条")


def test_a_wrong_status_costs_score(finder: CitationFinder) -> None:
    result = score(finder, (parse_passage("按⟦S current|合同法⟧办。"),))
    assert result.status == 0.0
