"""Clusters where people decided that some pages belong together, and others do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from crawler.dedup.clusters import (
    Edge,
    Member,
    find_clusters,
    find_components,
    find_most_complete,
    find_representative,
)

Pair = tuple[str, str]
"""Two pages by their keys, the smaller key first."""


@dataclass(frozen=True, slots=True)
class Split:
    """A person took ``page`` out of the cluster that it shared with ``others``."""

    page: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Join:
    """A person put ``page`` into the cluster of ``target``, whose members were ``others``."""

    page: str
    target: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Constraints:
    """Pairs of pages that must share a cluster, and pairs that must not.

    ``leaving`` are the pages that were split from the others of their pairs.
    """

    together: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()
    leaving: frozenset[str] = frozenset()


def pair_of(one: str, other: str) -> Pair:
    """The pair, the same whichever page is named first."""
    return (one, other) if one < other else (other, one)


def find_constraints(decisions: Iterable[Split | Join]) -> Constraints:
    """What the decisions ask for, given oldest first: of two that differ the newer holds.

    A page that joins a cluster brings along those that were joined with it before.
    """
    together: set[Pair] = set()
    apart: set[Pair] = set()
    leaving: set[str] = set()
    for decision in decisions:
        if isinstance(decision, Split):
            pairs = {pair_of(decision.page, other) for other in decision.others}
            together -= pairs
            apart |= pairs
            leaving.add(decision.page)
            continue
        movers = _joined(decision.page, together)
        goal = {decision.target, *decision.others}
        apart -= {pair_of(one, other) for one in movers for other in goal}
        together.add(pair_of(decision.page, decision.target))
    still = {key for pair in apart for key in pair}
    return Constraints(frozenset(together), frozenset(apart), frozenset(leaving & still))


def find_constrained_clusters(
    members: Mapping[str, Member],
    edges: Iterable[Edge],
    is_same: Callable[[str, str], bool],
    constraints: Constraints,
    texts: Mapping[str, int],
) -> dict[str, str]:
    """What ``find_clusters`` finds, with pages kept together and apart as people decided.

    Pages that must be together count as one, with the text of the most complete; so do
    pages of one text (equal in ``texts``), so that a copy of a page that was split from a
    cluster stays with that page. Clusters are built around their most complete member that
    was not split from another. The result does not depend on the order of anything.
    """
    if not constraints.together and not constraints.apart:
        return find_clusters(members, edges, is_same)
    graph = _contract(members, edges, constraints, texts)
    assigned: dict[str, str] = {}
    pending = [set(component) for component in find_components(graph.neighbours)]
    while pending:
        component = pending.pop()
        kept = graph.kept(component, is_same)
        keys = [key for head in kept for key in graph.groups[head]]
        shown = find_representative([members[key] for key in keys])
        assigned.update(dict.fromkeys(keys, shown))
        rest = component - kept
        if rest:
            inner = {key: graph.neighbours[key] & rest for key in rest}
            pending.extend(set(part) for part in find_components(inner))
    return assigned


@dataclass(frozen=True, slots=True)
class _Graph:
    """Groups of pages that count as one, each named by its most complete page."""

    members: Mapping[str, Member]
    groups: Mapping[str, list[str]]
    neighbours: Mapping[str, set[str]]
    apart: set[Pair]
    leaving: set[str]

    def kept(self, component: set[str], is_same: Callable[[str, str], bool]) -> set[str]:
        """The group around which the component's cluster is built, and those that belong to it."""
        stays = component - self.leaving or component
        whole = find_most_complete([self.members[key] for key in stays])
        kept = {whole}
        for key in sorted(component - kept, key=self._rank):
            if any(pair_of(key, other) in self.apart for other in kept):
                continue
            if key in self.neighbours[whole] or is_same(whole, key):
                kept.add(key)
        return kept

    def _rank(self, key: str) -> tuple[bool, int, str]:
        return key in self.leaving, -self.members[key].size, key


def _contract(
    members: Mapping[str, Member],
    edges: Iterable[Edge],
    constraints: Constraints,
    texts: Mapping[str, int],
) -> _Graph:
    links: dict[str, set[str]] = {key: set() for key in members}
    for one, other in (*constraints.together, *_of_one_text(members, constraints, texts)):
        if one in links and other in links:
            links[one].add(other)
            links[other].add(one)
    groups = {
        find_most_complete([members[key] for key in keys]): sorted(keys)
        for keys in find_components(links)
    }
    head = {key: lead for lead, keys in groups.items() for key in keys}
    neighbours: dict[str, set[str]] = {lead: set() for lead in groups}
    for edge in edges:
        first, second = head.get(edge.first), head.get(edge.second)
        if first and second and first != second:
            neighbours[first].add(second)
            neighbours[second].add(first)
    known = [pair for pair in constraints.apart if pair[0] in head and pair[1] in head]
    apart = {pair_of(head[one], head[other]) for one, other in known if head[one] != head[other]}
    leaving = {head[key] for key in constraints.leaving if key in head}
    return _Graph(members, groups, neighbours, apart, leaving)


def _of_one_text(
    members: Mapping[str, Member], constraints: Constraints, texts: Mapping[str, int]
) -> Iterator[Pair]:
    """Pairs of pages with one text; a page split from another one of that text has none."""
    alone = {
        key
        for one, other in constraints.apart
        if one in texts and texts.get(one) == texts.get(other)
        for key in {one, other} & constraints.leaving
    }
    alike: dict[int, list[str]] = defaultdict(list)
    for key in sorted(members.keys() & texts.keys() - alone):
        alike[texts[key]].append(key)
    for keys in alike.values():
        yield from pairwise(keys)


def _joined(page: str, together: Iterable[Pair]) -> set[str]:
    """The page and all that are joined with it, directly or through others."""
    found, grows = {page}, True
    while grows:
        more = {key for pair in together if found & {*pair} for key in pair}
        grows = not more <= found
        found |= more
    return found
