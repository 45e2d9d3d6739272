"""The archives: complete, small, the same each time, and accepted by Mozilla's linter."""

from __future__ import annotations

import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from conftest import ZHIQUAN

# Chromium's side panel is looked for before it is used; Firefox has the sidebar instead.
EXPLAINED = {"sidePanel.setOptions is not supported", "sidePanel.open is not supported"}


def pack(folder: Path) -> dict[str, bytes]:
    """The archives by name."""
    subprocess.run([*ZHIQUAN, "pack", "--output", str(folder)], check=True, capture_output=True)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with both archives."""
    folder = tmp_path_factory.mktemp("dist")
    pack(folder)
    return folder


def test_packing_again_gives_the_same_bytes(archives: Path, tmp_path: Path) -> None:
    assert pack(tmp_path) == {path.name: path.read_bytes() for path in archives.iterdir()}


@pytest.mark.parametrize("browser", ["chromium", "firefox"])
def test_archives_are_small_and_complete(archives: Path, browser: str) -> None:
    path = archives / f"zhiquan-{browser}.zip"
    assert path.stat().st_size < 300_000
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        manifest = json.loads(archive.read("manifest.json"))
        lexicon = json.loads(archive.read("data/lexicon.json"))
        house = json.loads(archive.read("data/guidance.json"))
    assert {"background.js", "content.js", "_locales/en/messages.json"} <= names
    assert not any(name.endswith((".ts", "jsconfig.json")) for name in names)
    assert ("sidePanel" in manifest["permissions"]) is (browser == "chromium")
    assert ("sidebar_action" in manifest) is (browser == "firefox")
    assert len(lexicon["lenders"]) > 400
    assert len(house["guidance"]) == len(house["topics"])


def test_the_linter_finds_nothing_unexplained(archives: Path, project_folder: Path) -> None:
    program = project_folder / "node_modules" / ".bin" / "web-ext"
    if not program.exists():
        pytest.skip("no web-ext; ./dev test installs it")
    path = archives / "zhiquan-firefox.zip"
    command = [str(program), "lint", "--output", "json", "--source-dir", str(path.with_suffix(""))]
    with zipfile.ZipFile(path) as archive:
        archive.extractall(path.with_suffix(""))
    answer = subprocess.run(command, check=False, capture_output=True, text=True, timeout=200)
    found = json.loads(answer.stdout)
    assert found["errors"] == []
    assert {one["message"] for one in found["warnings"]} <= EXPLAINED
