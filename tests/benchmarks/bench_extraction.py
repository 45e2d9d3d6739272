"""Extraction against its peers: F1, leaks and pages per CPU-second, all in one run.

Run by ``./dev bench extraction``. On our own pages always, on the shared corpora when they
stand beside the project. Peers get the decoded text, we the bytes. magic-html is not on the
package index under a licence-clean name, so its published figures stand in the README of the
shared pages and not here.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import justext
import readability
from lxml import html as lxml_html
from resiliparse.extract.html2text import extract_plain_text
from trafilatura import extract

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "pages"
sys.path.insert(0, str(ROOT / "tests" / "quality" / "extraction"))

from extraction_metric import compare, find_leaks  # noqa: E402 - stands beside the pages
from extraction_scoring import CORPORA, Gold, load_corpus, load_own, load_sites  # noqa: E402

from crawler.extraction import extract_article  # noqa: E402 - after the path is known
from crawler.extraction.decoding import decode_page  # noqa: E402
from crawler.model import Article, Rejected  # noqa: E402

# jusText counts words; these are its authors' advice for scripts without spaces.
JUSTEXT = {
    "length_low": 20,
    "length_high": 60,
    "stopwords_low": 0.0,
    "stopwords_high": 0.0,
    "max_link_density": 0.3,
}

Extractor = Callable[[Gold, str], str]


def ours(gold: Gold, text: str) -> str:
    """Our article's blocks."""
    outcome = extract_article(gold.page)
    return outcome.text if isinstance(outcome, Article) else ""


def trafilatura_default(gold: Gold, text: str) -> str:
    """Trafilatura as it comes."""
    return extract(text, include_comments=False) or ""


def trafilatura_precision(gold: Gold, text: str) -> str:
    """Trafilatura's precision mode."""
    return extract(text, include_comments=False, favor_precision=True) or ""


def readability_lxml(gold: Gold, text: str) -> str:
    """readability-lxml's summary as text."""
    summary = readability.Document(text).summary()
    return str(lxml_html.fromstring(summary).text_content()) if summary.strip() else ""


def justext_cjk(gold: Gold, text: str) -> str:
    """jusText's good paragraphs."""
    paragraphs = justext.justext(text.encode(), frozenset(), encoding="utf-8", **JUSTEXT)
    return "\n".join(one.text for one in paragraphs if not one.is_boilerplate)


def resiliparse(gold: Gold, text: str) -> str:
    """Resiliparse's main content."""
    return str(extract_plain_text(text, main_content=True, alt_texts=False))


EXTRACTORS: tuple[tuple[str, Extractor], ...] = (
    ("zhiquan", ours),
    ("trafilatura", trafilatura_default),
    ("trafilatura, precision", trafilatura_precision),
    ("readability-lxml", readability_lxml),
    ("jusText, CJK settings", justext_cjk),
    ("resiliparse", resiliparse),
)


def measure(name: str, extractor: Extractor, pages: Sequence[Gold], texts: Sequence[str]) -> None:
    """Prints one row: mean F1, poor pages, leaked spam lines, pages per CPU-second."""
    scores: list[float] = []
    leaks = spam = failures = 0
    seconds = 0.0
    for gold, text in zip(pages, texts, strict=True):
        start = time.process_time()
        try:
            found = extractor(gold, text)
        except (ValueError, TypeError, LookupError, AssertionError, readability.Unparseable):
            found, failures = "", failures + 1
        seconds += time.process_time() - start
        scores.append(compare(found, gold.text).f1)
        leaks += len(find_leaks(found, list(gold.spam)))
        spam += len(gold.spam)
    leaked = f"{leaks / spam:7.1%}" if spam else "      -"
    print(
        f"  {name:24} F1 {sum(scores) / len(scores):.3f}   <.5 {sum(one < 0.5 for one in scores):3}"
        f"   leaked {leaked}   {len(pages) / seconds:6.0f} pages/s   failed {failures}"
    )


def decode(gold: Gold) -> str:
    """The page's text as our decoder reads it; empty when it is no text."""
    decoded = decode_page(gold.page.body, gold.page.content_type)
    return "" if isinstance(decoded, Rejected) else decoded.text


def main() -> None:
    """Prints a table for our own pages and for each shared corpus."""
    sets: list[tuple[str, list[Gold]]] = [
        ("own pages", list(load_own())),
        ("own whole pages", list(load_sites())),
    ]
    if SHARED.is_dir():
        sets += [(corpus, list(load_corpus(SHARED / corpus))) for corpus in CORPORA]
    for title, pages in sets:
        print(f"{title}: {len(pages)} pages")
        texts = [decode(gold) for gold in pages]
        for name, extractor in EXTRACTORS:
            extractor(pages[0], texts[0])  # tables and models are loaded outside the clock
            measure(name, extractor, pages, texts)


if __name__ == "__main__":
    main()
