"""Whole pages to whole lines: one folder a layout, with the page, its facts and what must come.

``REWRITE_GOLDEN=1 pytest tests/golden`` rewrites the expectations; read the diff, and say in
the commit why it changed. Topics are left out: tests/quality holds them to floors.
"""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

from crawler.lines import line_of
from crawler.model import CuratedArticle, Page
from crawler.work import Task, curate_page, load_tools

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())
ADDED = ("valid_when_published", "note", "position", "target", "provision")  # beyond the contract


def _line(case: Path) -> dict[str, object]:
    meta = json.loads((case / "meta.json").read_text(encoding="utf-8"))
    (page,) = case.glob("page.*")
    curated = curate_page(
        Task(date.fromisoformat(meta["on"])),
        Page(page.name, page.read_bytes(), meta["url"], meta["content_type"]),
    )
    assert isinstance(curated, CuratedArticle)
    line = line_of(curated, load_tools(None)[1])
    for key in ("topic", "topics"):
        line.pop(key)
    for value in line.values():
        for one in value if isinstance(value, list) else ():
            for key in ADDED if isinstance(one, dict) else ():
                one.pop(key, None)
    line["removed"] = [
        f"{one['reason']}: {one['text']}"
        for one in line["removed"]  # type: ignore[attr-defined]
    ]
    return json.loads(json.dumps(line))  # type: ignore[no-any-return]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page_gives_the_expected_line(case: Path) -> None:
    line = _line(case)
    expected = case / "expected.json"
    if os.environ.get("REWRITE_GOLDEN") == "1":
        text = json.dumps(line, ensure_ascii=False, indent=1) + "\n"
        expected.write_text(text, encoding="utf-8")
    assert line == json.loads(expected.read_text(encoding="utf-8"))


def test_there_are_cases() -> None:
    assert len(CASES) >= 6
