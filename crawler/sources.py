"""The sources a crawl starts from: ``seeds/sources.toml`` or a curator's own file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from crawler.errors import ConfigError, SeedError

DEFAULT_DEPTH = 20
"""Links from a start address; real articles stand within six, archives page further."""


class SourceTrust(StrEnum):
    """Who speaks on a source."""

    OFFICIAL = "official"
    LAW_FIRM = "law_firm"
    MEDIA = "media"
    FARM = "farm"  # pages written for search engines
    OWN = "own"  # this project's own sample


_TRUST_RANKS = {
    SourceTrust.OFFICIAL: 3,
    SourceTrust.LAW_FIRM: 2,
    SourceTrust.MEDIA: 1,
    SourceTrust.OWN: 1,
    SourceTrust.FARM: 0,
}  # which source represents a cluster first


@dataclass(frozen=True, slots=True)
class Source:
    """Where a crawl starts and how far it goes.

    ``hosts`` are the only hosts followed, those of ``start`` when the file names none.
    ``follow`` and ``deny`` are regular expressions searched in an address; an address is
    followed when no ``deny`` matches and, unless ``follow`` is empty, one ``follow`` does.
    ``delay`` and ``timeout`` are seconds. ``expected`` is the least number of kept pages.
    ``private`` allows addresses of private networks. ``bundled`` marks the sample site,
    which the command serves itself.
    """

    id: str
    name: str
    trust: SourceTrust
    start: tuple[str, ...]
    sitemaps: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    follow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    charset: str | None = None
    delay: float = 1.0
    connections: int = 1
    timeout: float = 30.0
    max_depth: int = DEFAULT_DEPTH
    max_pages: int = 20_000
    expected: int = 0
    private: bool = False
    bundled: bool = False
    enabled: bool = True


_LISTS = frozenset({"start", "sitemaps", "feeds", "hosts", "follow", "deny"})
_BOUNDS = {
    "delay": (0, 3600),
    "connections": (1, 16),
    "timeout": (1, 600),
    "max_depth": (0, 1000),
    "max_pages": (1, 10_000_000),
    "expected": (0, 10_000_000),
}
_FLAGS = frozenset({"private", "bundled", "enabled"})
_KEYS = frozenset(field.name for field in fields(Source))


def trust_ranks(sources: Iterable[Source]) -> dict[str, int]:
    """Source id -> rank; the page of the highest rank represents its cluster first."""
    return {source.id: _TRUST_RANKS[source.trust] for source in sources}


def load_sources(path: Path) -> tuple[Source, ...]:
    """The file's sources in order. Raises ``SeedError`` with every fault found."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: is not TOML in UTF-8: {error}") from error
    entries = document.get("source")
    if not isinstance(entries, list) or not entries:
        raise ConfigError(f"{path}: has no [[source]]")
    faults: list[str] = []
    seen: set[str] = set()
    for entry in entries:
        found = _faults_of(entry) if isinstance(entry, Mapping) else ["source: must be a table"]
        name = entry.get("id", "?") if isinstance(entry, Mapping) else "?"
        if name in seen:
            found.append("id: stands twice")
        seen.add(name)
        faults.extend(f"{path}: {name}: {fault}" for fault in found)
    if faults:
        raise SeedError(faults)
    return tuple(_make(entry) for entry in entries)


def select_sources(sources: tuple[Source, ...], ids: tuple[str, ...]) -> tuple[Source, ...]:
    """The sources named, or all enabled ones when none is. Raises ``ConfigError`` on strangers."""
    if not ids:
        return tuple(source for source in sources if source.enabled)
    known = {source.id: source for source in sources}
    for one in ids:
        if one not in known:
            raise ConfigError(f"{one}: no such source; known: {', '.join(known)}")
    return tuple(known[one] for one in dict.fromkeys(ids))


def _make(entry: Mapping[str, object]) -> Source:
    values = dict(entry)
    for key in _LISTS & values.keys():
        values[key] = tuple(values[key])  # type: ignore[arg-type]  # checked to be a list
    values["trust"] = SourceTrust(str(values["trust"]))
    if not values.get("hosts"):
        starts = (*values["start"], *values.get("sitemaps", ()), *values.get("feeds", ()))  # type: ignore[misc]
        values["hosts"] = tuple(dict.fromkeys(urlsplit(str(one)).hostname or "" for one in starts))
    return Source(**values)  # type: ignore[arg-type]  # checked key by key


def _faults_of(entry: Mapping[str, object]) -> list[str]:
    faults = [f"{key}: no such key" for key in entry if key not in _KEYS]
    faults += [f"{key}: missing" for key in ("id", "name", "trust", "start") if key not in entry]
    for key, value in entry.items():
        if key in _LISTS:
            faults += _list_faults(key, value)
        elif key in _BOUNDS:
            faults += _bound_faults(key, value)
        elif key in _FLAGS:
            faults += [] if isinstance(value, bool) else [f"{key}: must be true or false"]
        elif key in _KEYS and not isinstance(value, str):
            faults.append(f"{key}: must be a string")
    trusts = [trust.value for trust in SourceTrust]
    if "trust" in entry and entry["trust"] not in trusts:
        faults.append(f"trust: {entry['trust']!r} is none of {', '.join(trusts)}")
    return faults


def _list_faults(key: str, value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return [f"{key}: must be a list of strings"]
    faults = []
    if key in {"start", "sitemaps", "feeds"}:
        faults = [
            f"{key}: {one!r} is not a web address" for one in value if not is_web_address(one)
        ]
        if key == "start" and not value:
            faults.append("start: must name at least one address")
    if key in {"follow", "deny"}:
        for one in value:
            try:
                re.compile(one)
            except re.error as error:
                faults.append(f"{key}: {one!r} is not a regular expression: {error}")
    return faults


def is_web_address(address: str) -> bool:
    """Whether the text is an address of http or https that names a host.

    A path may hold blanks, as browsers have it.
    """
    if not address.isprintable():
        return False
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # brackets without an address, a port that is no number
        return False
    return parts.scheme in {"http", "https"} and len(host.split()) == 1 and port != 0


def _bound_faults(key: str, value: object) -> list[str]:
    low, high = _BOUNDS[key]
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        return [f"{key}: must be a number from {low} to {high}"]
    return []
