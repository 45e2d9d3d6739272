"""The status on one date, for statutes, bodies and numbers made for the purpose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crawler.citations.status import (
    ANNOTATED,
    NOT_YET,
    UNKNOWN,
    WITHDRAWN,
    Judgement,
    StatuteJudge,
    judge_document,
    judge_hotline,
    judge_phantom,
    judge_regulator,
)
from crawler.citations.telling import Said
from crawler.citations.versions import Times
from crawler.model import CitationKind, CitationStatus
from crawler.vocabulary import (
    FormerName,
    Hotline,
    Phantom,
    Provenance,
    Regulator,
    Statute,
    Trust,
)

PROVENANCE = Provenance(Trust.OWN_KNOWLEDGE, ("tests",), date(2026, 11, 22))
BORN, CHANGED, NOW = date(2000, 1, 1), date(2021, 1, 1), date(2026, 11, 22)
BEFORE = date(2020, 12, 31)


def statute(name: str, status: str = "current", **changes: object) -> Statute:
    made = Statute(name, f"{name}法", (), "", "", "law", status, PROVENANCE, effective=BORN)
    return replace(made, **changes)  # type: ignore[arg-type]


NEW = statute("新", effective=CHANGED)
OLD = statute(
    "旧",
    "superseded",
    ended=CHANGED,
    successors=("新",),
    provision_map=(("新", (("5", "50"), ("6", "60"), ("7", "7"))),),
    provision_notes=(("5", "期限改为三年"),),
)


def judge(
    one: Statute, provisions: tuple[str, ...] = (), on: date = NOW, published: date | None = None
) -> Judgement:
    judges = StatuteJudge((NEW, OLD, one))
    return judges.judge((one,), provisions, Said(), Times(on, published))


def test_a_law_in_force() -> None:
    assert judge(NEW) == Judgement(CitationStatus.CURRENT, "新", since=CHANGED)
    assert judge(NEW, published=CHANGED).valid_when_published is True
    assert judge(NEW, published=BEFORE).valid_when_published is False


def test_a_law_that_is_not_yet_in_force() -> None:
    expected = Judgement(CitationStatus.UNKNOWN, "新", since=CHANGED, note=NOT_YET)
    assert judge(NEW, on=BEFORE) == expected
    assert judge(NEW, on=CHANGED).status is CitationStatus.CURRENT


def test_a_law_that_was_replaced() -> None:
    expected = Judgement(CitationStatus.SUPERSEDED, "旧", "新法", CHANGED)
    assert judge(OLD) == expected
    assert judge(OLD, on=CHANGED) == expected
    assert judge(OLD, on=BEFORE) == Judgement(CitationStatus.CURRENT, "旧", since=BORN)


@pytest.mark.parametrize(
    ("published", "valid"),
    [(None, None), (BEFORE, True), (CHANGED, False), (BORN, True), (date(1999, 12, 31), False)],
)
def test_whether_it_held_on_the_articles_day(published: date | None, *, valid: bool | None) -> None:
    assert judge(OLD, published=published).valid_when_published is valid


def test_what_a_provision_became() -> None:
    assert judge(OLD, ("6",)).successor == "新法第60条"
    assert judge(OLD, ("6",)).note is None
    assert judge(OLD, ("5",)).note == "期限改为三年"
    assert judge(OLD, ("5.1",)).note == "期限改为三年"
    several = judge(OLD, ("5", "6"))
    assert several.successor == "新法第50条、第60条"
    assert several.note == "第5条 → 第50条; 第6条 → 第60条; 期限改为三年"
    assert judge(OLD, ("6", "9")).note == "第6条 → 第60条"
    assert judge(OLD, ("9",)).successor == "新法"


def test_a_provision_that_kept_its_number_was_amended() -> None:
    assert judge(OLD, ("7",)).status is CitationStatus.AMENDED
    assert judge(OLD, ("6",)).status is CitationStatus.SUPERSEDED
    assert judge(OLD).status is CitationStatus.SUPERSEDED


def test_successors_are_named_when_they_hold_and_are_known() -> None:
    later = statute("晚", effective=date(2030, 1, 1))
    old = replace(OLD, successors=("新", "晚", "没有"), provision_map=())
    judges = StatuteJudge((NEW, old, later))

    def successor(on: date) -> str | None:
        return judges.judge((old,), (), Said(), Times(on, None)).successor

    assert successor(NOW) == "新法"
    assert successor(date(2030, 1, 1)) == "新法、晚法"
    lost = replace(OLD, successors=("没有",), provision_map=(("没有", (("5", "50"), ("6", "9"))),))
    assert judge(lost, ("5", "6")).successor is None
    assert judge(lost, ("5", "6")).note == "期限改为三年"
    undated = replace(NEW, effective=None)
    found = StatuteJudge((undated, OLD)).judge((OLD,), (), Said(), Times(NOW, None))
    assert found.successor == "新法"


def test_versions_of_one_title_are_told_apart() -> None:
    new = replace(NEW, title="旧法", version="2020修订")
    old = replace(OLD, version="2005")
    judges = StatuteJudge((new, old))
    found = judges.judge((old,), ("6",), Said(), Times(NOW, None))
    assert found.successor == "旧法第60条(2020修订)"
    assert judges.names_after((old,)) == ()
    bare = StatuteJudge((replace(new, version=""), old))
    assert bare.judge((old,), (), Said(), Times(NOW, None)).successor == "旧法"
    young = judges.judge((new,), (), Said(), Times(NOW, BEFORE))
    assert (young.status, young.valid_when_published) == (CitationStatus.CURRENT, None)
    assert judges.judge((new,), (), Said(), Times(NOW, NOW)).valid_when_published is True


def test_names_after() -> None:
    new = replace(NEW, title="中华人民共和国新法", aliases=("新律",))
    judges = StatuteJudge((new, OLD))
    assert judges.names_after((OLD,)) == ("新法", "新律")
    assert judges.names_after((replace(OLD, successors=("没有",)),)) == ()


@pytest.mark.parametrize(
    ("one", "valid"),
    [
        pytest.param(statute("甲", "repealed"), None, id="ended nobody knows when"),
        pytest.param(statute("甲", "unknown"), None, id="unknown"),
        pytest.param(statute("甲", "never_in_force"), None, id="never in force"),
        pytest.param(statute("甲", effective=None), None, id="undated"),
        pytest.param(statute("甲", "repealed", effective=None, ended=NOW), True, id="only its end"),
        pytest.param(statute("甲", "unknown", ended=NOW), None, id="unknown, ended"),
    ],
)
def test_validity_that_cannot_be_told(one: Statute, *, valid: bool | None) -> None:
    assert judge(one, published=CHANGED).valid_when_published is valid


def test_never_in_force_names_what_is_right() -> None:
    one = statute("案", "never_in_force", successors=("新",))
    assert judge(one) == Judgement(CitationStatus.NEVER_IN_FORCE, "案", "新法")


@pytest.mark.parametrize(
    ("one", "judgement"),
    [
        (None, UNKNOWN),
        (NEW, Judgement(CitationStatus.CURRENT, "新", since=CHANGED)),
        (OLD, Judgement(CitationStatus.CURRENT, "旧", since=BORN, note=WITHDRAWN)),
        (statute("案", "never_in_force"), Judgement(CitationStatus.NEVER_IN_FORCE, "案")),
    ],
    ids=["not known", "current", "old", "never"],
)
def test_document_numbers(one: Statute | None, judgement: Judgement) -> None:
    assert judge_document(one, NOW) == judgement


def test_a_document_number_outlives_its_document() -> None:
    assert judge_document(OLD, NOW).note == WITHDRAWN
    assert judge_document(OLD, CHANGED).note == WITHDRAWN
    assert judge_document(OLD, BEFORE).note is None
    assert judge_document(OLD, NOW, living=True).note is None
    assert judge_document(replace(OLD, ended=None), NOW).note == WITHDRAWN
    assert judge_document(statute("案", "unknown"), NOW).note is None


def test_phantoms_and_hotlines() -> None:
    phantom = Phantom(
        "p", "名", (), "没有这样的规定", "以法律为准", PROVENANCE, status="misattributed"
    )
    assert judge_phantom(phantom) == Judgement(
        CitationStatus.MISATTRIBUTED, "p", "以法律为准", note="没有这样的规定"
    )
    hotline = Hotline("12378", "", "", "superseded", PROVENANCE, successor="12345")
    assert judge_hotline(hotline) == Judgement(CitationStatus.SUPERSEDED, "12378", "12345")


FORMER = FormerName("旧局", (), BORN, CHANGED)
FIRST = FormerName("老局", (), date(1990, 1, 1), BORN)
BODY = Regulator("局", "新局", "", (), (FIRST, FORMER), PROVENANCE, since=CHANGED)


def body(
    former: FormerName | None,
    on: date = NOW,
    published: date | None = None,
    name: str | None = None,
) -> Judgement:
    return judge_regulator(BODY, former, name, Times(on, published))


def test_bodies() -> None:
    assert body(None) == Judgement(CitationStatus.CURRENT, "局", since=CHANGED)
    assert body(FORMER) == Judgement(CitationStatus.RENAMED, "局", "新局", CHANGED)
    assert body(FORMER, on=BEFORE) == Judgement(CitationStatus.CURRENT, "局", since=BORN)
    assert body(FORMER, on=CHANGED).status is CitationStatus.RENAMED
    assert body(FORMER, name="上海局").successor == "上海局"
    assert body(FORMER, published=BEFORE).valid_when_published is True
    assert body(FORMER, published=CHANGED).valid_when_published is False
    endless = replace(FORMER, until=None)
    assert body(endless, published=BEFORE) == Judgement(CitationStatus.RENAMED, "局", "新局")


def test_a_name_before_the_last_became_the_name_of_the_day() -> None:
    assert body(FIRST, on=BEFORE).successor == "旧局"
    assert body(FIRST, on=BORN).successor == "旧局"
    assert body(FIRST, on=CHANGED).successor == "新局"
    gap = replace(BODY, former=(FIRST, replace(FORMER, since=None)))
    assert judge_regulator(gap, FIRST, None, Times(BEFORE, None)).successor == "新局"
    undated = replace(BODY, since=None)
    assert judge_regulator(undated, FIRST, None, Times(BEFORE, None)).successor == "新局"


@pytest.mark.parametrize("status", list(CitationStatus))
def test_what_the_text_itself_says(status: CitationStatus) -> None:
    one = Judgement(status, "x", "y")
    stale = status in {
        CitationStatus.AMENDED,
        CitationStatus.RENAMED,
        CitationStatus.SUPERSEDED,
        CitationStatus.REPEALED,
    }
    assert one.annotated() == (replace(one, note=ANNOTATED) if stale else one)
    present = replace(one, status=CitationStatus.CURRENT, note=ANNOTATED)
    assert one.annotated(CitationKind.REGULATOR) == (present if stale else one)


def test_each_of_several_provisions_is_told_with_all_that_it_became() -> None:
    assert judge(OLD, ("5-6", "7")).note == "第5条至第6条 → 第50条、第60条; 第7条 → 第7条"
