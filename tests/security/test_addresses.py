"""No spelling of an internal address gets past the guard of a crawl."""

from __future__ import annotations

from ipaddress import IPv6Address
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure

from crawler.spiders.guard import GuardedResolver, GuardMiddleware, is_public
from crawler.spiders.links import canonical_url

INNER = ("127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.0.1", "100.100.100.200", "0.1.2.3")


@pytest.mark.parametrize("inner", INNER)
@pytest.mark.parametrize(
    "prefix",
    ["::ffff:", "::", "::ffff:0:", "64:ff9b::", "64:ff9b:1::", "2002:%x:%x::", "fe80::5efe:"],
)
def test_an_inner_address_is_none_in_any_wrapping(inner: str, prefix: str) -> None:
    high, low = divmod(int.from_bytes(bytes(map(int, inner.split("."))), "big"), 1 << 16)
    wrapped = prefix % (high, low) if "%" in prefix else f"{prefix}{inner}"
    assert IPv6Address(wrapped)
    assert not is_public(wrapped)


@pytest.mark.parametrize(
    "address",
    [
        *("::", "::1", "fc00::1", "fdff::1", "fe80::1", "fec0::1", "feff::1", "ff02::1"),
        *("100::1", "2001::1", "2001:db8::1", "fe90::%eth0", "4000::1", "8000::1", "5f00::1"),
        *("0.0.0.1", "192.0.0.8", "198.18.0.1", "203.0.113.1", "240.0.0.1", "255.255.255.255"),
        *("127.0.0.1.", "127.1", "0177.0.0.1", "0x7f000001", "2130706433", "１２７.0.0.1"),
    ],
)
def test_reserved_and_unusual_addresses_are_not_public(address: str) -> None:
    assert not is_public(address.replace("fe90::%eth0", "fe90::%eth0"))


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "223.5.5.5", "2400:3200::1", "2001:4860:4860::8888"]
)
def test_public_addresses_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/", "http://user@127.0.0.1/", "http://a.example:80@127.0.0.1:80/"),
        *("http://[::1]/", "http://[::ffff:7f00:1]/", "http://[::ffff:127.0.0.1]/", "http://[::]/"),
        *("http://0.0.0.0/", "http://１２７.0.0.1/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/"),
        *("http://[64:ff9b::a00:1]/", "http://[fe80::1%25lo]/", "http://[fd00:ec2::254]/"),
        "HTTP://127.0.0.1:6379/x",
    ],
)
def test_a_numeric_address_is_refused_however_it_is_spelt(url: str) -> None:
    middleware = GuardMiddleware(frozenset())
    spelt = canonical_url(url)
    with pytest.raises(IgnoreRequest, match="private address"):
        middleware.process_request(Request(spelt or "http://127.0.0.1/"))
    host = Request(url).url
    if not any(ord(sign) > 0x7F for sign in host):
        with pytest.raises(IgnoreRequest, match="private address"):
            middleware.process_request(Request(url))


@pytest.mark.parametrize("url", ["http://127.0.0.1@a.example/", "http://a.example/#@127.0.0.1"])
def test_what_only_looks_like_an_inner_address_is_asked(url: str) -> None:
    GuardMiddleware(frozenset()).process_request(Request(url))


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> GuardedResolver:
    """A resolver whose names change their addresses with every look-up."""
    answers = {
        "rebinding.example": iter(["8.8.8.8", "127.0.0.1", "169.254.169.254"]),
        "127.0.0.1.": iter(["127.0.0.1"]),
        "2130706433": iter(["127.0.0.1"]),
        "0x7f.1": iter(["127.0.0.1"]),
        "localhost": iter(["127.0.0.1"]),
        "home.example": iter(["192.168.1.1"]),
    }

    def look_up(self: Any, name: str, timeout: Any = ()) -> defer.Deferred[str]:
        return defer.succeed(next(answers[name]))

    monkeypatch.setattr(CachingThreadedResolver, "getHostByName", look_up)
    made = GuardedResolver.__new__(GuardedResolver)
    made.private = frozenset({"home.example"})
    return made


def _result(found: defer.Deferred[str]) -> Any:
    """What a finished look-up gave: an address, or what failed."""
    kept: list[Any] = []
    found.addBoth(kept.append)
    return kept[0].value if isinstance(kept[0], Failure) else kept[0]


def test_a_name_that_changes_its_address_gains_nothing(resolver: GuardedResolver) -> None:
    assert _result(resolver.getHostByName("rebinding.example")) == "8.8.8.8"
    for _ in range(2):
        assert isinstance(_result(resolver.getHostByName("rebinding.example")), DNSLookupError)


@pytest.mark.parametrize("name", ["127.0.0.1.", "2130706433", "0x7f.1", "localhost"])
def test_names_for_this_machine_are_refused_by_what_they_resolve_to(
    resolver: GuardedResolver, name: str
) -> None:
    assert isinstance(_result(resolver.getHostByName(name)), DNSLookupError)
    middleware = GuardMiddleware(frozenset())
    with pytest.raises(IgnoreRequest, match="private address"):
        middleware.process_exception(Request(f"http://{name}/"), CannotResolveHostError("x"))


def test_a_host_that_a_source_allows_is_resolved(resolver: GuardedResolver) -> None:
    assert _result(resolver.getHostByName("home.example")) == "192.168.1.1"
