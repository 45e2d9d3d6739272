"""``zhiquan sources``: trying a source out and proposing one, without storing anything."""

from __future__ import annotations

from pathlib import Path

from crawler.sample_site import SampleSite
from crawler.sources import load_sources
from tests.integration.conftest import Zhiquan
from tests.integration.test_crawl import write_source


def test_a_source_is_tried_out_and_nothing_stored(
    zhiquan: Zhiquan, sample_site: SampleSite, tmp_path: Path
) -> None:
    start = f"{sample_site.address}wiki/visit-xiaoying.html"
    sources = write_source(tmp_path, start)
    ran = zhiquan("sources", "test", "test", "--sources", sources, "--pages", "1")
    assert ran.status == 0
    assert not list((tmp_path / "cwd").iterdir())
    shown = ran.shown
    assert f"{start}  [kept]" in shown
    assert "小赢卡贷" in shown
    assert "100 link_list" in shown


def test_a_proposal_names_sitemap_feed_and_pattern(zhiquan: Zhiquan, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    links = "".join(f'<a href="/news/{number}.html">第{number}条</a>' for number in range(100, 120))
    feed = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    (folder / "index.html").write_text(
        f"<title>某站</title>{feed}<h1>某站</h1>{links}", encoding="utf-8"
    )
    proposal = tmp_path / "proposed.toml"
    with SampleSite(folder) as site:
        (folder / "robots.txt").write_text(f"Sitemap: {site.address}map.xml\n", encoding="utf-8")
        (folder / "sitemap.xml").write_text("<urlset></urlset>", encoding="utf-8")
        ran = zhiquan("sources", "add", site.address, "--private", "--write", proposal)
        address = site.address
        again = zhiquan("sources", "add", address, "--private", "--write", proposal)
    assert ran.status == 0
    assert (again.status, again.told.count("\n")) == (2, 1)
    assert "stands there already" in again.told
    (source,) = load_sources(proposal)
    assert source.start == (address,)
    assert source.feeds == (f"{address}feed.xml",)
    assert source.sitemaps == (f"{address}map.xml", f"{address}sitemap.xml")
    assert source.follow == (r"^https?://[^/]+/news/\d+\.html$",)
    assert source.private


def test_an_address_that_cannot_be_fetched_is_told(zhiquan: Zhiquan) -> None:
    ran = zhiquan("sources", "add", "http://127.0.0.1:9/")
    assert ran.status == 1
    assert "private address" in ran.told
    assert zhiquan("sources", "add", "mailto:a@b.example").status == 2
    assert zhiquan("sources", "add", "http://127.0.0.1:9/", "--write", "no/such.toml").status == 2
