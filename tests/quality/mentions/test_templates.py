"""Every ambiguous name is found in most sentences that only a lender fits, in a text of debts.

templates.txt holds the sentences. Names that are common nouns stay out: 金条 may be gold in many
of them. On its first reading the check part gave .79.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.mentions import MentionFinder
from crawler.mentions.names import compile_names
from crawler.seeds import load_references

TEXT = (
    "网贷逾期以后不要慌，先把每一笔欠款列出来。\n{}。\n协商还款要留下书面材料，催收违规可以投诉。"
)
FLOORS = {"tuning": 0.94, "check": 0.78}
FEWEST_NAMES = 150


def read_templates() -> dict[str, list[str]]:
    """Each part's sentences."""
    parts: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / "templates.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            parts[line.strip("[]")] = []
        elif line and not line.startswith("#"):
            parts[next(reversed(parts))].append(line)
    return parts


@pytest.mark.parametrize("part", FLOORS)
def test_names_are_found_in_what_only_a_lender_fits(part: str) -> None:
    lexicon = load_references().lexicon
    finder = MentionFinder(lexicon)
    names = sorted({one.surface for one in compile_names(lexicon) if one.need and not one.noun})
    assert len(names) >= FEWEST_NAMES
    found = total = 0
    for template in read_templates()[part]:
        for name in names:
            text = TEXT.format(template.replace("X", name))
            total += 1
            found += any(
                name in text[one.start : one.end].lower() for one in finder.find_mentions(text)
            )
    assert found >= FLOORS[part] * total, f"{found} of {total}"
