"""The card by mouse and by keyboard: when it opens and closes, and where the focus is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Browser, Served
from playwright.sync_api import Page
from test_whole_path import click_text, wait_for_card

PAGE = """<body><p><a id=link href="#here">链接</a></p><h1>小赢卡贷</h1>
<p>微粒贷逾期了,催收要上门。</p><p style="margin-top:2500px" id=last>还有美团借钱。</p></body>"""
IS_OPEN = "() => document.documentElement.lastElementChild.popover === 'manual'"
IS_SHUT = "() => document.documentElement.lastElementChild.tagName === 'BODY'"


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A page with three names, the last one far below."""
    browser.change_settings(openIn="tab", excluded=[], hoverDelay=0)
    opened = browser.visit(served.add("/card", PAGE, "逾期求助"), hits=3)
    yield opened
    opened.close()
    browser.change_settings(hoverDelay=0)


def press_command(browser: Browser, page: Page, name: str) -> None:
    """What the browser tells the extension when its keys are pressed.

    The protocol's key events never reach the browser's own shortcuts, so the event itself is
    given to the listeners.
    """
    browser.worker.evaluate(
        "([name, id]) => chrome.commands.onCommand.dispatch(name, { id })",
        [name, browser.tab_of(page)],
    )


def dialog(page: Page) -> dict[str, Any]:
    """The open card as a screen reader meets it; {} when there is none."""
    session = page.context.new_cdp_session(page)
    for node in session.send("Accessibility.getFullAXTree")["nodes"]:
        if node.get("role", {}).get("value") == "dialog":
            focused = any(
                one["name"] == "focused" and one["value"]["value"] for one in node["properties"]
            )
            return {"name": node["name"]["value"], "focused": focused}
    return {}


def wait_for_dialog(page: Page, name: str) -> dict[str, Any]:
    """The open card once it is the one named so and has the focus; else as it is after 10 s."""
    end = time.monotonic() + 10
    found = dialog(page)
    while found != {"name": name, "focused": True} and time.monotonic() < end:
        page.wait_for_function(IS_OPEN)  # between two names no card is open
        found = dialog(page)
    return found


def point_at(page: Page, selector: str) -> None:
    """Moves the mouse over the beginning of an element's text."""
    x, y = page.evaluate(
        """selector => {
          const { x, y, height } = document.querySelector(selector).getBoundingClientRect();
          return [x + 20, y + height / 2];
        }""",
        selector,
    )
    page.mouse.move(x, y)


def let_hover(browser: Browser, page: Page) -> None:
    """Switches hovering on; returns once the page has been marked anew with it."""
    before = page.evaluate("() => [...CSS.highlights.keys()].join()")
    browser.change_settings(hoverDelay=400)
    page.wait_for_function(
        "before => CSS.highlights.size > 0 && [...CSS.highlights.keys()].join() !== before",
        arg=before,
    )
    page.wait_for_function("() => [...CSS.highlights.values()].some(marks => marks.size > 0)")


def settle(page: Page, milliseconds: int) -> None:
    """Lets the page's own clock run on: nothing can be waited for when nothing is to happen."""
    page.evaluate("time => new Promise(done => setTimeout(done, time))", milliseconds)


def test_hovering_opens_nothing_unless_it_is_wanted(page: Page) -> None:
    point_at(page, "h1")
    settle(page, 600)
    assert page.evaluate(IS_SHUT)


def test_hovering_opens_the_card_after_the_delay_and_leaves_with_the_mouse(
    browser: Browser, page: Page
) -> None:
    let_hover(browser, page)
    page.evaluate("() => document.querySelector('#link').focus()")
    # Passing over a name is no hovering.
    point_at(page, "h1")
    page.mouse.move(700, 500)
    settle(page, 600)
    assert page.evaluate(IS_SHUT)
    point_at(page, "h1")
    page.wait_for_function(IS_OPEN)
    assert page.evaluate("() => document.activeElement.id") == "link", "the focus stays"
    page.mouse.move(1000, 700)
    page.wait_for_function(IS_SHUT)


def test_a_hovering_card_stays_while_the_mouse_is_in_it(browser: Browser, page: Page) -> None:
    let_hover(browser, page)
    point_at(page, "h1")
    page.wait_for_function(IS_OPEN)
    x, y = page.evaluate(
        """() => {
          const { x, y } = document.documentElement.lastElementChild.getBoundingClientRect();
          return [x + 40, y + 60];
        }"""
    )
    page.mouse.move(x, y)
    settle(page, 2200)  # longer than a card stays that the mouse has left
    assert page.evaluate(IS_OPEN)


def test_commands_jump_from_name_to_name(browser: Browser, page: Page) -> None:
    for name in ("小赢卡贷", "微粒贷", "美团借钱", "小赢卡贷"):
        press_command(browser, page, "next-mention")
        assert wait_for_dialog(page, name) == {"name": name, "focused": True}
    press_command(browser, page, "previous-mention")
    page.wait_for_function("() => scrollY > 1000")
    assert wait_for_dialog(page, "美团借钱")["name"] == "美团借钱"


def test_escape_gives_the_focus_back(browser: Browser, page: Page) -> None:
    page.focus("#link")
    press_command(browser, page, "next-mention")
    page.wait_for_function(IS_OPEN)
    assert page.evaluate("() => document.activeElement.id") == ""
    page.keyboard.press("Escape")
    page.wait_for_function(IS_SHUT)
    assert page.evaluate("() => document.activeElement.id") == "link"


def test_the_focus_stays_in_the_card(page: Page) -> None:
    page.evaluate("() => { window.keys = 0; addEventListener('keydown', () => window.keys++); }")
    click_text(page, "h1", "小赢卡贷")
    wait_for_card(page)
    host = "() => document.activeElement === document.documentElement.lastElementChild"
    for key in ["Tab"] * 12 + ["Shift+Tab"] * 3:
        page.keyboard.press(key)
        assert page.evaluate(host)
    assert page.evaluate("() => window.keys") == 0, "keys pressed in the card are not the page's"


def test_a_click_beside_the_card_closes_it(page: Page) -> None:
    click_text(page, "h1", "小赢卡贷")
    wait_for_card(page)
    page.mouse.click(1000, 700)
    page.wait_for_function(IS_SHUT)


@pytest.mark.parametrize(
    ("wrap", "opens"),
    [
        pytest.param("<a href='#x'>{}</a>", False, id="link"),
        pytest.param("<button>{}</button>", False, id="button"),
        pytest.param("<b>{}</b>", True, id="bold"),
    ],
)
def test_a_click_on_something_of_the_page_is_left_to_the_page(
    browser: Browser, served: Served, wrap: str, opens: bool
) -> None:
    body = f"<body><p id=a>{wrap.format('微粒贷')}逾期</p>"
    page = browser.visit(served.add("/control", body), hits=1)
    click_text(page, "#a", "微粒贷")
    settle(page, 500)
    assert page.evaluate(IS_OPEN) is opens
    page.close()
