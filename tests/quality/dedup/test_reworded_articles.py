"""Floors for copies that say sentences in other words, and siblings that differ in one fact.

The articles were written for this test, each sentence twice. Half of them were tuned on.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from generator import Labelled
from scoring import fingerprints

from crawler.dedup import Relation, compare
from crawler.seeds import load_references
from crawler.vocabulary import References

_BEFORE = "编者按:本文来自读者投稿,略有删节,文中人物均为化名,欢迎转给需要的人看看。"
_BEHIND = "以上内容仅供参考,具体情况请咨询当地的法律援助中心,如有侵权请联系我们删除。"


@dataclass(frozen=True, slots=True)
class Written:
    """An article: sentences of each paragraph with their rewordings, and exchanges by kind."""

    title: str
    paragraphs: tuple[tuple[tuple[str, str], ...], ...]
    exchanges: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

    def text(self, share: float, shuffler: random.Random) -> list[str]:
        """The paragraphs with about this share of the sentences reworded."""
        places = [
            (number, at)
            for number, paragraph in enumerate(self.paragraphs)
            for at in range(len(paragraph))
        ]
        chosen = set(shuffler.sample(places, round(share * len(places))))
        return [
            "".join(pair[(number, at) in chosen] for at, pair in enumerate(paragraph))
            for number, paragraph in enumerate(self.paragraphs)
        ]


@pytest.fixture(scope="module")
def references() -> References:
    """The real reference data."""
    return load_references()


@pytest.fixture(scope="module")
def articles() -> list[Written]:
    """The articles of reworded.txt."""
    text = (Path(__file__).parent / "reworded.txt").read_text("utf-8")
    return [_parse(part) for part in text.split("\n@ ")[1:]]


def _parse(part: str) -> Written:
    title, *lines = part.rstrip().split("\n")
    head = lines.index("")
    exchanges = []
    for line in lines[:head]:
        kind, _, pairs = line.partition(": ")
        exchanges.append((kind, tuple(_pair(pair, "=>") for pair in pairs.split("; "))))
    paragraphs = "\n".join(lines[head + 1 :]).split("\n\n")
    return Written(
        title,
        tuple(tuple(_pair(line, " ~~ ") for line in one.split("\n")) for one in paragraphs),
        tuple(exchanges),
    )


def _pair(line: str, mark: str) -> tuple[str, str]:
    first, _, second = line.partition(mark)
    return first, second or first


def _exchanged(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def _copies(article: Written) -> Iterator[tuple[str, list[str]]]:
    """Copies of the article, by what was done to them."""
    for seed in range(3):
        shuffler = random.Random(seed)  # noqa: S311 - reproducible test data
        for share in (20, 40, 50):
            yield f"{share}%", article.text(share / 100, shuffler)
        moved = article.text(0.2, shuffler)
        shuffler.shuffle(moved)
        yield "moved", moved
        yield "framed", [_BEFORE, *article.text(0.3, shuffler), _BEHIND]


def _found(
    pairs: Mapping[str, list[tuple[Labelled, Labelled]]], references: References
) -> dict[str, tuple[int, int]]:
    """Of the pairs of each kind how many are the same, and all."""
    places = frozenset(references.places)
    every = {one.key: one for many in pairs.values() for pair in many for one in pair}
    prints = fingerprints(every.values(), references.lexicon)
    return {
        kind: (
            sum(
                compare(prints[a.key], prints[b.key], places).relation is Relation.SAME
                for a, b in many
            ),
            len(many),
        )
        for kind, many in pairs.items()
    }


def _labelled(key: str, title: str, paragraphs: Sequence[str]) -> Labelled:
    return Labelled(key, 0, "", title, tuple(paragraphs))


def test_copies_in_other_words_are_the_same(
    articles: list[Written], references: References
) -> None:
    pairs: dict[str, list[tuple[Labelled, Labelled]]] = {}
    for number, article in enumerate(articles):
        base = _labelled(f"{number}", article.title, article.text(0, random.Random(0)))  # noqa: S311
        for at, (kind, paragraphs) in enumerate(_copies(article)):
            copy = _labelled(f"{number}-{at}", article.title, paragraphs)
            pairs.setdefault(kind, []).append((base, copy))
    found = _found(pairs, references)
    for kind, floor in (
        ("20%", 1.0),
        ("40%", 0.95),
        ("50%", 0.9),
        ("moved", 1.0),
        ("framed", 0.95),
    ):
        same, total = found[kind]
        assert same >= floor * total, (kind, found)


def test_one_other_name_or_fact_tells_apart(
    articles: list[Written], references: References
) -> None:
    pairs: dict[str, list[tuple[Labelled, Labelled]]] = {}
    for number, article in enumerate(articles):
        base = _labelled(f"{number}", article.title, article.text(0, random.Random(0)))  # noqa: S311
        for at, (kind, exchange) in enumerate(article.exchanges):
            for share in (0, 20, 40):
                shuffler = random.Random(at)  # noqa: S311
                paragraphs = [
                    _exchanged(one, exchange) for one in article.text(share / 100, shuffler)
                ]
                title = _exchanged(article.title, exchange)
                sibling = _labelled(f"{number}-{at}-{share}", title, paragraphs)
                pairs.setdefault(f"{kind} {share}%", []).append((base, sibling))
    merged = _found(pairs, references)
    for kind, floor in (
        ("lender 0%", 0.0),
        ("lender 20%", 0.08),
        ("lender 40%", 0.1),
        ("fact 0%", 0.0),
        ("fact 20%", 0.05),
        ("fact 40%", 0.05),
    ):
        same, total = merged[kind]
        assert same <= floor * total, (kind, merged)
