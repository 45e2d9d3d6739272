"""Draws the README's pictures from the real thing.

``ZHIQUAN_PICTURES=.images .venv/bin/pytest tests/browser/test_pictures.py`` writes them;
without the variable the pictures are drawn into a temporary folder, so that the script is
known to work.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import Browser, Served
from playwright.sync_api import Page, ViewportSize
from test_whole_path import card_buttons, click_text, wait_for_card

from crawler.report import decode_run, render_report
from crawler.seeds import load_labels
from crawler.store import Store
from crawler.store.runs import latest_runs

ARTICLE = """
<style>body{font:17px/1.8 "Noto Sans CJK SC",sans-serif;max-width:46em;margin:2em auto;color:#222}
.side{color:#888;font-size:14px}</style>
<body><p class="side">某问答网站 › 网贷 › 逾期求助</p>
<h1>小赢卡贷和微粒贷都逾期了,说今天要上门,怎么办?</h1>
<p>去年在小赢卡贷借了八千元,又在微粒贷借了一万二,上个月失业以后两笔都逾期了。</p>
<p>昨天收到短信,说小赢卡贷已经安排外勤人员,今天下午到家里核实,还说要联系通讯录里的人。</p>
<p>有人让我先还拍拍贷,因为那边催得更急。家里花呗还有三千多没还。
我有钱花的时候从不欠账,现在真的不知道该先做什么。</p>
<p>有没有人遇到过,外访人员真的会来吗?可以不开门吗?</p></body>"""
MESSAGE = """【小赢卡贷】您的案件已移交法务部,
依据《中华人民共和国合同法》第二百条和《治安管理处罚法》,
今天下午外勤人员上门核实。请立即转账到个人账户,或致电 400-000-1234 处理,
否则将联系您的通讯录并上失信。如有异议可向银保监会投诉。"""
DESKTOP: ViewportSize = {"width": 1100, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 800}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pictures go."""
    wanted = os.environ.get("ZHIQUAN_PICTURES")
    found = Path(wanted) if wanted else tmp_path_factory.mktemp("pictures")
    found.mkdir(exist_ok=True)
    return found


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A question page that names lenders, marked."""
    browser.change_settings(openIn="tab", excluded=[])
    opened = browser.visit(served.add("/picture", ARTICLE, "逾期求助"), hits=7)
    yield opened
    opened.close()


@pytest.fixture
def draw(folder: Path) -> Callable[..., None]:
    """Saves a picture of a page and checks that it shows something."""

    def save(page: Page, name: str) -> None:
        page.screenshot(path=folder / f"{name}.png")
        assert (folder / f"{name}.png").stat().st_size > 8_000

    return save


def test_highlighted_page_card_and_guidance(
    browser: Browser, page: Page, draw: Callable[..., None]
) -> None:
    draw(page, "highlighted")
    click_text(page, "h1", "小赢卡贷")
    wait_for_card(page)
    draw(page, "card")
    first = next(
        at for at, name in enumerate(card_buttons(page)) if "上门" in name or "核实" in name
    )
    with browser.context.expect_page() as opened:
        for _ in range(first + 1):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    guidance = opened.value
    guidance.wait_for_selector("h1")
    draw(guidance, "guidance")
    guidance.emulate_media(color_scheme="dark")
    draw(guidance, "guidance-dark")
    guidance.close()


@pytest.mark.parametrize("name", ["popup", "paste", "options", "welcome"])
def test_pages_of_the_extension(
    browser: Browser, page: Page, draw: Callable[..., None], name: str
) -> None:
    query = f"?tab={browser.tab_of(page)}" if name == "popup" else ""
    opened = browser.visit(f"{browser.origin}/{name}.html{query}")
    opened.set_viewport_size({"width": 380, "height": 520} if name == "popup" else DESKTOP)
    opened.wait_for_load_state("networkidle")
    if name == "paste":
        opened.fill("textarea", MESSAGE)
        opened.get_by_role("button", name="核对").click()
        opened.wait_for_selector("h2")
    draw(opened, name)
    opened.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "size"), [("desktop", DESKTOP), ("phone", PHONE)])
@pytest.mark.parametrize("path", ["/", "/topics/home_visit", "/check", "/search?q=催债"])
def test_pages_of_the_reader(
    browser: Browser,
    served_store: str,
    draw: Callable[..., None],
    path: str,
    width: str,
    size: ViewportSize,
    scheme: str,
) -> None:
    opened = browser.context.new_page()
    opened.set_viewport_size(size)
    opened.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    answer = opened.goto(served_store + path)
    assert answer is not None
    assert answer.status == 200
    if path == "/check":
        opened.fill("textarea", MESSAGE)
        opened.get_by_role("button", name="核查").click()
        opened.wait_for_load_state()
    name = {"/": "start", "/check": "checker"}.get(path, path.strip("/").split("/")[0])
    draw(opened, f"reader-{name.split('?')[0]}-{width}-{scheme}")
    opened.close()


@pytest.mark.parametrize(("path", "name"), [("/en/", "start"), ("/en/topics/home_visit", "topics")])
def test_pages_of_the_reader_in_english(
    browser: Browser, served_store: str, draw: Callable[..., None], path: str, name: str
) -> None:
    opened = browser.context.new_page()
    opened.set_viewport_size(DESKTOP)
    opened.goto(served_store + path)
    assert opened.locator("html").get_attribute("lang") == "en"
    draw(opened, f"reader-{name}-english")
    opened.close()


def test_the_report_of_a_crawl(
    browser: Browser, sample_database: str, draw: Callable[..., None]
) -> None:
    with closing(Store.open_readonly(sample_database)) as store, store.reading() as reader:
        runs = latest_runs(reader, finished=True)
    reports = [decode_run(run.source, run.run, run.summary) for run in runs]
    opened = browser.context.new_page()
    opened.set_viewport_size(DESKTOP)
    opened.set_content(render_report(reports, datetime(2026, 11, 22, tzinfo=UTC), load_labels()))
    assert opened.locator("h2").count() == len(runs) == 1
    draw(opened, "crawl-report")
    opened.close()
