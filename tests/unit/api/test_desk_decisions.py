"""What a curator decides is what readers get; what does not fit changes nothing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from desk_seat import Seat, take_seat, uid_of
from flask import Flask

from crawler.model import Block, BlockType
from crawler.store import Store
from crawler.store.audit import RecurationCounts, add_entry
from crawler.store.queue import QueueKind
from crawler.vocabulary import (
    AuditKind,
    ConflictKind,
    DecisionKind,
    Publication,
    ReportKind,
    Wait,
)


@pytest.fixture(scope="module")
def desk_app(make_app: Callable[..., Flask]) -> Flask:
    """The service, which every test gives a store of its own."""
    return make_app()


@pytest.fixture
def seat(desk_app: Flask, own_url: str) -> Iterator[Seat]:
    """A curator who has logged in."""
    found = take_seat(desk_app, own_url)
    found.log_in()
    yield found
    found.close()


def send(seat: Seat, address: str, fields: dict[str, Any], uid: str) -> str:
    """The page that a form leads to."""
    data = {"csrf": seat.field(f"/desk/pages/{uid}"), "back": uid, **fields}
    return seat.client.post(address, data=data, follow_redirects=True).text


def decide(seat: Seat, uid: str, action: str, **fields: Any) -> str:
    """The page after a decision."""
    return send(seat, f"/desk/pages/{uid}/{action}", fields, uid)


def mark_on(page: str) -> str:
    """What the page's forms say of the page that was seen."""
    found: str = lxml.html.fromstring(page).xpath("//input[@name='mark']/@value")[0]
    return found


def change_text(seat: Seat, uid: str) -> None:
    """Stores the page as a crawl does that finds another text on it."""
    store = Store.open(seat.url)
    with store.reading() as reader:
        found = reader.page(uid)
    assert found is not None
    old = found.curated
    blocks = (*old.article.blocks, Block(BlockType.PARAGRAPH, "后来加上的一段。"))
    page = replace(old.page, body=b"other", fetched_at=datetime(2026, 11, 1, tzinfo=UTC))
    with store.begin() as transaction:
        transaction.save(replace(old, page=page, article=replace(old.article, blocks=blocks)))
    store.close()


def wait_for(seat: Seat, address: str, status: int) -> None:
    """Returns once the public answer has this status; it may be a moment old."""
    for _ in range(200_000):
        if seat.client.get(address).status_code == status:
            return
    raise AssertionError(f"{address} never answered {status}")


def test_rejecting_hides_and_undoing_shows_again(seat: Seat) -> None:
    uid = uid_of(seat)
    page = decide(seat, uid, "reject", named="loan_advert", reason="假<b>广告")
    assert "假&lt;b&gt;广告" in page
    wait_for(seat, f"/v1/guidance/{uid}", 404)
    number = re.search(r"/desk/decisions/(\d+)/undo", page)
    assert number
    page = send(seat, f"/desk/decisions/{number[1]}/undo", {}, uid)
    assert "已撤销" in page
    wait_for(seat, f"/v1/guidance/{uid}", 200)


def test_topics_and_lenders_follow_the_form(seat: Seat) -> None:
    uid = uid_of(seat)
    decide(seat, uid, "topics", topic=["negotiate", "home_visit"])
    page = decide(seat, uid, "lenders", lender=["weili-dai"], add="拍拍贷")
    tree = lxml.html.fromstring(page)
    assert tree.xpath("//input[@name='topic'][@checked]/@value") == ["negotiate", "home_visit"]
    assert tree.xpath("//input[@name='lender'][@checked]/@value")[0] == "weili-dai"
    assert len(tree.xpath("//input[@name='lender'][@checked]")) == 2


def test_a_rejected_page_leaves_its_copy_to_be_looked_at(seat: Seat) -> None:
    uid = uid_of(seat)
    items = seat.client.get("/v1/guidance").json["items"]
    other = next(one for one in items if one["id"] != uid and "•" not in one["title"])
    decide(seat, uid, "join", other=other["id"])
    decide(seat, uid, "represent")
    page = lxml.html.fromstring(decide(seat, uid, "reject", reason="抄来的"))
    (told,) = page.xpath("//*[@class='flash note']")
    assert f"《{other['title']}》" in told.text_content()
    page = decide(seat, other["id"], "reject", reason="也是抄来的")
    assert "flash note" not in page


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        pytest.param("topics", {"topic": ["nothing"]}, id="unknown-topic"),
        pytest.param("topics", {"topic": ["negotiate"] + [f"t{n}" for n in range(9)]}, id="many"),
        pytest.param("lenders", {"add": "没有这家"}, id="unknown-lender"),
        pytest.param("lenders", {"lender": ["nobody"]}, id="unknown-id"),
        pytest.param("reject", {"named": "", "reason": " "}, id="no-reason"),
        pytest.param("restore", {"block": "99999"}, id="no-such-block"),
        pytest.param("restore", {"block": "-1"}, id="negative"),
        pytest.param("restore", {"block": "x"}, id="no-number"),
        pytest.param("join", {"other": "nothing"}, id="no-such-page"),
        pytest.param("join", {"other": "/../../etc"}, id="no-id"),
        pytest.param("split", {}, id="alone"),
        pytest.param("approve", {"mark": "older"}, id="stale"),
    ],
)
def test_what_does_not_fit_changes_nothing(seat: Seat, action: str, fields: dict[str, Any]) -> None:
    uid = uid_of(seat)
    page = decide(seat, uid, action, **fields)
    assert 'class="flash bad"' in page
    assert "还没有人作过决定" in page


def test_a_decision_on_a_page_that_changed_meanwhile_is_refused(seat: Seat) -> None:
    uid = uid_of(seat)
    seen = mark_on(seat.client.get(f"/desk/pages/{uid}").text)
    decide(seat, uid, "topics", topic=["negotiate"])
    assert "已经变化" in decide(seat, uid, "approve", mark=seen)
    current = mark_on(seat.client.get(f"/desk/pages/{uid}").text)
    assert 'class="flash good"' in decide(seat, uid, "approve", mark=current)


def test_a_page_that_changed_after_a_decision_comes_back(seat: Seat) -> None:
    uid = uid_of(seat)
    decide(seat, uid, "topics", topic=["negotiate"])
    decide(seat, uid, "approve")
    assert uid not in seat.client.get("/desk?tab=changed").text
    change_text(seat, uid)
    for tab in ("changed", "conflict"):
        assert uid in seat.client.get(f"/desk?tab={tab}").text
    page = seat.client.get(f"/desk/pages/{uid}").text
    assert "作决定之后，网页正文变了" in page
    for number in re.findall(r"/desk/decisions/(\d+)/confirm", page):
        page = send(seat, f"/desk/decisions/{number}/confirm", {}, uid)
    assert "confirm" not in page
    assert uid not in seat.client.get("/desk?tab=conflict").text


def test_an_approved_page_leaves_the_new_ones(seat: Seat) -> None:
    uid = uid_of(seat)
    assert uid in seat.client.get("/desk?tab=new").text
    decide(seat, uid, "approve")
    assert uid not in seat.client.get("/desk?tab=new").text
    assert uid in seat.client.get("/desk?tab=published").text


def test_the_article_page_flags_citations_and_numbers(seat: Seat) -> None:
    uid = uid_of(seat, "小赢卡贷逾期后怎么协商")
    tree = lxml.html.fromstring(seat.client.get(f"/desk/pages/{uid}").text)
    cleaned = tree.xpath("//div[@class='cleaned']")[0]
    flagged = [one.text_content() for one in cleaned.xpath(".//span[contains(@class, 'badge')]")]
    assert any("已废止" in one for one in flagged)
    assert "未核实" in flagged
    assert "400-123-4567" in cleaned.text_content()  # a curator must see the digits


def test_versions_tell_what_changed(seat: Seat) -> None:
    page = seat.client.get(f"/desk/pages/{uid_of(seat)}/versions").text
    assert "<del>旧文13912345678</del>" in page
    assert "<ins>" in page


def test_the_desk_speaks_english_when_asked(seat: Seat) -> None:
    assert "Queue" in seat.client.get("/desk?lang=en").text
    page = lxml.html.fromstring(seat.client.get("/desk/audit").text)
    assert page.get("lang") == "en"
    assert lxml.html.fromstring(seat.client.get("/desk?lang=zh").text).get("lang") == "zh-CN"


def test_the_log_tells_decisions_in_words(seat: Seat) -> None:
    uid = uid_of(seat, "小赢卡贷逾期后怎么协商")
    decide(seat, uid, "reject", named="loan_advert", reason="看过")
    decide(seat, uid, "topics", topic=["lawsuit"])
    decide(seat, uid, "lenders", lender=["weili-dai"])
    page = lxml.html.fromstring(seat.client.get("/desk/audit?lang=zh").text)
    told = " ".join(page.find(".//tbody").text_content().split())
    for words in ("不通过 贷款广告 看过", "被起诉", "微粒贷"):
        assert words in told


def test_the_log_tells_a_recuration_in_words(seat: Seat) -> None:
    store = Store.open(seat.url)
    with store.begin() as transaction:
        told = str(RecurationCounts(12, 3, 1))
        add_entry(transaction.connection, AuditKind.RECURATION, "cli", detail=told)
    store.close()
    for language, words in (
        ("zh", "命令行重新整理重读 12 页：3 页有变化，1 个决定与内容冲突"),
        ("en", "commandRecurationPages read again: 12; changed: 3; decisions in conflict: 1"),
    ):
        page = lxml.html.fromstring(seat.client.get(f"/desk/audit?lang={language}").text)
        assert words in page.find(".//tbody").text_content()


def test_shortcuts_can_be_turned_off(seat: Seat) -> None:
    page = lxml.html.fromstring(seat.client.get("/desk?tab=withheld").text)
    (address,) = page.xpath("//footer//a/@href")
    assert page.body.get("data-keys") == "on"
    assert seat.client.get(f"/desk{address}").status_code == 200
    page = lxml.html.fromstring(seat.client.get("/desk").text)
    assert page.body.get("data-keys") == "off"


@pytest.mark.parametrize("address", ["/desk", "/desk?tab=withheld", "/desk/runs", "/desk/audit"])
def test_pages_load_nothing_from_elsewhere_and_label_their_fields(seat: Seat, address: str) -> None:
    page = lxml.html.fromstring(seat.client.get(address).text)
    assert all(one.startswith("/") for one in page.xpath("//@src | //link/@href"))
    assert not page.xpath("//@style | //style | //script[not(@src)] | //@onclick")
    for field in page.xpath("//input[not(@type='hidden')] | //select"):
        assert page.xpath(f"//label[@for='{field.get('id')}']"), field.get("name")


def test_both_languages_have_the_same_words_and_use_them(project_folder: Path) -> None:
    folder = project_folder / "api" / "locales"
    chinese, english = (
        tomllib.loads((folder / f"desk_{one}.toml").read_text("utf-8")) for one in ("zh", "en")
    )
    assert chinese.keys() == english.keys()
    sources = "".join(
        one.read_text("utf-8")
        for pattern in ("templates/desk/*", "desk/*.py")
        for one in (project_folder / "api").glob(pattern)
    )
    for key, text in chinese.items():
        if isinstance(text, dict):
            assert text.keys() == english[key].keys(), key
            continue
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", english[key])), key
        base = key.removesuffix("_text")
        assert (
            f"'{key}'" in sources
            or f'"{key}"' in sources
            or f'"{base}"' in sources
            or (key.startswith("error_"))
        ), key


@pytest.mark.parametrize(
    ("group", "values"),
    [
        ("tab", set(QueueKind) - {QueueKind.ALL}),
        ("state", Publication),
        ("wait", Wait),
        ("decision", DecisionKind),
        ("conflict", ConflictKind),
        ("report_kind", ReportKind),
        ("event", AuditKind),
    ],
)
def test_every_value_has_a_name(project_folder: Path, group: str, values: Any) -> None:
    text = (project_folder / "api" / "locales" / "desk_zh.toml").read_text("utf-8")
    assert {one.value for one in values} <= tomllib.loads(text)[group].keys()
