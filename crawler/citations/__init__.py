"""Finds what a text cites (statutes, regulators, hotlines) and judges it on one date."""

from crawler.citations.finder import CitationFinder

__all__ = ["CitationFinder"]
