"""Drops lists of other pages' titles from an article's lines, with reasons."""

from crawler.linklists.line import Line
from crawler.linklists.runs import find_link_lists

__all__ = ["Line", "find_link_lists"]
