"""The API under gunicorn with two workers, against a Flask hello-world on the same server.

Run by ``./dev bench api``; needs wrk. Requests a second as a share of hello-world's, measured
in turns so that the machine's other load falls on both alike, and the 99th percentile as a
multiple of hello-world's at as many connections (32), however many requests a second that is.
Then memory over 100,000 requests of many kinds, and 1,000 connections for a minute;
``--endure`` does this last part alone.
``ZHIQUAN_BENCH_SECONDS`` sets the length of one turn (4), ``ZHIQUAN_BENCH_PAGES`` the number
of pages stored (2,000), ``ZHIQUAN_SERVER`` the server that both run under (gunicorn).
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench_search import pages

from crawler.store import Store

ROOT = Path(__file__).resolve().parents[2]
SECONDS = float(os.environ.get("ZHIQUAN_BENCH_SECONDS", "4"))
PAGES = int(os.environ.get("ZHIQUAN_BENCH_PAGES", "2000"))
TURNS = 3
CONNECTIONS = 32
MANY = 1000
MANY_SECONDS = 60
ENOUGH = 100_000  # requests after which memory has to be what it was
MIXED = """
local n = 0
request = function()
  n = n + 1
  local path = "/v1/guidance/" .. ids[n % #ids + 1]
  if n % 10 == 0 then path = "/v1/search?q=%E5%82%AC%E6%94%B6&limit=" .. n % 97 + 1
  elseif n % 3 == 0 then path = "/v1/guidance?limit=" .. n % 89 + 1 end
  return wrk.format("GET", path)
end
"""

HELLO = """
import os, sys
from flask import Flask
import api.app, api.server
from api.config import ApiConfig

def hello(*_arguments, **_options):
    app = Flask("hello")
    app.add_url_rule("/", "hello", lambda: "Hello, World!")
    return app

api.app.create_app = hello
kind = os.environ.get("ZHIQUAN_SERVER", "gunicorn")
api.server.serve(ApiConfig(database_url=sys.argv[1], port=0, server=kind))
"""
SERVICE = """
import os, sys
from api.config import ApiConfig
from api.server import serve
kind = os.environ.get("ZHIQUAN_SERVER", "gunicorn")
serve(ApiConfig(database_url=sys.argv[1], port=0, rate_limit=0, server=kind))
"""


@contextmanager
def server(program: str, url: str) -> Iterator[tuple[str, int]]:
    """The address and process id of a running service."""
    with subprocess.Popen(
        [sys.executable, "-c", program, url], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        try:
            yield address, process.pid
        finally:
            process.terminate()


def wrk(
    address: str,
    header: str = "",
    connections: int = CONNECTIONS,
    seconds: float = SECONDS,
    script: str = "",
) -> dict[str, float]:
    """Requests a second and in all, the 99th percentile in milliseconds, and errors."""
    options = ["-t2", f"-c{connections}", f"-d{seconds:.0f}s", "--timeout", "10s", "--latency"]
    options += ["-H", header] if header else []
    options += ["-s", script] if script else []
    told = subprocess.run(["wrk", *options, address], capture_output=True, text=True, check=True)
    text = told.stdout
    latency = re.search(r"99%\s+([\d.]+)(us|ms|s)", text)
    errors = re.search(
        r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text
    )
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    scale = {"us": 0.001, "ms": 1.0, "s": 1000.0}
    return {
        "sent": float(re.findall(r"(\d+) requests in", text)[0]),
        "rate": float(re.findall(r"Requests/sec:\s+([\d.]+)", text)[0]),
        "p99": float(latency[1]) * scale[latency[2]] if latency else 0.0,
        "errors": sum(map(int, errors.groups())) + int(bad[1] if bad else 0)
        if errors or bad
        else 0,
    }


def memory(pid: int) -> float:
    """Megabytes that the workers hold for themselves."""
    listed = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=True)
    total = 0
    for child in listed.stdout.split():
        text = Path(f"/proc/{child}/smaps_rollup").read_text()
        total += sum(int(one) for one in re.findall(r"Private_\w+:\s+(\d+) kB", text))
    return total / 1024


def measure(hello: str, service: str) -> None:
    """Print each kind of answer as a share of hello-world."""
    with urllib.request.urlopen(service + "v1/guidance?limit=1") as response:  # noqa: S310 - ours
        guidance = json.load(response)["items"][0]["id"]
        etag = response.headers["ETag"]
    kinds = {
        "304": ("v1/guidance?limit=1", f"If-None-Match: {etag}"),
        "guidance by id": (f"v1/guidance/{guidance}", ""),
        "list of 20": ("v1/guidance", ""),
        "search": ("v1/search?q=%E5%82%AC%E6%94%B6", ""),
        "page of a lender": ("lenders/weili-dai", ""),
    }
    for path, header in kinds.values():  # each worker builds its answers once
        wrk(service + path, header, 8, 1)
    for name, (path, header) in kinds.items():
        rates, tails = [], []
        for _ in range(TURNS):
            plain, ours = wrk(hello), wrk(service + path, header)
            assert not ours["errors"], ours
            rates.append(ours["rate"] / plain["rate"])
            tails.append(ours["p99"] / plain["p99"])
        figures = f"{ours['rate']:7.0f} requests/s, {statistics.median(rates):.2f} x hello-world"
        print(f"  {name:18} {figures}, p99 {statistics.median(tails):.2f} x", flush=True)


def endure(service: str, pid: int) -> None:
    """Print what many connections and many requests do."""
    with urllib.request.urlopen(service + "v1/guidance?limit=100") as response:  # noqa: S310 - ours
        ids = [one["id"] for one in json.load(response)["items"]]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(f"ids = {{{','.join(map(repr, ids))}}}\n{MIXED}")
        script.flush()
        wrk(service, script=script.name, seconds=20)  # fills what is kept
        held = [memory(pid)]
        sent = 0.0
        while sent < ENOUGH:
            sent += wrk(service, script=script.name, seconds=10)["sent"]
            held.append(memory(pid))
    figures = " ".join(f"{one:.0f}" for one in held)
    print(f"  memory of the workers over {sent:.0f} requests: {figures} MB", flush=True)
    found = wrk(service + "v1/guidance", connections=MANY, seconds=MANY_SECONDS)
    figures = f"{found['rate']:.0f} requests/s, p99 {found['p99']:.0f} ms"
    print(f"  {MANY} connections for {MANY_SECONDS} s: {figures}, errors {found['errors']:.0f}")


def main() -> None:
    """Fill a store, start both services, measure."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        store = Store.open(url)
        with store.begin() as transaction:
            for page in islice(pages(PAGES), PAGES):
                transaction.save(page)
        store.close()
        with server(HELLO, url) as (hello, _), server(SERVICE, url) as (service, pid):
            if "--endure" not in sys.argv:
                measure(hello, service)
            endure(service, pid)


if __name__ == "__main__":
    main()
