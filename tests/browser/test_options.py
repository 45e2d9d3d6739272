"""The options and the first-run page: everything a person can choose, keep and clear."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import Api, Browser, Served
from test_card import IS_OPEN
from test_marking import MARKED
from test_whole_path import click_text

PAGE = "<body><h1>小赢卡贷</h1><p>微粒贷逾期</p></body>"


def test_settings_leave_and_come_back_in_a_file(browser: Browser, tmp_path: Path) -> None:
    options = browser.visit(f"{browser.origin}/options.html")
    options.select_option("[name=style]", "strong")
    options.fill("[name=excluded]", "www.bank.example\nhttps://shop.example/path")
    options.dispatch_event("[name=excluded]", "change")
    options.wait_for_selector("#saved:not(:empty)")
    with options.expect_download() as saved:
        options.click("#export")
    file = tmp_path / "settings.json"
    saved.value.save_as(file)
    kept = json.loads(file.read_text("utf-8"))
    assert kept["style"] == "strong"
    assert kept["excluded"] == ["bank.example", "shop.example"]
    browser.change_settings(style="soft", excluded=[])
    options.reload()
    options.wait_for_selector("#data:not(:empty)")
    options.set_input_files("#file", file)
    options.wait_for_selector("#saved:not(:empty)")
    assert browser.storage("settings") == kept
    file.write_text("no settings")
    options.set_input_files("#file", file)
    options.wait_for_selector("#saved:has-text('不是导出的设置')")
    assert browser.storage("settings") == kept
    browser.change_settings(style="soft", excluded=[])
    options.close()


def test_the_style_changes_on_open_pages(browser: Browser, served: Served) -> None:
    page = browser.visit(served.add("/style", PAGE), hits=2)
    drawn = """() => {
      const [name] = [...CSS.highlights].find(([, marks]) => marks.size > 0) ?? [];
      return name && getComputedStyle(document.querySelector("h1"), `::highlight(${name})`)
        .backgroundColor;
    }"""
    page.wait_for_function(f"() => ({drawn})() === 'rgba(20, 150, 130, 0.2)'")
    browser.change_settings(style="strong")
    page.wait_for_function(f"() => ({drawn})() === 'rgb(255, 209, 77)'")
    browser.change_settings(style="soft")
    page.close()


def test_the_first_run_page_marks_its_sample(browser: Browser) -> None:
    page = browser.visit(f"{browser.origin}/welcome.html")
    page.wait_for_function(f"() => ({MARKED})().join() === '小赢卡贷,微粒贷'")
    page.check("[value=strong]")
    page.wait_for_function("() => CSS.highlights.has('sample-strong')")
    assert browser.storage("settings")["style"] == "strong"
    page.check("[value=soft]")
    page.wait_for_function("() => CSS.highlights.has('sample')")
    page.close()


def test_nothing_tells_where_somebody_was(browser: Browser, served: Served) -> None:
    page = browser.visit(served.add("/secret-place", PAGE, "秘密的标题"), hits=2)
    click_text(page, "h1", "小赢卡贷")
    page.wait_for_function(IS_OPEN)
    page.close()
    stored = browser.worker.evaluate(
        """async () => {
          const shelf = await (await caches.open("answers")).keys();
          const areas = await Promise.all(
            [chrome.storage.local, chrome.storage.session, chrome.storage.sync]
              .map(area => area.get()));
          const { lexicon, ...rest } = areas[0];
          return JSON.stringify([rest, areas[1], areas[2], shelf.map(({ url }) => url)]);
        }"""
    )
    for secret in ("secret-place", "秘密", served.address, "小赢卡贷"):
        assert secret not in stored


def test_clearing_all_starts_afresh(browser: Browser, api: Api) -> None:
    browser.change_settings(textSize=150)
    options = browser.visit(f"{browser.origin}/options.html")
    options.once("dialog", lambda dialog: dialog.dismiss())
    options.click("#clear")
    assert browser.storage("settings")["textSize"] == 150
    options.once("dialog", lambda dialog: dialog.accept())
    options.click("#clear")
    options.wait_for_selector("#saved:has-text('清除')")
    assert browser.storage("settings")["textSize"] == 100
    assert browser.storage("lexicon")["origin"] == "bundled"
    kept = "() => caches.open('answers').then(one => one.keys()).then(keys => keys.length)"
    assert browser.worker.evaluate(kept) == 0
    options.close()
    browser.use_api(api.address)
