"""Which numeric addresses are public."""

from __future__ import annotations

import pytest

from crawler.spiders.guard import is_number, is_public


@pytest.mark.parametrize(
    ("address", "public"),
    [
        pytest.param("8.8.8.8", True, id="public"),
        pytest.param("127.0.0.1", False, id="loopback"),
        pytest.param("10.1.2.3", False, id="private"),
        pytest.param("172.16.0.1", False, id="private 172.16"),
        pytest.param("172.32.0.1", True, id="public 172.32"),
        pytest.param("192.168.1.1", False, id="private 192.168"),
        pytest.param("169.254.169.254", False, id="link-local metadata"),
        pytest.param("100.100.100.200", False, id="shared space metadata"),
        pytest.param("0.0.0.1", False, id="this network"),
        pytest.param("255.255.255.255", False, id="broadcast"),
        pytest.param("224.0.0.1", False, id="multicast"),
        pytest.param("::1", False, id="loopback v6"),
        pytest.param("fe80::1%eth0", False, id="link-local v6"),
        pytest.param("fd00:ec2::254", False, id="metadata v6"),
        pytest.param("2606:4700::1111", True, id="public v6"),
        pytest.param("::ffff:127.0.0.1", False, id="mapped loopback"),
        pytest.param("::ffff:8.8.8.8", True, id="mapped public"),
        pytest.param("64:ff9b::7f00:1", False, id="nat64 loopback"),
        pytest.param("64:ff9b::808:808", True, id="nat64 public"),
        pytest.param("2002:7f00:1::", False, id="6to4 loopback"),
        pytest.param("a.example", False, id="no number"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_names_are_no_numbers() -> None:
    assert is_number("[::1]")
    assert is_number("1.2.3.4")
    assert not is_number("1.2.3.4.example")
