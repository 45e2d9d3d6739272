"""Keeps a crawl off private networks: checked on each request and on each resolved address.

The resolver hands the connection the very address it has checked, so a name that changes
its address between two look-ups (DNS rebinding) gains nothing. Redirects and robots.txt
are requests like any other.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any, ClassVar, Self

from scrapy import Request
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase

PRIVATE_HOSTS = "ZHIQUAN_PRIVATE_HOSTS"
"""The setting with the hosts that a source's ``private = true`` allows."""

_NAT64 = ip_network("64:ff9b::/96")  # an IPv4 address in the last 32 bits
_SIX_TO_FOUR = ip_network("2002::/16")  # an IPv4 address behind the first 16 bits
_UNICAST = ip_network("2000::/3")  # all IPv6 that is given out; Python calls fec0::/10 global
_PROTOCOLS = ip_network("192.0.0.0/24")  # RFC 6890; Python calls most of it global


def is_public(address: str) -> bool:
    """Whether the numeric address belongs to the public internet; no number is not public."""
    try:
        number = ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return False
    inner = _inner(number)
    if inner is not None:
        return is_public(str(inner))
    if number in _PROTOCOLS or (number.version == 6 and number not in _UNICAST):
        return False
    return number.is_global and not number.is_multicast and not number.is_reserved


def is_number(host: str) -> bool:
    """Whether the host is a numeric address and will not be looked up."""
    try:
        ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return False
    return True


def _inner(number: IPv4Address | IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for; ``None`` when it stands for itself."""
    if isinstance(number, IPv4Address):
        return None
    if number.ipv4_mapped is not None:
        return number.ipv4_mapped
    if number in _NAT64:
        return IPv4Address(int(number) & 0xFFFFFFFF)
    if number in _SIX_TO_FOUR:
        return IPv4Address((int(number) >> 80) & 0xFFFFFFFF)
    return None


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver, which knows no private addresses but those of the allowed hosts.

    ``refused`` tells the middleware why a name did not resolve.
    """

    refused: ClassVar[dict[str, str]] = {}

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.private: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """The resolver with the hosts that the crawl's sources allow to be private."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.private = frozenset(crawler.settings.getlist(PRIVATE_HOSTS))
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:
        """The name's address; fails with ``DNSLookupError`` when it is not public."""
        found: Deferred[Any] = super().getHostByName(name, timeout)
        return found.addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        if name in self.private or is_public(address):
            return address
        self.refused[name] = address
        raise DNSLookupError(f"{name} leads to {address}")


class GuardMiddleware:
    """Refuses numeric private addresses, and says why a name was refused."""

    def __init__(self, private: frozenset[str]) -> None:
        self._private = private

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware with the hosts that the source allows to be private."""
        return cls(frozenset(crawler.settings.getlist(PRIVATE_HOSTS)))

    def process_request(self, request: Request) -> None:
        """Nothing when the request may be sent; raises ``IgnoreRequest`` otherwise."""
        host = urlparse_cached(request).hostname or ""
        if host not in self._private and is_number(host) and not is_public(host):
            raise IgnoreRequest(_refusal(host, host))

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Turns a failed look-up into a refusal when the guard was the reason."""
        host = urlparse_cached(request).hostname or ""
        if isinstance(exception, CannotResolveHostError) and host in GuardedResolver.refused:
            raise IgnoreRequest(_refusal(host, GuardedResolver.refused[host])) from exception


def _refusal(host: str, address: str) -> str:
    meant = "set private = true (or give --private) if that is meant"
    return f"{host} leads to the private address {address}; {meant}"
