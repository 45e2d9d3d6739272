"""Pages that attack with every field they can set, shown wherever what they say is shown.

They run through the real import into a store; nothing of them may run, load, or even be
attempted and stopped by a policy, in the reader, the desk, the card or the side panel.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from conftest import CHROMIUM, ZHIQUAN, Api, Browser, Served, make_token, serving_store
from lxml import etree
from playwright.sync_api import BrowserContext, Page, Playwright, Request
from targets import Target, open_popup
from test_whole_path import card_buttons, click_text, wait_for_card

from crawler.seeds import seeds_folder
from tests.security.payloads import HOST, HostilePage, make_page

PAGES = 12
LEAST_SHOWN = 60  # payloads that reach the reader as text; fewer, and the test proves little
NUMBER = re.compile(r"__xss=(\d+)|attack\.invalid/(\d+)")
WATCH = """Object.defineProperty(globalThis, "__xss", {
  set(number) { globalThis.__ran = number; console.error(`ran ${number}`); },
});
addEventListener("securitypolicyviolation", event => {
  (globalThis.__refused ??= []).push(`${event.effectiveDirective} ${event.blockedURI}`);
}, true);"""
LOOK = """() => {
  const names = [];
  const links = [];
  const walk = (root) => {
    for (const one of root.querySelectorAll("*")) {
      for (const name of one.getAttributeNames()) {
        if (name.startsWith("on") || name === "srcdoc" && !one.sandbox) {
          names.push(`${one.localName} ${name}`);
        }
      }
      const address = typeof one.href === "string" && one.href ? String(new URL(one.href)) : "";
      if (address && !/^(https?:|chrome-extension:|tel:[0-9]+$)/.test(address)) {
        links.push(one.href);
      }
      if (["BASE", "OBJECT", "EMBED", "MATH", "FORM"].includes(one.tagName)
          && (one.tagName !== "FORM" || !one.action.startsWith(location.origin))) {
        names.push(one.localName);
      }
      if (one.shadowRoot) walk(one.shadowRoot);
    }
  };
  walk(document);
  return [globalThis.__ran ?? null, globalThis.__refused ?? [], names, links];
}"""


def read(url: str) -> str:
    """The body behind an address."""
    with urlopen(url) as answer:  # noqa: S310 - our own loopback server
        text: str = answer.read().decode()
    return text


@dataclass
class Watch:
    """What pages did that none should do."""

    own: tuple[str, ...]
    faults: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def over(self, page: Page) -> Page:
        """The page, watched."""
        page.on("dialog", lambda one: (self.faults.append(f"dialog {one.message}"), one.dismiss()))
        page.on("pageerror", lambda one: self.faults.append(f"error {one}"))
        page.on("console", lambda one: self.note_console(one.type, one.text))
        page.on("request", self.note_request)
        return page

    def note_console(self, kind: str, text: str) -> None:
        """Notes what a browser says of something it refused."""
        if kind == "error" and "404" not in text:  # the test's own site has no icon
            self.faults.append(f"console {text}")

    def note_request(self, request: Request) -> None:
        """Notes a request to any other host."""
        if not request.url.startswith((*self.own, "data:", "about:", "chrome-extension:")):
            self.faults.append(f"request {request.url}")

    def look(self, page: Page, text: str | None = None) -> None:
        """Notes what an open page has become."""
        shown = page.inner_text("body") if text is None else text
        self.seen |= {one or two for one, two in NUMBER.findall(shown)}
        for frame in page.frames:
            if frame.url == "about:srcdoc":
                continue  # sandboxed: no script runs in it, ours neither
            ran, refused, names, links = frame.evaluate(LOOK)
            for what in (["ran", ran], *(["refused", one] for one in refused)):
                if what[1] is not None:
                    self.faults.append(f"{what} on {page.url}")
            self.faults += [f"{one} on {page.url}" for one in (*names, *links)]


@dataclass(frozen=True)
class Attacked:
    """A service whose store holds nothing but hostile pages."""

    address: str
    token: str
    pages: list[HostilePage]
    lines: list[dict[str, Any]]


def own_articles() -> list[list[str]]:
    """The paragraphs of articles that the tests' site has, one list each."""
    found = []
    for path in sorted((seeds_folder() / "site").rglob("*.html")):
        text = path.read_text("utf-8", "replace")
        lines = [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<p>(.*?)</p>", text)]
        lines = [one for one in lines if len(one) > 25 and "&" not in one]
        if len(lines) > 3:
            found.append(lines[:6])
    return found


def write_pages(folder: Path) -> list[HostilePage]:
    """The hostile pages, which lie in the folder beside their manifest."""
    pages, first = [], 1
    articles = own_articles()
    for number in range(PAGES):
        page = make_page(number, first, articles[number % len(articles)])
        first = page.numbers.stop
        (folder / f"{number}.html").write_bytes(page.body)
        pages.append(page)
    (folder / "manifest.jsonl").write_text(
        "\n".join(
            json.dumps({"page": f"{at}.html", "url": one.url, "content_type": one.content_type})
            for at, one in enumerate(pages)
        )
    )
    return pages


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    """The service over the imported pages."""
    folder = tmp_path_factory.mktemp("hostile")
    pages = write_pages(folder)
    database = f"sqlite:///{folder}/hostile.db"

    def run(*words: str) -> str:
        done = subprocess.run(
            [*ZHIQUAN, *words, "--database", database],
            check=True,
            capture_output=True,
            text=True,
            timeout=120,
        )
        return done.stdout

    run("import", "--manifest", str(folder / "manifest.jsonl"))
    lines = [json.loads(line) for line in run("export").splitlines()]
    token = make_token(database, "desk-1")
    with serving_store(database) as address:
        yield Attacked(address, token, pages, lines)


@pytest.fixture(scope="module")
def context(playwright_driver: Playwright) -> Iterator[BrowserContext]:
    """A plain Chromium in which policies that refuse something are noted."""
    chromium = playwright_driver.chromium.launch(
        executable_path=str(CHROMIUM), args=["--no-sandbox"]
    )
    made = chromium.new_context()
    made.add_init_script(WATCH)
    yield made
    chromium.close()


def test_the_pages_do_harm_where_they_are_shown_as_they_are(
    context: BrowserContext, attacked: Attacked, served: Served
) -> None:
    """Otherwise the tests below could not fail."""
    ran = asked = 0
    for number, one in enumerate(attacked.pages):
        watch = Watch((served.address,))
        page = watch.over(context.new_page())
        served.pages[f"/attack/{number}"] = one.body.decode("utf-8", "replace")
        page.goto(f"{served.address}/attack/{number}", wait_until="domcontentloaded")
        page.close()
        ran += any(fault.startswith("console ran") for fault in watch.faults)
        asked += any(fault.startswith(f"request {HOST}") for fault in watch.faults)
    assert (ran > 5, asked > 3) == (True, True), (ran, asked)
    numbers = [one.numbers for one in attacked.pages]
    assert all(one.stop == other.start for one, other in pairwise(numbers))
    assert numbers[-1].stop > 200


def test_the_reader_shows_them_as_text(context: BrowserContext, attacked: Attacked) -> None:
    watch = Watch((attacked.address,))
    page = watch.over(context.new_page())
    items = json.loads(read(f"{attacked.address}/v1/guidance?limit=100"))["items"]
    assert len(items) > PAGES / 2
    lenders = {lender["id"] for item in items for lender in item["lenders"]}
    topics = {topic["id"] for item in items for topic in item["topics"]}
    paths = [
        *("/", "/guidance", "/search?q=逾期", "/search?q=script", "/search?q=onerror"),
        *(f"/lenders/{one}" for one in lenders),
        *(f"/topics/{one}" for one in topics),
        *(f"{language}/guidance/{item['id']}" for item in items for language in ("", "/en")),
    ]
    for path in paths:
        page.goto(attacked.address + path)
        watch.look(page)
        for script in page.locator("script[type='application/ld+json']").all():
            json.loads(script.text_content() or "")
    page.goto(f"{attacked.address}/check")
    page.fill("#text", "\n".join(item["title"] for item in items)[:4000])
    page.click("form.check button")
    watch.look(page)
    page.close()
    assert watch.faults == []
    assert len(watch.seen) > LEAST_SHOWN


def test_feeds_hold_them_as_text(attacked: Attacked) -> None:
    known = {"feed", "title", "subtitle", "id", "link", "updated", "author", "name", "entry"}
    known |= {"published", "summary", "urlset", "url", "loc", "lastmod"}
    for path in ("/feed.xml", "/sitemap.xml"):
        tree = etree.fromstring(read(attacked.address + path).encode())
        assert {etree.QName(one).localname for one in tree.iter()} <= known
        for one in tree.iter("{*}loc", "{*}link", "{*}id"):
            assert (one.get("href") or one.text or "").startswith(attacked.address)
        if path == "/feed.xml":
            assert len(NUMBER.findall("".join(tree.itertext()))) > 5


def test_the_desk_shows_them_as_text(context: BrowserContext, attacked: Attacked) -> None:
    watch = Watch((attacked.address,))
    page = watch.over(context.new_page())
    page.goto(f"{attacked.address}/desk")
    page.fill("#token", attacked.token)
    page.click("form.stack button")
    page.wait_for_selector("nav.tabs")
    for tab in ("new", "withheld", "published"):
        page.goto(f"{attacked.address}/desk?tab={tab}&q={quote('逾期')}")
        watch.look(page)
    for line in attacked.lines:
        page.goto(f"{attacked.address}/desk/pages/{line['id']}")
        watch.look(page)
        page.goto(f"{attacked.address}/desk/pages/{line['id']}/versions")
        watch.look(page)
    for path in ("/desk/runs", "/desk/audit"):
        page.goto(attacked.address + path)
        watch.look(page)
    page.close()
    assert watch.faults == []
    assert len(watch.seen) > LEAST_SHOWN


@pytest.fixture
def fed(browser: Browser, api: Api, attacked: Attacked) -> Iterator[Browser]:
    """The extension with the attacked service as its own."""
    browser.context.add_init_script(WATCH)
    browser.change_settings(openIn="panel", excluded=[])
    browser.use_api(attacked.address)
    yield browser
    browser.change_settings(openIn="tab")
    browser.use_api(api.address)


def test_card_guidance_panel_and_popup_show_them_as_text(
    fed: Browser, attacked: Attacked, served: Served
) -> None:
    watch = Watch((attacked.address, served.address))
    page = watch.over(fed.context.new_page())
    for line in attacked.lines:
        page.goto(f"{fed.origin}/guidance.html?id={line['id']}")
        page.wait_for_selector("h1:not(:empty)")
        watch.look(page)
    page.goto(served.add("/attacked", "<body><h1>小赢卡贷</h1><p>逾期了,催收要上门</p></body>"))
    page.bring_to_front()
    fed.wait_for_badge(page, "1")
    click_text(page, "h1", "小赢卡贷")
    wait_for_card(page)
    buttons = " ".join(card_buttons(page))
    watch.look(page, buttons)
    assert NUMBER.search(buttons), "a hostile title stands in the card"
    at = next(n for n, name in enumerate(card_buttons(page)) if NUMBER.search(name))
    for _ in range(at + 1):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    panel = Target.wait_for(fed, "guidance.html?id=")
    assert NUMBER.search(panel.wait_for_text("h1"))
    assert panel.run(f"({LOOK})()")[::2] == [None, []]
    popup = open_popup(fed, page)
    popup.run(
        "(() => { const box = document.querySelector('#search'); box.value = '逾期';"
        " box.form.requestSubmit(); })()"
    )
    popup.wait_for_text("#found")
    assert popup.run(f"({LOOK})()")[::2] == [None, []]
    watch.look(page)
    page.close()
    assert watch.faults == []
    assert len(watch.seen) > LEAST_SHOWN
