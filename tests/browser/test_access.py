"""The extension's own pages: usable by everybody, in every scheme, with nothing failing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import Browser
from playwright.sync_api import Page

PAGES = {
    "welcome": "welcome.html",
    "options": "options.html",
    "paste": "paste.html",
    "list": "guidance.html",
    "house": "guidance.html?id=house:lawsuit",
    "popup": "popup.html?tab=1",
}


@pytest.fixture(scope="session")
def axe(project_folder: Path) -> str:
    """The source of axe-core."""
    path = project_folder / "node_modules" / "axe-core" / "axe.min.js"
    if not path.exists():
        pytest.skip("no axe-core; ./dev test installs it")
    return path.read_text("utf-8")


def check(page: Page, axe: str) -> list[tuple[str, list[str]]]:
    """The faults that axe-core finds. Run over the protocol: the page's policy bars scripts."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": axe})
    answer: dict[str, Any] = session.send(
        "Runtime.evaluate",
        {
            "expression": "axe.run().then(found => JSON.stringify(found.violations.map("
            "one => [one.id, one.nodes.map(node => node.html)])))",
            "awaitPromise": True,
            "returnByValue": True,
        },
    )
    return json.loads(answer["result"]["value"])  # type: ignore[no-any-return]


def wait_until_said(page: Page) -> None:
    """Until the page has its words; the settings' button waits for what the browser allows."""
    page.wait_for_selector("h1:not(:empty)")
    if page.locator("#allow").count():
        page.wait_for_selector("#allow:not(:empty)", state="attached")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_pages_have_no_fault_that_axe_knows(
    browser: Browser, axe: str, name: str, scheme: str
) -> None:
    page = browser.context.new_page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of its literals
    page.goto(f"{browser.origin}/{PAGES[name]}")
    wait_until_said(page)
    page.wait_for_load_state("networkidle")
    if name == "paste":
        page.fill("#text", "小赢卡贷要上门催收,爆通讯录,请打 400-123-4567")
        page.click("button.main")
        page.wait_for_selector("#result:not([hidden])")
    assert check(page, axe) == []
    page.close()


# The card's root is closed to axe as it is to pages: here it is opened on a page of our own.
OPEN_CARD = """async () => {
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function () { return attach.call(this, { mode: "open" }); };
  await import("./choice.js");
  await import("./card.js");
  const node = document.querySelector("h1").firstChild;
  const hit = { startNode: node, startOffset: 0, endNode: node, endOffset: 1, surface: "微粒贷" };
  const item = { id: "house:lawsuit", title: "被起诉", origin: "house", topics: ["lawsuit"],
    published: "2026-01-01", outdated: 2 };
  const lender = { id: "x", name: "微粒贷", kind: "bank_product", status: "active",
    licence: "licensed_bank", operator: "某银行", hotline: "95000",
    complain: ["先找机构", "再打12378"] };
  const data = { lender, items: [item], topics: [] };
  const note = { status: "已更名", lines: ["现在:总局", "自 2023-05-18 起"] };
  ZhiquanCard.open({ hit, data, note: NOTE ? note : null, takeFocus: true, onClose() {} });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["lender", "note"])
def test_the_card_has_no_fault_that_axe_knows(
    browser: Browser, axe: str, kind: str, scheme: str
) -> None:
    page = browser.context.new_page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of its literals
    page.goto(f"{browser.origin}/options.html")
    wait_until_said(page)
    page.evaluate(OPEN_CARD.replace("NOTE", "true" if kind == "note" else "false"))
    assert page.locator("[role=dialog] h2").inner_text() == "微粒贷"
    assert check(page, axe) == []
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_pages_fit_a_narrow_panel_at_twice_the_text_size(browser: Browser, name: str) -> None:
    page = browser.context.new_page()
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(f"{browser.origin}/{PAGES[name]}")
    wait_until_said(page)
    too_wide = page.evaluate(
        """() => {
          document.documentElement.style.setProperty("--size", "200%");
          const { scrollWidth } = document.documentElement;
          if (scrollWidth <= innerWidth) return [];
          return [...document.querySelectorAll("body *")]
            .filter(one => one.getBoundingClientRect().right > innerWidth)
            .map(one => one.outerHTML.slice(0, 80));
        }"""
    )
    assert too_wide == []
    page.close()


def test_the_paste_box_reads_on_the_device(browser: Browser) -> None:
    page = browser.visit(f"{browser.origin}/paste.html")
    before = len(browser.requests)
    text = "【小赢卡贷】要上门催收,爆通讯录。回电 13881234567或１３８１２３４５６７９,投诉12378。"
    page.fill("#text", text)
    page.click("button.main")
    page.wait_for_selector("#result:not([hidden])")
    shown = page.inner_text("#findings")
    assert "爆通讯录" in shown
    assert "未核实的号码 2 个" in shown
    assert not re.search("138|１３８", page.inner_text("#result"))
    assert page.input_value("#text") == text
    assert page.locator("mark.number").all_inner_texts() == ["•" * 11, "•" * 11]
    assert "12378:已核实" in shown.replace("\uff1a", ":")
    asked = [one.url for one in browser.requests[before:]]
    assert all(url.startswith(browser.origin) for url in asked), asked
    page.close()


def test_what_was_emptied_from_the_paste_box_does_not_come_back(browser: Browser) -> None:
    page = browser.visit(f"{browser.origin}/paste.html")
    page.fill("#text", "今天上门催收")
    page.click("button.main")
    page.wait_for_selector("#result:not([hidden])")
    page.evaluate("""async () => {
      document.querySelector("button.main").click();
      document.querySelector("#empty").click();
      const asked = { type: "get-guidance", id: "house:home_visit", lender: "" };
      await chrome.runtime.sendMessage(asked); // answered after what the check asked for
      await new Promise(done => setTimeout(done, 200));
    }""")
    assert page.is_hidden("#result")
    assert page.locator("mark").count() == 0
    page.close()


def test_the_paste_box_tells_what_law_is_out_of_date(browser: Browser) -> None:
    page = browser.visit(f"{browser.origin}/paste.html")
    page.fill("#text", "依据《合同法》第二百条和《民法典》,银保监会已有规定。")
    page.click("button.main")
    page.wait_for_selector("#result:not([hidden])")
    assert page.locator("mark.stale").all_inner_texts() == ["合同法", "银保监会"]
    page.fill("#text", "今天上门催收。如有异议可向银保监会投诉。")
    page.click("button.main")
    page.wait_for_selector("mark.mild")  # the result of the new text
    assert page.locator("mark.mild").all_inner_texts() == ["异议"]
    assert page.locator("mark.stale").all_inner_texts() == ["银保监会"]
    assert page.locator("mark:not([class])").all_inner_texts() == ["今天上门"]
    page.fill("#text", "依据《合同法》第二百条和《民法典》,银保监会已有规定。")
    page.click("button.main")
    page.wait_for_selector("mark.stale >> text=合同法")
    shown = page.inner_text("#findings")
    assert "已废止" in shown
    assert "国家金融监督管理总局" in shown
    page.close()


def test_a_letter_is_filled_in_and_not_stored(browser: Browser) -> None:
    page = browser.visit(f"{browser.origin}/guidance.html?id=house:home_visit")
    page.click("details.letter summary")
    page.fill("details.letter input >> nth=1", "李某某测试")
    assert "李某某测试" in page.input_value("details.letter textarea")
    stored = browser.worker.evaluate("() => chrome.storage.local.get().then(JSON.stringify)")
    assert "李某某测试" not in stored
    page.close()
    again = browser.visit(f"{browser.origin}/guidance.html?id=house:home_visit")
    assert "李某某测试" not in again.input_value("details.letter textarea")
    again.close()


def test_text_size_is_kept(browser: Browser) -> None:
    page = browser.visit(f"{browser.origin}/guidance.html?id=house:home_visit")
    page.click("#larger")
    page.wait_for_selector("html[style*='110%']")
    page.reload()
    page.wait_for_selector("html[style*='110%']")
    page.click("#smaller")
    page.wait_for_selector("html[style*='100%']")
    page.close()
