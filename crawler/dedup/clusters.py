"""Groups of pages that say the same thing, from the verdicts on pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import log

from crawler.citations import ANNOTATED
from crawler.dedup.verdict import Relation
from crawler.model import BlockType, CitationStatus

Relate = Callable[[str, str], Relation]

_NEARLY_WHOLE = 0.75
"""Share of the most complete member's sampled keys that a member has which speaks for others. An
excerpt has less: it may equal two templates that differ in what it leaves out."""

WITNESSES = 3
"""Most complete members beside the first that must not be siblings of another one."""

_STRUCTURE = frozenset({BlockType.HEADING, BlockType.LIST_ITEM, BlockType.TABLE_ROW})


@dataclass(frozen=True, slots=True)
class Edge:
    """Two pages whose verdict is "same", by their keys."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Member:
    """What the choice of a representative needs to know of a page.

    ``key`` identifies the page and never changes (its address). ``trust`` is higher for
    better sources, ``outdated`` counts citations that are out of date, ``length`` is the
    text's in code points and ``structure`` counts headings, list items and table rows.
    ``size`` is the number of the text's sampled keys.
    """

    key: str
    trust: int = 0
    publishable: bool = True
    outdated: int = 0
    length: int = 0
    structure: int = 0
    size: int = 0
    published: date | None = None


def count_outdated(cited: Iterable[tuple[str, str | None]]) -> int:
    """How many citations, each as its status and note, are not current and not said to be so."""
    return sum(status != CitationStatus.CURRENT and note != ANNOTATED for status, note in cited)


def count_structure(kinds: Iterable[str]) -> int:
    """How many blocks, each as its type, are headings, list items or table rows."""
    return sum(kind in _STRUCTURE for kind in kinds)


def find_clusters(
    members: Mapping[str, Member],
    edges: Iterable[Edge],
    relate: Relate,
) -> dict[str, str]:
    """Page key -> key of its cluster's representative, for all members.

    Clusters are connected components of the edges, each checked against its most complete
    member so that a chain of small differences does not join what differs: members that
    do not belong with that one form components of their own. (An excerpt may be the
    representative, and equals two templates that differ in what it leaves out.) The result
    does not depend on the order of members or edges. ``relate`` must be symmetric.
    """
    neighbours: dict[str, set[str]] = {key: set() for key in members}
    for edge in edges:
        if edge.first in members and edge.second in members and edge.first != edge.second:
            neighbours[edge.first].add(edge.second)
            neighbours[edge.second].add(edge.first)
    assigned: dict[str, str] = {}
    pending = [set(component) for component in find_components(neighbours)]
    while pending:
        component = pending.pop()
        whole = find_most_complete([members[key] for key in component])
        kept = find_belonging(whole, component, members, neighbours, relate)
        lead = find_representative([members[key] for key in kept])
        assigned.update(dict.fromkeys(kept, lead))
        rest = component - kept
        if rest:
            inner = {key: neighbours[key] & rest for key in rest}
            pending.extend(set(part) for part in find_components(inner))
    return assigned


def find_belonging(
    whole: str,
    component: set[str],
    members: Mapping[str, Member],
    neighbours: Mapping[str, set[str]],
    relate: Relate,
) -> set[str]:
    """Those of a component that belong with its most complete member, itself included.

    These are its copies, and copies of nearly complete ones among them: of two that reword
    different sentences each equals the text they come from more than the other. A sibling of
    the most complete one never belongs.
    """
    known = neighbours[whole] | {whole}
    copies, unlike = set(component & known), set()
    for key in component - known:
        relation = relate(whole, key)
        if relation is Relation.SAME:
            copies.add(key)
        elif relation is Relation.DIFFERENT:
            unlike.add(key)
    least = _NEARLY_WHOLE * members[whole].size
    speaking = {key for key in copies if key != whole and members[key].size >= least}
    second = {key for key in unlike if neighbours[key] & speaking}
    # Of pages with one text only the first is paired with others.
    twins = {
        key
        for key in unlike - second
        if any(members[key].size == members[other].size for other in neighbours[key] & second)
    }
    return _without_siblings(whole, copies | second | twins, members, neighbours, relate)


def _without_siblings(
    whole: str,
    found: set[str],
    members: Mapping[str, Member],
    neighbours: Mapping[str, set[str]],
    relate: Relate,
) -> set[str]:
    """Those that are no siblings of the most complete ones beside ``whole``.

    A page without a lender's name may equal templates for two lenders.
    """
    kept = set(found)
    left = kept - {whole}
    for _ in range(WITNESSES):
        if not left:
            break
        witness = find_most_complete([members[key] for key in left])
        left.remove(witness)
        unsure = kept - neighbours[witness] - {whole, witness}
        siblings = {key for key in unsure if relate(witness, key) is Relation.SIBLING}
        kept -= siblings
        left -= siblings
    return kept


def find_most_complete(members: Iterable[Member]) -> str:
    """The key of the member with the most sampled keys, the first by key among equals."""
    return min(members, key=lambda member: (-member.size, member.key)).key


def find_representative(members: Iterable[Member]) -> str:
    """The key of the page that is shown for its cluster, by the written rule.

    Publishable before rejected, then the more trusted source, fewer outdated citations,
    the more complete text (in steps of a tenth, so that a stray line does not decide), more
    structure, the earliest date, and at last the key. Raises ``ValueError`` when
    there are no members.
    """
    return min(members, key=_rank).key


def _rank(member: Member) -> tuple[object, ...]:
    """What members are ordered by, the representative first; of this member alone."""
    return (
        not member.publishable,
        -member.trust,
        member.outdated,
        -round(log(member.length + 1) / log(1.1)),
        -member.structure,
        member.published or date.max,
        member.key,
    )


def find_components(neighbours: Mapping[str, set[str]]) -> list[list[str]]:
    """The sets of keys that links lead to from each other; each key stands in one of them."""
    seen: set[str] = set()
    found: list[list[str]] = []
    links = defaultdict(set, neighbours)
    for start in sorted(neighbours):
        if start in seen:
            continue
        seen.add(start)
        stack, component = [start], []
        while stack:
            key = stack.pop()
            component.append(key)
            for other in links[key]:
                if other not in seen:
                    seen.add(other)
                    stack.append(other)
        found.append(component)
    return found
