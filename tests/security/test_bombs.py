"""What unpacks or expands without end: sitemaps, feeds, archives."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest
from archive_files import Record, write_archive

from crawler.spiders.links import find_links, unpack

MEGABYTE = 1 << 20
LAUGHS = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 30))
XML = {
    "laughs": f'<!DOCTYPE urlset [<!ENTITY l0 "http://a.example/x">{LAUGHS}]>',
    "quadratic": f'<!DOCTYPE urlset [<!ENTITY l29 "{"x" * 100_000}">]>',
    "file": '<!DOCTYPE urlset [<!ENTITY l29 SYSTEM "file:///etc/hostname">]>',
    "network": '<!DOCTYPE urlset [<!ENTITY l29 SYSTEM "http://127.0.0.1:9/x">]>',
    "parameter": '<!DOCTYPE urlset [<!ENTITY % p SYSTEM "http://127.0.0.1:9/dtd"> %p;]>',
    "dtd": '<!DOCTYPE urlset SYSTEM "http://127.0.0.1:9/dtd">',
}
READ = """
import resource, sys
from pathlib import Path
from collections import Counter
from crawler.archives import read_archive
tally = Counter()
start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = [type(one).__name__ for one in read_archive(Path(sys.argv[1]), None, tally)]
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start
print(",".join(found), tally["not pages"], grown // 1024)
"""


@pytest.mark.parametrize("way", XML)
@pytest.mark.parametrize("element", ["loc", "link", "guid"])
def test_entities_are_neither_expanded_nor_fetched(way: str, element: str) -> None:
    """The suite allows sockets to this machine: port 9 would be refused, and tell of it."""
    bomb = "&l29;" * (2000 if way == "quadratic" else 10)
    body = (
        f"<?xml version='1.0'?>{XML[way]}<urlset><url><{element}>{bomb}</{element}></url>"
        f"<url><loc>https://a.example/good</loc></url></urlset>"
    )
    found = find_links(body.encode(), "utf-8", "https://a.example/sitemap.xml")
    assert set(found) <= {"https://a.example/good"}


@pytest.mark.parametrize("depth", [200, 50_000])
def test_a_deep_sitemap_ends(depth: int) -> None:
    body = "<urlset>" + "<a>" * depth + "<loc>https://a.example/1</loc>"
    assert set(find_links(body.encode(), None, "https://a.example/")) <= {"https://a.example/1"}


def test_a_gzipped_sitemap_unpacks_to_its_limit_only() -> None:
    packed = gzip.compress(bytes(16 * MEGABYTE))
    assert unpack(packed, MEGABYTE) is None
    assert unpack(gzip.compress(b"<urlset/>"), MEGABYTE) == b"<urlset/>"


@pytest.mark.parametrize("coding", ["", "gzip"])
def test_a_record_that_unpacks_without_end_is_left_out(tmp_path: Path, coding: str) -> None:
    path = tmp_path / "bomb.warc.gz"
    good = "<p>网贷逾期以后怎么办</p>".encode()
    write_archive(
        path,
        [
            Record("http://a.example/1", good),
            Record("http://a.example/2", b"a" * (96 * MEGABYTE), coding=coding),
            Record("http://a.example/3", good),
        ],
    )
    assert path.stat().st_size < MEGABYTE
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    kinds, left_out, grown = done.stdout.split()
    assert (kinds, left_out) == ("Page,Page", "1")
    assert int(grown) < 90, f"{grown} MB"
