"""What the extension does when something is missing, wrong, forbidden or gone."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from conftest import Api, Browser, Served, serving
from playwright.sync_api import Page

HIGHLIGHTS = "() => [...CSS.highlights.values()].reduce((sum, marks) => sum + marks.size, 0)"
IS_OPEN = "() => document.documentElement.lastElementChild.popover === 'manual'"
PAGE = "<body><h1>小赢卡贷</h1><p>微粒贷逾期</p></body>"


def test_a_wrong_api_leaves_the_last_good_lexicon(
    browser: Browser, api: Api, served: Served
) -> None:
    before = browser.storage("lexicon")
    served.add("/v1/lexicon", "这不是名录")
    served.add("/v1/guidance?limit=100", "这不是列表")
    browser.use_api(served.address)
    options = browser.visit(f"{browser.origin}/options.html")
    options.click("#refresh")
    options.wait_for_selector("#data:has-text('服务没有回应')")
    options.close()
    assert browser.storage("lexicon") == before
    browser.use_api(api.address)


def broken(lexicon: dict[str, object], way: str) -> bytes:
    """What an API in trouble serves instead of a lexicon."""
    if way == "cut":
        return json.dumps(lexicon).encode()[:-200]
    if way == "no-names":
        return json.dumps({**lexicon, "match": {}}).encode()
    if way == "newer-format":
        return json.dumps({**lexicon, "format": 99}).encode()
    if way == "older-format":
        return json.dumps({**lexicon, "format": 1}).encode()
    if way == "nameless-lender":
        return json.dumps({**lexicon, "lenders": [{"id": "x"}]}).encode()
    if way == "owners-missing":
        return json.dumps({**lexicon, "match": {"names": "微粒贷"}}).encode()
    return b"[]"


@pytest.mark.parametrize(
    "way",
    [
        *("cut", "no-names", "newer-format", "older-format", "nameless-lender"),
        *("owners-missing", "other"),
    ],
)
def test_a_broken_lexicon_leaves_the_last_good_one(
    browser: Browser, api: Api, served: Served, way: str
) -> None:
    before = browser.storage("lexicon")
    answer = broken(api.get("/v1/lexicon"), way)
    with serving(fixed_answer(answer)) as address:
        browser.use_api(address)
        assert browser.storage("lexicon") == before
    browser.use_api(api.address)
    page = browser.visit(served.add("/broken", PAGE), hits=2)
    page.close()


def fixed_answer(body: bytes, seconds: float = 0) -> type[BaseHTTPRequestHandler]:
    """A server that gives the same answer to everything, perhaps late."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if seconds:
                time.sleep(seconds)
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            if b'"items"' not in body and "guidance" in self.path:
                self.wfile.write(b'{"items": []}')
            else:
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Keeps the test's output clean."""

    return Handler


def test_an_api_that_is_down_is_said_to_be(browser: Browser, api: Api, served: Served) -> None:
    before = browser.storage("lexicon")
    with serving(BaseHTTPRequestHandler) as address:
        pass  # the port is closed again
    browser.use_api(address)
    options = browser.visit(f"{browser.origin}/options.html")
    options.click("#refresh")
    options.wait_for_selector("#data:has-text('服务没有回应')")
    options.close()
    assert browser.storage("lexicon") == before
    page = browser.visit(served.add("/down", PAGE), hits=2)
    click_name(page)
    page.wait_for_function(IS_OPEN)
    page.close()
    browser.use_api(api.address)


def test_a_slow_api_does_not_hold_anything_up(browser: Browser, api: Api, served: Served) -> None:
    with serving(fixed_answer(b"{}", seconds=20)) as address:
        browser.change_settings(apiAddress=address)
        options = browser.visit(f"{browser.origin}/options.html")
        options.click("#refresh")
        page = browser.visit(served.add("/slow", PAGE), hits=2)
        click_name(page)
        page.wait_for_function(IS_OPEN)
        page.close()
        # Given up after eight seconds, and said so.
        options.bring_to_front()
        options.wait_for_selector("#data:has-text('服务没有回应')", timeout=15_000)
        options.close()
    browser.use_api(api.address)


def test_full_storage_leaves_the_last_good_copy(browser: Browser, api: Api) -> None:
    before = browser.storage("lexicon")
    # The quota cannot be filled without gigabytes, so the store refuses as it then does.
    browser.worker.evaluate(
        """() => {
          globalThis.realSet = chrome.storage.local.set.bind(chrome.storage.local);
          chrome.storage.local.set = (items) => "lexicon" in items
            ? Promise.reject(new Error("QUOTA_BYTES quota exceeded"))
            : globalThis.realSet(items);
          const realOpen = caches.open.bind(caches);
          globalThis.realOpen = realOpen;
          caches.open = async (name) => {
            const cache = await realOpen(name);
            cache.put = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
            return cache;
          };
        }"""
    )
    kept = "() => caches.open('answers').then(cache => cache.keys()).then(keys => keys.length)"
    count = browser.worker.evaluate(kept)
    lexicon = {**api.get("/v1/lexicon"), "version": "another"}
    try:
        with serving(fixed_answer(json.dumps(lexicon).encode())) as address:
            browser.change_settings(apiAddress=address)
            options = browser.visit(f"{browser.origin}/options.html")
            options.click("#refresh")
            options.wait_for_selector("#refresh:not([disabled])")
            options.close()
            assert browser.storage("lexicon") == before
            assert browser.worker.evaluate(kept) == count, "nothing kept was lost"
    finally:
        browser.worker.evaluate(
            """() => {
              chrome.storage.local.set = globalThis.realSet;
              caches.open = globalThis.realOpen;
            }"""
        )
    browser.use_api(api.address)


def test_an_unsafe_address_is_refused(browser: Browser, api: Api) -> None:
    options = browser.visit(f"{browser.origin}/options.html")
    options.fill("[name=apiAddress]", "http://zhiquan.example")
    options.dispatch_event("[name=apiAddress]", "change")
    options.wait_for_selector("#api-fault:not([hidden])")
    options.close()
    assert browser.storage("settings")["apiAddress"] == api.address


def test_a_lenders_own_site_sees_no_mark(browser: Browser, served: Served) -> None:
    browser.worker.evaluate(
        """async () => {
          const { lexicon } = await chrome.storage.local.get("lexicon");
          lexicon.data.lenders[0].domains = ["localhost"];
          await chrome.storage.local.set({ lexicon });
        }"""
    )
    own = served.add("/own", PAGE).replace("127.0.0.1", "localhost")
    page = browser.visit(own, hits=2)
    assert page.evaluate("() => CSS.highlights.size") == 0
    page.close()
    elsewhere = browser.visit(served.add("/own", PAGE), hits=2)
    elsewhere.wait_for_function(f"() => ({HIGHLIGHTS})() === 2")
    elsewhere.close()


def kill_worker(started: Browser, page: Page) -> None:
    """Stops the service worker as the browser does when it wants the memory."""
    session = started.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")


def click_name(page: Page) -> None:
    """A click on the name in the heading."""
    x, y = page.evaluate(
        "() => { const { x, y } = document.querySelector('h1').getBoundingClientRect();"
        " return [x + 20, y + 20]; }"
    )
    page.mouse.click(x, y)


@pytest.fixture(scope="module")
def mortal(launch: Callable[..., Browser], packed: Callable[..., Path]) -> Iterator[Browser]:
    """A browser of its own for tests that kill its worker or reload the extension."""
    started = launch(packed())
    yield started
    started.context.close()


def test_a_killed_worker_comes_back(mortal: Browser, served: Served) -> None:
    page = mortal.visit(served.add("/killed", PAGE), hits=2)
    kill_worker(mortal, page)
    click_name(page)
    page.wait_for_function(IS_OPEN)
    page.close()


def test_a_worker_may_die_at_any_moment(mortal: Browser, served: Served) -> None:
    faults: list[str] = []
    for turn in range(8):
        page = mortal.context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(served.add(f"/mortal{turn}", PAGE))
        if turn % 2:
            page.wait_for_function(f"() => ({HIGHLIGHTS})() === 2")
            click_name(page)
        kill_worker(mortal, page)  # while the page is read, or while the card is asked for
        page.wait_for_function(f"() => ({HIGHLIGHTS})() >= 2")
        page.keyboard.press("Escape")
        click_name(page)
        page.wait_for_function(IS_OPEN)
        page.close()
    options = mortal.context.new_page()
    options.goto(f"{mortal.origin}/options.html")
    options.wait_for_selector("#data:not(:empty)")
    kill_worker(mortal, options)
    options.click("#refresh")
    options.wait_for_selector("#refresh:not([disabled])")
    assert "名" in options.inner_text("#data")
    options.close()
    assert faults == []


def test_an_update_under_open_pages(mortal: Browser, served: Served) -> None:
    faults: list[str] = []
    page = mortal.context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.goto(served.add("/update", PAGE))
    page.bring_to_front()
    page.wait_for_function(f"() => ({HIGHLIGHTS})() === 2")
    old = page.evaluate("() => [...CSS.highlights.keys()].join()")
    options = mortal.context.new_page()
    options.goto(f"{mortal.origin}/options.html")
    with mortal.context.expect_event("serviceworker"):
        options.evaluate("() => { setTimeout(() => chrome.runtime.reload(), 50); }")
    page.bring_to_front()
    # The new version marks the page anew; the old one's marks go when the person stirs.
    page.wait_for_function("() => CSS.highlights.size >= 4")
    page.mouse.move(300, 300)
    page.wait_for_function(
        "old => ![...CSS.highlights.keys()].some(one => old.includes(one))", arg=old
    )
    assert page.evaluate("() => CSS.highlights.size") == 2
    page.evaluate("() => document.querySelector('h1').append('和微粒贷')")
    page.wait_for_function(f"() => ({HIGHLIGHTS})() === 3")
    click_name(page)
    page.wait_for_function(IS_OPEN)
    assert faults == []
    page.close()


def test_without_permission_no_page_is_touched(
    launch: Callable[..., Browser], packed: Callable[..., Path], served: Served
) -> None:
    started = launch(packed(all_sites=False))
    welcome = started.visit(f"{started.origin}/welcome.html")
    welcome.wait_for_selector("#data:has-text('不需要服务器')")
    assert welcome.inner_text("#allow") == "允许在所有网站上标记"
    page = started.visit(served.add("/untouched", PAGE))
    page.evaluate("() => new Promise(done => requestIdleCallback(() => setTimeout(done, 300)))")
    assert page.evaluate("() => CSS.highlights.size") == 0
    scripts = "() => chrome.scripting.getRegisteredContentScripts()"
    assert started.worker.evaluate(scripts) == []
    started.context.close()
