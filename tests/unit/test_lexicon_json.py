"""The extension's lexicon holds what it needs, and nothing that is not a fact."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from crawler.lexicon_json import choose_anchors, lexicon_delta, lexicon_document, part_digests
from crawler.seeds import load_references
from crawler.vocabulary import Provenance, References, Trust


@pytest.fixture(scope="module")
def references() -> References:
    return load_references()


def with_lender(references: References, **changes: object) -> References:
    """The references with one lender alone, changed."""
    lender = replace(references.lexicon.lenders[0], **changes)  # type: ignore[arg-type]
    return replace(references, lexicon=replace(references.lexicon, lenders=(lender,)))


def only_lender(references: References) -> dict[str, object]:
    lenders: list[dict[str, object]] = lexicon_document(references)["lenders"]
    return lenders[0]


def test_the_document_is_json_and_its_version_follows_the_content(references: References) -> None:
    document = lexicon_document(references)
    assert json.loads(json.dumps(document)) == document
    assert lexicon_document(references)["version"] == document["version"]
    other = with_lender(references, name="某某贷")
    assert lexicon_document(other)["version"] != document["version"]


def changed(references: References) -> References:
    """The references without the first lender, the second renamed, and a new one at the end."""
    gone, renamed, *rest = (one for one in references.lexicon.lenders if not one.generic)
    renamed = replace(renamed, status="defunct")
    new = replace(gone, id="brand-new", name="崭新贷", aliases=())
    return replace(references, lexicon=replace(references.lexicon, lenders=(renamed, *rest, new)))


def test_a_delta_makes_the_newer_lexicon_of_the_older(references: References) -> None:
    old, new = lexicon_document(references), lexicon_document(changed(references))
    delta = lexicon_delta(new, old["version"], part_digests(old))
    assert [one["id"] for one in delta["added"]] == ["brand-new"]
    assert delta["changed"] == [new["lenders"][0]]
    assert delta["removed"] == [old["lenders"][0]["id"]]
    assert delta["since"] == old["version"]
    made = {one["id"]: one for one in old["lenders"] if one["id"] not in delta["removed"]}
    made |= {one["id"]: one for one in [*delta["added"], *delta["changed"]]}
    assert made == {one["id"]: one for one in new["lenders"]}
    assert {**old["match"], **delta["match"]} == new["match"]
    assert delta["version"] == new["version"]


def test_without_a_change_nothing_is_told(references: References) -> None:
    document = lexicon_document(references)
    delta = lexicon_delta(document, document["version"], part_digests(document))
    assert [delta[name] for name in ("added", "changed", "removed", "match")] == [[], [], [], {}]


def test_an_unknown_version_or_format_gets_everything(references: References) -> None:
    document = lexicon_document(references)
    other = part_digests(document) | {"format": "another"}
    for earlier in (None, other):
        delta = lexicon_delta(document, "0" * 16, earlier)
        assert (delta["since"], delta["removed"]) == (None, [])
        assert (delta["added"], delta["match"]) == (document["lenders"], document["match"])


def test_generic_entries_are_no_lenders(references: References) -> None:
    shown = {lender["id"] for lender in lexicon_document(references)["lenders"]}
    for lender in references.lexicon.lenders:
        assert (lender.id in shown) is not lender.generic


def test_an_unverified_operator_is_left_out(references: References) -> None:
    known = with_lender(references, operator="某公司", operator_verified=True)
    assert only_lender(known)["operator"] == "某公司"
    doubted = with_lender(references, operator="某公司", operator_verified=False)
    assert "operator" not in only_lender(doubted)


def test_a_doubtful_record_states_no_facts(references: References) -> None:
    doubtful = Provenance(Trust.DOUBTFUL, ("x",), date(2026, 1, 1))
    lender = only_lender(
        with_lender(
            references, provenance=doubtful, hotline="95188", operator="某", operator_verified=True
        )
    )
    assert "hotline" not in lender
    assert "operator" not in lender
    assert lender["licence"] == "unknown_or_defunct"


def test_every_name_has_its_anchor(references: References) -> None:
    match = lexicon_document(references)["match"]
    names = match["names"].split("\n")
    assert len(names) == len(match["owners"]) == len(match["needs"]) == len(match["anchors"])
    for name, digit in zip(names, match["anchors"], strict=True):
        anchor = name[int(digit, 36)]
        assert anchor.isalnum()
        assert int(digit, 36) * 256 + len(name) in match["shapes"][anchor]["exact"]


def test_anchors_are_rare_and_shared() -> None:
    anchors = choose_anchors(["的粒", "人粒", "的人"], "的人")
    assert anchors == {"的粒": 1, "人粒": 1, "的人": 1}
