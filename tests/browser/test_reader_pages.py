"""The reader in a real browser: on a phone and a desktop, light and dark, without scripts.

``ZHIQUAN_READER_PICTURES=folder`` keeps the pictures that are drawn on the way.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.request import urlopen

import pytest
from accessibility import find_faults
from conftest import CHROMIUM
from playwright.sync_api import Browser, Page, Playwright, ViewportSize

PHONE: ViewportSize = {"width": 360, "height": 780}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
SIZES = {"phone": PHONE, "desktop": DESKTOP}
PAGES = {
    "home": "/",
    "lenders": "/lenders",
    "lender": "/lenders/xiaoying-kadai",
    "topics": "/topics",
    "topic": "/topics/contact_blast?lender=xiaoying-kadai",
    "article": "article",
    "search": "/search?q=催收",
    "check": "/check",
    "about": "/about",
    "english": "/en/lenders/xiaoying-kadai",
    "missing": "/none",
    "docs": "/docs",
}
PASTED = "根据《合同法》第200条,请向银保监会投诉或致电400-820-1234。"


@pytest.fixture(scope="module")
def chromium(playwright_driver: Playwright) -> Iterator[Browser]:
    """A plain Chromium."""
    browser = playwright_driver.chromium.launch(
        executable_path=str(CHROMIUM), args=["--no-sandbox"]
    )
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def axe(project_folder: Path) -> str:
    """The source of axe-core."""
    path = project_folder / "node_modules" / "axe-core" / "axe.min.js"
    if not path.exists():
        pytest.skip("no axe-core; ./dev test installs it")
    return path.read_text("utf-8")


@pytest.fixture(scope="module")
def article(served_store: str) -> str:
    """The path of the article with the most outdated citations."""
    with urlopen(f"{served_store}/v1/guidance?limit=100") as response:  # noqa: S310 - loopback
        items = json.load(response)["items"]
    worst = max(items, key=lambda item: item["citation_summary"]["outdated"])
    assert worst["citation_summary"]["outdated"]
    return f"/guidance/{worst['id']}"


def keep_picture(page: Page, name: str) -> None:
    """Draw the page into the wanted folder, if one is wanted."""
    folder = os.environ.get("ZHIQUAN_READER_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_and_has_no_fault_that_axe_knows(
    chromium: Browser,
    served_store: str,
    article: str,
    axe: str,
    name: str,
    size: str,
    scheme: Literal["light", "dark"],
) -> None:
    context = chromium.new_context(viewport=SIZES[size], color_scheme=scheme)
    page = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text))
    page.goto(served_store + (article if name == "article" else PAGES[name]))
    if name == "check":
        page.fill("#text", PASTED)
        page.click("form.check button")
        page.wait_for_selector(".citations")
    keep_picture(page, f"{name}-{size}-{scheme}")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= SIZES[size]["width"]
    assert all(url.startswith(served_store) for url in asked)
    assert find_faults(page, axe) == []
    assert [one for one in faults if "404" not in one] == []
    context.close()


def test_everything_works_without_scripts(chromium: Browser, served_store: str) -> None:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(served_store)
    page.fill("#q", "小赢卡贷")
    page.click("form.search button")
    page.click(".answers a")
    assert page.inner_text("h1") == "小赢卡贷"
    page.click(".answers a")
    assert page.inner_text(".first")
    page.goto(f"{served_store}/check")
    page.fill("#text", PASTED)
    page.click("form.check button")
    assert "2 处已过时" in page.inner_text(".summary")
    assert "8201234" not in page.inner_text(".pasted").replace("-", "")
    context.close()


def test_suggestions_come_while_typing(chromium: Browser, served_store: str) -> None:
    context = chromium.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(served_store)
    page.type("#q", "xiaoying")
    page.wait_for_selector("datalist option", state="attached")
    names = page.eval_on_selector_all("datalist option", "all => all.map(one => one.value)")
    assert "小赢卡贷" in names
    context.close()
