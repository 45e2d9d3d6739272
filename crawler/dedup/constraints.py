"""Clusters where people decided that some pages belong together, and others do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crawler.dedup.clusters import (
    Edge,
    Member,
    Relate,
    find_belonging,
    find_clusters,
    find_components,
    find_most_complete,
    find_representative,
)

Pair = tuple[str, str]


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
    """What decisions ask for.

    ``hosts`` are pairs of a page and the one whose cluster it joined; ``apart`` are pairs,
    the smaller key first, that must not share a cluster; ``leaving`` are those of the
    latter that were split from the others.
    """

    hosts: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()
    leaving: frozenset[str] = frozenset()


def pair_of(one: str, other: str) -> Pair:
    """The pair, the same whichever page is named first."""
    return (one, other) if one < other else (other, one)


def find_constraints(decisions: Iterable[Split | Join]) -> Constraints:
    """What the decisions ask for, given oldest first: of two that differ the newer holds."""
    hosts: dict[str, str] = {}
    apart: set[Pair] = set()
    leaving: set[str] = set()
    for decision in decisions:
        page = decision.page
        if isinstance(decision, Join):
            # Those that joined this page before come along.
            movers = {page, *(one for one in hosts if page in _trail(one, hosts))}
            goal = {decision.target, *decision.others}
            apart -= {pair_of(one, other) for one in movers for other in goal}
            hosts[page] = decision.target
            continue
        apart |= {pair_of(page, other) for other in decision.others}
        leaving.add(page)
        if hosts.get(page) in decision.others:
            del hosts[page]
        guests = [one for one in decision.others if hosts.get(one) == page]
        stay = [one for one in decision.others if one not in hosts]
        for guest in guests:
            del hosts[guest]
            if stay:
                hosts[guest] = stay[0]
    still = {key for pair in apart for key in pair}
    return Constraints(frozenset(hosts.items()), frozenset(apart), frozenset(leaving & still))


def find_constrained_clusters(
    members: Mapping[str, Member],
    edges: Iterable[Edge],
    relate: Relate,
    constraints: Constraints,
    texts: Mapping[str, int],
) -> dict[str, str]:
    """What ``find_clusters`` finds, with pages kept together and apart as people decided.

    Pages of one text (equal in ``texts``) count as one, so that copies follow a page that
    was split off or joined. A joined page has no say in which clusters there are: it goes
    where its host goes. Clusters are built around their most complete member that was not
    split from another. The result does not depend on the order of anything.
    """
    if not constraints.hosts and not constraints.apart:
        return find_clusters(members, edges, relate)
    graph = _contract(members, edges, constraints, texts)
    clusters = graph.gather(relate)
    homes = {unit: number for number, units in enumerate(clusters) for unit in units}
    for guest in sorted(graph.hosts):
        clusters[homes[_trail(guest, graph.hosts)[-1]]].append(guest)
    assigned: dict[str, str] = {}
    for units in clusters:
        keys = [key for unit in units for key in graph.units[unit]]
        shown = find_representative([members[key] for key in keys])
        assigned.update(dict.fromkeys(keys, shown))
    return assigned


@dataclass(frozen=True, slots=True)
class _Graph:
    """Units of one text, each named by one of its pages; what holds of a page holds of all."""

    members: Mapping[str, Member]
    units: Mapping[str, list[str]]
    neighbours: Mapping[str, set[str]]
    hosts: Mapping[str, str]
    apart: set[Pair]
    leaving: set[str]

    def gather(self, relate: Relate) -> list[list[str]]:
        """The clusters as lists of units, those that joined another left out."""
        found: list[list[str]] = []
        pending = [set(part) for part in find_components(self.neighbours)]
        while pending:
            component = pending.pop()
            own = component - self.hosts.keys()
            if not own:
                continue
            kept = self._kept(own, relate)
            found.append(sorted(kept))
            rest = component - kept  # with the guests: they connect what they are copies of
            inner = {key: self.neighbours[key] & rest for key in rest}
            pending.extend(set(part) for part in find_components(inner))
        return found

    def _kept(self, own: set[str], relate: Relate) -> set[str]:
        """The most complete unit, and those that say the same and may share its cluster."""
        stays = own - self.leaving or own
        whole = find_most_complete([self.members[key] for key in stays])
        kept = {whole}
        belonging = find_belonging(whole, own, self.members, self.neighbours, relate)
        for key in sorted(belonging - kept, key=self._rank):
            if not any(pair_of(key, other) in self.apart for other in kept):
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
    head = _heads(members, constraints, texts)
    units: dict[str, list[str]] = defaultdict(list)
    for key in sorted(members):
        units[head[key]].append(key)
    neighbours: dict[str, set[str]] = {unit: set() for unit in units}
    for edge in edges:
        first, second = head.get(edge.first), head.get(edge.second)
        if first and second and first != second:
            neighbours[first].add(second)
            neighbours[second].add(first)
    known = head.keys()
    apart = {
        pair_of(head[one], head[other])
        for one, other in constraints.apart
        if {one, other} <= known and head[one] != head[other]
    }
    hosts: dict[str, str] = {}
    for guest, host in sorted(constraints.hosts, reverse=True):
        if {guest, host} <= known and head[host] != head[guest]:
            hosts[head[guest]] = head[host]
    leaving = {head[key] for key in constraints.leaving & known}
    return _Graph(members, units, neighbours, _without_circles(hosts), apart, leaving)


def _heads(
    members: Mapping[str, Member], constraints: Constraints, texts: Mapping[str, int]
) -> dict[str, str]:
    """Page -> the page that stands for all of its text; one split from a copy stands alone."""
    alone = {
        key
        for one, other in constraints.apart
        if one in texts and texts.get(one) == texts.get(other)
        for key in {one, other} & constraints.leaving
    }
    first: dict[int, str] = {}
    head = {key: key for key in members}
    for key in sorted(members.keys() & texts.keys() - alone):
        head[key] = first.setdefault(texts[key], key)
    return head


def _without_circles(hosts: Mapping[str, str]) -> dict[str, str]:
    """The hosts, without one link of each circle, so that every trail ends."""
    kept: dict[str, str] = {}
    for guest in sorted(hosts):
        if guest not in _trail(hosts[guest], kept):
            kept[guest] = hosts[guest]
    return kept


def _trail(page: str, hosts: Mapping[str, str]) -> list[str]:
    """The page, its host, that one's host and so on; ends where a circle closes."""
    trail = [page]
    while (after := hosts.get(trail[-1])) is not None and after not in trail:
        trail.append(after)
    return trail
