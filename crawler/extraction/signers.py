"""Names that stand in elements of their own, whose class says whose they are, below a title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawler.extraction.dated_lines import PEOPLE, PROSE, SENTENCE_END
from crawler.extraction.dates import find_dates, fold_line
from crawler.extraction.lines import Home, class_words, is_foreign, words_of
from crawler.extraction.meta_words import meta_words

MOST_ELEMENTS = 160  # behind the title that are looked at
LONGEST_SIGNED = 24  # code points of what such an element says
# Besides class and id, what says an element's role.
_ROLES = ("itemprop", "rel", "data-testid", "data-role")
_HEADS = frozenset(("b", "h3", "h4", "h5", "strong"))  # of a box: who it is about
_LAWYER_TAGS = frozenset(("a", "b", "em", "h3", "h4", "h5", "p", "span", "strong"))
_LAWYER = re.compile(r"[^\W\d_]{2,6}律[师師]")  # in the box of who answers a question
_REPORTERS = ("通讯员", "通訊員")
_OFFICES = frozenset(("部", "室", "组", "站", "团队", "中心"))  # of editors, reporters, authors
_NO_NAME = re.compile("[。，,！!？?：:；;|>»]")


def find_signers(title: HtmlElement) -> tuple[list[str], list[str]]:
    """What elements named after an author say, and what those named after a source do.

    Those between the title and the first sentence count, the nearest first.
    """
    words = meta_words()
    authors: list[str] = []
    sources: list[str] = []
    home = Home(title)
    lawyers: list[str] = []
    for element in _below(title):
        named = _names_of(element)
        # A platform's class for whose page it is holds the word of a user's name, too.
        is_source = not words.source_classes.isdisjoint(named)
        if not is_source and words.author_classes.isdisjoint(named):
            if element.tag in _LAWYER_TAGS and _LAWYER.fullmatch((element.text or "").strip()):
                lawyers.append((element.text or "").strip())
            continue
        text = _only_text(element)
        if text and not is_foreign(element, home):
            (sources if is_source else authors).append(text)
    return authors or lawyers, sources


def _names_of(element: HtmlElement) -> frozenset[str]:
    """The words of the element's names: its class and id, and what else says its role."""
    roles = (value for role in _ROLES if (value := element.get(role)))
    return frozenset(
        (*class_words(element), *(word for value in roles for word in words_of(value)))
    )


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
    """The one text in the element, or the first where that is set off from the others as a name.

    Empty where there are several, or where it is no name.
    """
    found, is_headed = "", False
    unsigned = meta_words().unsigned_classes
    for node in element.iter():
        inner = () if node is element else (node.tail,)
        for text in (node.text, *inner) if isinstance(node.tag, str) else inner:
            said = " ".join((text or "").split())
            if said and found and not is_headed:
                return ""
            if said and not found:
                found, is_headed = said, node.tag in _HEADS and node is not element
        if is_headed:
            break
        if isinstance(node.tag, str) and not unsigned.isdisjoint(class_words(node)):
            return ""
    if len(found) > LONGEST_SIGNED or _NO_NAME.search(found):
        return ""
    folded = fold_line(found)
    if any(find_dates(folded)):
        return ""
    label = meta_words().label.match(folded)
    return found if label is None else _behind(found, folded, label)


def _behind(text: str, folded: str, label: re.Match[str]) -> str:
    """The name behind a label: 通讯员 王皓; the whole text where it is an office's: 编辑部."""
    rest = folded[label.end() :]
    if rest in _OFFICES:
        return text
    is_person = label.group() in _REPORTERS or meta_words().labels[label.group()] in PEOPLE
    return text[label.end() :].strip() if is_person and rest[:1].isspace() else ""
