"""Which new pages are published at once, by who speaks on their source."""

from __future__ import annotations

from crawler.errors import ConfigError
from crawler.sources import Source, SourceTrust
from crawler.vocabulary import Wait

PUBLISHING = frozenset(
    {SourceTrust.OWN, SourceTrust.OFFICIAL, SourceTrust.LAW_FIRM, SourceTrust.MEDIA}
)
"""The trusts that publish by themselves unless a curator says otherwise: all but farms."""


def parse_trusts(text: str) -> frozenset[SourceTrust]:
    """The trusts named in a list with commas; none for the empty text.

    Raises ``ConfigError`` naming one that does not exist.
    """
    known = {trust.value: trust for trust in SourceTrust}
    found = set()
    for name in filter(None, (part.strip() for part in text.split(","))):
        if name not in known:
            raise ConfigError(f"{name!r} is none of {', '.join(known)}")
        found.add(known[name])
    return frozenset(found)


def find_wait(source: Source, publishing: frozenset[SourceTrust] = PUBLISHING) -> Wait | None:
    """Why a new page of the source waits; ``None`` when it is published at once.

    Pages of a source that states its yield wait for the end of the run, since a shortfall
    stops publication.
    """
    if source.trust not in publishing:
        return Wait.TRUST
    return Wait.RUN if source.expected else None
