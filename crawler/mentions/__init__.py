"""Which lenders a text names, and which of them it is about."""

from crawler.mentions.about import TitleNames, find_about, mark_about
from crawler.mentions.finder import MentionFinder
from crawler.mentions.heading import Headings

__all__ = ["Headings", "MentionFinder", "TitleNames", "find_about", "mark_about"]
