"""What is marked in a page is what Python finds in its text, however the page is built."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CHROMIUM
from playwright.sync_api import Page, Playwright

from crawler.lexicon_json import lexicon_document
from crawler.mentions import MentionFinder
from crawler.seeds import load_references
from crawler.vocabulary import References

SCRIPTS = (
    "anchors.js",
    "children.js",
    "blocks.js",
    "lines.js",
    "tables.js",
    "matcher.js",
    "hits.js",
)
PAGES = 150
SEED = 20261128

# Reads every line of the page, unasked and node by node, for Python to look at; and finds as
# the scanner does: the browser's own text first, and nodes only where a name may stand.
READ = """html => {
  document.body.innerHTML = html;
  const title = document.title;
  const { body } = document;
  const unitsBy = (placesIn) => [...ZhiquanBlocks.findUnits(body, placesIn)].filter(Boolean);
  const lines = unitsBy(() => null).map(
    (unit) => ZhiquanLines.readLine({ ...unit, text: "", places: null }).text);
  const hits = ZhiquanHits.create({ matcher: window.matcher, painter: null });
  for (const unit of unitsBy(window.matcher.placesIn)) for (const _ of hits.read(unit, title));
  for (const _ of hits.judgeAgain(title));
  const found = hits.list().sort((a, b) =>
    a.startNode === b.startNode
      ? a.startOffset - b.startOffset
      : a.startNode.compareDocumentPosition(b.startNode) & 4 ? -1 : 1);
  return { lines, title, found: found.map(({ lender, surface }) => [lender, surface]) };
}"""


@pytest.fixture(scope="module")
def references() -> References:
    """The real reference data."""
    return load_references()


@pytest.fixture(scope="module")
def page(
    playwright_driver: Playwright, project_folder: Path, references: References
) -> Iterator[Page]:
    """An empty page with the extension's finding parts, and the real lexicon."""
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    chromium = playwright_driver.chromium.launch(executable_path=CHROMIUM, args=root)
    made = chromium.new_page()
    made.set_content("<!doctype html><title>逾期怎么办</title><body>")
    for name in SCRIPTS:
        made.add_script_tag(path=project_folder / "extension" / name)
    lexicon = json.dumps(lexicon_document(references))
    made.evaluate("text => { window.matcher = ZhiquanMatcher.create(JSON.parse(text)); }", lexicon)
    yield made
    chromium.close()


class Builder:
    """Random pages of nested blocks, with names whole, split over elements and near misses."""

    BLOCKS = ("div", "p", "section", "li", "td", "h2", "blockquote", "article")
    INLINE = ("b", "span", "a", "em", "i", "font")
    APART = ("<br>", "<wbr>", "<!-- 小赢卡贷 -->", "<code>微粒贷</code>", "<img alt=花呗>", "\n  ")

    def __init__(self, names: list[str], common: str, seed: int) -> None:
        self.names = names
        self.common = common
        self.rng = random.Random(seed)  # noqa: S311 - test data
        self.said: list[str] = []

    def words(self) -> str:
        """Some text of a line, with or without a name."""
        rng = self.rng
        some = "".join(rng.choices(self.common, k=rng.randint(0, 30)))
        kind = rng.random()
        if kind < 0.35:
            return some
        name = rng.choice(self.names)
        if kind < 0.5 and len(name) > 2:
            cut = rng.randrange(1, len(name))
            name = name[:cut] + rng.choice(("\n", " ", "\u200b", "")) + name[cut:]
        elif kind < 0.6:
            name = name[:-1]
        return some + name + "".join(rng.choices(self.common, k=rng.randint(0, 9)))

    def line(self) -> str:
        """Text and inline elements, a name now and then over several of them; some twice."""
        rng = self.rng
        if self.said and rng.random() < 0.4:
            return rng.choice(self.said[-9:])
        parts = []
        for _ in range(rng.randint(1, 4)):
            text = self.words()
            if rng.random() < 0.5 and text:
                cut = rng.randrange(len(text))
                tag = rng.choice(self.INLINE)
                text = f"{text[:cut]}<{tag}>{text[cut:]}</{tag}>"
            parts.append(text)
            if rng.random() < 0.2:
                parts.append(rng.choice(self.APART))
        self.said.append("".join(parts))
        return self.said[-1]

    def block(self, depth: int) -> str:
        """Blocks in blocks, text between them."""
        rng = self.rng
        if depth == 0 or rng.random() < 0.25:
            return self.line()
        gap = rng.choice(("", "\n"))
        size = rng.choice((1, 2, 3, 5, 30))
        inner = (
            f"<{tag}>{self.block(depth - 1 if size < 30 else 0)}</{tag}>"
            if rng.random() < 0.85
            else self.line()
            for tag in rng.choices(self.BLOCKS, k=size)
        )
        return gap.join(inner)


@pytest.mark.parametrize("part", range(5))
def test_a_page_is_marked_as_python_reads_it(page: Page, references: References, part: int) -> None:
    lexicon = references.lexicon
    finder = MentionFinder(lexicon)
    names = [surface for one in lexicon.lenders for surface in one.surfaces]
    builder = Builder(names, lexicon.frames.common, SEED + part)
    total = 0
    for _ in range(PAGES // 5):
        html = builder.block(4)
        read = page.evaluate(READ, html)
        mentions = finder.find_mentions("\n".join(read["lines"]), read["title"])
        assert read["found"] == [[one.lender, one.surface] for one in mentions], html
        total += len(mentions)
    assert total > PAGES // 5, "the pages hold too few names to compare anything"
