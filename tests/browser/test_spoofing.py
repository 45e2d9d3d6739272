"""Whatever a page's own scripts try, the extension does nothing for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import Api, Browser, Served
from playwright.sync_api import Page
from test_whole_path import click_text, wait_for_card

PAGE = "<body><h1>小赢卡贷</h1><p>微粒贷逾期了,催收要上门。</p></body>"
NAMES = (
    *("page-found", "load-marks", "load-notes", "notes-found", "load-card", "describe-lender"),
    *("open-guidance", "get-guidance", "report", "list-guidance", "search", "get-state"),
    *("refresh", "clear-all", "settings-changed", "jump"),
)
SPEAK = """async ([id, names]) => {
  const answers = [];
  for (const type of names) {
    const message = { type, id: "house:home_visit", lender: "weili-dai", count: 99, mentions: [] };
    postMessage(message, "*");
    for (const target of [window, document, document.documentElement]) {
      target.dispatchEvent(new CustomEvent(type, { detail: message, bubbles: true }));
      const init = { data: message, origin: location.origin };
      target.dispatchEvent(new MessageEvent("message", init));
    }
    new BroadcastChannel("zhiquan").postMessage(message);
    navigator.serviceWorker.controller?.postMessage(message);
    try {
      const runtime = globalThis.chrome?.runtime;
      answers.push(runtime?.sendMessage ? await runtime.sendMessage(id, message) : "no way");
    } catch (error) { answers.push("refused"); }
    try {
      const port = globalThis.chrome?.runtime?.connect?.(id);
      port?.postMessage(message);
      const cut = done => port.onDisconnect.addListener(() => done("cut"));
      answers.push(port ? await new Promise(cut) : "no way");
    } catch (error) { answers.push("refused"); }
  }
  return [...new Set(answers)];
}"""
REACH = """async ([origin, files]) => {
  const got = [];
  for (const file of files) {
    await fetch(`${origin}/${file}`).then(() => got.push(`fetch ${file}`), () => {});
    const frame = document.createElement("iframe");
    frame.src = `${origin}/${file}`;
    document.body.append(frame);
    await new Promise(done => { frame.onload = done; });
    try { if (frame.contentDocument?.body?.innerHTML) got.push(`frame ${file}`); } catch {}
    frame.remove();
    await new Promise(done => {
      const image = new Image();
      image.onload = () => { got.push(`image ${file}`); done(); };
      image.onerror = done;
      image.src = `${origin}/${file}`;
    });
  }
  return got;
}"""
PRESS = """() => {
  const host = document.documentElement.lastElementChild;
  const box = host.getBoundingClientRect();
  const seen = [];
  for (let x = box.left + 5; x < box.right; x += 20) {
    for (let y = box.top + 5; y < box.bottom; y += 15) {
      const place = { bubbles: true, composed: true, cancelable: true, detail: 1, clientX: x,
        clientY: y };
      const under = document.elementFromPoint(x, y) ?? host;
      if (under !== host && host.contains(under)) seen.push(under.outerHTML);
      for (const kind of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) {
        under.dispatchEvent(new MouseEvent(kind, place));
        host.dispatchEvent(new MouseEvent(kind, place));
      }
    }
  }
  for (const key of ["Enter", " ", "Tab", "ArrowDown"]) {
    for (const kind of ["keydown", "keypress", "keyup"]) {
      host.dispatchEvent(new KeyboardEvent(kind, { key, bubbles: true, composed: true }));
    }
  }
  host.click();
  host.focus();
  document.activeElement?.click?.();
  return [host.shadowRoot, host.innerHTML, host.textContent, seen.join()];
}"""


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A page with two names, marked."""
    browser.change_settings(openIn="tab", excluded=[])
    opened = browser.visit(served.add("/spoof", PAGE), hits=2)
    yield opened
    opened.close()


def let_run(page: Page) -> None:
    """Lets everything that was sent arrive: three frames and a turn of the event loop."""
    page.evaluate(
        """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(
          () => requestAnimationFrame(() => setTimeout(done, 150)))))"""
    )


def test_messages_of_a_page_reach_nobody(browser: Browser, api: Api, page: Page) -> None:
    tabs, asked = len(browser.context.pages), len(api.requests)
    settings = browser.storage("settings")
    extension = browser.worker.url.split("/")[2]
    answers = page.evaluate(SPEAK, [extension, NAMES])
    let_run(page)
    assert set(answers) <= {"no way", "refused", "cut", None}
    assert page.evaluate("() => document.documentElement.lastElementChild.tagName") == "BODY"
    assert len(browser.context.pages) == tabs
    assert len(api.requests) == asked
    assert browser.storage("settings") == settings
    browser.wait_for_badge(page, "2")


def test_a_page_reaches_no_file_of_the_extension(browser: Browser, page: Page) -> None:
    files = ("guidance.html", "options.html", "popup.html", "card.js", "icons/16.png")
    assert page.evaluate(REACH, [browser.origin, files]) == []


def test_synthetic_presses_in_the_card_open_nothing(browser: Browser, api: Api, page: Page) -> None:
    click_text(page, "h1", "小赢卡贷")
    wait_for_card(page)
    tabs, asked = len(browser.context.pages), len(api.requests)
    assert page.evaluate(PRESS) == [None, "", "", ""]
    let_run(page)
    assert len(browser.context.pages) == tabs
    assert len(api.requests) == asked
    # A person's own key still does.
    wait_for_card(page)
    with browser.context.expect_page() as opened:
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    opened.value.close()


def test_what_a_page_redefines_shows_it_nothing_of_the_card(
    browser: Browser, served: Served
) -> None:
    spy = """<script>
      window.spied = [];
      const attach = Element.prototype.attachShadow;
      Element.prototype.attachShadow = function (options) {
        window.spied.push(options); return attach.call(this, { ...options, mode: "open" });
      };
      for (const [owner, name] of [[Node.prototype, "appendChild"], [Element.prototype, "append"],
          [EventTarget.prototype, "addEventListener"], [Document.prototype, "createElement"],
          [Array.prototype, "push"], [String.prototype, "includes"], [window, "fetch"]]) {
        const real = owner[name];
        owner[name] = function (...given) {
          if (/指引|小赢卡贷的/.test(String(given[0]?.textContent ?? ""))) window.spied.push = name;
          return real.apply(this, given);
        };
      }
      Object.defineProperty(Event.prototype, "isTrusted", { get: () => true });
    </script>"""
    page = browser.visit(served.add("/spy", PAGE.replace("</body>", f"{spy}</body>")), hits=2)
    click_text(page, "h1", "小赢卡贷")
    wait_for_card(page)
    assert page.evaluate("() => window.spied.length") == 0
    tabs = len(browser.context.pages)
    assert page.evaluate(PRESS)[0] is None
    let_run(page)
    assert len(browser.context.pages) == tabs
    page.close()
