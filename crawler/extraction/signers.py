"""Names that stand in elements of their own, whose class says whose they are, below a title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawler.extraction.dated_lines import PROSE, SENTENCE_END
from crawler.extraction.dates import find_dates, fold_line
from crawler.extraction.lines import Home, class_words, is_foreign
from crawler.extraction.meta_words import meta_words

MOST_ELEMENTS = 160  # behind the title that are looked at
LONGEST_SIGNED = 24  # code points of what such an element says
_NO_NAME = re.compile("[。，,！!？?：:；;|>»]")


def find_signers(title: HtmlElement) -> tuple[list[str], list[str]]:
    """What elements named after an author say, and what those named after a source do.

    Those between the title and the first sentence count, the nearest first.
    """
    words = meta_words()
    authors: list[str] = []
    sources: list[str] = []
    home = Home(title)
    for element in _below(title):
        named = frozenset(class_words(element))
        is_author = not words.author_classes.isdisjoint(named)
        if not is_author and words.source_classes.isdisjoint(named):
            continue
        text = _only_text(element)
        if text and not is_foreign(element, home):
            (authors if is_author else sources).append(text)
    return authors, sources


def _below(title: HtmlElement) -> Iterator[HtmlElement]:
    """The elements behind the title up to the first sentence."""
    seen = 0
    node: HtmlElement | None = title
    while node is not None and node.tag != "body":
        for sibling in node.itersiblings():
            for element in sibling.iter():
                seen += 1
                if seen > MOST_ELEMENTS or _is_prose(element.text) or _is_prose(element.tail):
                    return
                if isinstance(element.tag, str):
                    yield element
        node = node.getparent()


def _is_prose(text: str | None) -> bool:
    return text is not None and len(text) >= PROSE and SENTENCE_END.search(text) is not None


def _only_text(element: HtmlElement) -> str:
    """The one text in the element, empty where there are several or it is no name."""
    found = ""
    unsigned = meta_words().unsigned_classes
    for node in element.iter():
        inner = () if node is element else (node.tail,)
        for text in (node.text, *inner) if isinstance(node.tag, str) else inner:
            said = " ".join((text or "").split())
            if said and found:
                return ""
            found = found or said
        if isinstance(node.tag, str) and not unsigned.isdisjoint(class_words(node)):
            return ""
    if len(found) > LONGEST_SIGNED or _NO_NAME.search(found):
        return ""
    folded = fold_line(found)
    if any(find_dates(folded)) or meta_words().label.match(folded):
        return ""
    return found
