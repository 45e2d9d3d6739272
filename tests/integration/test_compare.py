"""``zhiquan compare`` and ``zhiquan dedup`` on the sample site's pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.cli import main


def run(*arguments: str) -> tuple[int, str]:
    """The exit status and standard output of a command."""
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.stdout


@pytest.mark.parametrize(
    ("first", "second", "relation", "reason"),
    [
        ("wiki/visit-xiaoying.html", "mp/visit.html", "same", "identical"),
        ("wiki/visit-xiaoying.html", "wiki/visit-paipaidai.html", "sibling", "other_lender"),
        ("wiki/visit-xiaoying.html", "wiki/phone.html", "different", "other_text"),
    ],
)
def test_compare_gives_the_verdict_and_its_reason(
    project_folder: Path, first: str, second: str, relation: str, reason: str
) -> None:
    site = project_folder / "seeds" / "site"
    pair = (str(site / first), str(site / second))
    for one, other in (pair, pair[::-1]):
        status, output = run("compare", "--json", one, other)
        line = json.loads(output)
        assert (status, line["relation"], line["reason"]) == (0, relation, reason)


def test_compare_shows_what_was_exchanged(project_folder: Path) -> None:
    site = project_folder / "seeds" / "site" / "wiki"
    names = ("visit-xiaoying.html", "visit-paipaidai.html")
    _status, output = run("compare", *(str(site / name) for name in names))
    assert output.startswith("sibling: the same template for another lender")
    assert output.count("exchanged:") == 1
    assert "小赢卡贷" in output
    assert "拍拍贷" in output


def test_compare_names_what_is_missing(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/z.db"
    status, _output = run("compare", "nowhere.html", "neither.html", "--database", database)
    assert status == 2


def test_dedup_groups_again_and_explains(project_folder: Path, tmp_path: Path) -> None:
    site = project_folder / "seeds" / "site" / "wiki"
    database = f"sqlite:///{tmp_path}/z.db"
    pages = [str(site / "visit-xiaoying.html"), str(site.parent / "mp" / "visit.html")]
    assert run("import", *pages, str(site / "phone.html"), "--database", database)[0] == 0
    status, output = run("dedup", "--explain", "--database", database)
    assert status == 0
    assert output.startswith("3 pages in 2 groups; 1 copy of another")
    assert "identical, containment 1.00" in output
