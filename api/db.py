"""The store as the public sees it: opened for reading only, when first needed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from api.responses import Body
from crawler.store import Reader, Store

_CACHED_BYTES = 32 * 1024 * 1024  # a worker; an answer is some 10 KB


class Database:
    """Reads, and answers kept for as long as nothing changed. Safe between threads.

    The store is opened on first use, so that each worker process has connections of its
    own; while it cannot be opened every read raises ``StoreError``.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._store: Store | None = None
        self._lock = threading.Lock()
        self._answers: OrderedDict[tuple[object, ...], Body] = OrderedDict()
        self._size = 0

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Reads that all see the same state."""
        with self._opened().reading() as reader:
            yield reader

    def answer(self, key: tuple[object, ...], build: Callable[[Reader], Body]) -> Body:
        """What ``build`` answers, built again only when the public's view has changed."""
        with self.reading() as reader:
            full = (reader.generation(), *key)
            with self._lock:
                body = self._answers.get(full)
                if body is not None:
                    self._answers.move_to_end(full)
                    return body
            body = build(reader)
        self._keep(full, body)
        return body

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

    def _keep(self, key: tuple[object, ...], body: Body) -> None:
        with self._lock:
            if key not in self._answers:
                self._answers[key] = body
                self._size += _weight(body)
            while self._size > _CACHED_BYTES:
                _, dropped = self._answers.popitem(last=False)
                self._size -= _weight(dropped)


def _weight(body: Body) -> int:
    return len(body.plain) + len(body.gzip or b"") + len(body.br or b"") + 512
