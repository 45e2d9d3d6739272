"""Counters in memory that the workers share.

Each worker writes to a row of its own, so none waits for another and a killed one leaves
nothing locked.
"""

from __future__ import annotations

import mmap
import threading
from collections.abc import Iterator

_ROWS = 64
_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)  # seconds
_STATUSES = (2, 3, 4, 5)  # classes of status codes
_MICROSECONDS = 1_000_000
OTHER = "other"
READER = "reader"
GROUPS = (
    "bundle",
    "changes",
    "citations",
    "complaints",
    "guidance",
    "health",
    "lenders",
    "lexicon",
    "lookup",
    "openapi.json",
    "search",
    "statistics",
    "statutes",
    "suggestions",
    "topics",
    READER,
    OTHER,
)


def group_of(path: str) -> str:
    """The group under which a request is counted: the resource, or the reader's pages."""
    parts = path.split("/", 3)
    if len(parts) < 3 or parts[1] != "v1":
        return READER
    return parts[2]


class Board:
    """Shared counters: requests by group and status class, and a histogram of their times."""

    def __init__(self, groups: tuple[str, ...] = GROUPS) -> None:
        self.groups = groups
        self.row = 0
        self._width = len(groups) * len(_STATUSES) + len(_BOUNDS) + 2
        memory = mmap.mmap(-1, _ROWS * self._width * 8)
        self._numbers = memoryview(memory).cast("Q")
        self._lock = threading.Lock()

    def take_row(self, number: int) -> None:
        """Write to the row of this worker from now on."""
        self.row = number % _ROWS

    def note(self, group: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        bucket = next((at for at, bound in enumerate(_BOUNDS) if seconds <= bound), len(_BOUNDS))
        kind = max(0, min(len(_STATUSES) - 1, status // 100 - _STATUSES[0]))
        cell = self.groups.index(group if group in self.groups else OTHER) * len(_STATUSES) + kind
        times = len(self.groups) * len(_STATUSES)
        start = self.row * self._width
        with self._lock:
            self._numbers[start + cell] += 1
            self._numbers[start + times + bucket] += 1
            self._numbers[start + times + len(_BOUNDS) + 1] += int(seconds * _MICROSECONDS)

    def lines(self) -> Iterator[str]:
        """The sums in Prometheus' text format."""
        sums = [sum(self._numbers[at :: self._width]) for at in range(self._width)]
        yield "# HELP zhiquan_requests_total Answered requests."
        yield "# TYPE zhiquan_requests_total counter"
        for at, group in enumerate(self.groups):
            for kind, status in enumerate(_STATUSES):
                number = sums[at * len(_STATUSES) + kind]
                labels = f'{{group="{group}",status="{status}xx"}}'
                yield f"zhiquan_requests_total{labels} {number}"
        times = sums[len(self.groups) * len(_STATUSES) :]
        yield "# HELP zhiquan_request_seconds Time to answer, without the network."
        yield "# TYPE zhiquan_request_seconds histogram"
        total = 0
        for bound, number in zip(_BOUNDS, times, strict=False):
            total += number
            yield f'zhiquan_request_seconds_bucket{{le="{bound}"}} {total}'
        total += times[len(_BOUNDS)]
        yield f'zhiquan_request_seconds_bucket{{le="+Inf"}} {total}'
        yield f"zhiquan_request_seconds_sum {times[len(_BOUNDS) + 1] / _MICROSECONDS}"
        yield f"zhiquan_request_seconds_count {total}"
