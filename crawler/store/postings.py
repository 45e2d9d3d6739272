"""Stored signatures: which pages share keys or a whole text, and the pairs that came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    TextClause,
    bindparam,
    delete,
    insert,
    select,
    text,
)

from crawler.dedup import MAX_POSTINGS, Fingerprint, rank_candidates
from crawler.store.groups import in_parts
from crawler.store.tables import COPIES, SIBLINGS, SIGNATURE_KEYS, SIGNATURES

MAX_CANDIDATES = 48  # pages compared in full, those that share the largest part of keys first

# Made once: making a statement costs more than running it.
_TWINS = (
    select(SIGNATURES.c.page_id)
    .where(SIGNATURES.c.exact == bindparam("number"), SIGNATURES.c.page_id != bindparam("page"))
    .order_by(SIGNATURES.c.page_id)
)
_ADD_SIGNATURE = insert(SIGNATURES)
_ADD_KEYS = insert(SIGNATURE_KEYS)


def exact_number(fingerprint: Fingerprint) -> int:
    """The number under which the whole text is found."""
    return int.from_bytes(bytes.fromhex(fingerprint.digest[:16]), "big", signed=True)


def find_twins(
    connection: Connection, page_id: int, exact: int, limit: int | None = None
) -> tuple[int, ...]:
    """The other pages with this text, ascending."""
    wanted = {"number": exact, "page": page_id}
    return tuple(connection.execute(_TWINS.limit(limit), wanted).scalars())


def find_first_twins(connection: Connection, pages: Mapping[int, Fingerprint]) -> dict[int, int]:
    """The lowest-numbered page with the same text, for those of the pages that have one lower."""
    numbers = {page: exact_number(ours) for page, ours in pages.items() if ours.bare}
    lowest: dict[int, int] = {}
    for part in in_parts(sorted(set(numbers.values())), 200):
        values = {f"e{at}": number for at, number in enumerate(part)}
        rows = connection.execute(_lowest(len(part)), values)
        lowest |= {exact: page for exact, page in rows if page is not None}
    return {page: lowest[number] for page, number in numbers.items() if lowest[number] < page}


@lru_cache(maxsize=256)
def _lowest(count: int) -> TextClause:
    """The lowest page of each of ``count`` texts: one look into the index for each."""
    statement = " UNION ALL ".join(
        f"SELECT :e{at}, (SELECT min(page_id) FROM signatures WHERE exact = :e{at})"  # noqa: S608
        for at in range(count)
    )
    names = (bindparam(f"e{at}", type_=BigInteger) for at in range(count))
    return text(statement).bindparams(*names)


def find_candidates(
    connection: Connection, page_id: int, keys: Sequence[int], newest: int | None = None
) -> list[int]:
    """Pages that share a sufficient part of the keys, the largest part first.

    With ``newest`` pages of a higher number are left out.
    """
    if not keys:
        return []
    shared: dict[int, int] = {}
    sizes: dict[int, int] = {}
    for part in in_parts(keys, 200):
        values = {f"k{at}": key for at, key in enumerate(part)}
        for other, count, size in connection.execute(_postings(len(part)), values):
            shared[other] = shared.get(other, 0) + count
            sizes[other] = size
    shared.pop(page_id, None)
    if newest is not None:
        shared = {page: count for page, count in shared.items() if page < newest}
    return rank_candidates(shared, len(keys), sizes)[:MAX_CANDIDATES]


@lru_cache(maxsize=256)
def _postings(count: int) -> TextClause:
    """The bounded postings of ``count`` keys, counted by page; both engines run it."""
    one = (
        "SELECT page_id FROM (SELECT page_id FROM signature_keys WHERE hash = :k{at} LIMIT {limit})"
    )
    union = " UNION ALL ".join(
        f"{one.format(at=at, limit=MAX_POSTINGS)} AS p{at}" for at in range(count)
    )
    counted = f"SELECT page_id, count(*) AS hits FROM ({union}) AS u GROUP BY page_id"  # noqa: S608
    statement = (
        f"SELECT c.page_id, c.hits, s.size FROM ({counted}) AS c"  # noqa: S608 - no outside text
        " JOIN signatures AS s ON s.page_id = c.page_id"
    )
    return text(statement).bindparams(*(bindparam(f"k{at}") for at in range(count)))


def remember(connection: Connection, pages: Mapping[int, Fingerprint]) -> None:
    """Store the signatures of pages that have none."""
    signatures = [
        {
            "page_id": page,
            "exact": exact_number(ours),
            "keys": np.array(ours.keys, dtype="<i8").tobytes(),
            "size": len(ours.keys),
        }
        for page, ours in pages.items()
    ]
    connection.execute(_ADD_SIGNATURE, signatures)
    rows = [{"hash": key, "page_id": page} for page, ours in pages.items() for key in ours.keys]
    if rows:
        connection.execute(_ADD_KEYS, rows)


def forget(connection: Connection, page_id: int) -> int | None:
    """Remove the page's signature and pairs; the number of its former text, if it had one."""
    query = select(SIGNATURES.c["keys"], SIGNATURES.c.exact)
    row = connection.execute(query.where(SIGNATURES.c.page_id == page_id)).one_or_none()
    if row is None:
        return None
    blob, exact = row
    for part in in_parts(np.frombuffer(blob, dtype="<i8").tolist()):
        mine = SIGNATURE_KEYS.c.hash.in_(part) & (SIGNATURE_KEYS.c.page_id == page_id)
        connection.execute(delete(SIGNATURE_KEYS).where(mine))
    connection.execute(delete(SIGNATURES).where(SIGNATURES.c.page_id == page_id))
    for table, other in ((COPIES, COPIES.c.copy_id), (SIBLINGS, SIBLINGS.c.sibling_id)):
        connection.execute(delete(table).where((table.c.page_id == page_id) | (other == page_id)))
    return int(exact)


def write_pairs(
    connection: Connection, other: Column[int], pairs: Sequence[tuple[int, int]]
) -> None:
    """Store each pair in both directions, in the table that ``other`` is of."""
    rows = [{"page_id": one, other.name: two} for pair in pairs for one, two in (pair, pair[::-1])]
    if rows:
        connection.execute(insert(other.table), rows)
