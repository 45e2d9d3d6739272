"""The words and names that mark a page's title, date, author and source, as one table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from crawler.wordlists import load_table

# What a label says of the value behind it.
KINDS = ("published", "drafted", "updated", "edited", "author", "editor", "source", "other")


@dataclass(frozen=True, slots=True)
class MetaWords:
    """The table of ``seeds/metadata.toml``; patterns match folded text (NFKC, lower case)."""

    labels: dict[str, str]  # label -> one of KINDS
    label: re.Pattern[str]  # a label, its colon optional
    slashed: frozenset[str]  # labels that are none without a stroke: 图文/张三
    posters: frozenset[str]  # of the labels of a date, those that may name who published
    signed: re.Pattern[str]  # a byline's label, colon and name anywhere in a text
    nobody: frozenset[str]
    first_posts: tuple[str, ...]
    today: tuple[str, ...]
    clock: tuple[str, ...]
    sentence: tuple[str, ...]
    until: tuple[str, ...]
    period: tuple[str, ...]
    generic_titles: frozenset[str]
    site_endings: tuple[str, ...]
    sure_endings: tuple[str, ...]
    kind_endings: tuple[str, ...]
    meta: dict[str, tuple[str, ...]]  # title, site, published, updated, author, source
    title_classes: frozenset[str]
    foreign_classes: frozenset[str]
    banner_classes: frozenset[str]
    article_classes: frozenset[str]
    author_classes: frozenset[str]
    source_classes: frozenset[str]
    unsigned_classes: frozenset[str]


@cache
def meta_words() -> MetaWords:
    """The table, a constant of the program."""
    table = load_table("metadata")
    labels = {word: kind for kind in KINDS for word in table["labels"][kind]}
    labels |= dict.fromkeys(table["labels"]["slashed"], "author")
    names = table["names"]
    signing = [
        word
        for kind in ("author", "editor", "source", "posters")
        for word in table["labels"][kind]
        if len(word) > 1 and not word.isascii()
    ]
    return MetaWords(
        labels=labels,
        label=re.compile(_any_of(labels)),
        slashed=frozenset(table["labels"]["slashed"]),
        posters=frozenset(table["labels"]["posters"]),
        signed=re.compile(
            rf"({_any_of(signing)})\s{{0,4}}[:：]\s{{0,4}}([a-z]{{2,20}}|[\w·．、]{{2,10}})(?![\w=])"
        ),
        nobody=frozenset(table["values"]["nobody"]),
        first_posts=tuple(table["values"]["first_posts"]),
        today=tuple(table["values"]["today"]),
        clock=tuple(table["values"]["clock"]),
        sentence=tuple(table["values"]["sentence"]),
        until=tuple(table["values"]["until"]),
        period=tuple(table["values"]["period"]),
        generic_titles=frozenset(table["titles"]["generic"]),
        site_endings=tuple(table["titles"]["site_endings"]),
        sure_endings=tuple(table["titles"]["sure_endings"]),
        kind_endings=tuple(table["titles"]["kind_endings"]),
        meta={
            kind: tuple(names[kind])
            for kind in ("title", "site", "published", "updated", "author", "source")
        },
        title_classes=frozenset(names["title_classes"]),
        foreign_classes=frozenset(names["foreign_classes"]),
        banner_classes=frozenset(names["banner_classes"]),
        article_classes=frozenset(names["article_classes"]),
        author_classes=frozenset(names["author_classes"]),
        source_classes=frozenset(names["source_classes"]),
        unsigned_classes=frozenset(names["unsigned_classes"]),
    )


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
