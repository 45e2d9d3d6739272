"""Takes the article out of a page: bytes in, title, date and blocks out, and what was dropped.

The only part that imports trafilatura.
"""

from __future__ import annotations

from crawler.extraction.article import extract_article
from crawler.extraction.escalation import load_second_opinion

__all__ = ["extract_article", "load_second_opinion"]
