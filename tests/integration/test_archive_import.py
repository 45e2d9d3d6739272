"""``zhiquan import`` of a web archive: the pages that a folder of them would give."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from archive_files import Record, write_archive
from stores import StoreFactory

from crawler.seeds import seeds_folder

_OWN = (sys.executable, "-m", "crawler.cli")


def _run(*words: str, status: int = 0) -> str:
    done = subprocess.run([*_OWN, *words], capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    return done.stdout + done.stderr


def _export(database: str) -> dict[str, dict[str, object]]:
    lines = _run("export", "--database", database).splitlines()
    return {line["url"]: line for line in map(json.loads, lines)}


def _sample() -> list[Record]:
    pages = sorted((seeds_folder() / "site").rglob("*.html"))
    return [
        Record(f"http://a.example/{number}", page.read_bytes(), "text/html")
        for number, page in enumerate(pages)
    ]


def test_an_archive_gives_what_its_pages_give(tmp_path: Path) -> None:
    records = _sample()
    archive, folder = tmp_path / "a.warc.gz", tmp_path / "pages"
    write_archive(archive, records)
    folder.mkdir()
    manifest = []
    for number, record in enumerate(records):
        (folder / f"{number}.html").write_bytes(record.body)
        entry = {"page": f"pages/{number}.html", "url": record.url, "content_type": "text/html"}
        manifest.append(json.dumps(entry))
    listed = tmp_path / "manifest.jsonl"
    listed.write_text("\n".join(manifest))
    first, second = (f"sqlite:///{tmp_path / name}.db" for name in ("first", "second"))
    said = _run("import", str(archive), "--database", first)
    _run("import", "--manifest", str(listed), "--database", second)
    found, expected = _export(first), _export(second)
    kept = {url for url, line in expected.items() if line["curate"]}
    assert len(kept) > 15
    assert kept <= found.keys()
    assert f"{len(records)} records" in said
    differ = {"page", "id", "fetched_at", "first_seen"}
    for url in kept:
        ours = {key: value for key, value in found[url].items() if key not in differ}
        assert ours == {key: expected[url][key] for key in ours}


def test_an_older_record_never_replaces_a_newer_page(
    tmp_path: Path, store_factory: StoreFactory
) -> None:
    body = (seeds_folder() / "site" / "blog" / "small-loan-visit.html").read_bytes()
    old, new = (
        Record("http://a.example/1", body, "text/html", date="2020-01-01T00:00:00Z"),
        Record(
            "http://a.example/1", body.replace(b"</p>", b"!</p>", 1), date="2025-01-01T00:00:00Z"
        ),
    )
    states = []
    for name, records in (("rising", [old, new]), ("falling", [new, old])):
        archive = tmp_path / f"{name}.warc"
        write_archive(archive, records)
        database = store_factory.make()
        _run("import", str(archive), "--database", database)
        line = _export(database)["http://a.example/1"]
        states.append((line["text"], line["fetched_at"]))
    assert states[0] == states[1]
    assert states[0][1].startswith("2025")


def test_a_broken_archive_is_one_line_and_status_1(tmp_path: Path) -> None:
    archive = tmp_path / "a.warc.gz"
    write_archive(archive, _sample()[:3])
    archive.write_bytes(archive.read_bytes()[:-20])
    said = _run("import", str(archive), "--database", f"sqlite:///{tmp_path / 'a.db'}", status=1)
    assert "breaks off" in said
    assert "Traceback" not in said
