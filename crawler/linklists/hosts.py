"""The host of an address."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_of(url: str | None) -> str | None:
    """The host that an address names, ``None`` when it names none or is no address."""
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:
        return None
