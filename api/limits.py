"""How many requests one network may send; nothing about anybody is kept beyond a count."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict

from flask import Flask, request

from api.problems import Problem

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


def network_of(address: str | None) -> str:
    """The network of an address: the last part of IPv4, the last 80 bits of IPv6 left out."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    prefix = 24 if found.version == 4 else 48
    return str(ipaddress.ip_network((found, prefix), strict=False).network_address)


def limit_rate(app: Flask, a_minute: int) -> None:
    """Refuse requests of a network beyond ``a_minute`` in each worker; 0 sets no limit."""
    if not a_minute:
        return
    limiter = RateLimiter(a_minute)

    @app.before_request
    def _refuse() -> None:
        if request.path.startswith(_FREE):
            return
        cost = _WRITE_COST if request.method == "POST" else 1
        wait = limiter.take(network_of(request.remote_addr), cost, time.monotonic())
        if wait:
            problem = Problem(429, "Too many requests; try again later.")
            problem.headers["Retry-After"] = str(int(wait) + 1)
            raise problem
