"""Web archives as pages, and the look at bytes that spares parsing."""

from __future__ import annotations

import gzip
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from archive_files import Record, write_archive

from crawler.archives import is_archive, open_archives, read_archive
from crawler.curation import Curator
from crawler.model import Page
from crawler.prefilter import Prefilter
from crawler.reading import Fault, Planned
from crawler.seeds import load_references, seeds_folder

DEBT = "<p>网贷逾期以后怎么办</p>".encode()
OTHER = "<p>苹果公司发布了新的手机</p>".encode()


@pytest.fixture(scope="module")
def prefilter() -> Prefilter:
    return Prefilter(load_references())


def pages(path: Path, prefilter: Prefilter | None = None) -> list[Page | Fault]:
    return list(read_archive(path, prefilter))


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.warc.zst"])
@pytest.mark.parametrize("coding", ["", "gzip"])
def test_an_answer_becomes_the_page_that_was_fetched(
    tmp_path: Path, name: str, coding: str
) -> None:
    path = tmp_path / name
    write_archive(path, [Record("http://a.example/1", DEBT, "text/html; charset=x", coding)])
    (page,) = pages(path)
    assert isinstance(page, Page)
    assert (page.url, page.body) == ("http://a.example/1", DEBT)
    assert page.content_type == "text/html; charset=x"
    assert page.fetched_at == datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    assert page.name == f"{path}@0"


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(Record("http://a.example/1", b"\x89PNG\r\n", "image/png"), id="picture"),
        pytest.param(Record("http://a.example/1", DEBT, status=404), id="not-found"),
        pytest.param(Record("http://a.example/1", b"%PDF-1.7", "text/html"), id="not-what-it-says"),
        pytest.param(Record("http://a.example/1", DEBT, kind="request"), id="request"),
    ],
)
def test_what_is_no_page_is_left_out(tmp_path: Path, record: Record) -> None:
    path = tmp_path / "a.warc.gz"
    write_archive(path, [record, Record("http://a.example/2", DEBT)])
    assert [page.url for page in pages(path)] == ["http://a.example/2"]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.warc.zst"])
@pytest.mark.parametrize("lost", [3, 40, 90, 400])
def test_a_broken_archive_gives_what_came_before_and_one_clear_fault(
    tmp_path: Path, name: str, lost: int
) -> None:
    path = tmp_path / name
    write_archive(path, [Record(f"http://a.example/{at}", DEBT * 50) for at in range(3)])
    path.write_bytes(path.read_bytes()[:-lost])
    *before, fault = pages(path)
    assert all(isinstance(page, Page) and page.body == DEBT * 50 for page in before)
    assert isinstance(fault, Fault)
    assert fault.message.startswith(f"{path}: ")


def test_an_archive_compressed_as_one_is_read_too(tmp_path: Path) -> None:
    plain, path = tmp_path / "a.warc", tmp_path / "b.warc.gz"
    write_archive(plain, [Record(f"http://a.example/{at}", DEBT) for at in range(3)])
    path.write_bytes(gzip.compress(plain.read_bytes()))
    assert [page.url for page in pages(path)] == [page.url for page in pages(plain)]
    path.write_bytes(path.read_bytes()[:-9])
    assert isinstance(pages(path)[-1], Fault)


# The ids are named: a compressed body holds the time, and processes must agree on the ids.
@pytest.mark.parametrize(
    "body",
    [b"", b"no archive", gzip.compress(b"no archive")],
    ids=["empty", "plain", "compressed"],
)
def test_a_file_that_is_no_archive_is_one_fault(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(body)
    (fault,) = pages(path)
    assert isinstance(fault, Fault)


def test_a_missing_archive_is_one_fault(tmp_path: Path) -> None:
    (fault,) = pages(tmp_path / "none.warc")
    assert isinstance(fault, Fault)
    assert "does not exist" in fault.message


def test_an_archive_of_a_manifest_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    write_archive(path, [Record("http://a.example/1", DEBT)])
    (page,) = open_archives([Planned("a.warc", path)], None, Counter())
    assert isinstance(page, Page)
    assert page.name.startswith("a.warc@")


def test_archives_and_files_keep_their_order_and_are_counted(
    tmp_path: Path, prefilter: Prefilter
) -> None:
    path = tmp_path / "a.warc"
    write_archive(path, [Record("http://a.example/1", DEBT), Record("http://a.example/2", OTHER)])
    other = Planned("p.html", tmp_path / "p.html")
    tally: Counter[str] = Counter()
    planned = [other, Planned(str(path), path), other]
    found = [one.url for one in open_archives(planned, prefilter, tally)]
    assert found == [None, "http://a.example/1", None]
    assert tally == {"records": 2, "filtered": 1}
    assert not is_archive("warc.html")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("网贷逾期", True, id="word"),
        pytest.param("網貸逾期", True, id="traditional"),
        pytest.param("我的借條到期", True, id="traditional-only-word"),
        pytest.param("P2P平台", True, id="latin-capitals"),
        pytest.param("发布了新的手机", False, id="other"),
        pytest.param("还有一条信息", False, id="characters-of-words"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_words_of_lending_are_told_from_others(
    prefilter: Prefilter, text: str, encoding: str, *, expected: bool
) -> None:
    assert prefilter.may_keep(f"<html><p>{text}</p></html>".encode(encoding)) is expected


@pytest.mark.parametrize("encoding", ["big5", "utf-16"])
def test_words_of_lending_are_seen_in_rarer_encodings(prefilter: Prefilter, encoding: str) -> None:
    assert prefilter.may_keep("<p>網貸逾期後收到催收電話</p>".encode(encoding))


def test_words_of_disputes_are_seen_too(prefilter: Prefilter) -> None:
    assert prefilter.may_keep("<p>我把录音交给了工作人员</p>".encode("gb18030"))
    assert not prefilter.may_keep("<p>我把钥匙交给了工作人员</p>".encode("gb18030"))


def test_what_may_hide_a_word_passes(prefilter: Prefilter) -> None:
    text = "遇到暴力催收先保留证据,再书面投诉到底"
    assert prefilter.may_keep("".join(f"&#{ord(one)};" for one in text).encode())
    assert prefilter.may_keep(text.encode("unicode_escape"))
    assert prefilter.may_keep(b"<p>" + "催收".encode() + b"\xff</p>")
    assert not prefilter.may_keep("<p>五&#183;一假期</p>".encode())


def test_escapes_of_a_script_hide_nothing(prefilter: Prefilter) -> None:
    script = b"\\u003cb\\u003e\\u0026nbsp;&#39;&#x2F;" * 20
    assert not prefilter.may_keep(b"<script>" + script + b"</script>")
    assert prefilter.may_keep(b"<script>" + rb"\u503A\u52a1" * 6 + b"</script>")
    assert prefilter.may_keep(b"&#x503a;&#X52A1;" * 6)


def test_bytes_of_two_characters_are_no_word(prefilter: Prefilter) -> None:
    assert "欠".encode("gb18030") in "地震仪发出警报".encode("gb18030")
    page = "<p>地震仪发出警报,村民及时离开了房屋,没有人受伤。{}</p>"
    assert not prefilter.may_keep(page.format("").encode("gb18030"))
    assert prefilter.may_keep(page.format("他欠了钱。").encode("gb18030"))


def test_a_header_may_tell_the_encoding(prefilter: Prefilter) -> None:
    body = "<p>欠款</p>".encode("big5hkscs")
    assert prefilter.may_keep(body, "text/html; charset=big5")


def test_no_page_that_is_kept_is_filtered(prefilter: Prefilter) -> None:
    curator = Curator(load_references())
    paths = sorted(path for path in (seeds_folder() / "site").rglob("*.html"))
    kept = [
        path
        for path in paths
        if curator.curate(Page(path.name, path.read_bytes()), date(2026, 1, 1)).rejected is None
    ]
    assert len(kept) > 15
    assert [path.name for path in kept if not prefilter.may_keep(path.read_bytes())] == []
