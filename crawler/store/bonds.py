"""What people decided about clusters, as pairs of pages: derived from the decisions in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select

from crawler.dedup.constraints import Constraints, Join, Pair, Split, find_constraints, pair_of
from crawler.store.groups import in_parts
from crawler.store.tables import BONDS, DECISIONS, PAGES
from crawler.vocabulary import DecisionKind

_TOGETHER, _APART, _LEAVES = "together", "apart", "leaves"


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
    constraints = find_constraints(made)
    connection.execute(delete(BONDS))
    pairs = constraints.together | constraints.apart
    ids = _ids(connection, {uid for pair in pairs for uid in pair})
    rows = []
    for pair in sorted(pairs):
        if not ids.keys() >= {*pair}:
            continue
        for one, other in (pair, pair[::-1]):
            kind = _TOGETHER
            if pair in constraints.apart:
                kind = _LEAVES if one in constraints.leaving else _APART
            rows.append({"page_id": ids[one], "other_id": ids[other], "kind": kind})
    if rows:
        connection.execute(insert(BONDS), rows)


def read_bonds(connection: Connection, keys: Mapping[int, str]) -> Constraints:
    """The pairs among the pages; ``keys`` gives each page's key."""
    together: set[Pair] = set()
    apart: set[Pair] = set()
    leaving: set[str] = set()
    for part in in_parts(sorted(keys)):
        for row in connection.execute(select(BONDS).where(BONDS.c.page_id.in_(part))):
            if row.other_id not in keys:
                continue
            pair = pair_of(keys[row.page_id], keys[row.other_id])
            (together if row.kind == _TOGETHER else apart).add(pair)
            if row.kind == _LEAVES:
                leaving.add(keys[row.page_id])
    return Constraints(frozenset(together), frozenset(apart), frozenset(leaving))


def joined_with(connection: Connection, pages: Sequence[int]) -> set[int]:
    """The pages that people put into one cluster with any of these."""
    query = select(BONDS.c.other_id).where(BONDS.c.page_id.in_(pages), BONDS.c.kind == _TOGETHER)
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
