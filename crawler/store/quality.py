"""A stored page's rank among search results, and the lines that introduce it in lists."""

from __future__ import annotations

from datetime import date

from crawler.citations import ANNOTATED
from crawler.model import Article, BlockType, CitationKind, CitationStatus, CuratedArticle

_SUMMARY_LENGTH = 120  # code points: two lines on a phone
_SOUND = frozenset({CitationStatus.CURRENT, CitationStatus.AMENDED, CitationStatus.UNKNOWN})
_MONTHS = 2000  # one step of currency outweighs any difference in freshness
_FIRST_YEAR = 2000


def quality_of(curated: CuratedArticle, dated: date) -> int:
    """The rank, 0 to 7,999: currency of the cited law first, then freshness to the month."""
    cited = [one for one in curated.citations if one.kind is CitationKind.STATUTE]
    stale = sum(one.status not in _SOUND and one.note != ANNOTATED for one in cited)
    sound = 3 if cited else 2
    currency = sound if not stale else 1 if 2 * stale < len(cited) else 0
    months = (dated.year - _FIRST_YEAR) * 12 + dated.month
    return currency * _MONTHS + max(0, min(_MONTHS - 1, months))


def summary_of(article: Article) -> str:
    """The article's first sentences, at most 120 code points; empty when it has no text."""
    text = ""
    for block in article.blocks:
        if block.type is BlockType.HEADING:
            continue
        text = f"{text} {block.text}".strip()
        if len(text) >= _SUMMARY_LENGTH:
            break
    return text if len(text) <= _SUMMARY_LENGTH else text[: _SUMMARY_LENGTH - 1] + "…"
