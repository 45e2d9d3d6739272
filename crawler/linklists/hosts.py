"""The host of an address, and whether links lead to official ones."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.linklists.line import Line
from crawler.pagewords import PageWords

# Nearly every address, read at a fifth of the cost: no user, no capital letter.
_PLAIN = re.compile(r"https?://([a-z0-9.-]+)(?::[0-9]*)?(?:[/?#]|\Z)")


def host_of(url: str | None) -> str | None:
    """The host that an address names, ``None`` when it names none or is no address."""
    plain = _PLAIN.match(url) if url else None
    if plain is not None:
        return plain[1]
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:
        return None


def leads_away(line: Line, words: PageWords, own: str | None) -> bool:
    """Whether the line's links lead to official sites, none of them the page's ``own`` host."""
    hosts = [host_of(link.url) for link in line.links]
    return bool(hosts) and all(
        host and host != own and host.endswith(words.official_hosts) for host in hosts
    )
