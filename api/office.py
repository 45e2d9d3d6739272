"""The desk's own way to the store: it writes, and is opened only when somebody sits down."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from flask import current_app

from api.limits import Limits
from crawler.errors import StoreError
from crawler.store import Store
from crawler.store.access import keep_secret
from crawler.store.desk import Desk
from crawler.vocabulary import References

EXTENSION = "zhiquan_desk"
_KEY = "desk_session_key"
_RETRY = 5.0  # seconds before a store that could not be opened is tried again


class Office:
    """A store open for writing. Safe between threads.

    Every method raises ``StoreError`` while the database cannot be written.
    """

    def __init__(self, url: str, key: str, references: References) -> None:
        self._url = url
        self._given = key
        self._references = references
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._desk: Desk | None = None
        self._key: str | None = None
        self._fault: StoreError | None = None
        self._failed = float("-inf")

    def store(self) -> Store:
        """The store; opened, migrated and tried with a first write when it is not yet."""
        with self._lock:
            if self._store is None:
                if self._fault is not None and time.monotonic() - self._failed < _RETRY:
                    raise self._fault
                try:
                    self._store = self._open()
                except StoreError as fault:
                    self._fault, self._failed = fault, time.monotonic()
                    raise
            return self._store

    def desk(self) -> Desk:
        """What is read and decided at the desk."""
        store = self.store()
        with self._lock:
            if self._desk is None:
                self._desk = Desk(store, self._references)
            return self._desk

    def key(self) -> str | None:
        """What signs the cookies; ``None`` while the desk is off."""
        try:
            self.store()
        except StoreError:
            return None
        return self._key

    def close(self) -> None:
        """Close the store's connections; the next use opens them again."""
        with self._lock:
            store, self._store, self._desk = self._store, None, None
        if store is not None:
            store.close()

    def _open(self) -> Store:
        store = Store.open(self._url)
        try:
            # The first write: a database that cannot take it makes the desk closed.
            kept = keep_secret(store, _KEY, secrets.token_urlsafe(48))
        except StoreError:
            store.close()
            raise
        self._key = self._given or kept
        return store


@dataclass(frozen=True, slots=True)
class Room:
    """What the desk's views need besides the service's own knowledge."""

    office: Office
    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], float] = time.time


def room() -> Room:
    """The running application's desk."""
    return cast(Room, current_app.extensions[EXTENSION])
