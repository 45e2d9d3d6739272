"""The command line as the contract fixes it: exit status, streams, one line a page in order."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.integration.conftest import Zhiquan, command

TEXT = (
    "上门催收时怎样核实身份\n\n发布时间:2024-04-05 11:45:25\n\n"
    "催收人员上门时应当出示工作证件和授权委托书,借款人有权要求核对机构名称与合同编号。\n\n"
    "未经同意进入住宅的,可以拨打110报警,并保存录像、短信和通话录音作为证据,再向12378投诉。\n\n"
    "协商还款时请提出每月能够归还的金额,要求对方书面答复,不要在空白纸上签字,也不要向个人账户转账。\n"
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page that deserves publication."""
    file = tmp_path / "page.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_all_pages_read_is_status_0(zhiquan: Zhiquan, page: Path) -> None:
    ran = zhiquan("extract", page)
    assert ran.status == 0
    (line,) = ran.lines
    assert line["page"] == str(page)
    assert (line["title"], line["published"]) == ("上门催收时怎样核实身份", "2024-04-05")
    assert line["curate"] is True
    assert line["text"] == "\n".join(block["text"] for block in line["blocks"])


def test_a_failed_page_is_status_1_and_the_rest_is_printed(
    zhiquan: Zhiquan, page: Path, tmp_path: Path
) -> None:
    bad = {
        "empty.html": b"",
        "binary.html": bytes(range(256)) * 4,
        "image.html": b"\x89PNG\r\n\x1a\n" + bytes(64),
    }
    for name, body in bad.items():
        (tmp_path / name).write_bytes(body)
    paths = [tmp_path / name for name in bad]
    ran = zhiquan("extract", *paths, tmp_path / "missing.html", page)
    assert ran.status == 1
    assert [line["page"] for line in ran.lines] == [
        *map(str, paths),
        str(tmp_path / "missing.html"),
        str(page),
    ]
    assert ["error" in line for line in ran.lines] == [True, True, True, True, False]
    told = ran.told.splitlines()
    assert len(told) == 4
    for name, line in zip([*bad, "missing.html"], told, strict=True):
        assert name in line


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_a_failed_page(zhiquan: Zhiquan, page: Path) -> None:
    page.chmod(0)
    ran = zhiquan("extract", page)
    assert (ran.status, "error" in ran.lines[0]) == (1, True)


def test_a_rejected_page_is_no_failure(zhiquan: Zhiquan, tmp_path: Path) -> None:
    (tmp_path / "soup.html").write_text(
        "<title>汤</title><h1>汤</h1>" + "<p>藕要粉,汤要清,小火慢炖,最后放盐。</p>" * 12,
        encoding="utf-8",
    )
    ran = zhiquan("extract", tmp_path / "soup.html")
    assert ran.status == 0
    (line,) = ran.lines
    assert (line["curate"], "error" in line) == (False, False)
    assert line["rejected"]


def test_an_unknown_charset_is_told_and_the_page_still_read(zhiquan: Zhiquan, page: Path) -> None:
    ran = zhiquan("extract", "--content-type", "text/plain; charset=x-no-such", page)
    assert (ran.status, ran.lines[0]["curate"]) == (0, True)
    assert str(page) in ran.told
    assert "x-no-such" in ran.told


def test_a_manifest_tells_what_http_said(zhiquan: Zhiquan, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    html = "".join(f"<p>{line}</p>" for line in TEXT.split("\n") if line)
    (folder / "a.html").write_bytes(f"<title>催收</title>{html}".encode("gbk"))
    (folder / "b.json").write_bytes(b"{}")
    entries = [
        {"page": "a.html", "url": "https://a.example/1", "content_type": "text/html; charset=gbk"},
        {"page": "b.json", "url": None, "content_type": "application/json"},
    ]
    manifest = folder / "manifest.jsonl"
    manifest.write_text("\n".join(map(json.dumps, entries)), encoding="utf-8")
    ran = zhiquan("extract", "--manifest", manifest)
    assert ran.status == 1
    first, second = ran.lines
    assert (first["page"], first["url"]) == ("a.html", "https://a.example/1")
    assert "授权委托书" in first["text"]
    assert "application/json" in second["error"]


def test_a_manifest_without_pages_is_told(zhiquan: Zhiquan, tmp_path: Path) -> None:
    manifest = tmp_path / "pages.jsonl"
    manifest.write_text("\n", encoding="utf-8")
    ran = zhiquan("extract", "--manifest", manifest)
    assert (ran.status, ran.lines) == (0, [])
    assert ran.told == f"{manifest}: names no page\n"


def test_a_store_that_a_token_makes_is_told(zhiquan: Zhiquan, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'typo.db'}"
    told = [zhiquan("desk", "token", one, "--database", url).told for one in ("a", "b")]
    assert ["typo.db: made, and empty" in one for one in told] == [True, False]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["extract"], id="no page"),
        pytest.param(["extract", "--manifest", "no-such.jsonl"], id="no manifest"),
        pytest.param(["extract", "--url", "https://a.example", "a", "b"], id="one url, two pages"),
        pytest.param(["extract", "--url", "a.example/1", "a"], id="no web address"),
        pytest.param(["extract", "--no-such-option", "a"], id="unknown option"),
        pytest.param(["no-such-command"], id="unknown command"),
        pytest.param(["export", "--database", "sqlite:///no/such.db"], id="no database"),
        *(
            pytest.param([*words, "--database", "sqlite:///no-such.db"], id=f"{words[0]} nothing")
            for words in (["export"], ["dedup"], ["recurate"], ["desk", "revoke", "a"])
        ),
        pytest.param(["export", "--database", "rubbish"], id="no address"),
        pytest.param(["pack", "--unpacked", "no-such"], id="no extension"),
        pytest.param(["crawl", "--report", "no-such/report.html"], id="no folder for the report"),
        pytest.param(["crawl", "--source", "no-such"], id="unknown source"),
        pytest.param(["crawl", "--sources", "no-such.toml"], id="no sources file"),
        pytest.param(["serve", "--port", "99999"], id="no port"),
    ],
)
def test_bad_usage_is_status_2_with_a_message(
    zhiquan: Zhiquan, words: list[str], tmp_path: Path
) -> None:
    ran = zhiquan(*words)
    assert (ran.status, ran.lines) == (2, [])
    assert ran.told.strip()
    assert list((tmp_path / "cwd").iterdir()) == []


def test_many_pages_keep_their_order(zhiquan: Zhiquan, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:03}.txt").write_text(f"{number}号{TEXT}", encoding="utf-8")
    ran = zhiquan("extract", folder)
    assert ran.status == 0
    assert [line["page"] for line in ran.lines] == [
        str(folder / f"{number:03}.txt") for number in range(60)
    ]
    assert [line["title"][:3].rstrip("号上") for line in ran.lines] == [
        str(number) for number in range(60)
    ]


def test_a_closed_pipe_ends_quietly(page: Path, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(70):
        (folder / f"{number}.txt").write_text(TEXT * 20, encoding="utf-8")
    process = subprocess.Popen(
        command("extract", folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    told = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) != 0
    assert told == b""


def test_import_and_export_give_the_lines_of_extract(
    zhiquan: Zhiquan, page: Path, database: str
) -> None:
    (extracted,) = zhiquan("extract", page).lines
    assert zhiquan("import", page, "--database", database).status == 0
    again = zhiquan("import", page, "--database", database)
    assert (again.status, again.told.strip()) == (0, "1 unchanged")
    exported = zhiquan("export", "--database", database)
    assert exported.status == 0
    (line,) = exported.lines
    assert {key: line[key] for key in extracted} == extracted
    assert line["cluster"]
    assert line["representative"] is True
    assert line["fetched_at"]


def test_import_tells_failed_pages_and_keeps_the_others(
    zhiquan: Zhiquan, page: Path, tmp_path: Path, database: str
) -> None:
    ran = zhiquan("import", tmp_path / "missing.html", page, "--database", database)
    assert ran.status == 1
    assert "missing.html" in ran.told
    assert len(zhiquan("export", "--database", database).lines) == 1


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "a.example/1", "http://[a/", "https://a.example:99999/", "\ud800"],
)
def test_a_page_whose_url_is_no_web_address_is_not_stored(
    zhiquan: Zhiquan, page: Path, database: str, url: str
) -> None:
    manifest = page.with_name("manifest.jsonl")
    entries = [{"page": page.name, "url": one} for one in (url, "https://a.example/1")]
    manifest.write_text("\n".join(map(json.dumps, entries)), encoding="utf-8")
    ran = zhiquan("import", "--manifest", manifest, "--database", database)
    assert ran.status == 1
    first, last = ran.told.splitlines()
    assert first.startswith(f"{page.name}: its url ")
    assert last == "1 failed, 1 new"
    assert [line["url"] for line in zhiquan("export", "--database", database).lines] == [
        "https://a.example/1"
    ]


def test_check_seeds_tells_every_fault_with_file_and_key(zhiquan: Zhiquan, tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "sources.toml").write_text(
        '[[source]]\nid = "a"\nname = "A"\ntrust = "friend"\nstart = ["ftp://a"]\ncolour = 1\n',
        encoding="utf-8",
    )
    ran = zhiquan("check-seeds", "--seeds", folder)
    assert ran.status == 1
    for key in ("trust", "start", "colour"):
        assert any("sources.toml" in line and key in line for line in ran.told.splitlines())


def test_surrogates_in_file_names_do_not_stop_the_run(zhiquan: Zhiquan, tmp_path: Path) -> None:
    odd = os.fsencode(tmp_path / "odd") + b"\xff.txt"
    with open(odd, "wb") as stream:  # noqa: PTH123 - a name that is no text
        stream.write(TEXT.encode())
    ran = zhiquan("extract", os.fsdecode(odd))
    assert ran.status == 0
    (line,) = ran.lines
    assert line["page"] == f"{tmp_path}/odd\\udcff.txt"
    database = f"sqlite:///{tmp_path}/store.db"
    ran = zhiquan("import", os.fsdecode(odd), "--database", database)
    assert (ran.status, ran.told) == (0, "1 new\n")
    ran = zhiquan("export", "--database", database)
    assert [one["page"] for one in ran.lines] == [line["page"]]
