"""``zhiquan recurate`` and ``zhiquan desk`` as a person runs them; ``export`` follows the desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crawler.seeds import load_references
from crawler.store import Store
from crawler.store.access import check_token
from crawler.store.desk import Choice, Desk
from crawler.vocabulary import DecisionKind
from tests.integration.conftest import Zhiquan

TEXT = "<p>催收人员上门时应当出示证件,借款人可以核对身份并拨打12378投诉。</p>" * 4


@pytest.fixture
def imported(zhiquan: Zhiquan, database: str, tmp_path: Path) -> dict[str, dict[str, Any]]:
    """Two pages in the store, by name."""
    for name, words in (("a", "上门催收怎么办"), ("b", "催收电话怎么办")):
        page = f"<title>{words}</title><h1>{words}</h1>{TEXT}<p>{words},{name}还要留意时间。</p>"
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
    ran = zhiquan("import", tmp_path / "a.html", tmp_path / "b.html", "--database", database)
    assert ran.status == 0
    return lines(zhiquan, database)


def lines(zhiquan: Zhiquan, database: str) -> dict[str, dict[str, Any]]:
    ran = zhiquan("export", "--database", database)
    return {Path(line["page"]).stem: line for line in ran.lines}


def test_export_and_recurate_follow_the_desk(
    zhiquan: Zhiquan, database: str, imported: dict[str, dict[str, Any]]
) -> None:
    before = imported["a"]
    assert (before["curate"], before["publication"]) == (True, "published")
    store = Store.open(database)
    desk = Desk(store, load_references())
    desk.decide(before["id"], Choice(DecisionKind.REJECT, ("off_topic",)), "甲")
    desk.decide(imported["b"]["id"], Choice(DecisionKind.TOPICS, ()), "甲")
    store.close()
    ran = zhiquan("recurate", "--database", database)
    assert ran.status == 0
    told = ran.told.splitlines()
    assert told == ["2 pages read again: 0 changed, 0 failed; 2 decisions kept, 0 in conflict"]
    after = lines(zhiquan, database)
    rejected = after["a"]
    assert (rejected["curate"], rejected["rejected"]) == (False, "off_topic")
    assert rejected["publication"] == "withheld"
    assert rejected["text"] == before["text"]
    assert (after["b"]["topic"], after["b"]["topics"]) == (None, [])


@pytest.mark.parametrize(
    "words", [("--source", "nobody"), ("--publish", "friends")], ids=["source", "trust"]
)
def test_what_does_not_exist_is_named(
    zhiquan: Zhiquan, database: str, words: tuple[str, str]
) -> None:
    ran = zhiquan("recurate", *words, "--database", database)
    assert ran.status == 2
    assert words[1] in ran.told


def test_a_token_is_made_listed_and_revoked(zhiquan: Zhiquan, database: str) -> None:
    made = zhiquan("desk", "token", "值班编辑", "--database", database)
    secret = made.shown.strip()
    assert made.status == 0
    assert secret not in made.told
    assert zhiquan("desk", "token", "值班编辑", "--database", database).status == 2
    listed = zhiquan("desk", "tokens", "--database", database)
    assert "值班编辑" in listed.shown
    assert secret not in listed.shown + listed.told
    store = Store.open(database)
    assert check_token(store, secret) == "值班编辑"
    assert zhiquan("desk", "revoke", "值班编辑", "--database", database).status == 0
    assert zhiquan("desk", "revoke", "值班编辑", "--database", database).status == 1
    assert check_token(store, secret) is None
    store.close()
