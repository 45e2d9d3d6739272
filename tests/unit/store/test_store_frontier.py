"""The crawl's memory: what is due, what is settled, what a killed run leaves."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.model import Fetched
from crawler.store import Store
from crawler.store.frontier import (
    Discovered,
    Frontier,
    Settled,
    known_start,
)
from crawler.store.runs import find_run, list_runs

NOW = datetime(2026, 1, 2, tzinfo=UTC)
START = "https://a.example/"


def _begin(store: Store) -> Frontier:
    return Frontier.begin(store, "a", [START], NOW)


def _settle(store: Store, frontier: Frontier, url: str, *found: str) -> int:
    with store.begin() as transaction:
        settled = Settled(url, Fetched.NEW, NOW, etag='"1"', body_hash="x")
        return frontier.settle(transaction, settled, Discovered(found, 1, url))


def _urls(frontier: Frontier, after: int = 0) -> list[str]:
    return [due.url for due in frontier.due(after, 100)]


def test_what_a_page_names_becomes_due_and_the_page_does_not_stay(store: Store) -> None:
    frontier = _begin(store)
    assert _urls(frontier) == [START]
    assert _settle(store, frontier, START, "https://a.example/1", START) == 1
    assert _urls(frontier) == ["https://a.example/1"]


def test_a_run_that_was_not_finished_continues(store: Store) -> None:
    first = _begin(store)
    _settle(store, first, START, "https://a.example/1")
    again = _begin(store)
    assert again.run == first.run
    assert _urls(again) == ["https://a.example/1"]


def test_after_a_finished_run_everything_is_due_with_its_validators(store: Store) -> None:
    frontier = _begin(store)
    _settle(store, frontier, START)
    frontier.finish({}, NOW)
    again = _begin(store)
    assert again.run > frontier.run
    (due,) = again.due(0, 10)
    assert (due.url, due.etag, due.body_hash) == (START, '"1"', "x")


def test_nothing_is_settled_when_the_transaction_fails(store: Store) -> None:
    frontier = _begin(store)
    found = Discovered(("https://a.example/1",), 1, START)

    def fail() -> None:
        with store.begin() as transaction:
            frontier.settle(transaction, Settled(START, Fetched.NEW, NOW), found)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert _urls(frontier) == [START]


def test_an_unchanged_page_keeps_its_validators(store: Store) -> None:
    frontier = _begin(store)
    _settle(store, frontier, START)
    with store.begin() as transaction:
        frontier.settle(transaction, Settled(START, Fetched.UNCHANGED, NOW))
    frontier.finish({}, NOW)
    assert _begin(store).due(0, 10)[0].etag == '"1"'


def test_sources_do_not_see_each_other(store: Store) -> None:
    _settle(store, _begin(store), START)
    other = Frontier.begin(store, "b", [START], NOW)
    assert _urls(other) == [START]
    assert known_start(store, "b") == START
    assert known_start(store, "c") is None


def test_many_addresses_are_recorded_once_each(store: Store) -> None:
    frontier = _begin(store)
    found = tuple(f"https://a.example/{number}" for number in range(1200))
    assert _settle(store, frontier, START, *found) == 1200
    assert _settle(store, frontier, START, *found) == 0
    assert frontier.size() == 1201
    with store.begin() as transaction:
        beyond = frontier.unknown(transaction, (*found, "https://a.example/x"))
        assert frontier.size(transaction) == 1201
    assert beyond == ("https://a.example/x",)


def test_outcomes_and_redirects_are_counted(store: Store) -> None:
    frontier = _begin(store)
    target = Discovered(("https://a.example/1",), 0, START, 1)
    with store.begin() as transaction:
        settled = Settled(START, Fetched.REDIRECTED, NOW, "https://a.example/1")
        frontier.settle(transaction, settled, target)
    assert frontier.counts() == {"redirected": 1}
    assert frontier.redirects() == {START: "https://a.example/1"}
    assert frontier.due(0, 10)[0].hops == 1


def test_past_runs_are_listed_newest_first_with_their_summaries(store: Store) -> None:
    first = _begin(store)
    first.finish({"kept": 1}, NOW)
    second = _begin(store)
    runs = list_runs(store, 9)
    assert [(one.run, one.summary) for one in runs] == [
        (second.run, None),
        (first.run, {"kept": 1}),
    ]
    found = find_run(store, first.run)
    assert found is not None
    assert found.finished_at == NOW
    assert find_run(store, 99) is None
