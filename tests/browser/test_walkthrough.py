"""Films the way from a marked name to the desk: the README's moving picture.

``ZHIQUAN_PICTURES=.images .venv/bin/pytest tests/browser/test_walkthrough.py`` writes it;
without the variable it goes into a temporary folder, so that the script is known to work.
"""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import Browser, Served, make_token
from PIL import Image
from playwright.sync_api import Page
from targets import Target
from test_pictures import ARTICLE, MESSAGE
from test_whole_path import card_buttons, click_text, wait_for_card

from crawler.report import decode_run, render_report
from crawler.seeds import load_labels
from crawler.store import Store
from crawler.store.runs import latest_runs

SIZE = (840, 600)  # of the film, pixels
LASTS = 2200  # each picture, milliseconds
COLOURS = 48  # of each picture: enough for text on plain grounds
LARGEST = 600_000  # bytes of a file that a README may load
OUTDATED = "小额贷款上门催收合法吗"  # an article of the sample site that cites repealed law
FRAME = """<meta charset="utf-8"><style>
body{{margin:0;background:#e9edec;font:15px/40px "Noto Sans CJK SC",sans-serif;color:#123}}
p{{margin:0 20px;height:40px;overflow:hidden}} b{{color:#0b6b5d}}
img{{display:block;margin:0 auto;height:548px;max-width:800px;object-fit:contain;
object-position:top;background:#fff;border:1px solid #c5cfcd}}</style>
<p><b>{number}</b>&ensp;{chinese} · {english}</p><img src="data:image/png;base64,{picture}">"""


class Film:
    """Pictures with a line above each, one after the other."""

    def __init__(self, stage: Page) -> None:
        self._stage = stage
        self._frames: list[Image.Image] = []

    def add(self, picture: bytes, chinese: str, english: str) -> None:
        """Adds a picture, under what it shows in both languages."""
        html = FRAME.format(
            number=len(self._frames) + 1,
            chinese=chinese,
            english=english,
            picture=base64.b64encode(picture).decode(),
        )
        self._stage.set_content(html)
        self._stage.wait_for_function("() => document.images[0].complete")
        drawn = Image.open(io.BytesIO(self._stage.screenshot())).convert("RGB")
        self._frames.append(drawn.quantize(COLOURS, dither=Image.Dither.NONE))

    def write(self, path: Path) -> int:
        """How many pictures the file has that was written."""
        first, *others = self._frames
        first.save(path, save_all=True, append_images=others, duration=LASTS, loop=0, optimize=True)
        return len(self._frames)


@pytest.fixture
def film(browser: Browser) -> Iterator[Film]:
    """An empty film."""
    stage = browser.context.new_page()
    stage.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})
    yield Film(stage)
    stage.close()


def test_the_way_from_a_name_to_the_desk(
    browser: Browser,
    served: Served,
    served_store: str,
    sample_database: str,
    film: Film,
    tmp_path: Path,
) -> None:
    _film_extension(browser, served, film)
    _film_reader(browser, served_store, film)
    _film_desk(browser, served_store, sample_database, film)
    folder = Path(os.environ.get("ZHIQUAN_PICTURES") or tmp_path)
    path = folder / "walkthrough.gif"
    count = film.write(path)
    with Image.open(path) as written:
        assert (written.size, written.n_frames) == (SIZE, count)  # type: ignore[attr-defined]
    assert count == 10
    assert path.stat().st_size < LARGEST


def _film_extension(browser: Browser, served: Served, film: Film) -> None:
    browser.change_settings(openIn="panel", excluded=[])
    page = browser.visit(served.add("/film", ARTICLE, "逾期求助"), hits=7)
    film.add(page.screenshot(), "网页上的机构名被标出", "lenders' names are marked, on the device")
    click_text(page, "h1", "小赢卡贷")
    wait_for_card(page)
    film.add(page.screenshot(), "点一下名字", "a click: who it is, and what to do first")
    first = next(at for at, name in enumerate(card_buttons(page)) if "上门" in name)
    for _ in range(first + 1):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    panel = Target.wait_for(browser, "guidance.html")
    panel.wait_for_text("h1")
    film.add(_picture(browser, panel), "侧边栏里的指引", "guidance in the side panel")
    page.close()
    paste = browser.visit(f"{browser.origin}/paste.html")
    paste.fill("textarea", MESSAGE)
    paste.get_by_role("button", name="核对").click()
    paste.wait_for_selector("h2")
    paste.locator("h2").first.scroll_into_view_if_needed()
    film.add(paste.screenshot(), "粘贴催收短信核对", "a collector's message, checked on the device")
    paste.close()


def _picture(browser: Browser, panel: Target) -> bytes:
    """The panel; its document in a tab where Chromium without a screen never paints a panel."""
    try:
        return panel.screenshot()
    except TimeoutError:
        page = browser.visit(panel.run("location.href"))
        picture = page.screenshot()
        page.close()
        return picture


def _film_reader(browser: Browser, address: str, film: Film) -> None:
    page = browser.context.new_page()
    page.goto(f"{address}/topics/home_visit")
    film.add(page.screenshot(), "读者网站", "the reader: what to do first")
    page.goto(f"{address}/check")
    page.fill("textarea", MESSAGE)
    page.get_by_role("button", name="核查").click()
    page.wait_for_load_state()
    page.locator("main mark, main h2").first.scroll_into_view_if_needed()
    film.add(page.screenshot(), "法条核查", "which laws in a text still hold")
    page.goto(f"{address}/en/")
    film.add(page.screenshot(), "英文界面", "the same in English")
    page.close()


def _film_desk(browser: Browser, address: str, database: str, film: Film) -> None:
    page = browser.context.new_page()
    page.goto(f"{address}/desk")
    page.fill("#token", make_token(database, "film"))
    page.click("form.stack button")
    page.wait_for_selector("nav.tabs")
    film.add(page.screenshot(), "审稿台:队列", "the curator's desk: the queue")
    page.goto(f"{address}/desk?tab=new&q={quote(OUTDATED)}")
    page.click("[data-row] >> nth=0")
    page.wait_for_selector(".actions")
    film.add(page.screenshot(), "原网页与整理后的文章", "an article beside its original")
    with closing(Store.open_readonly(database)) as store, store.reading() as reader:
        runs = latest_runs(reader, finished=True)
    reports = [decode_run(run.source, run.run, run.summary) for run in runs]
    page.close()
    page = browser.context.new_page()  # the desk's policy would keep the report's style away
    page.set_content(render_report(reports, datetime(2026, 11, 28, tzinfo=UTC), load_labels()))
    film.add(page.screenshot(), "抓取报告", "what a crawl brought")
    page.close()
