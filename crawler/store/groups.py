"""Clusters as they are stored: their members, and which page is shown for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from crawler.dedup import Member, count_outdated, count_structure, find_representative
from crawler.store.shown import refresh_shown
from crawler.store.tables import CLUSTERS, DECISIONS, PAGE_CLUSTERS, PAGES, SIGNATURES
from crawler.vocabulary import DecisionKind, Publication

_MANY = 500  # rows named in one statement, on either engine


def group(
    connection: Connection, cluster: str, pages: Sequence[int], lead: int, at: datetime
) -> None:
    """Make ``pages`` the cluster's members; clusters left without members vanish."""
    if _is_grouped(connection, cluster, pages, lead):
        return
    left = _clusters_of(connection, pages) - {cluster}
    shown = set(_leads(connection, left | {cluster})) | {lead}
    if connection.execute(select(CLUSTERS.c.id).where(CLUSTERS.c.id == cluster)).first():
        change = update(CLUSTERS).where(CLUSTERS.c.id == cluster)
        connection.execute(change.values(representative=lead))
    else:
        connection.execute(insert(CLUSTERS).values(id=cluster, representative=lead))
    for part in in_parts(pages):
        member = PAGE_CLUSTERS.c.page_id.in_(part)
        connection.execute(update(PAGE_CLUSTERS).where(member).values(cluster=cluster))
    used = select(PAGE_CLUSTERS.c.cluster).where(PAGE_CLUSTERS.c.cluster == CLUSTERS.c.id)
    connection.execute(delete(CLUSTERS).where(CLUSTERS.c.id.in_(left), ~used.exists()))
    for page_id in sorted(shown):
        refresh_shown(connection, page_id, at)


def elect(connection: Connection, page_id: int, at: datetime) -> None:
    """Choose anew which page is shown for the page's cluster; its members stay."""
    cluster, pages = cluster_of(connection, page_id)
    if len(pages) < 2:
        return
    members = read_members(connection, pages)
    ids = {member.key: number for number, member in members.items()}
    lead = [ids[find_representative(members.values())], *chosen(connection, members)][-1]
    group(connection, cluster, pages, lead, at)


def cluster_of(connection: Connection, page_id: int) -> tuple[str, list[int]]:
    """The page's cluster and all its members, the page included."""
    mine = select(PAGE_CLUSTERS.c.cluster).where(PAGE_CLUSTERS.c.page_id == page_id)
    cluster = connection.execute(mine).scalar_one()
    query = select(PAGE_CLUSTERS.c.page_id).where(PAGE_CLUSTERS.c.cluster == cluster)
    return cluster, sorted(connection.execute(query).scalars())


def chosen(connection: Connection, members: dict[int, Member]) -> list[int]:
    """The members that a person chose to represent their cluster, the newest choice last.

    A page that is not published cannot represent and is left out.
    """
    found: list[tuple[int, int]] = []
    for part in in_parts(sorted(members)):
        query = select(DECISIONS.c.id, DECISIONS.c.page_id).where(
            DECISIONS.c.page_id.in_(part),
            DECISIONS.c.kind == DecisionKind.REPRESENT.value,
            DECISIONS.c.undone_at.is_(None),
        )
        found += [(row.id, row.page_id) for row in connection.execute(query)]
    return [page_id for _, page_id in sorted(found) if members[page_id].publishable]


def read_members(connection: Connection, pages: Iterable[int]) -> dict[int, Member]:
    """What the choice of a representative needs to know of each page."""
    columns = (
        PAGES.c.id,
        PAGES.c.uid,
        PAGES.c.trust,
        PAGES.c.publication,
        PAGES.c.gone_at,
        PAGES.c.published,
        PAGES.c.blocks,
        PAGES.c.citations,
        SIGNATURES.c.size,
    )
    query = select(*columns).outerjoin(SIGNATURES, SIGNATURES.c.page_id == PAGES.c.id)
    found: dict[int, Member] = {}
    for part in in_parts(sorted(pages)):
        for row in connection.execute(query.where(PAGES.c.id.in_(part))):
            found[row.id] = Member(
                key=row.uid,
                trust=row.trust,
                publishable=row.publication == Publication.PUBLISHED and row.gone_at is None,
                outdated=count_outdated((one[2], one[-1]) for one in row.citations),
                length=sum(len(block[1]) for block in row.blocks),
                structure=count_structure(block[0] for block in row.blocks),
                published=row.published,
                size=row.size or 0,
            )
    return found


def in_parts(values: Sequence[Any], size: int = _MANY) -> Iterable[Sequence[Any]]:
    """The values in parts that fit into one statement on either engine."""
    return (values[at : at + size] for at in range(0, len(values), size))


def _is_grouped(connection: Connection, cluster: str, pages: Sequence[int], lead: int) -> bool:
    known = select(CLUSTERS.c.representative).where(CLUSTERS.c.id == cluster)
    if connection.execute(known).scalar() != lead:
        return False
    members = select(PAGE_CLUSTERS.c.page_id).where(PAGE_CLUSTERS.c.cluster == cluster)
    return set(connection.execute(members).scalars()) == set(pages)


def _clusters_of(connection: Connection, pages: Sequence[int]) -> set[str]:
    found: set[str] = set()
    for part in in_parts(pages):
        query = select(PAGE_CLUSTERS.c.cluster).where(PAGE_CLUSTERS.c.page_id.in_(part))
        found.update(connection.execute(query).scalars())
    return found


def _leads(connection: Connection, clusters: set[str]) -> list[int]:
    found: list[int] = []
    for part in in_parts(sorted(clusters)):
        query = select(CLUSTERS.c.representative).where(CLUSTERS.c.id.in_(part))
        found += connection.execute(query).scalars()
    return found
