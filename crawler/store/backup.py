"""Backups of an SQLite store that is in use."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from crawler.errors import StoreError
from crawler.store.engine import Store

_PAGES = 4096  # database pages a step: 16 MB, then writers get a turn


def back_up(url: str, path: Path) -> None:
    """Write the store at ``url`` to a new file, checked, and named only when it is whole.

    Raises ``StoreError`` for another engine, a file that exists, or a copy that is damaged.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        raise StoreError("only SQLite stores are backed up so; use pg_dump for PostgreSQL")
    if path.exists():
        raise StoreError(f"{path}: exists; give a new name")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: its folder does not exist; create {path.parent} first")
    Store.open_readonly(url).close()  # says clearly what is wrong with the source
    partial = path.with_name(f"{path.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        _copy(Path(str(parsed.database)), partial)
        partial.rename(path)
    except (sqlite3.Error, OSError) as error:
        partial.unlink(missing_ok=True)
        raise StoreError(f"{path}: the backup failed and was removed ({error})") from error


def _copy(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as reading,
        closing(sqlite3.connect(target)) as writing,
    ):
        reading.backup(writing, pages=_PAGES)
        # The copy is one file: it must not need a log beside it.
        writing.execute("PRAGMA journal_mode=DELETE")
        verdict = writing.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            raise sqlite3.DatabaseError(f"integrity check: {verdict}")
