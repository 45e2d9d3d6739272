"""What leads from a page or a cluster to others: pairs of copies, bonds, decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from crawler.decisions import CLUSTERING
from crawler.dedup import WITNESSES
from crawler.store.bonds import joined_with
from crawler.store.groups import in_parts
from crawler.store.tables import (
    BONDS,
    CLUSTERS,
    COPIES,
    DECISIONS,
    PAGE_CLUSTERS,
    PAGES,
    SIGNATURES,
)


def is_decided(connection: Connection, cluster: str) -> bool:
    """Whether a person decided about the cluster's members or representative."""
    mine = select(PAGE_CLUSTERS.c.page_id).where(PAGE_CLUSTERS.c.cluster == cluster)
    query = select(DECISIONS.c.id).where(
        DECISIONS.c.kind.in_([kind.value for kind in CLUSTERING]),
        DECISIONS.c.undone_at.is_(None),
        DECISIONS.c.page_id.in_(mine),
    )
    if connection.execute(query.limit(1)).first() is not None:
        return True
    bound = select(BONDS.c.page_id).where(BONDS.c.page_id.in_(mine))
    return connection.execute(bound.limit(1)).first() is not None


def texts_of(connection: Connection, pages: Iterable[int]) -> dict[str, int]:
    """The digest of each page's comparable text, by the page's key."""
    query = select(PAGES.c.uid, SIGNATURES.c.exact).join(
        SIGNATURES, SIGNATURES.c.page_id == PAGES.c.id
    )
    found: dict[str, int] = {}
    for part in in_parts(sorted(pages)):
        rows = connection.execute(query.where(PAGES.c.id.in_(part), SIGNATURES.c.size > 0))
        found |= {row.uid: row.exact for row in rows}
    return found


def cluster_leads(connection: Connection, pages: Sequence[int]) -> dict[str, int]:
    """Cluster id -> representative, for the clusters of the given pages."""
    query = (
        select(CLUSTERS.c.id, CLUSTERS.c.representative)
        .join(PAGE_CLUSTERS, PAGE_CLUSTERS.c.cluster == CLUSTERS.c.id)
        .where(PAGE_CLUSTERS.c.page_id.in_(pages))
    )
    return {row.id: row.representative for row in connection.execute(query)}


def most_complete(connection: Connection, cluster: str) -> list[int]:
    """The member that ``find_most_complete`` takes, and those that it would take after it."""
    query = (
        select(SIGNATURES.c.page_id)
        .join(PAGE_CLUSTERS, PAGE_CLUSTERS.c.page_id == SIGNATURES.c.page_id)
        .join(PAGES, PAGES.c.id == SIGNATURES.c.page_id)
        .where(PAGE_CLUSTERS.c.cluster == cluster)
        .order_by(SIGNATURES.c.size.desc(), PAGES.c.uid)
    )
    return list(connection.execute(query.limit(1 + WITNESSES)).scalars())


def has_pairs_outside(connection: Connection, cluster: str, joining: int) -> bool:
    """Whether a member of the cluster has a copy in another one, but for the joining page."""
    other = PAGE_CLUSTERS.alias()
    query = (
        select(COPIES.c.page_id)
        .join(PAGE_CLUSTERS, PAGE_CLUSTERS.c.page_id == COPIES.c.page_id)
        .join(other, other.c.page_id == COPIES.c.copy_id)
        .where(PAGE_CLUSTERS.c.cluster == cluster, other.c.cluster != cluster)
        .where(COPIES.c.copy_id != joining)
    )
    return connection.execute(query.limit(1)).first() is not None


def find_component(connection: Connection, start: set[int]) -> dict[int, set[int]]:
    """Every page that pairs or people lead to from the given ones, with its copies."""
    neighbours: dict[int, set[int]] = {page: set() for page in start}
    frontier = set(start)
    while frontier:
        found: set[int] = set()
        for part in in_parts(sorted(frontier)):
            query = select(COPIES.c.page_id, COPIES.c.copy_id).where(COPIES.c.page_id.in_(part))
            for page, copy in connection.execute(query):
                neighbours[page].add(copy)
                found.add(copy)
            found |= joined_with(connection, part)
        frontier = found - neighbours.keys()
        neighbours.update((page, set()) for page in frontier)
    return neighbours
