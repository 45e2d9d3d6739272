"""A hostile site: nothing crashes, nothing leaks, the crawl ends, good pages are kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.conftest import Zhiquan
from tests.integration.hostile import HostileServer
from tests.integration.test_crawl import by_path, write_source

FAULTY = (
    *("chain/0", "ring/0", "nowhere", "loris", "endless", "gzip", "br", "zstd", "rubbish"),
    *("long", "negative", "chunks", "status", "header", "hangup", "inward/10.0.0.1"),
    *("inward/169.254.169.254", "inward/localhost:1"),
)
PRIVATE = ("127.0.0.1", "localhost", "[::1]", "0x7f.1", "2130706433")


@pytest.fixture
def hostile() -> Iterator[HostileServer]:
    """The site, served."""
    with HostileServer() as server:
        yield server


def test_no_fault_stops_the_crawl_and_good_pages_are_kept(
    zhiquan: Zhiquan, database: str, hostile: HostileServer, tmp_path: Path
) -> None:
    starts = [f"{hostile.address}/{name}" for name in (*FAULTY, "good", "deep/", "mixed", "secret")]
    sources = write_source(tmp_path, *starts)
    sources.write_text(sources.read_text().replace("timeout = 30", "timeout = 2\nconnections = 4"))
    size = tmp_path / "peak"
    contact = ("--contact", "https://curators.example/bot")
    ran = zhiquan("crawl", "--sources", sources, "--database", database, *contact, peak=size)
    assert ran.status == 1
    assert hostile.agents == {
        "zhiquan (+https://curators.example/bot; guidance for borrowers; obeys robots.txt)"
    }
    told = ran.told.splitlines()
    for name in (*FAULTY[2:15], "chain/5"):
        assert sum(line.startswith(f"{hostile.address}/{name}: ") for line in told) == 1, name
    assert sum("redirect loop" in line for line in told) == 1
    assert sum("not followed" in line for line in told) == 3
    assert "1 forbidden" in ran.told
    assert hostile.seen["/secret"] == 0
    assert hostile.seen["/robots.txt"] == 1
    assert hostile.cookies == 0
    lines = by_path(zhiquan("export", "--database", database))
    assert lines["/good"]["curate"]
    assert "/mixed" in lines
    assert int(size.read_text()) < 1200  # megabytes


def test_a_site_without_end_ends_at_the_limits(
    zhiquan: Zhiquan, database: str, hostile: HostileServer, tmp_path: Path
) -> None:
    sources = write_source(tmp_path, f"{hostile.address}/calendar/0", f"{hostile.address}/grow/")
    sources.write_text(sources.read_text() + "max_pages = 60\nmax_depth = 30\n")
    ran = zhiquan("crawl", "--sources", sources, "--database", database)
    assert ran.status == 0
    assert "60 addresses" in ran.told
    assert "max_pages = 60" in ran.told
    again = zhiquan("crawl", "--sources", sources, "--database", database)
    assert "60 addresses" in again.told


def test_private_addresses_are_refused_unless_the_source_says_so(
    zhiquan: Zhiquan, database: str, hostile: HostileServer, tmp_path: Path
) -> None:
    starts = [hostile.address.replace("127.0.0.1", host) + "/good" for host in PRIVATE]
    sources = write_source(tmp_path, *starts)
    sources.write_text(sources.read_text().replace("private = true", "private = false"))
    ran = zhiquan("crawl", "--sources", sources, "--database", database)
    assert ran.status == 1
    told = ran.told.splitlines()
    for start in starts:
        asked = [line for line in told if line.startswith(f"{start}: ")]
        assert len(asked) == 1, start
        assert "private address" in asked[0]
    assert not hostile.seen
