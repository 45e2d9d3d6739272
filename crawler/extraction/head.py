"""What a page's machine-readable parts say: meta elements, JSON-LD, publishing systems' notes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from lxml.html import HtmlElement

from crawler.extraction.dates import parse_machine_date
from crawler.extraction.meta_words import meta_words

LONGEST_JSON = 500_000  # code points: larger scripts hold application state, not metadata
LONGEST_NOTE = 4000  # code points of a comment with an article's properties
MOST_NODES = 300  # JSON objects looked at in one page

_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Blog|Review)$")
_PAGE_TYPE = re.compile(r"(?:WebPage|QAPage|ItemPage|Question|CreativeWork)$")
# Only these lead from a page to its own article; others lead to lists of other articles.
_JSON_PATHS = ("@graph", "mainEntity", "mainEntityOfPage", "article")
_BROKEN_JSON = re.compile(
    r'"(headline|datePublished|pubDate|dateModified|upDate)"\s*:\s*"((?:[^"\\\n]|\\.){1,300})"'
)
_NOTE = re.compile(r"<(date|author|source|title)>([^<]{1,200})</\1>")
_PUBLISHED_NOTE = re.compile(
    r"<!--[^<>]{0,80}(?:published\s+at|PublishDate=|pubtime[:=])\s*(\d{4}-\d\d?-\d\d?)[^<>]{0,80}-->"
)


@dataclass(frozen=True, slots=True)
class Head:
    """Machine-readable statements, unjudged; texts are stripped and never empty.

    ``meta`` maps a kind of ``meta_words`` to its contents in order of trust.
    """

    meta: dict[str, tuple[str, ...]]
    headlines: tuple[str, ...] = ()
    published: date | None = None
    updated: date | None = None
    authors: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    markup: str = ""

    @property
    def has_dated_elements(self) -> bool:
        """False saves looking at each for a stated date."""
        return not self.markup or "datePublished" in self.markup or "pubdate" in self.markup


@dataclass(slots=True)
class _Facts:
    headlines: list[str] = field(default_factory=list)
    published: list[date] = field(default_factory=list)
    updated: list[date] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    publishers: list[str] = field(default_factory=list)


def read_head(tree: HtmlElement, markup: str = "") -> Head:
    """The machine-readable statements of a page. Never raises.

    ``markup`` is the page's text before parsing: the tree may hold no comments.
    """
    meta = _read_meta(tree)
    facts = _Facts()
    published = _first_day(meta["published"])
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            _read_json(script.text or "", facts)
    _read_notes(markup, facts)
    return Head(
        meta=meta,
        headlines=tuple(facts.headlines),
        published=published or next(iter(facts.published), None),
        updated=_first_day(meta["updated"]) or next(iter(facts.updated), None),
        authors=tuple(facts.authors),
        publishers=tuple(facts.publishers),
        markup=markup,
    )


def _read_meta(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    said: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        if not content:
            continue
        for attribute in ("property", "name", "itemprop"):
            if name := element.get(attribute):
                said.setdefault(name.strip().lower(), content)
    kinds = meta_words().meta
    return {
        kind: tuple(said[name] for name in names if name in said) for kind, names in kinds.items()
    }


def _first_day(values: tuple[str, ...]) -> date | None:
    return next((day for value in values if (day := parse_machine_date(value))), None)


def _read_json(text: str, facts: _Facts) -> None:
    if len(text) > LONGEST_JSON:
        return
    text = _unwrapped(text)
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        _read_broken_json(text, facts)
        return
    nodes = [node for node in _json_objects(data) if _is_about_page(node)]
    nodes.sort(key=_type_rank)
    for node in nodes:
        _read_node(node, facts)


def _unwrapped(text: str) -> str:
    """The script without the marks that hide it from browsers of the last century."""
    text = text.strip().removeprefix("//").lstrip()
    text = text.removeprefix("<!--").removeprefix("<![CDATA[").rstrip()
    text = text.removesuffix("-->").removesuffix("]]>").rstrip()
    return text.removesuffix("//").strip().rstrip(";")


def _read_broken_json(text: str, facts: _Facts) -> None:
    for name, value in _BROKEN_JSON.findall(text)[:8]:
        if name == "headline":
            facts.headlines.append(value)
        elif day := parse_machine_date(value):
            (facts.published if name in ("datePublished", "pubDate") else facts.updated).append(day)


def _json_objects(data: object) -> Iterator[dict[str, object]]:
    """The objects that describe the page itself, outermost first."""
    waiting: list[object] = [data]
    seen = 0
    while waiting and seen < MOST_NODES:
        node = waiting.pop(0)
        seen += 1
        if isinstance(node, list):
            waiting.extend(node[:50])
        elif isinstance(node, dict):
            yield node
            waiting.extend(node[key] for key in _JSON_PATHS if key in node)


def _types(node: dict[str, object]) -> list[str]:
    kind = node.get("@type")
    return [str(one) for one in kind] if isinstance(kind, list) else [str(kind or "")]


def _type_rank(node: dict[str, object]) -> int:
    kinds = _types(node)
    if any(_ARTICLE_TYPE.search(kind) for kind in kinds):
        return 0
    return 1 if any(_PAGE_TYPE.search(kind) for kind in kinds) else 2


def _is_about_page(node: dict[str, object]) -> bool:
    # A node without type but with a date is the form that Chinese search engines ask for.
    return _type_rank(node) < 2 or ("@type" not in node and ("pubDate" in node or "title" in node))


def _read_node(node: dict[str, object], facts: _Facts) -> None:
    for key in ("headline", "title"):
        if isinstance(value := node.get(key), str) and value.strip():
            facts.headlines.append(value.strip())
    for key, days in (
        ("datePublished", facts.published),
        ("pubDate", facts.published),
        ("dateCreated", facts.published),
        ("uploadDate", facts.published),
        ("dateModified", facts.updated),
        ("upDate", facts.updated),
    ):
        if isinstance(value := node.get(key), str) and (day := parse_machine_date(value)):
            days.append(day)
    facts.authors.extend(_names(node.get("author")))
    facts.publishers.extend(_names(node.get("publisher")))


def _names(value: object) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and name.strip():
            yield name.strip()


def _read_notes(markup: str, facts: _Facts) -> None:
    """Comments in which publishing systems repeat an article's properties."""
    start = markup.find("enpproperty")
    if start >= 0:
        said = dict(_NOTE.findall(markup[start : start + LONGEST_NOTE]))
        facts.published.extend(filter(None, [parse_machine_date(said.get("date", ""))]))
        facts.authors.extend(filter(None, [said.get("author", "").strip()]))
        facts.headlines.extend(filter(None, [said.get("title", "").strip()]))
    elif match := _PUBLISHED_NOTE.search(markup):
        facts.published.extend(filter(None, [parse_machine_date(match[1])]))
