"""What the archives of the extension hold, without a browser."""

from __future__ import annotations

import gzip
import re

import pytest

from crawler.cli.pack import EXTENSION, MARK_SCRIPTS, PAGE_SCRIPTS, shipped


@pytest.mark.parametrize(
    ("name", "scripts"), [("CONTENT_SCRIPTS", PAGE_SCRIPTS), ("MARK_SCRIPTS", MARK_SCRIPTS)]
)
def test_scripts_without_comments_are_those_the_extension_injects(
    name: str, scripts: tuple[str, ...]
) -> None:
    sites = (EXTENSION / "sites.js").read_text("utf-8")
    found = re.search(rf"{name} = \[(.*?)\]", sites, re.DOTALL)
    assert found
    assert tuple(re.findall(r'"([^"]+)"', found[1])) == scripts


def test_scripts_of_every_page_stay_small() -> None:
    source = b"".join((EXTENSION / name).read_bytes() for name in PAGE_SCRIPTS)
    assert len(gzip.compress(source, 9)) <= 12_000


def test_scripts_of_every_page_ship_without_comments() -> None:
    script = EXTENSION / "blocks.js"
    assert b"/**" in script.read_bytes()
    assert b"/**" not in shipped(script)
    assert b"function isSkipped(" in shipped(script)


def test_other_files_ship_as_they_are() -> None:
    page = EXTENSION / "popup.js"
    assert shipped(page) == page.read_bytes()
