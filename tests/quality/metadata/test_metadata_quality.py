"""Floors for titles, dates, authors and sources on the labelled pages of ``pages.toml``."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml.html import HTMLParser, document_fromstring

from crawler.extraction.decoding import Decoded, decode_page
from crawler.extraction.metadata import Metadata, extract_metadata

PAGES = Path(__file__).with_name("pages.toml")
# The labelled pages that the floors were measured on; a change of pages asks for new floors.
PAGES_DIGEST = "0733d89baa1eeab6"
# Shares of pages read right, by half. Reached when written: 1.0 throughout.
FLOORS = {"title": 0.98, "published": 0.97, "author": 0.95, "source": 0.95}
# Share of the shared pages with a gold title that are read right.
SHARED_TITLE_FLOOR = 1.0


@dataclass(frozen=True, slots=True)
class Labelled:
    """A page and what it says about itself."""

    id: str
    html: str
    url: str | None
    expected: Metadata


def load_pages(half: str) -> list[Labelled]:
    """The labelled pages of one half, fragments filled in."""
    table = tomllib.loads(PAGES.read_text("utf-8"))
    return [_labelled(case, table["fragments"]) for case in table[half]]


def _labelled(case: dict[str, Any], fragments: dict[str, str]) -> Labelled:
    html = case["html"]
    for name, text in fragments.items():
        html = html.replace(f"{{{name}}}", text)
    published: date | None = case.get("published")
    expected = Metadata(case.get("title"), published, case.get("author"), case.get("source"))
    return Labelled(case["id"], html, case.get("url"), expected)


def read(html: bytes, url: str | None = None) -> Metadata:
    """What the page says about itself."""
    decoded = decode_page(html, None)
    assert isinstance(decoded, Decoded)
    parser = HTMLParser(encoding="utf-8")
    tree = document_fromstring(decoded.text.encode(), parser=parser)
    return extract_metadata(tree, url, markup=decoded.text)


@pytest.mark.parametrize("half", ["tuning", "checking"])
@pytest.mark.parametrize("field", sorted(FLOORS))
def test_share_of_pages_read_right(half: str, field: str) -> None:
    pages = load_pages(half)
    wrong = [
        (page.id, getattr(said, field), getattr(page.expected, field))
        for page in pages
        if getattr(said := read(page.html.encode(), page.url), field)
        != getattr(page.expected, field)
    ]
    assert 1 - len(wrong) / len(pages) >= FLOORS[field], wrong


def test_floors_belong_to_these_pages() -> None:
    assert hashlib.sha256(PAGES.read_bytes()).hexdigest()[:16] == PAGES_DIGEST


def test_pages_in_chinese_encodings_say_the_same() -> None:
    for page in load_pages("checking"):
        said = read(page.html.encode("gb18030"), page.url)
        assert said == read(page.html.encode(), page.url), page.id


@pytest.mark.shared
def test_titles_of_shared_pages(shared_folder: Path) -> None:
    folder = shared_folder / "pages" / "handmade"
    gold = [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines()]
    wrong = [
        one["page"]
        for one in gold
        if read((folder / one["page"]).read_bytes()).title != one["title"]
    ]
    assert 1 - len(wrong) / len(gold) >= SHARED_TITLE_FLOOR, wrong
