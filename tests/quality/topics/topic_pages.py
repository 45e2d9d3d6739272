"""The labelled articles of this folder, each with the answer that people gave."""

from __future__ import annotations

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
)


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """``label`` is the topic of a kept article, the reason of a rejected one."""

    label: str
    article: Article


def load_articles(names: tuple[str, ...]) -> list[LabelledArticle]:
    """The articles of the files, in order: "@ label", "# title", one paragraph a line."""
    entries: list[LabelledArticle] = []
    for name in names:
        for entry in (FOLDER / name).read_text("utf-8").split("@ ")[1:]:
            label, title, *paragraphs = [one for one in entry.splitlines() if one.strip()]
            entries.append(
                LabelledArticle(label.strip(), _article(title.removeprefix("# "), paragraphs))
            )
    return entries


def _article(title: str, paragraphs: list[str]) -> Article:
    blocks = tuple(_block(one) for one in paragraphs)
    return Article(None, None, title, None, None, None, blocks)


def _block(line: str) -> Block:
    if line.startswith("## "):
        return Block(BlockType.HEADING, line.removeprefix("## "), level=2)
    return Block(BlockType.PARAGRAPH, line)
