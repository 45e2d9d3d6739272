"""Candidates share enough of the smaller entry's keys, the best first."""

from __future__ import annotations

import pytest

from crawler.dedup import MAX_POSTINGS, KeyIndex, rank_candidates


def test_entries_that_share_enough_are_found_best_first() -> None:
    index = KeyIndex()
    assert [index.add(keys) for keys in (range(10), range(5, 15), [99], [])] == [0, 1, 2, 3]
    assert index.find_candidates(range(10)) == [0, 1]
    assert index.find_candidates(range(8, 18)) == [1, 0]
    assert index.find_candidates([99]) == [2]
    assert index.find_candidates([]) == []
    assert index.find_candidates([1000]) == []


def test_one_key_of_many_is_not_enough() -> None:
    index = KeyIndex()
    index.add(range(20))
    assert index.find_candidates([3, *range(100, 119)]) == []
    assert index.find_candidates([*range(4), *range(100, 116)]) == [0]


def test_of_a_key_on_many_entries_the_first_are_read() -> None:
    index = KeyIndex()
    for _ in range(MAX_POSTINGS + 1):
        index.add([7])
    assert index.find_candidates([7]) == list(range(MAX_POSTINGS))


@pytest.mark.parametrize(
    ("shared", "size", "sizes", "ranked"),
    [
        pytest.param({0: 2}, 10, [10], [0], id="a fifth"),
        pytest.param({0: 1}, 10, [10], [], id="a tenth"),
        pytest.param({0: 1}, 10, [5], [0], id="a fifth of the smaller"),
        pytest.param({0: 1}, 5, [10], [0], id="the new one is smaller"),
        pytest.param({1: 2, 0: 2, 2: 4}, 10, [10, 10, 10], [2, 0, 1], id="ties by entry"),
        pytest.param({0: 4, 1: 2}, 10, [10, 2], [1, 0], id="shares of the smaller one"),
    ],
)
def test_ranking(shared: dict[int, int], size: int, sizes: list[int], ranked: list[int]) -> None:
    assert rank_candidates(shared, size, sizes) == ranked
