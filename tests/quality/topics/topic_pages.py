"""The labelled articles of this folder, each with the answer that people gave."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from crawler.model import Article, Block, BlockType

FOLDER = Path(__file__).parent
KEPT = (
    "kept_a.txt",
    "kept_b.txt",
    "kept_c.txt",
    "near_misses.txt",
    "kept_long.txt",
    "kept_plain.txt",
    "kept_fresh.txt",
    "kept_fresh_after.txt",
    "kept_told.txt",
    "kept_told_after.txt",
    "kept_told_last.txt",
    "kept_product.txt",
    "kept_stories.txt",
    "kept_plain_words.txt",
    "kept_near.txt",
    "kept_order.txt",
    "kept_budget.txt",
)
REJECTED = (
    "rejected.txt",
    "rejected_long.txt",
    "rejected_plain.txt",
    "rejected_fresh.txt",
    "rejected_fresh_after.txt",
    "rejected_told.txt",
    "rejected_told_after.txt",
    "rejected_told_last.txt",
    "rejected_product.txt",
    "rejected_stories.txt",
    "rejected_plain_words.txt",
    "rejected_near.txt",
    "rejected_shops.txt",
)

UNSEEN_KEPT = (
    "kept_unseen.txt",
    "kept_unseen_after.txt",
    "kept_order_unseen.txt",
    "kept_budget_unseen.txt",
    "kept_household_unseen.txt",
    "kept_notices_unseen.txt",
    "kept_edge_unseen.txt",
)
UNSEEN_REJECTED = (
    "rejected_unseen.txt",
    "rejected_unseen_after.txt",
    "rejected_shops_unseen.txt",
    "rejected_household_unseen.txt",
    "rejected_notices_unseen.txt",
    "rejected_edge_unseen.txt",
)
"""Articles that no weights are trained on: all topics three times and more, each reason."""

EXAM = (
    "tuning",
    "fresh",
    "last",
    "lenders",
    "lenders_after",
    "broad",
    "broad_hard",
    "broad_after",
    "wide",
    "wide_after",
    "stories",
    "stories_after",
    "varied",
    "varied_after",
    "mixed",
)
"""Pages of the exam that weights may be trained on; the others are never shown to them."""


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """``label`` is the topic of a kept article, the reason of a rejected one; or several."""

    label: str
    article: Article

    @property
    def labels(self) -> tuple[str, ...]:
        """The topics or reasons that are right, here or in the exam; the first fits best."""
        return tuple(re.sub("^(?:keep|refuse) ", "", self.label).split("/"))


def load_articles(names: tuple[str, ...]) -> list[LabelledArticle]:
    """The articles of the files, in order: "@ label", "# title", one paragraph a line.

    What stands between label and title, as in ``tests/quality/exam``, is left out.
    """
    entries: list[LabelledArticle] = []
    for name in names:
        for entry in (FOLDER / name).read_text("utf-8").split("@ ")[1:]:
            label, *lines = [one for one in entry.splitlines() if one.strip()]
            at = next(number for number, line in enumerate(lines) if line.startswith("# "))
            article = _article(lines[at].removeprefix("# "), lines[at + 1 :])
            entries.append(LabelledArticle(label.strip(), article))
    return entries


def load_training() -> tuple[list[LabelledArticle], list[LabelledArticle]]:
    """All articles to keep and to refuse that weights may be trained on."""
    pages = load_articles(tuple(f"../exam/{name}.txt" for name in EXAM))
    kept = [one for one in pages if one.label.startswith("keep ")]
    refused = [one for one in pages if one.label.startswith("refuse ")]
    return load_articles(KEPT) + kept, load_articles(REJECTED) + refused


def _article(title: str, paragraphs: list[str]) -> Article:
    blocks = tuple(_block(one) for one in paragraphs)
    return Article(None, None, title, None, None, None, blocks)


def _block(line: str) -> Block:
    if line.startswith("## "):
        return Block(BlockType.HEADING, line.removeprefix("## "), level=2)
    return Block(BlockType.PARAGRAPH, line)
