"""Versions of the lexicon that were served: of each part only a digest is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import delete, insert, select, update

from crawler.store.reads import Reader
from crawler.store.tables import LEXICONS
from crawler.store.writes import Transaction

_KEPT: Final = 200
"""Versions kept, 15 KB each: years of them, at one change of the reference data a week."""


def remember_lexicon(
    transaction: Transaction, version: str, digests: Mapping[str, str], at: datetime
) -> None:
    """Keep the version as one that was served; those last served longest ago are dropped."""
    connection = transaction.connection
    same = LEXICONS.c.version == version
    if not connection.execute(update(LEXICONS).where(same).values(at=at)).rowcount:
        values = {"version": version, "at": at, "digests": dict(digests)}
        connection.execute(insert(LEXICONS).values(values))
    newest = select(LEXICONS.c.version).order_by(LEXICONS.c.at.desc(), LEXICONS.c.version)
    kept = connection.execute(newest.limit(_KEPT)).scalars().all()
    connection.execute(delete(LEXICONS).where(LEXICONS.c.version.not_in(kept)))


def find_lexicon(reader: Reader, version: str) -> dict[str, str] | None:
    """The digests of the version's parts; ``None`` for a version that was never served."""
    query = select(LEXICONS.c.digests).where(LEXICONS.c.version == version)
    return reader.connection.execute(query).scalar()
