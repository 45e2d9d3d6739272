"""How many requests one network may send; nothing about anybody is kept beyond a count."""

from __future__ import annotations

import ipaddress
import threading
from collections import OrderedDict

_MINUTE = 60.0
_MOST_NETWORKS = 20_000  # remembered by a worker; the longest silent one is forgotten first
_WRITE_COST = 5  # a POST with a text to check costs as much as so many reads
_FREE = ("/v1/health/", "/static/", "/metrics")


class RateLimiter:
    """A bucket of requests for each network, refilled evenly. Safe between threads."""

    def __init__(self, a_minute: int) -> None:
        self._size = float(a_minute)
        self._rate = a_minute / _MINUTE
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, network: str, cost: int, now: float) -> float:
        """Seconds to wait until the request may be sent again; 0 when it may be answered."""
        with self._lock:
            left, since = self._buckets.pop(network, (self._size, now))
            left = min(self._size, left + (now - since) * self._rate)
            allowed = left >= cost
            self._buckets[network] = (left - cost if allowed else left, now)
            while len(self._buckets) > _MOST_NETWORKS:
                self._buckets.popitem(last=False)
        return 0.0 if allowed else (cost - left) / self._rate

    def give_back(self, network: str, cost: int) -> None:
        """Put back what a request took that turned out not to count."""
        with self._lock:
            left, since = self._buckets.get(network, (self._size, 0.0))
            self._buckets[network] = (min(self._size, left + cost), since)


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
