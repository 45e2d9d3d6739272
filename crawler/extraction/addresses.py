"""Whole addresses for the links of a page."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from lxml.html import HtmlElement


class Addresses:
    """Resolves one page's link addresses against its own, or the one its base element gives."""

    def __init__(self, root: HtmlElement, url: str | None) -> None:
        self._base = _base_address(root, url)
        self._origin = _origin(self._base)

    def resolve(self, href: str) -> str | None:
        """The whole address; ``None`` for places in the page, scripts and broken addresses."""
        href = href.strip()
        start = href[:8].lower()
        if not href or start[0] == "#" or start == "javascri":
            return None
        if start.startswith(("http://", "https://")) or not self._base:
            return href
        if start[0] == "/" and start[1:2] != "/" and self._origin:
            return self._origin + href
        try:
            return str(urljoin(self._base, href))
        except ValueError:
            return None


def _base_address(root: HtmlElement, url: str | None) -> str:
    for base in root.iter("base"):
        href = base.get("href")
        if href:
            try:
                return str(urljoin(url or "", href.strip()))
            except ValueError:
                break
    return url or ""


def _origin(address: str) -> str:
    """Scheme and host of an address; empty when it has none."""
    match = re.match(r"https?://[^/?#]+", address)
    return match[0] if match else ""
