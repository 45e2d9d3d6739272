"""Text to tree, once, within bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.bounds import bound_attributes

_BODY = re.compile(r"<(?:body|frameset)[\s>]", re.IGNORECASE)
# One thing at a time of what may stand before a body whose tag was left out. A comment without an
# end holds all the rest: looking for the end of each would take the square of the page's length.
_HEAD = re.compile(
    r"\s+|<!--.*?(?:-->|\Z)|<[!?][^>]*>|<(title|script|style|noscript)[\s>].*?</\1\s*>"
    r"|</?(?:html|head|meta|link|base)(?:[\s/][^>]*)?>",
    re.IGNORECASE | re.DOTALL,
)


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
        marked = mark_body(bound_attributes(text))
        root = etree.fromstring(marked.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return Parsed(None, _is_cut(parser))
    return Parsed(root, _is_cut(parser))


def mark_body(text: str) -> str:
    """The page with the tag of its body where it has none, as HTML allows.

    libxml2 puts elements that it does not know, such as main and nav, into the head.
    """
    if _BODY.search(text):
        return text
    at = 0
    while head := _HEAD.match(text, at):
        at = head.end()
    return f"{text[:at]}<body>{text[at:]}"


def _is_cut(parser: etree.HTMLParser) -> bool:
    error = parser.error_log.last_error
    return error is not None and error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT
