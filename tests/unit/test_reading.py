"""Pages from disk: what is read, in which order, and what is told about the rest."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from crawler.errors import InputError
from crawler.model import Page, RejectionReason
from crawler.reading import (
    MAX_BYTES,
    Fault,
    Planned,
    find_binary,
    load_manifest,
    plan_pages,
    read_page,
    unknown_charset,
)

HTML = "<html><body><p>借款人的权利</p></body></html>".encode()


def _names(planned: list[Planned | Fault]) -> list[str]:
    return [one.name for one in planned]


def test_a_folder_is_read_sorted_and_only_its_pages(tmp_path: Path) -> None:
    for name in ("b.html", "a.txt", "sub/c.HTM", "notes.md", "data.jsonl", ".hidden.html", "bare"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(HTML)
    planned = plan_pages([str(tmp_path)], None)
    expected = ["a.txt", "b.html", "bare", "sub/c.HTM"]
    assert _names(planned) == [os.path.join(tmp_path, one) for one in expected]  # noqa: PTH118


def test_a_file_named_outright_is_read_whatever_its_suffix(tmp_path: Path) -> None:
    file = tmp_path / "page.php"
    file.write_bytes(HTML)
    (planned,) = plan_pages([str(file)], None)
    assert isinstance(planned, Planned)
    assert read_page(planned) == Page(str(file), HTML)


def test_paths_keep_the_spelling_and_order_they_were_given_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("z.html", "a.html"):
        Path(name).write_bytes(HTML)
    assert _names(plan_pages(["./z.html", "a.html"], None)) == ["./z.html", "a.html"]


def test_a_manifest_gives_pages_urls_and_types(tmp_path: Path) -> None:
    (tmp_path / "p1.html").write_bytes(HTML)
    manifest = tmp_path / "manifest.jsonl"
    entry = {"page": "p1.html", "url": "https://a.example/1", "content_type": "text/html"}
    manifest.write_text(json.dumps(entry) + "\n\n", encoding="utf-8")
    assert plan_pages([], manifest) == [
        Planned("p1.html", tmp_path / "p1.html", "https://a.example/1", "text/html")
    ]


def test_a_manifest_beside_paths_only_informs_them(tmp_path: Path) -> None:
    for name in ("p1.html", "p2.html"):
        (tmp_path / name).write_bytes(HTML)
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text('{"page": "p1.html", "url": "https://a.example/1"}\n', encoding="utf-8")
    planned = plan_pages([str(tmp_path / "p2.html"), str(tmp_path / "p1.html")], manifest)
    assert [one.url for one in planned] == [None, "https://a.example/1"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param("{", "not JSON", id="broken json"),
        pytest.param("[1]", "string", id="not an object"),
        pytest.param('{"page": 3}', "string", id="page is no string"),
        pytest.param('{"page": "a.html", "url": 3}', "url must be", id="url is no string"),
    ],
)
def test_a_bad_manifest_line_is_a_fault_of_its_own(tmp_path: Path, line: str, told: str) -> None:
    manifest = tmp_path / "m.jsonl"
    manifest.write_text(f'{line}\n{{"page": "b.html"}}\n', encoding="utf-8")
    bad, good = load_manifest(manifest)
    assert isinstance(bad, Fault)
    assert f"{manifest}:1" in bad.message
    assert told in bad.message
    assert isinstance(good, Planned)


def test_a_manifest_that_is_not_text_is_bad_usage(tmp_path: Path) -> None:
    manifest = tmp_path / "m.jsonl"
    manifest.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8"):
        load_manifest(manifest)


@pytest.mark.parametrize(
    ("body", "content_type", "told", "reason"),
    [
        pytest.param(b"", None, "empty", RejectionReason.EMPTY, id="empty"),
        pytest.param(b" \n\t", None, "empty", RejectionReason.EMPTY, id="only white space"),
        pytest.param(b"\x89PNG\r\n\x1a\n", None, "PNG", RejectionReason.NOT_HTML, id="image"),
        pytest.param(b"%PDF-1.7 x", None, "PDF", RejectionReason.NOT_HTML, id="pdf"),
        pytest.param(bytes(range(256)), None, "binary", RejectionReason.NOT_HTML, id="binary"),
        pytest.param(HTML, "image/png", "image/png", RejectionReason.NOT_HTML, id="declared image"),
        pytest.param(
            HTML, "application/json", "json", RejectionReason.NOT_HTML, id="declared json"
        ),
    ],
)
def test_what_is_no_page_is_a_fault_that_names_the_file(
    tmp_path: Path, body: bytes, content_type: str | None, told: str, reason: RejectionReason
) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(body)
    fault = read_page(Planned("given.html", file, None, content_type))
    assert isinstance(fault, Fault)
    assert fault.message.startswith("given.html: ")
    assert told in fault.message
    assert fault.rejected is reason


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param("<p>上门催收</p>".encode("gb18030"), None, id="gbk"),
        pytest.param("<p>上门催收</p>".encode("utf-16"), None, id="utf-16 with a mark"),
        pytest.param("<p>上门催收</p>".encode("utf-16-le"), None, id="utf-16 without a mark"),
        pytest.param(b"plain words", "text/plain", id="plain text"),
        pytest.param(HTML, "text/html; charset=x-none", id="unknown charset"),
        pytest.param(HTML, "application/xhtml+xml", id="xhtml"),
        pytest.param(b"\x1b$B<p>\x1b(B</p>", None, id="escape sequences of iso-2022"),
    ],
)
def test_what_may_be_a_page_is_read(tmp_path: Path, body: bytes, content_type: str | None) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(body)
    assert isinstance(read_page(Planned("page.html", file, None, content_type)), Page)


def test_missing_files_and_folders_without_pages_are_faults(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    told = [
        read_page(one)
        for one in plan_pages([str(empty), "no/such.html"], None)  # type: ignore[arg-type]
    ]
    assert [isinstance(one, Fault) for one in told] == [True, True]
    assert "folder without pages" in told[0].message  # type: ignore[union-attr]
    assert told[1].message == "no/such.html: does not exist"  # type: ignore[union-attr]


def test_a_folder_that_may_not_be_listed_is_a_fault_beside_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("shut/a.html", "open/b.html"):
        file = tmp_path / name
        file.parent.mkdir()
        file.write_bytes(HTML)
    listed = os.scandir

    def scan(folder: str) -> object:  # root may list everything
        if str(folder).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(folder))
        return listed(folder)

    monkeypatch.setattr(os, "scandir", scan)
    fault, page = plan_pages([str(tmp_path)], None)
    assert isinstance(fault, Fault)
    assert fault.message == f"{tmp_path / 'shut'}: the folder cannot be read: Permission denied"
    assert page.name == str(tmp_path / "open" / "b.html")


@pytest.mark.parametrize("with_manifest", [False, True])
def test_a_link_to_itself_is_a_fault(tmp_path: Path, *, with_manifest: bool) -> None:
    (tmp_path / "loop.html").symlink_to("loop.html")
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text('{"page": "loop.html"}\n{"page": "a\\u0000b"}\n', encoding="utf-8")
    name = str(tmp_path / "loop.html")
    (planned,) = plan_pages([name], manifest if with_manifest else None)
    assert isinstance(planned, Planned)
    fault = read_page(planned)
    assert isinstance(fault, Fault)
    assert fault.message.startswith(f"{name}: ")


def test_two_names_that_are_no_text_stay_two(tmp_path: Path) -> None:
    for odd in (b"a\xfe.html", b"a\xff.html"):
        file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + odd))
        file.write_bytes(HTML)
    names = _names(plan_pages([str(tmp_path)], None))
    assert names == [f"{tmp_path}/a\\udcfe.html", f"{tmp_path}/a\\udcff.html"]


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.html"
    with file.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    fault = read_page(Planned("huge.html", file))
    assert isinstance(fault, Fault)
    assert fault.rejected is RejectionReason.TOO_LARGE


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        pytest.param("text/html; charset=x-no-such", "x-no-such", id="unknown"),
        pytest.param('text/html; charset="x-no-such"', "x-no-such", id="unknown quoted"),
        pytest.param("text/html; charset=gb2312", None, id="known"),
        pytest.param("text/html", None, id="none declared"),
        pytest.param(None, None, id="no header"),
        pytest.param("text/html; charset=", None, id="empty"),
    ],
)
def test_unknown_charsets_are_named(content_type: str | None, expected: str | None) -> None:
    assert unknown_charset(content_type) == expected


def test_a_few_control_bytes_do_not_make_a_page_binary() -> None:
    assert find_binary(b"\x01" + HTML * 2) is None
    assert find_binary(b"\x01" * 30 + HTML) == "binary data"
