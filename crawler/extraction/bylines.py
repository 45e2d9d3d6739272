"""Who wrote a page and where it was taken from, as its bylines say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.dated_lines import PEOPLE, SENTENCE_END
from crawler.extraction.dates import fold_line
from crawler.extraction.head import Head
from crawler.extraction.labelled import (
    BLOCK,
    LONGEST_AUTHOR,
    LONGEST_SOURCE,
    Stated,
    is_statement,
    name_of,
    read_label,
)
from crawler.extraction.lines import INLINE, find_nodes, short_text
from crawler.extraction.meta_words import meta_words
from crawler.extraction.signers import find_signers

LONGEST_BYLINE = 160  # longer lines with a label in them are running text
STATEMENT_REACH = 40  # code points behind a name in which a label or a date may begin

_KINDS = (*PEOPLE, "poster")
_COLON = re.compile(r"\s*[:：]\s*")
_REPORTED = re.compile(  # 記者王小明/高雄報導, 长河日报记者 王小明, 王小明 发表于 …, 由王小明发布于
    r"(?:记者|記者)\s?([^\W\d_]{2,4})\s?/\s?[^\W\d_]{2,6}(?:报道|报导|報導)"
    r"|(?:[报報社网網台刊]|财经|財經|新闻|新聞|客户端)(?:记者|記者)\s?[:：]?\s?"
    r"([^\W\d_]{2,4}(?:、[^\W\d_]{2,4}){0,2})(?=[\s|/)）]|$)"
    r"|(?:^|\n)([\w·]{2,12})\s(?:发表|发布|發表|發佈)[于於]\s?[:：]?\s?(?=\d)"
    r"|(?<!\w)(?:本文)?由\s?([^\W\d_]{2,10}?)\s?(?:发布|发表|發佈|發布|發表)[于於]"
)
_DATED = re.compile(r"\d|今天|昨天|前天|刚刚")
_LEADING_LABEL = re.compile(r"^[^:：]{1,6}[:：]\s*")
# Which texts are a script's is asked apart: in the path that takes thrice the time.
_TEXTS = etree.XPath("//body//text()", smart_strings=False)
_NODES = etree.XPath("//body//text()")  # the same, which know their elements


@dataclass(frozen=True, slots=True)
class Byline:
    """Names by what they are said to be; each ``None`` when no line says it."""

    author: str | None = None
    editor: str | None = None
    source: str | None = None
    is_anonymous: bool = False  # a byline stands there but names nobody


def find_byline(
    tree: HtmlElement, head: Head, near: Iterable[str], title: HtmlElement | None = None
) -> tuple[str | None, str | None]:
    """The author and the source; ``None`` when the page names nobody.

    ``near`` are the lines around the title, with a line break where an element ends; ``title``
    is the element that shows it. An editor stands in for a missing author.
    """
    said = read_bylines(near)
    author = said.author or _first_name((*head.meta["author"], *head.authors), LONGEST_AUTHOR)
    source = said.source or _first_name(head.meta["source"], LONGEST_SOURCE)
    if author is None or source is None:
        below = _signatures(tree)
        authors, sources = find_signers(title) if title is not None else ([], [])
        if not said.is_anonymous:
            author = author or below.author or _first_name(authors, LONGEST_AUTHOR)
            author = author or said.editor or below.editor
        author = author or said.editor
        source = source or below.source or _first_name(sources, LONGEST_SOURCE)
        source = source or _first_name(head.publishers, LONGEST_SOURCE)
    return author, source


def _signatures(tree: HtmlElement) -> Byline:
    """The names stated anywhere in a page's texts, where all such statements agree."""
    names: dict[str, set[str]] = {}
    words = meta_words()
    parts = [" ".join(text.split()) for text in _find_shown(_TEXTS, tree)]
    text = "\n".join(parts)
    ends = list(accumulate(len(part) + 1 for part in parts))
    nodes: list[Any] = []
    start = 0
    while match := words.signed.search(text, start):
        said = match[2]
        start = match.end()
        if said in words.labels:
            start = match.start(2)  # nothing stands behind the first label
            continue
        if _COLON.match(text, match.end()):
            said = _without_label(said)
        elif text.startswith("\n", match.end()):
            nodes = nodes or _find_shown(_NODES, tree)
            at = bisect_right(ends, match.start(2))
            said = "" if _goes_on(nodes[at], nodes[at + 1]) else said
        kind = _kind_of(match[1])
        if kind == "poster" and (
            _DATED.search(said)
            or not is_statement(fold_line(text[match.end() : match.end() + STATEMENT_REACH]), 0)
        ):
            continue  # below a text a name alone may be that of who comments
        if name := name_of(said, LONGEST_SOURCE):
            names.setdefault(kind, set()).add(name)
    agreed = {kind: next(iter(found)) for kind, found in names.items() if len(found) == 1}
    author = agreed.get("author") or agreed.get("poster")
    return Byline(author, agreed.get("editor"), agreed.get("source"))


def _find_shown(path: etree.XPath, tree: HtmlElement) -> list[Any]:
    """The texts of the page but for blanks, scripts and style sheets."""
    scripts = {element.text for element in tree.iter("script", "style")}
    return [text for text in find_nodes(path, tree) if not text.isspace() and text not in scripts]


def _kind_of(label: str) -> str:
    """What a label says of the value behind it."""
    words = meta_words()
    return "poster" if label in words.posters else words.labels[label]


def _goes_on(node: Any, after: Any) -> bool:
    """Whether two neighbouring texts are parts of one paragraph of running text."""
    block = _block_of(node)
    if after.getparent().tag not in INLINE or _block_of(after) is not block:
        return False
    text = short_text(block, LONGEST_BYLINE)
    return after.strip()[:1].isalnum() and (text is None or bool(SENTENCE_END.search(text)))


def _block_of(node: Any) -> HtmlElement:
    """The smallest element around a text that is no part of a line."""
    element = node.getparent()
    if node.is_tail:
        element = element.getparent()
    while element.tag in INLINE and element.getparent() is not None:
        element = element.getparent()
    return element


def _without_label(said: str) -> str:
    """A name before a label that no space parts from it, empty where all of it is a label."""
    for match in meta_words().label.finditer(said, 1):
        if match.end() == len(said) and len(match[0]) > 1:
            return said[: match.start()]
    return ""


def read_bylines(lines: Iterable[str]) -> Byline:
    """The names that lines state; the first of each kind wins."""
    names: dict[str, str] = {}
    words = meta_words()
    is_anonymous = False
    # What is running text ends the value before it.
    text = BLOCK.join(line if len(line) <= LONGEST_BYLINE else "。" for line in lines)
    folded = fold_line(text)
    said = 0  # where the last value ends
    for match in words.label.finditer(folded):
        kind = _kind_of(match.group())
        if kind not in _KINDS or kind in names or match.start() < said:
            continue
        stated = read_label(text, folded, match, kind, said)
        if stated is None or (kind == "poster" and not _is_poster(stated)):
            continue
        said = max(said, stated.end)
        if stated.name:
            names[kind] = stated.name
        elif kind in ("author", "editor"):
            is_anonymous = True
    if "author" not in names and (reported := _REPORTED.search(folded)):
        name = name_of(text[slice(*reported.span(reported.lastindex or 0))], LONGEST_AUTHOR)
        if name is not None and not _DATED.search(name):
            names["author"] = name
    author = names.get("author") or names.get("poster")
    return Byline(author, names.get("editor"), names.get("source"), is_anonymous)


def _is_poster(stated: Stated) -> bool:
    """Whether a label of publication names who published, and not when."""
    return stated.is_labelled and bool(stated.name) and not _DATED.search(stated.name or "")


def _first_name(texts: Iterable[str], longest: int) -> str | None:
    """The first of the texts that names somebody, a label in front of it left out."""
    for text in texts:
        if name := name_of(_LEADING_LABEL.sub("", text), longest):
            return name
    return None
