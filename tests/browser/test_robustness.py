"""What the extension does when something is missing, wrong, forbidden or gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from conftest import Api, Browser, Served

HIGHLIGHTS = "() => [...CSS.highlights.values()].reduce((sum, marks) => sum + marks.size, 0)"
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


def test_a_killed_worker_comes_back(
    launch: Callable[..., Browser], packed: Callable[..., Path], served: Served
) -> None:
    started = launch(packed())
    page = started.visit(served.add("/killed", PAGE), hits=2)
    session = started.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    x, y = page.evaluate(
        "() => { const { x, y } = document.querySelector('h1').getBoundingClientRect();"
        " return [x + 20, y + 20]; }"
    )
    page.mouse.click(x, y)
    page.wait_for_function("() => document.documentElement.lastElementChild.popover === 'manual'")
    started.context.close()


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
