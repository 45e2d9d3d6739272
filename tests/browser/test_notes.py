"""Marks of what is out of date: off unless wanted, and explained on a click."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import Browser, Served
from playwright.sync_api import Page
from test_card import IS_OPEN
from test_marking import MARKED
from test_whole_path import click_text

PAGE = """<body><h1>小赢卡贷逾期</h1>
<p id=old>根据《合同法》第二百条,可以向银保监会投诉,也可以看《劳动合同法》。</p>
<p id=number>小赢卡贷客服电话400-000-1234,投诉电话12378。</p>
<p>原银保监会依照银监会令2011年第2号。</p></body>"""


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A page with two lender's names, two stale names and one number."""
    opened = browser.visit(served.add("/notes", PAGE, "逾期求助"), hits=2)
    yield opened
    opened.close()
    browser.change_settings(markOutdated=False, markNumbers=False)


def switch_on(browser: Browser, *names: str) -> None:
    """Ticks boxes on the options page, as a person does."""
    options = browser.visit(f"{browser.origin}/options.html")
    for name in names:
        options.check(f"[name={name}]")
    options.wait_for_selector("#saved:not(:empty)")
    options.close()


def card_text(page: Page) -> str:
    """All that the open card says."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = [(node.get("role", {}).get("value"), node) for node in nodes]
    start = next(at for at, (role, _) in enumerate(roles) if role == "dialog")
    return "\n".join(node["name"]["value"] for role, node in roles[start:] if role == "StaticText")


def test_nothing_but_lenders_is_marked_by_default(browser: Browser, page: Page) -> None:
    page.wait_for_function(f"() => ({MARKED})().length === 2")
    assert page.evaluate(MARKED) == ["小赢卡贷", "小赢卡贷"]
    assert page.evaluate("() => CSS.highlights.size") == 2
    loaded = browser.worker.evaluate(
        """tabId => chrome.scripting.executeScript({
          target: { tabId }, func: () => typeof globalThis.ZhiquanNotes,
        }).then(([{ result }]) => result)""",
        browser.tab_of(page),
    )
    assert loaded == "undefined"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("markOutdated",), ["合同法", "银保监会"]),
        (("markNumbers",), ["400-000-1234"]),
        (("markOutdated", "markNumbers"), ["400-000-1234", "合同法", "银保监会"]),
    ],
)
def test_what_is_wanted_is_marked(
    browser: Browser, page: Page, names: tuple[str, ...], expected: list[str]
) -> None:
    switch_on(browser, *names)
    page.bring_to_front()
    page.wait_for_function(f"() => ({MARKED})().length === {2 + len(expected)}")
    assert [text for text in page.evaluate(MARKED) if text != "小赢卡贷"] == expected
    page.evaluate("() => document.querySelector('#old').append('又提到保监会。')")
    if "markOutdated" in names:
        page.wait_for_function(f"() => ({MARKED})().includes('保监会')")
    browser.change_settings(markOutdated=False, markNumbers=False)
    page.wait_for_function(f"() => ({MARKED})().length === 2")


def test_the_card_says_what_holds_now(browser: Browser, page: Page) -> None:
    before = page.evaluate("() => document.documentElement.outerHTML")
    switch_on(browser, "markOutdated", "markNumbers")
    page.bring_to_front()
    page.wait_for_function(f"() => ({MARKED})().includes('400-000-1234')")
    assert page.evaluate("() => document.documentElement.outerHTML") == before
    for selector, text, said in [
        ("#old", "银保监会", ["国家金融监督管理总局", "2023-05-18"]),
        ("#old", "合同法", ["民法典", "2021-01-01"]),
        ("#number", "400-000-1234", ["未核实"]),
    ]:
        click_text(page, selector, text)
        page.wait_for_function(IS_OPEN)
        shown = card_text(page)
        assert text in shown
        for words in said:
            assert words in shown
        page.keyboard.press("Escape")
    page.wait_for_function(f"() => !({IS_OPEN})()")
