"""What the archives of the extension hold, without a browser."""

from __future__ import annotations

import re

from crawler.cli.pack import EXTENSION, PAGE_SCRIPTS, shipped


def test_scripts_of_every_page_are_those_the_extension_injects() -> None:
    sites = (EXTENSION / "sites.js").read_text("utf-8")
    found = re.search(r"CONTENT_SCRIPTS = \[(.*?)\]", sites, re.DOTALL)
    assert found
    assert tuple(re.findall(r'"([^"]+)"', found[1])) == PAGE_SCRIPTS


def test_scripts_of_every_page_ship_without_comments() -> None:
    script = EXTENSION / "blocks.js"
    assert b"/**" in script.read_bytes()
    assert b"/**" not in shipped(script)
    assert b"function isSkipped(" in shipped(script)


def test_other_files_ship_as_they_are() -> None:
    page = EXTENSION / "popup.js"
    assert shipped(page) == page.read_bytes()
