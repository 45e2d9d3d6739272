"""The lock files: complete, pinned by hash, and free of registry addresses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("name", "least"),
    [("requirements.txt", 20), ("requirements-dev.txt", 20), ("requirements-build.txt", 2)],
)
def test_every_python_package_is_pinned_with_hashes(
    project_folder: Path, name: str, least: int
) -> None:
    text = (project_folder / name).read_text("utf-8")
    pinned = re.findall(r"^([A-Za-z0-9_.-]+(?:\[[a-z,]+\])?)==\S+.*\\$", text, re.MULTILINE)
    entries = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(pinned) == len(entries) > least
    assert "://" not in text


def test_the_build_tools_are_those_of_development(project_folder: Path) -> None:
    build, dev = (
        dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))
        for text in (
            (project_folder / f"requirements-{name}.txt").read_text("utf-8")
            for name in ("build", "dev")
        )
    )
    assert build.items() <= dev.items()


def test_the_node_lock_names_no_registry(project_folder: Path) -> None:
    packages = json.loads((project_folder / "package-lock.json").read_text("utf-8"))["packages"]
    assert not [name for name, package in packages.items() if "resolved" in package]


def test_the_node_lock_has_every_platform_of_optional_packages(project_folder: Path) -> None:
    packages = json.loads((project_folder / "package-lock.json").read_text("utf-8"))["packages"]
    missing = [
        name
        for place, package in packages.items()
        for name in package.get("optionalDependencies", {})
        if f"node_modules/{name}" not in packages and f"{place}/node_modules/{name}" not in packages
    ]
    assert missing == []
