"""SECURITY.md says what is so."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
POLICY = TESTS.parent / "SECURITY.md"


def test_each_defence_names_a_test_that_there_is() -> None:
    rows = [row for row in POLICY.read_text("utf-8").splitlines() if row.startswith("| ")][1:]
    assert len(rows) > 9
    for row in rows:
        named = re.findall(r"`([a-z_/]+\.py)`", row.rstrip("| ").rpartition("|")[2])
        assert named, row
        assert [one for one in named if not (TESTS / one).is_file()] == []
