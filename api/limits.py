"""How many requests one network may send; nothing about anybody is kept beyond a count.

What is counted lives in memory that the workers share: each sees what the others counted.
"""

from __future__ import annotations

import fcntl
import hashlib
import ipaddress
import mmap
import os
import secrets
import tempfile
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_MINUTE = 60.0
_SLOTS = 32_768  # networks remembered, some 0.8 MB; in a full row the longest silent one goes
_ROW = 8  # slots in which a network may stand
_DIGEST = 8  # bytes
_WRITE_COST = 5  # a POST with a text to check costs as much as so many reads
_FREE = ("/v1/health/", "/static/", "/metrics")
_TRIES = 5  # wrong tokens a minute from one network; 256 bits are not guessed, it limits noise
_REFUSALS = 30  # a minute, whoever asks: each is a line in the log
_REPORTS = 6  # a minute from one network


class RateLimiter:
    """A bucket of requests for each network, refilled evenly.

    Safe between threads, and between the processes that are forked after it was made.
    """

    def __init__(self, a_minute: int) -> None:
        self._size = float(a_minute)
        self._rate = a_minute / _MINUTE
        self._secret = secrets.token_bytes(16)  # who reads the memory finds no network in it
        self._lock = _Lock()
        memory = memoryview(mmap.mmap(-1, _SLOTS * 3 * 8))
        self._networks = memory[: _SLOTS * 8].cast("Q")
        self._levels = memory[_SLOTS * 8 :].cast("d")  # what is left, and since when

    def take(self, network: str, cost: int, now: float) -> float:
        """Seconds to wait until the request may be sent again; 0 when it may be answered."""
        digest = self._digest(network)
        with self._lock.held():
            slot, known = self._find(digest)
            left, since = self._level(slot) if known else (self._size, now)
            left = min(self._size, left + (now - since) * self._rate)
            allowed = left >= cost
            self._networks[slot] = digest
            self._set_level(slot, left - cost if allowed else left, now)
        return 0.0 if allowed else (cost - left) / self._rate

    def give_back(self, network: str, cost: int) -> None:
        """Put back what a request took that turned out not to count."""
        digest = self._digest(network)
        with self._lock.held():
            slot, known = self._find(digest)
            if known:
                left, since = self._level(slot)
                self._set_level(slot, min(self._size, left + cost), since)

    def _find(self, digest: int) -> tuple[int, bool]:
        """The network's slot, and whether it stands there already."""
        first = digest % (_SLOTS // _ROW) * _ROW
        row = range(first, first + _ROW)
        for slot in row:
            if self._networks[slot] == digest:
                return slot, True
        return min(row, key=lambda slot: (self._networks[slot] != 0, self._level(slot)[1])), False

    def _level(self, slot: int) -> tuple[float, float]:
        return self._levels[2 * slot], self._levels[2 * slot + 1]

    def _set_level(self, slot: int, left: float, since: float) -> None:
        self._levels[2 * slot], self._levels[2 * slot + 1] = left, since

    def _digest(self, network: str) -> int:
        made = hashlib.blake2b(network.encode(), digest_size=_DIGEST, key=self._secret)
        return int.from_bytes(made.digest()) or 1  # 0 is an empty slot


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one service; made before its workers are forked, they count together."""

    requests: RateLimiter | None = None
    tries: RateLimiter = field(default_factory=lambda: RateLimiter(_TRIES))
    refusals: RateLimiter = field(default_factory=lambda: RateLimiter(_REFUSALS))
    reports: RateLimiter = field(default_factory=lambda: RateLimiter(_REPORTS))


def make_limits(a_minute: int) -> Limits:
    """New limits, for so many requests a minute from one network; 0 sets none for those."""
    return Limits(RateLimiter(a_minute) if a_minute else None)


class _Lock:
    """A lock of threads and of processes; the system frees it when its holder is killed."""

    def __init__(self) -> None:
        self._threads = threading.Lock()
        self._file = _open_unnamed()
        weakref.finalize(self, os.close, self._file)

    @contextmanager
    def held(self) -> Iterator[None]:
        with self._threads:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)


def _open_unnamed() -> int:
    """A descriptor of a new file without a name."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("zhiquan-limits")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def network_of(address: str | None) -> str:
    """The network of an address: the last part of IPv4, the last 80 bits of IPv6 left out."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    prefix = 24 if found.version == 4 else 48
    return str(ipaddress.ip_network((found, prefix), strict=False).network_address)


def cost_of(method: str, path: str) -> int:
    """What a request takes from its network's bucket; 0 for what is never refused."""
    if path.startswith(_FREE):
        return 0
    return _WRITE_COST if method == "POST" else 1
