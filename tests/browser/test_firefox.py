"""The packed archive in Firefox: marks, quiet pages, the extension's own pages."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest
from conftest import ZHIQUAN, Served
from marionette import FIREFOX, Firefox

pytestmark = pytest.mark.skipif(not FIREFOX.exists(), reason="no firefox-esr installed")

# The person's answer to the permission question, which nobody can give here.
ALLOW = """
const { ExtensionPermissions } = ChromeUtils.importESModule(
  "resource://gre/modules/ExtensionPermissions.sys.mjs");
const policy = WebExtensionPolicy.getByID(args[0]);
const all = { permissions: [], origins: ["http://*/*", "https://*/*"] };
await ExtensionPermissions.add(args[0], all, policy.extension);
return policy.mozExtensionHostname;
"""
# Marks appear when the scripts are registered and the page is read: looked for until then.
# By the clock: when the first-run page comes to the front late, this tab's timers go slowly.
MARKED = """
const end = performance.now() + 8000;
while (performance.now() < end) {
  const found = [...CSS.highlights.values()].reduce((sum, marks) => sum + marks.size, 0);
  if (found >= args[0]) return found;
  await new Promise(resolve => setTimeout(resolve, 50));
}
return -1;
"""


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Firefox, str]]:
    """Firefox with the packed extension, all sites allowed; and the extension's host name."""
    output = tmp_path_factory.mktemp("dist")
    subprocess.run([*ZHIQUAN, "pack", "--output", str(output)], check=True, capture_output=True)
    with Firefox(tmp_path_factory.mktemp("firefox")) as browser:
        path = str(output / "zhiquan-firefox.zip")
        identifier = browser.send("Addon:Install", {"path": path, "temporary": True})["value"]
        host = browser.run(ALLOW, identifier, chrome=True)
        yield browser, host


def test_names_are_marked_in_firefox(firefox: tuple[Firefox, str], served: Served) -> None:
    browser, _ = firefox
    url = served.add("/firefox", "<body><p>我在小<b>赢卡</b>贷借了钱,微粒贷也逾期了。</p>")
    found = -1
    for _ in range(5):  # the scripts are registered a moment after the permission
        browser.visit(url)
        found = browser.run(MARKED, 2)
        if found > 0:
            break
    assert found == 2


def test_the_page_is_unchanged_in_firefox(firefox: tuple[Firefox, str], served: Served) -> None:
    browser, _ = firefox
    browser.visit(served.add("/same", "<body><p>微粒贷</p>"))
    assert browser.run(MARKED, 1) == 1
    assert browser.run(
        """
        const untouched = new DOMParser().parseFromString(args[0], "text/html");
        return document.documentElement.outerHTML === untouched.documentElement.outerHTML;
        """,
        served.pages["/same"],
    )


@pytest.mark.parametrize("name", ["welcome", "options", "paste", "guidance", "popup"])
def test_pages_open_in_firefox(firefox: tuple[Firefox, str], name: str) -> None:
    browser, host = firefox
    browser.visit(f"moz-extension://{host}/{name}.html")
    heading = browser.run(
        """
        for (let turn = 0; turn < 200; turn++) {
          const text = document.querySelector("h1")?.textContent;
          if (text) return text;
          await new Promise(resolve => setTimeout(resolve, 50));
        }
        """
    )
    assert heading


def click_first(browser: Firefox, selector: str) -> None:
    """A click of the mouse on the beginning of an element's text."""
    x, y = browser.run(
        """
        const { x, y, height } = document.querySelector(args[0]).getBoundingClientRect();
        return [Math.round(x + 20), Math.round(y + height / 2)];
        """,
        selector,
    )
    move = {"type": "pointerMove", "x": x, "y": y}
    press = [move, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
    browser.send(
        "WebDriver:PerformActions",
        {"actions": [{"type": "pointer", "id": "mouse", "actions": press}]},
    )


def press_keys(browser: Firefox, keys: str) -> None:
    """Presses one key after the other."""
    actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
    browser.send(
        "WebDriver:PerformActions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]}
    )


IS_CARD = """
for (let turn = 0; turn < 200; turn++) {
  if (document.documentElement.lastElementChild.popover === "manual") return true;
  await new Promise(resolve => setTimeout(resolve, 50));
}
return false;
"""
TAB, ENTER, ESCAPE = "\ue004", "\ue007", "\ue00c"
SHOW_SIDEBAR = """
await window.SidebarController.show("zhiquan_zhiquan_invalid-sidebar-action");
for (let turn = 0; turn < 200; turn++) {
  const panel = window.SidebarController.browser.contentDocument
    ?.getElementById("webext-panels-browser");
  const spec = panel?.currentURI?.spec ?? "";
  if (spec.includes(args[0])) return spec;
  await new Promise(resolve => setTimeout(resolve, 50));
}
return "";
"""


def test_the_card_fills_the_open_sidebar_in_firefox(
    firefox: tuple[Firefox, str], served: Served
) -> None:
    browser, _ = firefox
    assert browser.run(SHOW_SIDEBAR, "guidance.html", chrome=True)
    browser.visit(served.add("/sidebar", "<body><h1>微粒贷</h1><p>催收要上门</p>"))
    assert browser.run(MARKED, 1) == 1
    click_first(browser, "h1")
    assert browser.run(IS_CARD)
    press_keys(browser, TAB + TAB + ENTER)
    assert browser.run(SHOW_SIDEBAR, "guidance.html?id=house", chrome=True)


def test_escape_closes_the_card_in_firefox(firefox: tuple[Firefox, str], served: Served) -> None:
    browser, _ = firefox
    browser.visit(served.add("/escape", "<body><h1>微粒贷</h1><p>逾期</p>"))
    assert browser.run(MARKED, 1) == 1
    click_first(browser, "h1")
    assert browser.run(IS_CARD)
    press_keys(browser, ESCAPE)
    assert browser.run("return document.documentElement.lastElementChild.tagName") == "BODY"


def test_stale_law_is_marked_in_firefox(firefox: tuple[Firefox, str], served: Served) -> None:
    browser, host = firefox
    browser.visit(f"moz-extension://{host}/options.html")
    ticked = """
    for (let turn = 0; turn < 200; turn++) {
      if (document.querySelector("#data")?.textContent) break;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    const box = document.querySelector("[name=markOutdated]");
    if (box.checked !== args[0]) box.click();
    for (let turn = 0; turn < 200; turn++) {
      const { settings } = await chrome.storage.local.get("settings");
      if (settings.markOutdated === args[0]) return true;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    return false;
    """
    try:
        assert browser.run(ticked, True)
        page = "<body><p>微粒贷逾期,按合同法可向银保监会投诉,不是劳动合同法。</p>"
        browser.visit(served.add("/stale", page))
        assert browser.run(MARKED, 3) == 3
    finally:
        browser.visit(f"moz-extension://{host}/options.html")
        browser.run(ticked, False)
