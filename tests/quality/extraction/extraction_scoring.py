"""Scores extraction on labelled pages.

``python tests/quality/extraction/extraction_scoring.py SHARED_FOLDER`` prints them.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from extraction_metric import Score, compare, find_leaks, find_missing
from extraction_pages import LabelledPage, make_pages
from extraction_portals import make_portal_pages
from extraction_sites import make_site_pages

from crawler.extraction import extract_article
from crawler.model import Article, Page

CORPORA = ("magic-zh", "imm", "daniel-zh", "handmade", "spliced", "scrapinghub")
GOOD_RECALL = 0.95


@dataclass(frozen=True)
class Gold:
    """A page with what must come out of it; ``title`` and ``published`` only where known."""

    page: Page
    text: str
    spam: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True)
class Result:
    """What one page scored."""

    score: Score
    leaks: int
    spam: int
    lost_items: int
    items: int
    lost_links: int
    links: int
    title: bool
    published: bool


@dataclass
class Summary:
    """The scores of a set of pages."""

    results: list[Result] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def f1(self) -> float:
        """The mean of the pages' F1."""
        return sum(one.score.f1 for one in self.results) / len(self.results)

    @property
    def poor(self) -> int:
        """Pages with F1 under .5."""
        return sum(one.score.f1 < 0.5 for one in self.results)

    @property
    def good(self) -> float:
        """The share of pages without a leak and with nearly all of the article."""
        return sum(not one.leaks and one.score.recall >= GOOD_RECALL for one in self.results) / len(
            self.results
        )

    @property
    def leaked(self) -> float:
        """The share of the spam lines that leaked."""
        spam = sum(one.spam for one in self.results)
        return sum(one.leaks for one in self.results) / spam if spam else 0.0

    def share(self, what: str) -> float:
        """The share of pages with the right ``title`` or ``published``."""
        return sum(getattr(one, what) for one in self.results) / len(self.results)

    def total(self, what: str) -> int:
        """The sum of a count over the pages."""
        return sum(getattr(one, what) for one in self.results)


def load_own() -> Iterator[Gold]:
    """Our own generated pages."""
    return map(_label, make_pages())


def load_sites() -> Iterator[Gold]:
    """Our own whole pages in the manner of many sites."""
    return map(_label, make_site_pages())


def load_forms() -> Iterator[Gold]:
    """Our own whole pages with further forms of lists."""
    return map(_label, make_site_pages(rounds=12, family="forms"))


def load_portals() -> Iterator[Gold]:
    """Our own whole pages of a third family."""
    return map(_label, make_portal_pages())


def _label(one: LabelledPage) -> Gold:
    return Gold(
        Page(one.name, one.body, one.url, one.content_type),
        one.text,
        one.spam,
        one.items,
        tuple(url for _, url in one.links),
        one.title,
        one.published,
    )


def load_corpus(folder: Path) -> Iterator[Gold]:
    """The pages of one shared corpus, in order."""
    with (folder / "gold.jsonl").open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            body = (folder / row["page"]).read_bytes()
            yield Gold(
                Page(row["page"], body, row.get("url")),
                row["text"],
                tuple(row.get("spam") or ()),
                tuple(row.get("list_items") or ()),
            )


def score_pages(pages: Iterable[Gold]) -> Summary:
    """The scores of our extraction."""
    summary = Summary()
    for gold in pages:
        start = time.process_time()
        outcome = extract_article(gold.page)
        summary.seconds += time.process_time() - start
        summary.results.append(_score(outcome if isinstance(outcome, Article) else None, gold))
    return summary


def _score(article: Article | None, gold: Gold) -> Result:
    text = article.text if article else ""
    urls = {link.url for block in article.blocks for link in block.links} if article else set()
    return Result(
        score=compare(text, gold.text),
        leaks=len(find_leaks(text, list(gold.spam))),
        spam=len(gold.spam),
        lost_items=len(find_missing(text, list(gold.items))),
        items=len(gold.items),
        lost_links=sum(url not in urls for url in gold.links),
        links=len(gold.links),
        title=article is not None and article.title == gold.title,
        published=article is not None and str(article.published) == gold.published,
    )


def _print_row(name: str, summary: Summary) -> None:
    print(
        f"{name:22} {len(summary.results):4} F1 {summary.f1:.4f}  <.5 {summary.poor:2}"
        f"  good {summary.good:.3f}  leaked {summary.leaked:.4f}"
        f"  lost items {summary.total('lost_items')}/{summary.total('items')}"
        f"  lost links {summary.total('lost_links')}/{summary.total('links')}"
        f"  {len(summary.results) / summary.seconds:.0f} pages/s"
    )


def main(arguments: list[str]) -> None:
    """Prints the scores of our own pages and of the halves of each shared corpus."""
    for name, pages in (("own", load_own()), ("sites", load_sites()), ("portals", load_portals())):
        summary = score_pages(pages)
        _print_row(name, summary)
        print(f"  title {summary.share('title'):.3f}  date {summary.share('published'):.3f}")
    for corpus in CORPORA if arguments else ():
        gold = list(load_corpus(Path(arguments[0]) / "pages" / corpus))
        for name, part in (("all", gold), ("tuning", gold[::2]), ("checking", gold[1::2])):
            _print_row(f"{corpus} {name}", score_pages(part))


if __name__ == "__main__":
    main(sys.argv[1:])
