"""From a page that names lenders to an opened guidance, with everything real."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from conftest import ZHIQUAN, Api, Browser, Served
from playwright.sync_api import Page

PAGE = """
<body><h1>小赢卡贷逾期了怎么办</h1>
<p id="split">我在小<b>赢卡</b>贷借了八千元,微粒贷也逾期了,催收说要上门。</p>
<p id="none">这一段没有名字,买菜花了十块钱。</p>
<pre>小赢卡贷</pre><textarea>小赢卡贷</textarea><p contenteditable>微粒贷</p>
<div>微<p>粒贷</p></div>
</body>"""

MARKED = """
() => [...CSS.highlights.values()].flatMap(marks => [...marks].map(mark => {
  const range = document.createRange();
  range.setStart(mark.startContainer, mark.startOffset);
  range.setEnd(mark.endContainer, mark.endOffset);
  return range.toString();
})).sort()
"""


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """The page that names two lenders, marked."""
    browser.change_settings(openIn="tab", excluded=[])
    opened = browser.visit(served.add("/ask", PAGE, "逾期求助"), hits=3)
    yield opened
    opened.close()


def click_text(page: Page, selector: str, text: str) -> None:
    """A real click on the first place of ``text``, which no element wraps."""
    x, y = page.evaluate(
        """([selector, text]) => {
          const element = document.querySelector(selector);
          const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(text);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + text.length);
            const { x, y, width, height } = range.getBoundingClientRect();
            return [x + width / 2, y + height / 2];
          }
        }""",
        [selector, text],
    )
    page.mouse.click(x, y)


def wait_for_card(page: Page) -> None:
    """Returns once the card is open."""
    page.wait_for_function(
        "() => document.documentElement.lastElementChild.popover === 'manual'", timeout=5000
    )


def test_names_are_marked_where_a_reader_sees_them(page: Page) -> None:
    # Found names are counted at once and drawn with one of the next frames.
    page.wait_for_function(f"() => ({MARKED})().length === 3")
    assert page.evaluate(MARKED) == ["小赢卡贷", "小赢卡贷", "微粒贷"]


def test_marking_changes_nothing_in_the_page(page: Page) -> None:
    now = page.evaluate("() => document.documentElement.outerHTML")
    untouched = page.evaluate(
        """async () => {
          const text = await (await fetch(location.href)).text();
          return new DOMParser().parseFromString(text, "text/html").documentElement.outerHTML;
        }"""
    )
    assert now == untouched


def test_a_click_opens_the_card_and_the_card_opens_a_guidance(
    browser: Browser, page: Page, api: Api, sample_database: str
) -> None:
    lenders = api.get("/v1/lenders")["items"]
    lender = next(one["id"] for one in lenders if one["name"] == "小赢卡贷")
    expected = api.get(f"/v1/lenders/{lender}/guidance")["items"]
    assert expected, "the sample site has an article about this lender"
    click_text(page, "h1", "小赢卡贷")
    wait_for_card(page)
    buttons = card_buttons(page)
    item = next(one for one in expected if any(one["title"] in name for name in buttons))
    at = next(n for n, name in enumerate(buttons) if item["title"] in name)
    with browser.context.expect_page() as opened:
        for _ in range(at + 1):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    guidance = opened.value
    guidance.wait_for_selector("h1")
    assert guidance.inner_text("h1") == item["title"]
    removed = {line["text"] for line in removed_from(sample_database, item["id"])}
    assert removed
    shown = guidance.inner_text("main").split("\n")
    assert not removed.intersection(shown), "a line of a related list is in the guidance"
    assert "小赢卡贷" in guidance.inner_text(".chips")


def card_buttons(page: Page) -> list[str]:
    """The names of the open card's buttons as a screen reader tells them, in order."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    roles = [(node.get("role", {}).get("value"), node) for node in nodes]
    start = next(at for at, (role, _) in enumerate(roles) if role == "dialog")
    return [node["name"]["value"] for role, node in roles[start:] if role == "button"]


def removed_from(database: str, identifier: str) -> list[dict[str, str]]:
    """The related lists that the crawler removed from inside and around an article."""
    lines = subprocess.run(
        [*ZHIQUAN, "export", "--database", database], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    found = next(line for line in map(json.loads, lines) if line["id"] == identifier)
    lists = {"link_list", "cards", "list_heading"}
    return [one for one in found["removed"] if one["reason"] in lists]


def test_escape_closes_the_card_and_leaves_no_trace(page: Page) -> None:
    before = page.evaluate("() => document.documentElement.outerHTML")
    click_text(page, "#split", "微粒贷")
    wait_for_card(page)
    page.keyboard.press("Escape")
    assert page.evaluate("() => document.documentElement.outerHTML") == before


def test_nothing_of_the_page_reaches_the_network(
    browser: Browser, api: Api, served: Served
) -> None:
    asked_before, recorded_before = len(browser.requests), len(api.requests)
    browser.use_api(api.address)  # asks for everything there is
    page = browser.visit(served.add("/secret-path", PAGE, "逾期求助"), hits=3)
    click_text(page, "h1", "小赢卡贷")
    wait_for_card(page)
    page.close()
    own = (browser.origin, served.address)
    asked = [one for one in browser.requests[asked_before:] if not one.url.startswith(own)]
    assert asked, "the extension fetched its lexicon"
    for request in asked:
        assert request.method == "GET"
        assert request.url.startswith(f"{api.address}/v1/"), request.url
        assert request.post_data is None
    recorded = api.requests[recorded_before:]
    assert len(recorded) == len(asked)
    for one in recorded:
        headers = {name.lower(): value for name, value in one.headers.items()}
        assert not {"cookie", "referer", "authorization"} & set(headers)
        sent = unquote(f"{one.method} {one.path} {' '.join(headers.values())}")
        assert sent.startswith("GET ")
        for secret in (served.address, "secret-path", "逾期", "小赢", "微粒贷"):
            assert secret not in sent


def test_the_card_asks_the_network_nothing(page: Page, api: Api) -> None:
    before = len(api.requests)
    click_text(page, "h1", "小赢卡贷")
    wait_for_card(page)
    assert len(api.requests) == before


def test_the_page_cannot_see_into_the_card(page: Page) -> None:
    click_text(page, "h1", "小赢卡贷")
    wait_for_card(page)
    host = page.evaluate(
        """() => {
          const host = document.documentElement.lastElementChild;
          return [host.shadowRoot, host.outerHTML.includes("指引"), host.innerText];
        }"""
    )
    assert host == [None, False, ""]


def test_a_script_cannot_open_the_card(page: Page) -> None:
    page.evaluate(
        """() => {
          const { x, y } = document.querySelector("h1").getBoundingClientRect();
          const at = { clientX: x + 20, clientY: y + 20 };
          const place = { bubbles: true, composed: true, detail: 1, ...at };
          document.querySelector("h1").dispatchEvent(new PointerEvent("pointerdown", place));
          document.querySelector("h1").dispatchEvent(new MouseEvent("click", place));
        }"""
    )
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 100)))")
    assert page.evaluate("() => document.documentElement.lastElementChild.tagName") == "BODY"


def test_the_api_is_asked_for_changes_only(browser: Browser, api: Api) -> None:
    asked = [one for one in api.requests if one.path == "/v1/lexicon"]
    assert asked[0].status == 200
    options = browser.visit(f"{browser.origin}/options.html")
    options.click("#refresh")
    options.wait_for_selector("#refresh:not([disabled])")
    options.close()
    assert [one.status for one in api.requests if one.path == "/v1/lexicon"][-1] == 304


def test_the_popup_lists_the_lenders_with_their_counts(browser: Browser, page: Page) -> None:
    popup = browser.visit(f"{browser.origin}/popup.html?tab={browser.tab_of(page)}")
    popup.wait_for_selector(".lender")
    rows = popup.locator(".lender").all_inner_texts()
    assert [row.split("\n")[:2] for row in rows] == [["小赢卡贷", "2 处"], ["微粒贷", "1 处"]]
    popup.close()


def test_no_page_had_a_fault(browser: Browser, page: Page) -> None:
    del page
    assert browser.faults == []
