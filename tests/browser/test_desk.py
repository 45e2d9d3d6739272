"""The curator's desk in a real browser: from the token to what readers see, and back.

``ZHIQUAN_PICTURES=.images`` keeps the pictures that are drawn on the way.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from accessibility import find_faults
from conftest import CHROMIUM, ZHIQUAN, Served, make_token, serving_store
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, expect

expect.set_options(timeout=30_000)
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 390, "height": 800},
    "desktop": {"width": 1400, "height": 900},
}
KEPT = {"article-desktop-light", "queue-phone-dark"}  # pictures that the README shows
VISIT = "小赢卡贷"  # in the titles of two copies, either of which may represent the other
PAYLOADS = """
<script>alert('script')</script><img src="HOST/img" onerror="alert('img')">
<iframe src="HOST/frame"></iframe><iframe srcdoc="<script>alert('doc')</script>"></iframe>
<svg onload="alert('svg')"><script>alert('svg script')</script></svg>
<meta http-equiv="refresh" content="0;url=HOST/refresh"><base href="HOST/base/">
<link rel="stylesheet" href="HOST/sheet"><style>@import "HOST/import"; p{background:url(HOST/bg)}
</style><object data="HOST/object"></object><embed src="HOST/embed">
<video autoplay src="HOST/video"></video>
<p onmouseover="alert('over')" style="background:url(HOST/style)">悬停</p>
<a href="javascript:alert('link')">点这里</a>
<form action="HOST/form"><button>提交</button></form>
<details open ontoggle="alert('toggle')"><summary>开</summary></details>
<math><mtext></mtext><style><img src=x onerror="alert('math')"></style></math>
<input autofocus onfocus="alert('focus')"><body onload="alert('body')">
"""
ARTICLE = """<article><h1>被外来网页攻击的逾期协商文章</h1>
<p>网贷逾期以后,先保留合同、还款记录和催收短信,再主动联系放款机构协商还款,说明收入和能还的数额。</p>
<p>依照《中华人民共和国民法典》第六百八十条,禁止高利放贷,借款的利率不得违反国家有关规定。</p>
<p>协商时要求对方出示书面方案,写明本金、利息、减免和每期应还数额,不要向个人账户转账。</p>
<p>遇到骚扰和威胁,保存录音,向国家金融监督管理总局的投诉热线 12378 反映。</p></article>"""


@dataclass(frozen=True)
class Desk:
    """A running service over a store of its own, and a token for its desk."""

    address: str
    token: str

    def log_in(self, context: BrowserContext) -> Page:
        """The queue, after a login by hand."""
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"{self.address}/desk")
        page.fill("#token", self.token)
        page.click("form.stack button")
        page.wait_for_selector("nav.tabs")
        return page

    def open(self, page: Page, title: str, tab: str = "new") -> str:
        """The id of the page with this title, which is opened from a tab."""
        page.goto(f"{self.address}/desk?tab={tab}&q={quote(title)}")
        page.click("[data-row] >> nth=0")
        page.wait_for_selector(".actions")
        return page.url.rpartition("/")[2].partition("?")[0]

    def shown(self, uid: str) -> dict[str, Any] | None:
        """The guidance as the public API has it; ``None`` when it has not."""
        try:
            with urlopen(f"{self.address}/v1/guidance/{uid}") as answer:  # noqa: S310 - loopback
                found: dict[str, Any] = json.load(answer)
        except HTTPError as error:
            if error.code == 404:
                return None
            raise
        return found

    def until(self, uid: str, is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The guidance once it is so, else as it is after 10 s; {} when the API has none.

        Public answers may be a quarter of a second old.
        """
        end = time.monotonic() + 10
        found = self.shown(uid) or {}
        while not is_so(found) and time.monotonic() < end:
            found = self.shown(uid) or {}
        return found


@pytest.fixture(scope="module")
def desk(sample_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The service over a copy of the crawled sample site."""
    folder = tmp_path_factory.mktemp("desk")
    database = f"sqlite:///{folder}/desk.db"
    with (
        closing(sqlite3.connect(sample_database.removeprefix("sqlite:///"))) as source,
        closing(sqlite3.connect(folder / "desk.db")) as target,
    ):
        source.backup(target)
    (folder / "hostile.html").write_text(
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>攻击</title><body>'
        f"{PAYLOADS.replace('HOST', 'http://127.0.0.1:9')}{ARTICLE}{PAYLOADS}",
        "utf-8",
    )
    run = [*ZHIQUAN, "import", str(folder / "hostile.html"), "--database", database]
    subprocess.run(run, check=True, capture_output=True, timeout=120)
    token = make_token(database, "desk-1")
    with (
        serving_store(database) as address,
        urlopen(f"{address}/v1/health/ready", timeout=120),  # noqa: S310 - loopback
    ):
        yield Desk(address, token)


@pytest.fixture(scope="module")
def chromium(playwright_driver: Playwright) -> Iterator[Browser]:
    """A plain Chromium."""
    browser = playwright_driver.chromium.launch(
        executable_path=str(CHROMIUM), args=["--no-sandbox"]
    )
    yield browser
    browser.close()


@pytest.fixture
def page(chromium: Browser, desk: Desk) -> Iterator[Page]:
    """The queue, after a login by hand."""
    context = chromium.new_context(viewport=SIZES["desktop"])
    yield desk.log_in(context)
    context.close()


@pytest.fixture(scope="module")
def axe(project_folder: Path) -> str:
    """The source of axe-core."""
    path = project_folder / "node_modules" / "axe-core" / "axe.min.js"
    if not path.exists():
        pytest.skip("no axe-core; ./dev test installs it")
    return path.read_text("utf-8")


@pytest.fixture(scope="module")
def draw(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Page, str], None]:
    """Saves a picture of what the page shows."""
    wanted = os.environ.get("ZHIQUAN_PICTURES")
    others = tmp_path_factory.mktemp("pictures")

    def save(page: Page, name: str) -> None:
        folder = Path(wanted) if wanted and name in KEPT else others
        folder.mkdir(exist_ok=True)
        page.screenshot(path=folder / f"desk-{name}.png")
        assert (folder / f"desk-{name}.png").stat().st_size > 8_000

    return save


def test_a_restored_and_approved_article_is_what_readers_get(page: Page, desk: Desk) -> None:
    page.fill("#q", VISIT)
    page.click("form.filter button")
    page.wait_for_url("**q=**")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector(".actions")
    uid = page.url.rpartition("/")[2].partition("?")[0]
    before = desk.shown(uid)
    assert before is not None
    line = page.locator(".cleaned > .dropped").nth(1)
    text = line.locator("del").inner_text()
    assert text not in [one["text"] for one in before["blocks"]]
    line.get_by_role("button", name="恢复").click()
    expect(page.locator(".flash.good")).to_be_visible()
    expect(page.locator(".cleaned > p:not(.dropped)", has_text=text)).to_contain_text("已恢复")
    page.keyboard.press("a")
    expect(page.locator(".flash")).to_contain_text("通过")
    after = desk.until(uid, lambda found: text in [one["text"] for one in found["blocks"]])
    assert text in [one["text"] for one in after["blocks"]]
    page.goto(f"{desk.address}/desk?q={quote(VISIT)}")
    assert page.locator(f"[data-row][href*='{uid}']").count() == 0
    page.goto(f"{desk.address}/desk/audit")
    assert page.inner_text("tbody").count("desk-1") >= 3


def test_a_rejected_article_vanishes_and_undo_brings_it_back(page: Page, desk: Desk) -> None:
    uid = desk.open(page, "六年前的网贷突然来催")
    assert desk.shown(uid)
    page.keyboard.press("r")
    page.keyboard.press("Tab")
    page.keyboard.type("内容过时了")
    page.keyboard.press("Enter")
    expect(page.locator(".flash.good")).to_contain_text("不通过")
    expect(page.locator(".flash.note")).to_contain_text("内容相同的另一页")
    expect(page.locator(".facts .badge").first).to_have_text("不发布")
    shown = desk.until(uid, lambda found: found.get("id") != uid)
    assert shown.get("id") != uid  # a copy of it stands in its place
    page.keyboard.press("u")
    expect(page.locator(".flash")).to_contain_text("已撤销")
    assert desk.until(uid, lambda found: found.get("id") == uid)["id"] == uid
    assert "内容过时了" in page.inner_text("#history-title ~ ol")


def test_a_cluster_is_split_and_joined_again(page: Page, desk: Desk) -> None:
    uid = desk.open(page, "催收电话")
    members = page.locator("#cluster-title ~ ul > li")
    expect(members).to_have_count(2)
    links = members.locator("a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    (other,) = (one for link in links if (one := link.rpartition("/")[2][:16]) != uid)
    members.filter(has_not_text="本页").get_by_role("button", name="移出本组").click()
    expect(members).to_have_count(1)
    assert desk.until(other, lambda found: found.get("id") == other)["id"] == other
    page.fill("#other", f"{desk.address}/desk/pages/{other}?tab=new")
    page.get_by_role("button", name="合并").click()
    expect(members).to_have_count(2)
    members.get_by_role("button", name="设为代表").click()
    expect(page.locator(".flash")).to_contain_text("设为代表")


def test_topics_and_lenders_are_edited(page: Page, desk: Desk) -> None:
    uid = desk.open(page, "配偶欠的网贷")
    page.get_by_label("电话轰炸 · 夜间催收").check()
    page.locator("form[action$='/topics'] button").click()
    expect(page.get_by_label("电话轰炸 · 夜间催收")).to_be_checked()
    page.fill("#add", "微粒贷")
    page.locator("form[action$='/lenders'] button").click()
    expect(page.get_by_label("微粒贷")).to_be_checked()
    found = desk.until(uid, lambda found: "weili-dai" in str(found.get("lenders")))
    assert "weili-dai" in [one["id"] for one in found["lenders"]]
    assert "phone_harassment" in [one["id"] for one in found["topics"]]
    page.fill("#add", "没有这家机构")
    page.locator("form[action$='/lenders'] button").click()
    expect(page.locator(".flash.bad")).to_be_visible()


def test_a_readers_report_comes_to_the_desk_and_is_settled(page: Page, desk: Desk) -> None:
    uid = desk.open(page, "拍拍贷说今天要上门")
    reader = page.context.new_page()
    reader.goto(f"{desk.address}/guidance/{uid}")
    reader.get_by_role("button", name="内容过时").click()
    reader.wait_for_selector("h1")
    assert "谢谢" in reader.inner_text("h1")
    assert desk.open(page, "拍拍贷说今天要上门", "reported") == uid
    assert "内容过时" in page.inner_text(".notice")
    page.get_by_role("button", name="已处理").click()
    page.goto(f"{desk.address}/desk?tab=reported")
    assert page.locator("[data-row]").count() == 0


def test_everything_works_without_scripts(chromium: Browser, desk: Desk) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = desk.log_in(context)
    uid = desk.open(page, "宜人贷说今天要上门")
    page.get_by_role("button", name="不通过").click()
    expect(page.locator(".flash.good")).to_be_visible()
    assert desk.until(uid, lambda found: not found) == {}
    page.locator(".actions").get_by_role("button", name="撤销").click()
    assert desk.until(uid, bool)
    page.get_by_role("button", name="退出").click()
    page.wait_for_selector("#token")
    page.goto(f"{desk.address}/desk/pages/{uid}")
    page.wait_for_selector("#token")
    context.close()


def test_a_hostile_original_does_nothing(chromium: Browser, desk: Desk, served: Served) -> None:
    body = PAYLOADS.replace("HOST", served.address) + ARTICLE
    context = chromium.new_context(viewport=SIZES["desktop"])
    dialogs: list[str] = []
    asked: list[str] = []

    def note(page: Page) -> Page:
        page.on("dialog", lambda one: (dialogs.append(one.message), one.dismiss()))
        page.on("request", lambda one: asked.append(one.url))
        return page

    control = note(context.new_page())
    control.goto(served.add("/hostile", body))
    control.wait_for_load_state("networkidle")
    assert dialogs, "the payloads do something outside of the desk"
    assert any("/img" in one for one in asked)
    control.close()

    page = note(desk.log_in(context))
    dialogs.clear()
    asked.clear()
    page.goto(f"{desk.address}/desk?tab=new&q={quote('外来网页')}")
    if not page.locator("[data-row]").count():
        page.goto(f"{desk.address}/desk?tab=withheld&q={quote('外来网页')}")
    page.click("[data-row] >> nth=0")
    page.wait_for_load_state("networkidle")
    frame = page.frame_locator("iframe.original")
    assert "禁止高利放贷" in frame.locator("body").inner_text()
    frame.get_by_text("点这里").first.click()
    frame.get_by_text("悬停").first.hover()
    page.wait_for_load_state("networkidle")
    inside = next(one for one in page.frames if one.parent_frame)
    assert inside.url == "about:srcdoc"
    assert (
        inside.locator("script, img, iframe, svg, form, [onload], [style], [href^=j]").count() == 0
    )
    assert dialogs == []
    assert [url for url in asked if not url.startswith(desk.address)] == []
    assert page.locator("iframe.original").get_attribute("sandbox") == ""
    assert page.locator(".cleaned script").count() == 0
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_pages_fit_and_have_no_fault_that_axe_knows(
    chromium: Browser,
    desk: Desk,
    axe: str,
    draw: Callable[[Page, str], None],
    size: str,
    scheme: Literal["light", "dark"],
) -> None:
    context = chromium.new_context(viewport=SIZES[size], color_scheme=scheme)
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("console", lambda message: faults.append(message.text))
    page = context.new_page()
    page.goto(f"{desk.address}/desk/login")
    assert find_faults(page, axe) == []
    page.close()
    page = desk.log_in(context)
    found = desk.open(page, "小额贷款上门催收")
    addresses = {
        "queue": "/desk?source=sample",
        "article": f"/desk/pages/{found}",
        "versions": f"/desk/pages/{found}/versions",
        "runs": "/desk/runs",
        "audit": "/desk/audit",
        "english": f"/desk/pages/{found}?lang=en",
    }
    for name, address in addresses.items():
        page.goto(desk.address + address)
        page.wait_for_load_state("networkidle")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= SIZES[size]["width"], name
        assert find_faults(page, axe) == [], name
        draw(page, f"{name}-{size}-{scheme}")
    assert faults == []
    context.close()


def test_the_report_of_a_crawl_opens(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.address}/desk/runs")
    page.click("[data-row] >> nth=0")
    page.wait_for_selector("svg")
    assert page.locator("script").count() == 0
    color = page.eval_on_selector("rect", "one => getComputedStyle(one).fill")
    assert color != "rgb(0, 0, 0)"  # its own style holds
