"""Who wrote a page and where it was taken from, as its bylines say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.dates import find_dates, fold_line
from crawler.extraction.head import Head
from crawler.extraction.meta_words import meta_words
from crawler.extraction.signers import find_signers

LONGEST_AUTHOR = 24  # code points; several names fit
LONGEST_SOURCE = 30
LONGEST_BYLINE = 160  # longer lines with a label in them are running text

_COLON = re.compile(r"\s*[:：]\s*")
_VALUE_END = re.compile(r"\s{2,}|[|\t\n;；,，。!！?？/]|\s[-–—·•]\s|[)）\]】>]")
# 記者王小明/高雄報導
_REPORTED = re.compile(r"(?:记者|記者)\s?([^\W\d_]{2,4})\s?/\s?[^\W\d_]{2,6}(?:报道|报导|報導)")
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_EDGES = " \u00a0\u3000:：-–—|·•[]【】<>“”\"'@"
_ADDRESS = re.compile(r"https?://|www\.|@|\.(?:com|cn|net|org)\b|^\d+$")
_CODE = re.compile(r"[=\"{}\\]|^[a-z]*[_-]?\d+$")
_LEADING_LABEL = re.compile(r"^[^:：]{1,6}[:：]\s*")
_BODY_TEXT = etree.XPath("string(//body)")


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

    ``near`` are the lines around the title, ``title`` is the element that shows it. An editor
    stands in for a missing author.
    """
    said = read_bylines(near)
    author = said.author or _first_name((*head.meta["author"], *head.authors), LONGEST_AUTHOR)
    source = said.source or _first_name(head.meta["source"], LONGEST_SOURCE)
    if author is None or source is None:
        below = _signatures(str(_BODY_TEXT(tree)))
        authors, sources = find_signers(title) if title is not None else ([], [])
        if not said.is_anonymous:
            author = author or below.author or _first_name(authors, LONGEST_AUTHOR)
            author = author or said.editor or below.editor
        author = author or said.editor
        source = source or below.source or _first_name(sources, LONGEST_SOURCE)
        source = source or _first_name(head.publishers, LONGEST_SOURCE)
    return author, source


def _signatures(text: str) -> Byline:
    """The names stated anywhere in a page's text, where all such statements agree."""
    names: dict[str, set[str]] = {}
    words = meta_words()
    for match in words.signed.finditer(text):
        said = match[2]
        if said in words.labels:
            continue  # nothing stands behind the first label
        if match.end() < len(text) and _COLON.match(text, match.end()):
            said = _without_label(said)
        if name := _name(said, LONGEST_SOURCE):
            names.setdefault(words.labels[match[1]], set()).add(name)
    agreed = {kind: next(iter(found)) for kind, found in names.items() if len(found) == 1}
    return Byline(agreed.get("author"), agreed.get("editor"), agreed.get("source"))


def _without_label(said: str) -> str:
    """A name without the label of what stands behind it, where no space parts the two."""
    for match in meta_words().label.finditer(said, 1):
        if match.end() == len(said) and len(match[0]) > 1:
            return said[: match.start()]
    return said


def read_bylines(lines: Iterable[str]) -> Byline:
    """The names that lines state; the first of each kind wins."""
    names: dict[str, str] = {}
    words = meta_words()
    pending: str | None = None
    is_anonymous = False
    for line in lines:
        if len(line) > LONGEST_BYLINE:
            pending = None
            continue
        folded = fold_line(line)
        if pending and "。" in line:
            pending = None  # nobody's name: the text begins
        if pending and pending not in names and (name := _value(line, folded, 0, pending)):
            names[pending] = name
        pending = None
        for match in words.label.finditer(folded):
            kind = words.labels[match.group()]
            colon = _COLON.match(folded, match.end())
            if kind not in ("author", "editor", "source") or not colon or kind in names:
                continue
            if colon.end() == len(folded):
                pending = kind
            elif name := _value(line, folded, colon.end(), kind):
                names[kind] = name
            elif kind != "source":
                is_anonymous = True
        if "author" not in names and (reported := _REPORTED.search(folded)):
            names["author"] = line[reported.start(1) : reported.end(1)]
        slashed = words.slashed.search(folded)
        if "author" not in names and slashed:
            kind = "source" if words.labels.get(slashed[1]) == "source" else "author"
            if kind not in names and (name := _value(line, folded, slashed.end(), kind)):
                names[kind] = name
    return Byline(names.get("author"), names.get("editor"), names.get("source"), is_anonymous)


def _value(line: str, folded: str, start: int, kind: str) -> str | None:
    """The name that begins at an offset and ends before the next thing said."""
    end = len(line)
    if match := _VALUE_END.search(folded, start + 1):
        end = match.start()
    for match in meta_words().label.finditer(folded, start, end):
        after = folded[match.end() : match.end() + 2].lstrip()
        before = folded[match.start() - 1] if match.start() > start else ""
        if match.start() == start and after.startswith(":"):
            return None  # the value is empty, and the next label follows
        if match.start() > start and (after.startswith(":") or before.isspace()):
            end = match.start()
            break
    for found in find_dates(folded[start:end]):
        end = start + found.start
        break
    if kind == "source" and (match := _SPACED.search(folded, start, end)):
        end = match.start()  # no name of a source is spaced; a place may stand behind it
    return _name(line[start:end], LONGEST_SOURCE if kind == "source" else LONGEST_AUTHOR)


def _name(text: str, longest: int) -> str | None:
    """The text as a name, ``None`` when it is nobody's."""
    name = " ".join(text.split()).strip(_EDGES)
    for opening, closing in ("()", "（）", "《》"):
        if name.count(opening) != name.count(closing):
            name = name.strip(opening + closing)
            name = name.partition(opening)[0]
    key = fold_line(name).replace(" ", "")
    if not name or len(name) > longest or _ADDRESS.search(key):
        return None
    if key in meta_words().nobody or _CODE.search(key):
        return None
    return name


def _first_name(texts: Iterable[str], longest: int) -> str | None:
    """The first of the texts that names somebody, a label in front of it left out."""
    for text in texts:
        if name := _name(_LEADING_LABEL.sub("", text), longest):
            return name
    return None
