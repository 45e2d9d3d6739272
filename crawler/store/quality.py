"""A stored page's rank among search results, and the lines that introduce it in lists."""

from __future__ import annotations

from datetime import date

from crawler.citations import ANNOTATED
from crawler.model import Article, BlockType, CitationKind, CitationStatus, CuratedArticle

_SUMMARY_LENGTH = 120  # code points: two lines on a phone
_SOUND = frozenset({CitationStatus.CURRENT, CitationStatus.AMENDED, CitationStatus.UNKNOWN})
_MONTHS = 2000  # one step of currency outweighs any difference in freshness
_FIRST_YEAR = 2000
_CURRENCIES = 4


def quality_of(curated: CuratedArticle, dated: date) -> int:
    """The rank, 0 to 7,999: currency of the cited law first, then freshness to the month."""
    cited = [one for one in curated.citations if one.kind is CitationKind.STATUTE]
    stale = sum(one.status not in _SOUND and one.note != ANNOTATED for one in cited)
    sound = 3 if cited else 2
    currency = sound if not stale else 1 if 2 * stale < len(cited) else 0
    return currency * _MONTHS + _month(dated)


def qualities_between(since: date | None, until: date | None) -> list[tuple[int, int]]:
    """The ranks of pages of that time, to the month: (best, worst) of each run, best first."""
    first = 0 if since is None else _month(since)
    last = _MONTHS - 1 if until is None else _month(until)
    if first > last:
        return []
    return [(one * _MONTHS + last, one * _MONTHS + first) for one in reversed(range(_CURRENCIES))]


def _month(dated: date) -> int:
    months = (dated.year - _FIRST_YEAR) * 12 + dated.month
    return max(0, min(_MONTHS - 1, months))


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
