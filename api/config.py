"""The API's settings: the only place in ``api`` that reads the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

from crawler.errors import ConfigError
from crawler.logs import FORMATS
from crawler.store import DEFAULT_URL

Parser = Callable[[str], object]
SERVERS = ("gunicorn", "granian")
_PREFIX = re.compile(r"(/[A-Za-z0-9_.-]+)+")
# No port: it is not compared. No underscore: Werkzeug refuses a Host that has one.
_HOST = re.compile(r"\.?(?:[^\W_]|-)+(?:\.(?:[^\W_]|-)+)*|\[[0-9A-Fa-f:.]+\]")
_SECRETS = frozenset({"secret_key"})  # never told in a message
_CRAWLERS = frozenset({"ZHIQUAN_CONTACT", "ZHIQUAN_PUBLISH_TRUSTS", "ZHIQUAN_REDIS_URL"})
_LIKE = 0.9  # of 1: a letter more, less or wrong in the shortest names, two in longer ones
_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})


@dataclass(frozen=True, slots=True)
class ApiConfig:
    """How the service runs. Every field can be set by ``ZHIQUAN_`` and its name in capitals."""

    database_url: str = DEFAULT_URL
    seeds: Path | None = None  # another folder of reference data than the bundled one
    host: str = "127.0.0.1"
    port: int = 8000  # 0 takes any free port
    server: str = "gunicorn"  # or granian, which is faster but limits no request's time
    workers: int = 2
    threads: int = 8  # a worker
    timeout: int = 30  # seconds until a stuck request ends its worker
    path_prefix: str = ""  # such as /zhiquan, when a proxy serves the API below a path
    proxies: int = 0  # how many proxies in front set X-Forwarded-*
    https: bool = False  # TLS ends before us: send HSTS and secure links
    public_url: str = ""  # the address in the sitemap and feed; empty takes the request's
    trusted_hosts: tuple[str, ...] = ()  # names that Host may have; empty accepts any
    log_format: str = "text"  # or json, one object a line
    access_log: bool = False  # log method, path, status and network of each request
    rate_limit: int = 600  # requests a minute from one network; 0 sets no limit
    max_body: int = 262_144  # bytes of a request's body
    secret_key: str = field(default="", repr=False)  # signs the desk's cookies; empty keeps one


def load_config(environment: Mapping[str, str] | None = None) -> ApiConfig:
    """The settings from ``environment`` (the process's own by default).

    Raises ``ConfigError`` with a line for each variable that is misspelt or cannot be used.
    """
    source = os.environ if environment is None else environment
    values: dict[str, object] = {}
    faults = _find_misspelt(source)
    for name, parse in _PARSERS.items():
        variable = f"ZHIQUAN_{name.upper()}"
        if variable not in source:
            continue
        try:
            values[name] = parse(source[variable].strip())
        except ValueError as error:
            shown = "…" if name in _SECRETS else repr(source[variable])
            faults.append(f"{variable}={shown}: {error}")
    if faults:
        raise ConfigError("\n".join(faults))
    return replace(ApiConfig(), **values)  # type: ignore[arg-type]  # parsed by name above


def _find_misspelt(source: Mapping[str, str]) -> list[str]:
    """A line for each variable that is like one of ours; others may be another program's."""
    known = {f"ZHIQUAN_{name.upper()}" for name in _PARSERS} | _CRAWLERS
    faults: list[str] = []
    for name in sorted(set(source) - known):
        if name.startswith("ZHIQUAN_") and (like := get_close_matches(name, known, 1, _LIKE)):
            faults.append(f"{name}: there is no such setting; {like[0]} is one")
    return faults


def _number(low: int, high: int) -> Parser:
    def parse(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            raise ValueError(f"give a whole number from {low} to {high}")
        return int(value)

    return parse


def _choice(*choices: str) -> Parser:
    def parse(value: str) -> str:
        if value not in choices:
            raise ValueError(f"give {' or '.join(choices)}")
        return value

    return parse


def _flag(value: str) -> bool:
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise ValueError("give 1 or 0")


def _prefix(value: str) -> str:
    value = value.rstrip("/")
    if value and not _PREFIX.fullmatch(value):
        raise ValueError("give a path such as /zhiquan")
    return value


def _address(value: str) -> str:
    if value and not re.fullmatch(r"https?://[^/\s]+(/[^\s?#]*)?", value):
        raise ValueError("give an address such as https://example.org")
    return value.rstrip("/")


def _hosts(value: str) -> tuple[str, ...]:
    hosts = tuple(name.strip() for name in value.split(",") if name.strip())
    if not all(_HOST.fullmatch(host) for host in hosts):
        raise ValueError(
            "give names such as example.org, or .example.org with all below it;"
            " a host's name has no underscore"
        )
    return hosts


def _filled(value: str) -> str:
    if not value:
        raise ValueError("is empty; leave it out to take the default")
    return value


def _secret(value: str) -> str:
    if len(value) < 32:
        raise ValueError("give at least 32 random characters")
    return value


def _folder(value: str) -> Path:
    if not Path(value).is_dir():
        raise ValueError("is not a folder")
    return Path(value)


_PARSERS: dict[str, Parser] = {
    "database_url": _filled,
    "seeds": _folder,
    "host": _filled,
    "port": _number(0, 65535),
    "server": _choice(*SERVERS),
    "workers": _number(1, 64),
    "threads": _number(1, 256),
    "timeout": _number(1, 3600),
    "path_prefix": _prefix,
    "proxies": _number(0, 5),
    "https": _flag,
    "public_url": _address,
    "trusted_hosts": _hosts,
    "log_format": _choice(*FORMATS),
    "access_log": _flag,
    "rate_limit": _number(0, 1_000_000),
    "max_body": _number(1024, 16_777_216),
    "secret_key": _secret,
}
