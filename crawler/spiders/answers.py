"""What fetching one address brought."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.model import Page
from crawler.store.frontier import Due, Settled


@dataclass(frozen=True, slots=True)
class Answer:
    """How fetching one address ended, and the page when there is one.

    ``target`` is where a redirect leads. ``is_page`` tells a page from a sitemap or feed,
    of which only the links are used.
    """

    due: Due
    settled: Settled
    page: Page | None = field(default=None, repr=False)  # kept out of logs
    target: str | None = None
    is_page: bool = True
