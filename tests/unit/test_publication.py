"""Which new pages wait, by who speaks on their source."""

from __future__ import annotations

import pytest

from crawler.errors import ConfigError
from crawler.publication import PUBLISHING, find_wait, parse_trusts
from crawler.sources import Source, SourceTrust
from crawler.vocabulary import Wait


def source(trust: SourceTrust, expected: int = 0) -> Source:
    return Source("one", "one", trust, ("https://a.example/",), expected=expected)


@pytest.mark.parametrize("trust", list(SourceTrust))
def test_farms_wait_and_others_do_not(trust: SourceTrust) -> None:
    waits = Wait.TRUST if trust is SourceTrust.FARM else None
    assert find_wait(source(trust)) is waits


def test_a_declared_yield_is_waited_for() -> None:
    assert find_wait(source(SourceTrust.MEDIA, 3)) is Wait.RUN
    assert find_wait(source(SourceTrust.FARM, 3)) is Wait.TRUST


def test_a_curator_decides_who_publishes() -> None:
    assert parse_trusts(" farm, official ") == {SourceTrust.FARM, SourceTrust.OFFICIAL}
    assert find_wait(source(SourceTrust.FARM), parse_trusts("farm")) is None
    assert find_wait(source(SourceTrust.MEDIA), parse_trusts("farm")) is Wait.TRUST
    assert parse_trusts("") == frozenset()
    assert SourceTrust.FARM not in PUBLISHING


def test_an_unknown_trust_is_named() -> None:
    with pytest.raises(ConfigError, match="friends"):
        parse_trusts("media,friends")
