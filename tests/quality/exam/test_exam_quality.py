"""Floors for everything a page is asked, on whole pages with a list of other titles after them.

The rules were tuned on all but check.txt, of broad.txt on every other page; four pages of check.txt
showed where the rule of parties was too wide. The weights of wording, of articles and of topics,
were trained on none of check, lenders_last, lenders_long, lenders_mixed and wide_last. What each
set gave when it was first read, before anything was tuned on it, stands in tests/quality/README.md.
"""

from __future__ import annotations

import hashlib

import pytest
from exam_pages import FOLDER, load_exam
from exam_scoring import Marks, mark_exam

from crawler.seeds import load_references

DIGESTS = {
    "tuning": "bcca6fed7be3b370",
    "check": "e65a4debcc746f2f",
    "fresh": "13f07f9c48ed3a10",
    "last": "13cebd96f2666b4d",
    "lenders": "127e04cd5d592ef9",
    "lenders_after": "175de913d2f13037",
    "lenders_last": "8989a2e35bf1191a",
    "lenders_long": "1df88f45e3c3e032",
    "lenders_mixed": "e804cad495572de9",
    "broad": "85dacac15aec2098",
    "broad_hard": "c6c0fb1135ede7d3",
    "broad_after": "dca7da8c36ea9710",
    "wide": "cc133c63d7eabb0f",
    "wide_after": "13ec4dffda328963",
    "wide_last": "06e3e247f8ede097",
    "stories": "c37897a372f877ad",
    "stories_after": "e1263bc940baa429",
    "varied": "56ac509f72d735c7",
    "varied_after": "fa0435b5652defa8",
    "mixed": "791d48956249a9d5",
    "mixed_after": "f0d53ba70ac134fd",
}
"""The pages that the floors were measured on; a change of labels is a change of floors."""

FLOORS = {
    "decision": 0.98,
    "reason": 0.79,
    "topic": 0.96,  # the first or second
    "about precision": 1.0,
    "about recall": 0.94,
    "mentioned precision": 1.0,
    "mentioned recall": 0.98,
    "ordinary": 1.0,
    "citation precision": 0.98,
    "citation recall": 0.99,
    "status": 0.99,
    "number": 1.0,
}

HARDEST = {
    "lenders": {"mentioned recall": 0.95, "citation precision": 0.96},
    "lenders_last": {"mentioned recall": 0.95, "citation recall": 0.94},
    "broad_after": {"mentioned recall": 0.96},
    "wide": {"mentioned precision": 0.96, "mentioned recall": 0.93},
    "wide_last": {"decision": 0.95},
    "mixed_after": {"decision": 0.97},
    "varied": {"mentioned recall": 0.91, "status": 0.98},
    "varied_after": {
        "mentioned precision": 0.94,
        "ordinary": 0.95,
        "citation recall": 0.93,
    },
    "broad_hard": {
        "mentioned precision": 0.96,
        "mentioned recall": 0.83,
    },
}
"""Floors that are lower for some pages: lenders*.txt name lenders in passing, in dialect, as
ordinary words and beside each other; broad_hard.txt has stories that name the most ambiguous ones
once each; no weights were trained on wide_last.txt and mixed_after.txt, a third of whose pages are
close to the topic but off it."""


@pytest.fixture(scope="module")
def marks() -> dict[str, Marks]:
    references = load_references()
    return {name: mark_exam(load_exam(name), references) for name in DIGESTS}


@pytest.mark.parametrize("name", DIGESTS)
def test_pages_are_those_of_the_floors(name: str) -> None:
    digest = hashlib.sha256((FOLDER / f"{name}.txt").read_bytes())
    assert digest.hexdigest()[:16] == DIGESTS[name]


@pytest.mark.parametrize("name", DIGESTS)
@pytest.mark.parametrize("question", FLOORS)
def test_marks_do_not_fall(marks: dict[str, Marks], name: str, question: str) -> None:
    floor = HARDEST.get(name, {}).get(question, FLOORS[question])
    assert marks[name].share(question) >= floor, "\n".join(marks[name].faults)
