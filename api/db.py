"""The store as the public sees it: opened for reading only, when first needed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from crawler.errors import StoreError
from crawler.store import Reader, Store

_FRESH = 0.25
"""Seconds for which the public's view counts as unchanged: asking the database for each
request takes longer than giving a kept answer. Re-measure with bench_api."""


class Database:
    """Reads of the store. Safe between threads.

    The store is opened on first use, so that each worker process has connections of its
    own; while it cannot be opened every read raises ``StoreError``.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._store: Store | None = None
        self._lock = threading.Lock()
        self._generation: int | None = None
        self._asked = float("-inf")

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Reads that all see the same state."""
        with self._opened().reading() as reader:
            yield reader

    def generation(self) -> int | None:
        """The number of the public's view, at most a moment old; ``None`` without a store."""
        now = time.monotonic()
        if now - self._asked >= _FRESH:
            try:
                with self.reading() as reader:
                    self._generation = reader.generation()
            except StoreError:
                self._generation = None
            self._asked = now
        return self._generation

    def close(self) -> None:
        """Close the store's connections."""
        with self._lock:
            store, self._store = self._store, None
        if store is not None:
            store.close()

    def _opened(self) -> Store:
        with self._lock:
            if self._store is None:
                self._store = Store.open_readonly(self._url)
            return self._store
