"""Versions of the lexicon that were served are kept, the oldest are let go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from crawler.store import Store
from crawler.store.lexicons import find_lexicon, remember_lexicon

START = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_version_is_kept_with_its_digests(store: Store) -> None:
    with store.begin() as transaction:
        remember_lexicon(transaction, "a" * 16, {"lenders/x": "1"}, START)
        remember_lexicon(transaction, "a" * 16, {"lenders/x": "1"}, START)
    with store.reading() as reader:
        assert find_lexicon(reader, "a" * 16) == {"lenders/x": "1"}
        assert find_lexicon(reader, "b" * 16) is None


def test_what_was_served_longest_ago_is_let_go(store: Store) -> None:
    with store.begin() as transaction:
        for number in range(200):
            at = START + timedelta(days=number)
            remember_lexicon(transaction, f"{number:016x}", {}, at)
        remember_lexicon(transaction, f"{0:016x}", {}, START + timedelta(days=300))
        remember_lexicon(transaction, "f" * 16, {}, START + timedelta(days=301))
    with store.reading() as reader:
        found = [find_lexicon(reader, f"{number:016x}") is not None for number in range(3)]
        assert found == [True, False, True]
        assert find_lexicon(reader, "f" * 16) is not None
