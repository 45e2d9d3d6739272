"""Database faults as one clear line each."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from crawler.errors import StoreError

_DAMAGED = "the file is damaged; restore a backup"
_UNREADABLE = (ValueError, zlib.error)
"""What a stored value raises that is no text, JSON, date or word of ours: SQLAlchemy lets it
through, and this program cannot have written it."""

_LONGEST = 200  # code points of an engine's message: some quote a whole column
_REMEDIES = (
    ("lock timeout", "another program is writing to it; try again when it has finished"),
    ("is locked", "another program is writing to it; try again when it has finished"),
    ("readonly database", "it is read-only; make the file and its folder writable"),
    ("read-only", "it is read-only; make the file and its folder writable"),
    (
        "unable to open",
        "it cannot be opened; check that its folder exists and may be read and written",
    ),
    ("not a database", "the file is not a database; give another path or restore a backup"),
    ("malformed", _DAMAGED),
    ("decode", _DAMAGED),
    ("disk is full", "the disk is full; free some space"),
    ("No space left", "the disk is full; free some space"),
    ("disk I/O", "the disk refused; check that it has space, is writable and is sound"),
    ("no such table", "the schema is missing; run a command that writes, such as import"),
    ("does not exist", "the schema is missing; run a command that writes, such as import"),
    ("connection", "no connection; check the address and that the server runs"),
)


@contextmanager
def clear_faults(url: URL) -> Iterator[None]:
    """Database faults inside the block become a ``StoreError`` of one line with the remedy."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(_line(url, str(error.orig or error))) from error
    except SQLAlchemyError as error:
        raise StoreError(_line(url, str(error))) from error
    except _UNREADABLE as error:
        if not _is_of_reading(error):
            raise
        raise StoreError(f"{place(url)}: {_DAMAGED} ({_first_line(str(error))})") from error


def _is_of_reading(error: BaseException) -> bool:
    """Whether reading a stored value raised it, and not what our caller did meanwhile."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    module = str(trace.tb_frame.f_globals.get("__name__", "")) if trace else ""
    return module.startswith(("crawler.store.", "sqlalchemy.")) or module == "enum"


def place(url: URL) -> str:
    """The database as a person knows it: the file, or the address without the password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return url.render_as_string(hide_password=True)


def _line(url: URL, message: str) -> str:
    first = _first_line(message)
    for sign, remedy in _REMEDIES:
        if sign in message:
            return f"{place(url)}: {remedy} ({first})"
    return f"{place(url)}: {first}"


def _first_line(message: str) -> str:
    return message.strip().splitlines()[0][:_LONGEST] if message.strip() else "unknown fault"
