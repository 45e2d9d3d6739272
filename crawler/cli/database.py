"""The database a command works on: ``--database``, the environment, or a file beside us."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from crawler.store import Store

DEFAULT_DATABASE = "sqlite:///var/zhiquan.db"

DATABASE_OPTION = click.option(
    "--database",
    envvar="ZHIQUAN_DATABASE_URL",
    default=DEFAULT_DATABASE,
    show_default=True,
    show_envvar=True,
    metavar="URL",
    help="sqlite:///path/to/file.db or postgresql+psycopg://user@host/name.",
)


@contextmanager
def open_store(url: str, *, writable: bool, new: bool = True) -> Iterator[Store]:
    """The store at ``url``, closed at the end. Makes the default's folder when it writes.

    Raises ``StoreError`` where there is none and it is not to be written, or not ``new``.
    """
    if writable and new and url == DEFAULT_DATABASE:
        Path("var").mkdir(exist_ok=True)
    store = Store.open(url, new=new) if writable else Store.open_readonly(url)
    try:
        yield store
    finally:
        store.close()
