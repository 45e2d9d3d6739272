"""Scores of grouping labelled articles: pairs, swaps, sharers, excerpts."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator import Labelled

from crawler.dedup import (
    Edge,
    Fingerprint,
    KeyIndex,
    Member,
    Relation,
    compare,
    find_clusters,
    find_fingerprint,
)
from crawler.mentions import MentionFinder, find_about
from crawler.vocabulary import Lexicon

LOST_FACT = frozenset({"delete", "excerpt"})


@dataclass(frozen=True, slots=True)
class Scores:
    """Pair precision and recall (0 to 1), and of each kind of negative how many merged.

    ``merged`` maps a kind to (merged, all); ``found`` maps a kind of copy to (grouped with
    its base, all).
    """

    precision: float
    recall: float
    merged: Mapping[str, tuple[int, int]]
    found: Mapping[str, tuple[int, int]]

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def fingerprints(articles: Iterable[Labelled], lexicon: Lexicon) -> dict[str, Fingerprint]:
    """The fingerprint of each article, its lenders found as the pipeline finds them."""
    finder = MentionFinder(lexicon)
    found = {}
    for article in articles:
        mentions = finder.find_mentions(article.text, article.title)
        about = find_about(mentions, article.title, article.text, lexicon)
        found[article.key] = find_fingerprint(article.title, article.text, mentions, about)
    return found


def group(prints: Mapping[str, Fingerprint], places: frozenset[str]) -> dict[str, str]:
    """Article key -> its cluster's representative, by shared keys and verdicts."""
    pairs = _candidates(prints)
    edges = [
        Edge(first, second)
        for first, second in sorted(pairs)
        if compare(prints[first], prints[second], places).relation is Relation.SAME
    ]
    members = {
        key: Member(key, length=len(one.bare), size=len(one.keys)) for key, one in prints.items()
    }

    def relate(first: str, second: str) -> Relation:
        return compare(prints[first], prints[second], places).relation

    return find_clusters(members, edges, relate)


def score(articles: Sequence[Labelled], clusters: Mapping[str, str]) -> Scores:
    """The scores of a grouping against the labels.

    Copies that lost the fact or the unknown name which tells their template from its twin
    (a deletion or an excerpt without it) belong to either; they are left out where such a
    twin exists.
    """
    twins = {one.base for one in articles if one.kind.startswith(("fact_", "unknown_"))}
    counted = [one for one in articles if not (one.base in twins and one.kind in LOST_FACT)]
    by_group: dict[int, list[Labelled]] = defaultdict(list)
    by_cluster: dict[str, list[Labelled]] = defaultdict(list)
    for one in counted:
        by_group[one.group].append(one)
        by_cluster[clusters[one.key]].append(one)
    positive = [pair for group in by_group.values() for pair in itertools.combinations(group, 2)]
    grouped = [pair for group in by_cluster.values() for pair in itertools.combinations(group, 2)]
    true = sum(clusters[a.key] == clusters[b.key] for a, b in positive)
    return Scores(
        precision=true / len(grouped),
        recall=true / len(positive),
        merged=_merged(counted, by_cluster, clusters),
        found=_found(counted, clusters),
    )


def _candidates(prints: Mapping[str, Fingerprint]) -> set[tuple[str, str]]:
    index = KeyIndex()
    keys: list[str] = []
    pairs: set[tuple[str, str]] = set()
    for key, one in sorted(prints.items()):
        pairs.update((keys[other], key) for other in index.find_candidates(one.keys))
        index.add(one.keys)
        keys.append(key)
    return pairs


def _merged(
    articles: Iterable[Labelled],
    by_cluster: Mapping[str, Sequence[Labelled]],
    clusters: Mapping[str, str],
) -> dict[str, tuple[int, int]]:
    counts: dict[str, list[int]] = {}
    for one in articles:
        if one.kind in {"swap", "unknown_swap", "sharer"} or one.kind.startswith("fact_"):
            entry = counts.setdefault(one.kind, [0, 0])
            entry[0] += any(other.group != one.group for other in by_cluster[clusters[one.key]])
            entry[1] += 1
    return {kind: (merged, total) for kind, (merged, total) in counts.items()}


def _found(articles: Iterable[Labelled], clusters: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    bases = {one.group: one.key for one in articles if one.kind == "base"}
    counts: dict[str, list[int]] = {}
    for one in articles:
        if one.group in bases and one.kind != "base":
            entry = counts.setdefault(one.kind, [0, 0])
            entry[0] += clusters[one.key] == clusters[bases[one.group]]
            entry[1] += 1
    return {kind: (found, total) for kind, (found, total) in counts.items()}
