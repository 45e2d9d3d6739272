"""Every ambiguous name is found in most sentences that only a lender fits, in a text of debts.

templates.txt holds what fits any lender, stories.txt what fits lenders of a kind. Names that are
common nouns or kinds of loan stay out: 金条 may be gold in many of them. On their first reading
the check parts gave .79, without the heading of such a text, and .85 with it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.mentions import MentionFinder
from crawler.mentions.names import Name, compile_names
from crawler.seeds import load_references

TEXT = "网贷逾期以后不要慌，先把每一笔欠款列出来。\n{}\n协商还款要留下书面材料，催收违规可以投诉。"
FLOORS = {
    ("templates.txt", "tuning"): 0.99,
    ("templates.txt", "check"): 0.98,
    ("stories.txt", "tuning"): 0.98,
    ("stories.txt", "check"): 0.97,
    ("stories.txt", "later"): 0.97,
}
FEWEST_NAMES = 150
KINDS = {
    "loan": {"consumer_finance", "internet_platform", "loan_facilitation", "legacy_cashloan"},
    "pay_later": {"internet_platform"},
}
"""The kinds of lenders that a sentence fits; any other word is such a kind itself."""
HEADING = "\n还款\n利息\n催收"


def read_sentences(file: str, part: str) -> list[tuple[str, str]]:
    """Pairs of a kind, empty where any lender fits, and a sentence with ``{}`` for the name."""
    parts: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / file).read_text("utf-8").splitlines():
        if line.startswith("["):
            parts[line.strip("[]")] = []
        elif line and not line.startswith("#"):
            parts[next(reversed(parts))].append(line)
    if file == "templates.txt":
        return [("", f"{line.replace('X', '{}')}。") for line in parts[part]]
    return [(kind, text) for kind, _, text in (line.partition("\t") for line in parts[part])]


@pytest.mark.parametrize(("file", "part"), FLOORS)
def test_names_are_found_in_what_only_a_lender_fits(file: str, part: str) -> None:
    lexicon = load_references().lexicon
    finder = MentionFinder(lexicon)
    kinds = {one.id: one.kind.value for one in lexicon.lenders}
    names = [one for one in compile_names(lexicon) if one.need and not one.noun and not one.term]
    assert len(names) >= FEWEST_NAMES
    found = total = 0
    for kind, sentence in read_sentences(file, part):
        for name in names:
            if not kind or kinds[name.lender] in KINDS.get(kind, {kind}):
                total += 1
                found += is_found(finder, TEXT.format(sentence.format(name.surface)), name)
    assert found >= FLOORS[file, part] * total, f"{found} of {total}"


def is_found(finder: MentionFinder, text: str, name: Name) -> bool:
    mentions = finder.find_mentions(text, HEADING)
    return any(name.surface in text[one.start : one.end].lower() for one in mentions)
