"""Finds what a text cites (statutes, regulators, hotlines) and judges it on one date."""

from crawler.citations.finder import CitationFinder
from crawler.citations.status import ANNOTATED, NOT_YET

__all__ = ["ANNOTATED", "NOT_YET", "CitationFinder"]
