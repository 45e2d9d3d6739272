"""Groups from verdicts: chaining, representatives, and independence of order."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.citations import ANNOTATED
from crawler.dedup import (
    Edge,
    Member,
    Relation,
    count_outdated,
    count_structure,
    find_clusters,
    find_representative,
)


def test_pages_joined_by_verdicts_share_a_representative() -> None:
    members = {key: Member(key, length=100) for key in "abcd"}
    clusters = find_clusters(
        members, [Edge("a", "b"), Edge("b", "c")], lambda _a, _b: Relation.SAME
    )
    assert clusters == {"a": "a", "b": "a", "c": "a", "d": "d"}


def test_a_chain_is_cut_where_it_leaves_its_representative() -> None:
    members = {key: Member(key, length=200 - at, size=20 - at) for at, key in enumerate("abcd")}
    edges = [Edge("a", "b"), Edge("b", "c"), Edge("c", "d")]
    apart = find_clusters(members, edges, lambda _a, _b: Relation.SIBLING)
    assert apart == {"a": "a", "b": "a", "c": "c", "d": "c"}


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        pytest.param(15, {"a": "a", "b": "a", "c": "a", "d": "d"}, id="a nearly complete one"),
        pytest.param(14, {"a": "a", "b": "a", "c": "c", "d": "c"}, id="an excerpt"),
    ],
)
def test_a_copy_of_a_nearly_complete_copy_belongs(size: int, expected: dict[str, str]) -> None:
    sizes = {"a": 20, "b": size, "c": 16, "d": 15}
    members = {key: Member(key, length=100 + size, size=size) for key, size in sizes.items()}
    edges = [Edge("a", "b"), Edge("b", "c"), Edge("c", "d")]
    assert find_clusters(members, edges, lambda _a, _b: Relation.DIFFERENT) == expected


def test_a_copy_with_the_same_text_follows_the_first_of_them() -> None:
    sizes = {"a": 20, "b": 18, "c": 16, "d": 16}
    members = {key: Member(key, length=100 + size, size=size) for key, size in sizes.items()}
    edges = [Edge("a", "b"), Edge("b", "c"), Edge("c", "d")]
    found = find_clusters(members, edges, lambda _a, _b: Relation.DIFFERENT)
    assert len(set(found.values())) == 1


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param(Member("z", publishable=True), Member("a", publishable=False), id="kept"),
        pytest.param(Member("z", trust=3), Member("a", trust=1), id="trust"),
        pytest.param(Member("z", outdated=0), Member("a", outdated=2), id="currency"),
        pytest.param(Member("z", length=900), Member("a", length=500), id="completeness"),
        pytest.param(Member("z", length=890, structure=4), Member("a", length=900), id="structure"),
        pytest.param(
            Member("z", published=date(2024, 1, 1)),
            Member("a", published=date(2024, 2, 1)),
            id="date",
        ),
        pytest.param(Member("z", published=date(2024, 1, 1)), Member("a"), id="dated"),
        pytest.param(Member("a"), Member("z"), id="key"),
    ],
)
def test_the_representative_follows_the_written_rule(better: Member, worse: Member) -> None:
    assert find_representative([worse, better]) == better.key
    assert find_representative([better, worse]) == better.key


@given(
    st.sets(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=24),
    st.integers(0, 1000),
)
def test_clusters_do_not_depend_on_order(pairs: set[tuple[int, int]], seed: int) -> None:
    edges = [Edge(*sorted((f"p{a}", f"p{b}"))) for a, b in pairs if a != b]
    keys = [f"p{at}" for at in range(12)]
    same = {frozenset((edge.first, edge.second)) for edge in edges}

    def relate(first: str, second: str) -> Relation:
        return Relation.SAME if frozenset((first, second)) in same else Relation.DIFFERENT

    members = {key: Member(key, length=100 + 7 * at) for at, key in enumerate(keys)}
    expected = find_clusters(members, edges, relate)
    shuffler = random.Random(seed)  # noqa: S311 - not for secrets
    shuffler.shuffle(keys)
    shuffler.shuffle(edges)
    shuffled = {key: members[key] for key in keys}
    assert find_clusters(shuffled, edges, relate) == expected


def test_what_is_out_of_date_counts_unless_it_is_said_to_be() -> None:
    cited = [("current", None), ("repealed", None), ("repealed", ANNOTATED), ("unknown", None)]
    assert count_outdated(cited) == 2


def test_headings_items_and_rows_are_structure() -> None:
    assert count_structure(["heading", "paragraph", "list_item", "quote", "table_row"]) == 3
