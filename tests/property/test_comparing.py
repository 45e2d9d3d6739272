"""Comparing and grouping give the same whatever comes first."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from law_texts import NEUTRAL, SENTENCES

from crawler.dedup import (
    Edge,
    Fingerprint,
    Member,
    Relation,
    compare,
    find_clusters,
    find_fingerprint,
)
from crawler.model import Mention

LENDERS = {"微粒贷": "weilidai", "小赢卡贷": "xiaoying"}


def print_of(text: str, title: str = "逾期以后怎么办") -> Fingerprint:
    """The fingerprint of a text that may name the two lenders."""
    mentions = [
        Mention(lender, name, at, at + len(name))
        for name, lender in LENDERS.items()
        for at in range(len(text))
        if text.startswith(name, at)
    ]
    mentions.sort(key=lambda one: one.start)
    return find_fingerprint(title, text, mentions, [one.lender for one in mentions][:1])


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Copies, excerpts, reorderings and templates of one article."""
    lines = list(SENTENCES[: draw(st.integers(3, len(SENTENCES)))])
    if draw(st.booleans()):
        lines.reverse()
    lender = draw(st.sampled_from(("", *LENDERS, "桔豆贷")))
    if lender:
        lines[1:1] = [f"{lender}的客服说，{lender}逾期三天以内不上报征信。"]
    lines += draw(st.lists(st.sampled_from(NEUTRAL), max_size=3))
    return "\n".join(lines)


@given(texts(), texts())
@settings(max_examples=60)
def test_the_verdict_is_symmetric_and_its_figures_are_shares(first: str, second: str) -> None:
    one, two = print_of(first), print_of(second)
    forth, back = compare(one, two), compare(two, one)
    assert (forth.relation, forth.reason) == (back.relation, back.reason)
    assert (forth.containment, forth.resemblance) == (back.containment, back.resemblance)
    assert 0 <= forth.resemblance <= forth.containment <= 1


@given(texts())
@settings(max_examples=25)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert compare(print_of(text), print_of(text)).relation is Relation.SAME


@given(st.lists(texts(), min_size=2, max_size=6), st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_clusters_of_real_verdicts_do_not_depend_on_order(
    made: list[str], shuffler: object
) -> None:
    prints = {f"p{at}": print_of(text) for at, text in enumerate(made)}

    def relate(first: str, second: str) -> Relation:
        return compare(prints[first], prints[second]).relation

    def clusters(keys: list[str]) -> dict[str, str]:
        members = {
            key: Member(key, length=len(prints[key].bare), size=len(prints[key].keys))
            for key in keys
        }
        edges = [Edge(*pair) for pair in combinations(keys, 2) if relate(*pair) is Relation.SAME]
        return find_clusters(members, edges, relate)

    keys = list(prints)
    expected = clusters(keys)
    shuffler.shuffle(keys)  # type: ignore[attr-defined]
    found = clusters(keys)
    assert found == expected
    assert all(found[lead] == lead for lead in found.values())
