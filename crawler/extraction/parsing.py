"""Text to tree, once, within bounds."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.bounds import bound_attributes


@dataclass(frozen=True, slots=True)
class Parsed:
    """The root element, ``None`` when there is none; ``cut`` when the nesting was too deep.

    libxml2 stops at 2,048 levels: everything behind that place is lost.
    """

    root: HtmlElement | None
    cut: bool = False


def parse_html(text: str) -> Parsed:
    """The page as a tree. Never raises for bad markup."""
    parser = etree.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        huge_tree=True,
    )
    # One class for all elements: lxml.html's own parser asks a Python function for each.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    try:
        root = etree.fromstring(bound_attributes(text).encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return Parsed(None, _is_cut(parser))
    return Parsed(root, _is_cut(parser))


def _is_cut(parser: etree.HTMLParser) -> bool:
    error = parser.error_log.last_error
    return error is not None and error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT
