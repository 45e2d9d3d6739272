"""Wheel and sdist as a stranger installs them: in an empty environment, away from this folder."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import tarfile
import urllib.request
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent
OURS = ("PYTHON", "VIRTUAL_ENV", "ZHIQUAN_", "PYTEST_")
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
PAGE = ROOT / "seeds" / "site" / "blog" / "small-loan-visit.html"


def _run(*words: object, cwd: Path) -> str:
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "hatchling", "build", "-d", folder, cwd=ROOT)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an environment with the wheel and the locked runtime dependencies alone."""
    folder = tmp_path_factory.mktemp("fresh")
    uv, venv = TOOLS / "uv", folder / "venv"
    _run(uv, "venv", "-q", "--python", sys.executable, venv, cwd=folder)
    install = (uv, "pip", "install", "-q", "--python", venv / "bin" / "python")
    _run(*install, "--require-hashes", "-r", ROOT / "requirements.txt", cwd=folder)
    _run(*install, "--no-deps", *built.glob("*.whl"), cwd=folder)
    return venv / "bin"


def test_the_wheel_does_the_main_job_with_runtime_dependencies_alone(
    installed: Path, tmp_path: Path
) -> None:
    zhiquan = installed / "zhiquan"
    assert "zhiquan, version" in _run(zhiquan, "--version", cwd=tmp_path)
    _run(zhiquan, "check-seeds", cwd=tmp_path)
    line = json.loads(_run(zhiquan, "extract", PAGE, cwd=tmp_path))
    assert line["curate"]
    assert "repealed" in {citation["status"] for citation in line["citations"]}
    said = _run(zhiquan, "demo", "--once", "--port", "0", cwd=tmp_path)
    assert "Kept: " in said
    assert (tmp_path / "var" / "zhiquan.db").exists()


def test_the_demo_takes_a_free_port_when_the_usual_one_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "crawler.cli", "demo", "--once"],
            cwd=tmp_path,
            env=ENVIRONMENT | {"ZHIQUAN_PORT": str(port), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert f"127.0.0.1:{port}: Address already in use" in done.stderr
    address = re.search(r"Reader: (http://127\.0\.0\.1:\d+/)", done.stdout)
    assert address
    assert f"give {address[1]} to the extension's options" in done.stdout
    naming = re.search(r"Then open http://127\.0\.0\.1:\d+/(\S+\.html)", done.stdout)
    assert naming
    assert "微粒贷" in (ROOT / "seeds" / "site" / naming[1]).read_text("utf-8")


def test_the_installed_service_is_healthy(installed: Path, tmp_path: Path) -> None:
    words = [str(installed / "zhiquan"), "serve", "--port", "0"]
    server = subprocess.Popen(
        words, cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        with urllib.request.urlopen(f"{address}v1/health/ready", timeout=30) as answer:  # noqa: S310 - loopback
            assert json.load(answer) == {"status": "ready"}
    finally:
        server.terminate()
        server.communicate(timeout=60)


def test_the_sdist_holds_what_the_wheel_is_built_from(built: Path, tmp_path: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.iterdir()
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=unpacked)
    names = [
        sorted(zipfile.ZipFile(next(folder.glob("*.whl"))).namelist())
        for folder in (built, tmp_path)
    ]
    assert names[0] == names[1]
    assert any(name.endswith("_bundled/seeds/lenders.toml") for name in names[0])
