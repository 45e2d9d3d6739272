"""The service as it is really started: address, signals, faults."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

Server = tuple["subprocess.Popen[str]", str]


def start(folder: Path, *words: str, **settings: str) -> subprocess.Popen[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ZHIQUAN_")}
    return subprocess.Popen(
        [sys.executable, "-m", "crawler.cli", "serve", "--port", "0", *words],
        cwd=folder,
        env={**kept, "ZHIQUAN_WORKERS": "1", **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def status(address: str, path: str) -> int:
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    try:
        connection.request("GET", parts.path.rstrip("/") + path)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.fixture(params=["gunicorn", "granian"])
def kind(request: pytest.FixtureRequest) -> str:
    """Each server that the service runs under."""
    return str(request.param)


@pytest.fixture
def server(tmp_path: Path, kind: str) -> Iterator[Server]:
    """A service below a path on a free port, with a new store."""
    process = start(tmp_path, ZHIQUAN_PATH_PREFIX="/zq", ZHIQUAN_SERVER=kind)
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    yield process, address
    process.terminate()
    process.communicate(timeout=30)


def test_the_printed_address_answers(server: Server) -> None:
    _, address = server
    assert address.startswith("http://127.0.0.1:")
    assert address.endswith("/zq/")
    assert status(address, "/v1/health/ready") == 200
    assert status(address, "/v1/lexicon") == 200
    assert status(address, "/") == 200
    assert status(address, "/v1/none") == 404
    assert status(address.replace("/zq", "/other"), "/") == 404


def test_an_answer_does_not_name_the_server_behind_it(server: Server) -> None:
    parts = urlsplit(server[1])
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    for path in ("/zq/v1/health/live", "/zq/none", "/other", "/zq/static/icon.svg"):
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        assert answer.headers.get_all("Server") == ["zhiquan"], path
    connection.close()


def test_the_counters_are_those_of_all_workers(tmp_path: Path, kind: str) -> None:
    process = start(tmp_path, "--server", kind, ZHIQUAN_WORKERS="2")
    assert process.stdout is not None
    parts = urlsplit(process.stdout.readline().strip())
    for _ in range(20):  # each on a connection of its own, so that both workers have some
        assert status(parts.geturl(), "/v1/health/live") == 200
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    process.terminate()
    process.communicate(timeout=30)
    assert 'zhiquan_requests_total{group="health",status="2xx"} 20' in text


@pytest.mark.parametrize("kind", ["gunicorn"])  # granian says that it may
def test_a_reload_drops_no_request(server: Server) -> None:
    process, address = server
    assert status(address, "/v1/health/live") == 200
    process.send_signal(signal.SIGHUP)
    end = time.monotonic() + 3
    while time.monotonic() < end:
        assert status(address, "/v1/health/live") == 200
    assert process.poll() is None


def test_sigterm_ends_it_cleanly(tmp_path: Path, kind: str) -> None:
    process = start(tmp_path, "--server", kind)
    assert process.stdout is not None
    assert process.stdout.readline().startswith("http://")
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in told


def test_a_taken_port_is_one_clear_line(tmp_path: Path, kind: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start(tmp_path, "--port", str(taken.getsockname()[1]), "--server", kind)
        out, told = process.communicate(timeout=30)
    assert process.returncode not in (0, None)
    assert out == ""
    assert "give another port" in told
    assert "Traceback" not in told


def test_an_address_that_is_not_ours_is_one_clear_line(tmp_path: Path, kind: str) -> None:
    process = start(tmp_path, "--host", "192.0.2.1", "--port", "0", "--server", kind)
    out, told = process.communicate(timeout=30)
    assert process.returncode == 2
    assert out == ""
    assert "give another address to listen on" in told
    assert "Traceback" not in told


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param(b"\x16\x03\x01<b>quoted</b>\r\n\r\n", 400, id="no HTTP"),
        pytest.param(b"GET /?q=quoted HTTP/7.1\r\nHost: a\r\n\r\n", 400, id="version"),
        pytest.param(b"GET /?q=quoted HTTP/1.1\r\nHo st: a\r\n\r\n", 400, id="header"),
        pytest.param("GET /?q=quoted催收 HTTP/1.1\r\nHost: a\r\n\r\n".encode(), 400, id="encode"),
        pytest.param(b"GET /?q=quoted" + b"x" * 5000 + b" HTTP/1.1\r\n\r\n", 414, id="line"),
        pytest.param(
            b"GET /?q=quoted HTTP/1.1\r\nHost: a\r\n" + b"A: b\r\n" * 99 + b"\r\n",
            431,
            id="headers",
        ),
    ],
)
def test_what_is_no_request_is_a_problem_that_quotes_and_logs_nothing(
    tmp_path: Path, sent: bytes, status: int
) -> None:
    process = start(tmp_path)
    assert process.stdout is not None
    address = urlsplit(process.stdout.readline().strip())
    with socket.create_connection((address.hostname or "", address.port or 0), 20) as client:
        client.sendall(sent)
        answer = b"".join(iter(lambda: client.recv(65536), b""))
    process.terminate()
    _, told = process.communicate(timeout=30)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert b"Content-Type: application/problem+json" in head
    problem = json.loads(body)
    assert problem["status"] == status
    assert "percent-encode" in problem["detail"] or sent.isascii()
    assert b"quoted" not in answer
    assert (told.count("quoted"), told.count("127.0.0.1")) == (0, 0)


def test_workers_count_requests_together(tmp_path: Path, kind: str) -> None:
    settings = {"ZHIQUAN_WORKERS": "3", "ZHIQUAN_RATE_LIMIT": "10", "ZHIQUAN_SERVER": kind}
    process = start(tmp_path, **settings)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        began = time.monotonic()
        answered = [status(address, "/v1/openapi.json") for _ in range(45)].count(200)
        refilled = (time.monotonic() - began) * 10 / 60
        assert 10 <= answered <= 10 + refilled + 1
    finally:
        process.terminate()
        process.communicate(timeout=30)


def test_each_bad_setting_is_one_clear_line(tmp_path: Path) -> None:
    process = start(tmp_path, ZHIQUAN_RATE_LIMIT="many", ZHIQUAN_WORKER="2")
    _, told = process.communicate(timeout=30)
    assert process.returncode == 2
    assert [line.split(":")[0].split("=")[0] for line in told.splitlines()] == [
        "ZHIQUAN_WORKER",
        "ZHIQUAN_RATE_LIMIT",
    ]


@pytest.mark.parametrize("url", ["mysql://localhost/zhiquan", "zhiquan.db"])
def test_an_address_of_no_store_is_refused_at_the_start(tmp_path: Path, url: str) -> None:
    process = start(tmp_path, "--database", url)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 2
    assert len(told.splitlines()) == 1
    assert "sqlite" in told
