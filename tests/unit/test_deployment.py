"""What cannot be run here, a container engine and an init system, is at least checked."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.cli import main

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent
UNITS = sorted((ROOT / ".deploy" / "systemd").iterdir())
CONTAINERFILE = (ROOT / "Containerfile").read_text("utf-8")


def test_the_containerfile_has_no_known_fault() -> None:
    done = subprocess.run(
        [TOOLS / "hadolint", ROOT / "Containerfile"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_compose_file_is_one() -> None:
    words = [TOOLS / "check-jsonschema", "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run(
        [*words, ROOT / "compose.yaml"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_has_no_known_fault(unit: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze here")
    copies = [tmp_path / one.name for one in UNITS]
    for one, copy in zip(UNITS, copies, strict=True):
        # The command is checked to exist, which it does where it is installed.
        text = one.read_text("utf-8").replace("/usr/local/lib/zhiquan/bin/zhiquan", "/bin/true")
        copy.write_text(text, "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / unit.name],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert unit.name not in done.stderr


def test_every_command_that_deployment_calls_exists() -> None:
    calls = {
        word
        for text in [CONTAINERFILE, *(unit.read_text("utf-8") for unit in UNITS)]
        for word in re.findall(r"bin/zhiquan ([a-z-]+)|^CMD \[\"([a-z-]+)\"", text, re.MULTILINE)
        for word in word
        if word
    }
    assert calls == {"serve", "crawl", "backup"}
    assert calls <= set(main.list_commands(None))  # type: ignore[attr-defined,arg-type]


@pytest.mark.parametrize("name", re.findall(r"^COPY ([a-z].*) \S+$", CONTAINERFILE, re.MULTILINE))
def test_what_the_image_copies_is_sent_to_its_builder(name: str) -> None:
    sent = {
        line.removeprefix("!")
        for line in (ROOT / ".containerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    }
    for one in name.split():
        assert (ROOT / one).exists()
        assert one in sent
