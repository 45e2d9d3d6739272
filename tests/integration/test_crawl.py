"""Crawling the sample site for real: what is stored, what is obeyed, what survives a kill."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from crawler.sample_site import SampleSite
from crawler.store import Store
from tests.integration.conftest import Ran, Zhiquan, command, run_zhiquan

SOURCE = """
[[source]]
id = "test"
name = "test"
trust = "own"
start = [{starts}]
deny = ["/go/"]
private = true
delay = {delay}
timeout = 30
"""


def write_source(folder: Path, *starts: str, delay: float = 0) -> Path:
    """A file of sources with one source."""
    file = folder / "sources.toml"
    quoted = ", ".join(f'"{start}"' for start in starts)
    file.write_text(SOURCE.format(starts=quoted, delay=delay), encoding="utf-8")
    return file


def by_path(ran: Ran) -> dict[str, dict[str, Any]]:
    """The exported lines by the path of their address."""
    return {"/" + line["url"].split("/", 3)[3]: line for line in ran.lines}


@pytest.fixture(scope="module")
def crawled(
    sample_site: SampleSite, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Ran, dict[str, dict[str, Any]], Path]:
    """The sample site in a store: what the crawl told, the exported lines, and the folder."""
    folder = tmp_path_factory.mktemp("crawled")
    sources = write_source(folder, sample_site.address)
    database = f"sqlite:///{folder / 'zhiquan.db'}"
    ran = run_zhiquan("crawl", "--sources", sources, "--database", database, cwd=folder)
    exported = run_zhiquan("export", "--database", database, cwd=folder)
    return ran, by_path(exported), folder


Crawled = tuple[Ran, dict[str, dict[str, Any]], Path]


def test_the_sample_site_is_crawled_curated_and_grouped(
    crawled: Crawled,
) -> None:
    ran, lines, _ = crawled
    assert ran.status == 0
    assert "1 forbidden" in ran.told
    assert "/private/draft.html" not in lines
    kept = [line for line in lines.values() if line["curate"]]
    assert len(lines) >= 30
    assert len(kept) >= 18

    assert not lines["/blog/soup.html"]["curate"]
    assert not lines["/wiki/rent-bike.html"]["curate"]
    assert not lines["/notice/maintenance.html"]["curate"]

    visit = lines["/wiki/visit-xiaoying.html"]
    assert visit["lenders"] == ["小赢卡贷"]
    assert visit["published"] == "2025-03-18"
    assert sum(one["reason"] == "link_list" for one in visit["removed"]) == 100
    assert "相关内容" not in visit["text"]
    assert "To Top" not in visit["text"]
    assert lines["/news/family.html"]["encoding"] in {"gbk", "gb18030"}
    assert lines["/news/credit.html"]["title"] == "征信上有一笔不认识的逾期,异议申请怎么写"

    same = {lines[f"/{name}"]["cluster"] for name in ("mp/weilidai.html", "bbs/weilidai-copy.html")}
    assert len(same) == 1
    other = {lines[f"/wiki/visit-{name}.html"]["cluster"] for name in ("xiaoying", "paipaidai")}
    assert len(other) == 2


def test_a_second_run_asks_conditionally_and_stores_nothing_twice(
    crawled: Crawled, zhiquan: Zhiquan
) -> None:
    _, before, folder = crawled
    database = f"sqlite:///{folder / 'zhiquan.db'}"
    again = zhiquan("crawl", "--sources", folder / "sources.toml", "--database", database)
    assert again.status == 0
    assert f"{len(before)} unchanged" in again.told
    assert "1 forbidden" in again.told
    after = by_path(zhiquan("export", "--database", database))
    assert after.keys() == before.keys()


def test_faults_of_a_server_are_told_in_one_line_each(
    zhiquan: Zhiquan, database: str, sample_site: SampleSite, tmp_path: Path
) -> None:
    names = ("error", "gone", "missing", "loop-a", "self", "image", "binary", "empty", "charset")
    starts = [f"{sample_site.address}faults/{name}" for name in names]
    good = f"{sample_site.address}wiki/visit-xiaoying.html"
    refused = "http://127.0.0.1:9/nobody"
    sources = write_source(tmp_path, *starts, refused, good)
    ran = zhiquan("crawl", "--sources", sources, "--database", database)
    assert ran.status == 1
    told = Counter(
        line.split(": ")[0].rsplit("/", 1)[-1]
        for line in ran.told.splitlines()
        if line.startswith("http://")
    )
    for name in (*names[:3], *names[4:8], "nobody"):
        assert told[name] == 1, name
    assert told["loop-a"] + told["loop-b"] == 1
    lines = by_path(zhiquan("export", "--database", database))
    assert lines["/wiki/visit-xiaoying.html"]["curate"]
    assert (
        "编码名不存在" in lines["/faults/charset"]["text"] or lines["/faults/charset"]["rejected"]
    )


def frontier_of(database: str) -> int:
    """How many pages are committed so far."""
    store = Store.open(database)
    try:
        with store.reading() as reader:
            return reader.counts().pages
    finally:
        store.close()


@pytest.mark.parametrize("pages", [1, 20])
def test_a_killed_crawl_continues_and_ends_like_an_unkilled_one(
    crawled: Crawled,
    zhiquan: Zhiquan,
    sample_site: SampleSite,
    tmp_path: Path,
    pages: int,
) -> None:
    _, unkilled, _ = crawled
    folder = tmp_path / "killed"
    folder.mkdir()
    database = f"sqlite:///{folder / 'zhiquan.db'}"
    Store.open(database).close()
    sources = write_source(folder, sample_site.address, delay=0.05)
    words = ("crawl", "--sources", sources, "--database", database)
    process = subprocess.Popen(command(*words), stderr=subprocess.DEVNULL)
    while frontier_of(database) < pages:
        assert process.poll() is None, "the crawl ended before it could be killed"
    process.kill()
    process.wait()
    stored = frontier_of(database)
    assert stored >= pages
    ran = zhiquan(*words)
    assert ran.status == 0
    lines = by_path(zhiquan("export", "--database", database))
    comparable = ("title", "text", "removed", "lenders", "topics", "rejected", "published")
    assert {path: [line[key] for key in comparable] for path, line in lines.items()} == {
        path: [line[key] for key in comparable] for path, line in unkilled.items()
    }


def children_of(parent: int) -> list[int]:
    """The processes that the process has started and that still run."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, above = status.read_text().rsplit(")", 1)[1].split()[:2]
        except OSError:
            continue
        if int(above) == parent and state != "Z":
            found.append(int(status.parent.name))
    return found


def test_a_crawl_goes_on_when_a_worker_process_is_killed(
    crawled: Crawled, zhiquan: Zhiquan, sample_site: SampleSite, tmp_path: Path
) -> None:
    _, unharmed, _ = crawled
    folder = tmp_path / "harmed"
    folder.mkdir()
    database = f"sqlite:///{folder / 'zhiquan.db'}"
    Store.open(database).close()
    sources = write_source(folder, sample_site.address, delay=0.05)
    words = ("crawl", "--sources", sources, "--database", database)
    process = subprocess.Popen(command(*words), stderr=subprocess.PIPE)
    while frontier_of(database) < 4:
        assert process.poll() is None, "the crawl ended before a worker could be killed"
    workers = children_of(process.pid)
    assert workers
    os.kill(workers[0], signal.SIGKILL)
    _, told = process.communicate(timeout=200)
    assert process.returncode == 0, told.decode()
    lines = by_path(zhiquan("export", "--database", database))
    assert {path: line["text"] for path, line in lines.items()} == {
        path: line["text"] for path, line in unharmed.items()
    }


def test_a_gzipped_sitemap_is_found_through_an_index_of_sitemaps(
    zhiquan: Zhiquan, database: str, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    text = "<p>催收人员上门时应当出示证件,借款人可以核对身份并拨打12378投诉。</p>" * 6
    for name in ("index", "article-1", "other"):
        page = f"<title>上门催收</title><h1>上门催收</h1>{text}"
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    with SampleSite(folder) as site:
        named = f"<url><loc>{site.address}article-1.html</loc></url>"
        other = f"<url><loc>{site.address}other.html</loc></url>"
        packed = gzip.compress(f"<urlset>{named}{other}</urlset>".encode())
        (folder / "part.xml.gz").write_bytes(packed)
        index = (
            f"<sitemapindex><sitemap><loc>{site.address}part.xml.gz</loc></sitemap></sitemapindex>"
        )
        (folder / "sitemap.xml").write_text(index, encoding="utf-8")
        sources = write_source(tmp_path, site.address)
        extra = f'sitemaps = ["{site.address}sitemap.xml"]\nfollow = ["/article-"]\n'
        sources.write_text(sources.read_text() + extra)
        ran = zhiquan("crawl", "--sources", sources, "--database", database)
    assert ran.status == 0
    lines = by_path(zhiquan("export", "--database", database))
    assert set(lines) == {"/", "/article-1.html"}


def test_gone_pages_are_marked_and_keep_their_text(
    zhiquan: Zhiquan, database: str, tmp_path: Path
) -> None:
    site_folder = tmp_path / "site"
    site_folder.mkdir()
    text = "<p>催收人员上门时应当出示证件,借款人可以核对身份并拨打12378投诉。</p>" * 6
    (site_folder / "index.html").write_text(
        '<title>首页</title><a href="a.html">a</a>', encoding="utf-8"
    )
    page = site_folder / "a.html"
    page.write_text(f"<title>上门催收</title><h1>上门催收</h1>{text}", encoding="utf-8")
    with SampleSite(site_folder) as site:
        words = ("crawl", "--sources", write_source(tmp_path, site.address), "--database", database)
        assert zhiquan(*words).status == 0
        page.unlink()
        again = zhiquan(*words)
    assert "/a.html: HTTP 404" in again.told
    line = by_path(zhiquan("export", "--database", database))["/a.html"]
    assert line["gone_at"]
    assert "出示证件" in line["text"]


def test_a_crawl_that_is_asked_to_stop_says_so_and_continues_next_time(
    zhiquan: Zhiquan, sample_site: SampleSite, database: str, tmp_path: Path
) -> None:
    Store.open(database).close()
    sources = write_source(tmp_path, sample_site.address, delay=0.2)
    words = ("crawl", "--sources", sources, "--database", database)
    process = subprocess.Popen(command(*words), stderr=subprocess.PIPE)
    while frontier_of(database) < 3:
        assert process.poll() is None, "the crawl ended before it could be stopped"
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 1
    assert b"interrupted; the next run continues" in told
    assert b"Traceback" not in told
    assert 3 <= frontier_of(database) < 30
    sources = write_source(tmp_path, sample_site.address)
    assert zhiquan(*words).status == 0
    assert frontier_of(database) >= 30
