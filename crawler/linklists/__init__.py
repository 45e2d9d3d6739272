"""Drops lists of other pages' titles from an article's lines, with reasons.

A related-links list is judged by structure and text, not by one heading or class name: a run
of lines of one shape that read like titles, share little with the article, and carry links or
the marks of titles. Headings, places in the page and repetition over a site add evidence.
"""

from crawler.linklists.around import find_lists_around
from crawler.linklists.headings import is_list_heading
from crawler.linklists.judging import find_link_lists
from crawler.linklists.line import Line
from crawler.linklists.shapes import is_date, is_linked
from crawler.linklists.sites import learn_site

__all__ = [
    "Line",
    "find_link_lists",
    "find_lists_around",
    "is_date",
    "is_linked",
    "is_list_heading",
    "learn_site",
]
