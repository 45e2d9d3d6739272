"""What people decided about clusters, as pairs of pages: derived from the decisions in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select

from crawler.dedup.constraints import Constraints, Join, Pair, Split, find_constraints, pair_of
from crawler.store.groups import in_parts
from crawler.store.tables import BONDS, DECISIONS, PAGES
from crawler.vocabulary import DecisionKind

_JOINS, _HOSTS = "joins", "hosts"  # the page joined the other one's cluster, and back
_APART, _LEAVES = "apart", "leaves"  # must not share a cluster; it was split from the other


def rebuild_bonds(connection: Connection) -> None:
    """Derive the pairs anew from every decision in force; there are few of them."""
    query = (
        select(PAGES.c.uid, DECISIONS.c.kind, DECISIONS.c.names)
        .join(PAGES, PAGES.c.id == DECISIONS.c.page_id)
        .where(
            DECISIONS.c.kind.in_([DecisionKind.SPLIT.value, DecisionKind.JOIN.value]),
            DECISIONS.c.undone_at.is_(None),
        )
        .order_by(DECISIONS.c.id)
    )
    made: list[Split | Join] = []
    for uid, kind, names in connection.execute(query):
        if kind == DecisionKind.SPLIT:
            made.append(Split(uid, tuple(names)))
        elif names:
            made.append(Join(uid, names[0], tuple(names[1:])))
    connection.execute(delete(BONDS))
    rows = _rows(connection, find_constraints(made))
    if rows:
        connection.execute(insert(BONDS), rows)


def _rows(connection: Connection, constraints: Constraints) -> list[dict[str, object]]:
    """Two rows for each pair; pages that are not stored are left out."""
    leaving = constraints.leaving
    wanted = dict.fromkeys(constraints.hosts, (_JOINS, _HOSTS))
    for one, other in constraints.apart:
        kinds = tuple(_LEAVES if key in leaving else _APART for key in (one, other))
        wanted[one, other] = (kinds[0], kinds[1])
    ids = _ids(connection, {uid for pair in wanted for uid in pair})
    return [
        {"page_id": ids[one], "other_id": ids[other], "kind": kind}
        for (first, second), (kind_of_first, kind_of_second) in sorted(wanted.items())
        for one, other, kind in (
            (first, second, kind_of_first),
            (second, first, kind_of_second),
        )
        if one in ids and other in ids
    ]


def read_bonds(connection: Connection, keys: Mapping[int, str]) -> Constraints:
    """The pairs among the pages; ``keys`` gives each page's key."""
    hosts: set[Pair] = set()
    apart: set[Pair] = set()
    leaving: set[str] = set()
    for part in in_parts(sorted(keys)):
        for row in connection.execute(select(BONDS).where(BONDS.c.page_id.in_(part))):
            if row.other_id not in keys:
                continue
            mine, other = keys[row.page_id], keys[row.other_id]
            if row.kind == _JOINS:
                hosts.add((mine, other))
            elif row.kind in {_APART, _LEAVES}:
                apart.add(pair_of(mine, other))
                leaving |= {mine} if row.kind == _LEAVES else set()
    return Constraints(frozenset(hosts), frozenset(apart), frozenset(leaving))


def joined_with(connection: Connection, pages: Sequence[int]) -> set[int]:
    """The pages that people put into one cluster with any of these."""
    bound = BONDS.c.page_id.in_(pages)
    query = select(BONDS.c.other_id).where(bound, BONDS.c.kind.in_([_JOINS, _HOSTS]))
    return set(connection.execute(query).scalars())


def has_bonds(connection: Connection, page_id: int) -> bool:
    """Whether people put the page into one cluster with others, or kept it apart from some."""
    query = select(BONDS.c.page_id).where(BONDS.c.page_id == page_id).limit(1)
    return connection.execute(query).first() is not None


def _ids(connection: Connection, uids: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in in_parts(sorted(uids)):
        query = select(PAGES.c.uid, PAGES.c.id).where(PAGES.c.uid.in_(part))
        found |= {row.uid: row.id for row in connection.execute(query)}
    return found
