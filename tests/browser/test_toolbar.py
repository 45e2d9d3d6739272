"""The toolbar icon, its real popup, the side panel, and the right to read one tab only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Browser, Served
from playwright.sync_api import Page
from targets import Target, ask_for_popup, open_popup, press_icon
from test_whole_path import card_buttons, click_text, wait_for_card

PAGE = "<body><h1>小赢卡贷</h1><p>微粒贷逾期</p></body>"
MARKED = "() => [...CSS.highlights.values()].reduce((sum, marks) => sum + marks.size, 0)"


@pytest.fixture(scope="module")
def shy(launch: Callable[..., Browser], packed: Callable[..., Path]) -> Iterator[Browser]:
    """Chromium with the extension as it is installed: no site is allowed."""
    started = launch(packed(all_sites=False))
    # The first-run page comes to the front when it opens: waited for, so that no test sees it.
    while not any(page.url.endswith("welcome.html") for page in started.context.pages):
        started.context.wait_for_event("page")
    yield started
    started.context.close()


def test_a_click_on_the_icon_marks_just_this_tab(shy: Browser, served: Served) -> None:
    other = shy.visit(served.add("/other", PAGE))
    page = shy.visit(served.add("/this", PAGE))
    press_icon(shy, page)
    page.wait_for_function(f"() => ({MARKED})() === 2")
    other.bring_to_front()
    assert other.evaluate(MARKED) == 0
    scripts = "() => chrome.scripting.getRegisteredContentScripts()"
    assert shy.worker.evaluate(scripts) == []
    for one in (page, other):
        one.close()


def test_the_right_ends_when_the_tab_goes_elsewhere(shy: Browser, served: Served) -> None:
    page = shy.visit(served.add("/first", PAGE))
    press_icon(shy, page)
    page.wait_for_function(f"() => ({MARKED})() === 2")
    read = """tabId => chrome.scripting.executeScript({ target: { tabId }, func: () => 1 })
      .then(() => "read", error => error.message)"""
    tab = shy.worker.evaluate("() => chrome.tabs.query({ active: true }).then(tabs => tabs[0].id)")
    assert shy.worker.evaluate(read, tab) == "read"
    page.goto(served.add("/second", PAGE).replace("127.0.0.1", "localhost"))
    assert "Cannot access" in shy.worker.evaluate(read, tab)
    assert page.evaluate(MARKED) == 0
    page.close()


@pytest.mark.parametrize("press", [press_icon, ask_for_popup])
def test_the_real_popup_leads_to_a_name(
    browser: Browser, served: Served, press: Callable[[Browser, Page], None]
) -> None:
    body = PAGE.replace("<p>", "<p style='margin-top:3000px'>")
    page = browser.visit(served.add("/popup", body), hits=2)
    popup = open_popup(browser, page, press)
    assert "微粒贷" in popup.wait_for_text("#lenders")
    popup.run(
        "[...document.querySelectorAll('.lender')].find(one => "
        "one.innerText.includes('微粒贷')).click()"
    )
    wait_for_card(page)
    assert page.evaluate("() => scrollY") > 1000
    popup.wait_until_gone()
    page.close()


def test_the_popup_turns_a_site_off_and_on(browser: Browser, served: Served) -> None:
    page = browser.visit(served.add("/switch", PAGE), hits=2)
    popup = open_popup(browser, page)
    popup.run("document.querySelector('#site-on').click()")
    page.wait_for_function(f"() => ({MARKED})() === 0")
    browser.wait_for_badge(page, "")
    popup.run("document.querySelector('#site-on').click()")
    page.wait_for_function(f"() => ({MARKED})() === 2")
    page.close()


def test_the_popup_has_no_switch_for_a_page_that_no_extension_may_read(browser: Browser) -> None:
    page = browser.visit(f"{browser.origin}/popup.html")
    page.wait_for_selector("#status:not(:empty)")
    assert not page.is_visible("#site-switch")
    page.close()


def test_the_popup_searches_all_guidance(browser: Browser, served: Served) -> None:
    page = browser.visit(served.add("/search", PAGE), hits=2)
    popup = open_popup(browser, page)
    search = """(() => {
      const box = document.querySelector("#search");
      box.value = %r;
      box.form.requestSubmit();
    })()"""
    popup.run(search % "上门")
    found = popup.wait_for_text("#found")
    assert "编写的指引" in found
    assert "收录文章" in found
    popup.run("document.querySelector('#found').replaceChildren()")
    popup.run(search % "量子纠缠")
    assert "没有" in popup.wait_for_text("#found")
    page.close()


def test_the_card_opens_the_side_panel(browser: Browser, served: Served) -> None:
    browser.change_settings(openIn="panel")
    page = browser.visit(served.add("/panel", PAGE + "<p>催收要上门"), hits=2)
    click_text(page, "h1", "小赢卡贷")
    wait_for_card(page)
    title = card_buttons(page)[1]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    panel = Target.wait_for(browser, "guidance.html?id=")
    assert panel.wait_for_text("h1") in title
    assert len(panel.wait_for_text("main")) > 200
    assert not any("guidance.html" in one.url for one in browser.context.pages), "no tab"
    page.close()
