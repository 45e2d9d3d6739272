"""Files that commands write: whole or not at all, and refused before the work."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.cli.outputs import check_target, write_whole
from crawler.errors import ConfigError


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    for content in (b"first", b"second"):
        write_whole(file, content)
        assert file.read_bytes() == content
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "report.html"
    link.symlink_to(tmp_path / "real" / "report.html")
    write_whole(link, b"first")
    assert link.is_symlink()
    assert [one.read_bytes() for one in (tmp_path / "real").iterdir()] == [b"first"]


def test_a_failed_write_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(b"first")

    def fail(_path: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(ConfigError, match=r"report\.html: cannot be written: No space left"):
        write_whole(file, b"second")
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"first"]


def test_a_device_is_written_as_it_is() -> None:
    write_whole(Path("/dev/null"), b"x")
    assert not Path("/dev/null").is_file()
    with pytest.raises(ConfigError, match="/dev/full"):
        write_whole(Path("/dev/full"), b"x")


def test_a_place_without_folder_is_refused(tmp_path: Path) -> None:
    check_target(tmp_path / "report.html")
    with pytest.raises(ConfigError, match="its folder does not exist"):
        check_target(tmp_path / "none" / "report.html")
