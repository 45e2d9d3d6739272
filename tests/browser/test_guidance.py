"""Guidance as opened: without the API, as a letter, on paper, in a calendar, with a report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from conftest import Api, Browser
from playwright.sync_api import Page

HOUSE = "guidance.html?id=house:home_visit"


@pytest.fixture
def article(browser: Browser, api: Api) -> Iterator[tuple[Page, str]]:
    """A collected article in a tab, and its id."""
    identifier = api.get("/v1/guidance")["items"][0]["id"]
    page = browser.visit(f"{browser.origin}/guidance.html?id={identifier}")
    page.wait_for_selector("h1")
    yield page, identifier
    page.close()


def test_each_lenders_first_guidance_is_fetched_in_bundles(browser: Browser, api: Api) -> None:
    before = len(api.requests)
    browser.use_api(api.address)
    asked = [one.path.split("?")[0] for one in api.requests[before:]]
    assert set(asked) == {"/v1/guidance", "/v1/bundle", "/v1/lexicon"}
    assert asked.count("/v1/bundle") == 1


def test_what_was_fetched_ahead_opens_without_the_api(browser: Browser, api: Api) -> None:
    browser.use_api(api.address)
    items = api.get("/v1/guidance")["items"]
    item = next(one for one in items if one["lenders"])
    browser.change_settings(apiAddress="http://127.0.0.1:9")
    try:
        page = browser.visit(f"{browser.origin}/guidance.html?id={item['id']}")
        page.wait_for_selector(f"h1:has-text('{item['title']}')")
        assert page.locator("article p").count() > 0
        page.close()
    finally:
        browser.change_settings(apiAddress=api.address)


def test_what_was_never_fetched_is_said_so(browser: Browser) -> None:
    page = browser.visit(f"{browser.origin}/guidance.html?id=doesnotexist")
    page.wait_for_selector("h1")
    assert "打不开" in page.inner_text("h1")
    page.close()


def test_the_shelf_is_bounded(browser: Browser) -> None:
    options = browser.visit(f"{browser.origin}/options.html")
    counts = options.evaluate(
        """async () => {
          const { keepAll, takeKept } = await import("./shelf.js");
          const all = Array.from({ length: 320 }, (_, at) => [`/filler/${at}`, { at }]);
          await keepAll(all);
          const cache = await caches.open("answers");
          const size = (await cache.keys()).length;
          const kept = [await takeKept("/filler/0"), await takeKept("/filler/319")];
          for (const [path] of all) await cache.delete(`https://shelf.invalid/${
            encodeURIComponent(path)}`);
          return [size, ...kept];
        }"""
    )
    assert counts == [300, None, {"at": 319}]
    options.close()


def test_a_report_is_sent_on_a_click_only(
    browser: Browser, api: Api, article: tuple[Page, str]
) -> None:
    page, identifier = article
    path = f"/v1/guidance/{identifier}/reports"
    assert not any(one.path == path for one in api.requests)
    page.get_by_text("这篇有问题").click()
    page.get_by_role("button", name="内容过时").click()
    page.wait_for_selector("[role=status]:not(:empty)")
    sent = [one for one in api.requests if one.path == path and one.method == "POST"]
    assert [json.loads(one.body) for one in sent] == [{"kind": "outdated"}]
    headers = {name.lower() for name in sent[0].headers}
    assert not headers & {"cookie", "referer", "authorization"}
    assert sent[0].status < 300
    assert page.inner_text("[role=status]") == "已收到，谢谢。"
    assert page.get_by_role("button", name="没有帮助").is_disabled()


def test_a_house_text_has_nothing_to_report(browser: Browser) -> None:
    page = browser.visit(f"{browser.origin}/{HOUSE}")
    page.wait_for_selector("details.letter")
    assert page.get_by_text("这篇有问题").count() == 0
    page.close()


def test_a_letter_is_copied_and_printed_alone(browser: Browser) -> None:
    page = browser.visit(f"{browser.origin}/{HOUSE}")
    page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    page.evaluate(
        "() => { navigator.clipboard.writeText = async text => { window.copied = text; }; }"
    )
    page.click("details.letter summary")
    letter = page.locator("details.letter").first
    letter.locator("input").first.fill("某某公司")
    letter.get_by_role("button", name="复制").click()
    letter.get_by_role("button", name="打印这封信").click()
    assert page.evaluate("() => window.printed")
    text = letter.locator("textarea").input_value()
    assert "某某公司" in text
    assert page.evaluate("() => window.copied") == text
    page.emulate_media(media="print")
    assert page.inner_text("body").strip() == text.strip()
    page.evaluate("() => { dispatchEvent(new Event('afterprint')); }")
    page.emulate_media(media="screen")
    assert page.locator(".sheet").count() == 0
    page.close()


def test_on_paper_there_are_no_buttons(browser: Browser) -> None:
    page = browser.visit(f"{browser.origin}/{HOUSE}")
    page.wait_for_selector("details.letter", state="attached")
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert page.locator(".steps li").first.is_visible()
    for hidden in ("nav", "details.letter", "button"):
        assert not any(one.is_visible() for one in page.locator(hidden).all()), hidden
    page.close()


def test_a_deadline_is_saved_as_a_calendar_file(browser: Browser) -> None:
    page = browser.visit(f"{browser.origin}/guidance.html?id=house:lawsuit")
    form = page.locator("form:has(input[type=date])").first
    form.locator("input[type=date]").fill("2026-12-01")
    days = int(form.locator("input[type=number]").input_value())
    with page.expect_download() as saved:
        form.get_by_role("button").click()
    assert saved.value.suggested_filename.endswith(".ics")
    text = saved.value.path().read_text("utf-8")
    end = date(2026, 12, 1) + timedelta(days=days)
    assert f"DTSTART;VALUE=DATE:{end:%Y%m%d}" in text
    page.close()
