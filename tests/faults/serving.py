"""The service killed while it is asked: no wrong answer, and no report it had taken is lost."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import func, select

from crawler.store import Store
from crawler.store.tables import REPORTS
from tests.faults.commands import state_of

_SECONDS = 120.0  # until a service counts as not coming up
_ASKERS = 3


@dataclass(slots=True)
class Asked:
    """What clients were told: reports taken, answers that were wrong, connections lost."""

    taken: int = 0
    sent: int = 0
    lost: int = 0
    wrong: list[str] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)


@contextmanager
def running_service(database: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The service on a free port, in a group of its own, and its address; killed at the end."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ZHIQUAN_")}
    words = ("serve", "--port", "0", "--database", database)
    with subprocess.Popen(
        [sys.executable, "-m", "crawler.cli", *words],
        env=kept | {"ZHIQUAN_WORKERS": "2", "ZHIQUAN_PROXIES": "1", "ZHIQUAN_RATE_LIMIT": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        try:
            assert address, "the service did not start"
            yield process, address
        finally:
            _kill_group(process.pid)


def kill_services(engine: str, database: str, runs: int) -> int:
    """1 when a service did not survive ``runs`` kills, told in a line, else 0."""
    try:
        asked = kill_service(database, runs)
    except AssertionError as fault:
        print(f"  {engine:<10}  serve            FAILED: {fault}", flush=True)
        return 1
    print(
        f"  {engine:<10}  serve            {runs} kills, {asked.taken} reports taken and kept,"
        f" {asked.lost} connections lost, no wrong answer",
        flush=True,
    )
    return 0


def kill_service(database: str, runs: int) -> Asked:
    """What clients were told while workers, and at last the whole service, were killed.

    Fails when an answer is wrong, the store changes, or a report that was taken is missing.
    """
    before = state_of(database)
    uid = _shown(database)
    chance = random.Random(runs)  # noqa: S311 - not a secret
    asked = Asked()
    with running_service(database) as (process, address):
        askers = [
            threading.Thread(target=_ask, args=(address, uid, asked, number))
            for number in range(_ASKERS)
        ]
        for asker in askers:
            asker.start()
        try:
            for number in range(runs):
                _wait_for(asked, asked.taken + chance.randint(1, 12))
                if number == runs - 1:
                    _kill_group(process.pid)
                else:
                    os.kill(chance.choice(_workers(process.pid)), signal.SIGKILL)
        finally:
            asked.stopped.set()
            for asker in askers:
                asker.join()
    assert not asked.wrong, asked.wrong[:3]
    assert state_of(database) == before
    kept = _reports(database)
    assert asked.taken <= kept <= asked.sent, f"{asked.taken} taken, {kept} kept"
    with running_service(database) as (_, address):  # and it starts again
        assert _get(address, f"/v1/guidance/{uid}")[0] == 200
    return asked


def _ask(address: str, uid: str, asked: Asked, number: int) -> None:
    first: bytes | None = None
    network = 0
    while not asked.stopped.is_set():
        network += 1
        try:
            status, body = _get(address, f"/v1/guidance/{uid}")
            first = first or body
            if status != 200 or body != first:
                asked.wrong.append(f"GET: {status} {body[:80]!r}")
            asked.sent += 1
            status = _report(address, uid, f"{10 + number}.{network // 250}.{network % 250}.1")
            asked.taken += status == 200
            if status != 200:
                asked.wrong.append(f"POST: {status}")
        except (OSError, HTTPException):
            asked.lost += 1


def _get(address: str, path: str) -> tuple[int, bytes]:
    return _send(address, "GET", path, None, {})


def _report(address: str, uid: str, network: str) -> int:
    body = json.dumps({"kind": "outdated"})
    headers = {"Content-Type": "application/json", "X-Forwarded-For": network}
    return _send(address, "POST", f"/v1/guidance/{uid}/reports", body, headers)[0]


def _send(
    address: str, method: str, path: str, body: str | None, headers: dict[str, str]
) -> tuple[int, bytes]:
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _wait_for(asked: Asked, taken: int) -> None:
    ends = time.monotonic() + _SECONDS
    while asked.taken < taken:
        assert time.monotonic() < ends, f"no answers any more: {asked.wrong[:3]}"
        assert not asked.wrong, asked.wrong[:3]
        asked.stopped.wait(0.01)


def _workers(parent: int) -> list[int]:
    """The service's workers."""
    ends = time.monotonic() + _SECONDS
    while time.monotonic() < ends:
        with Path(f"/proc/{parent}/task/{parent}/children").open(encoding="ascii") as listed:
            if found := [int(one) for one in listed.read().split()]:
                return found
    raise AssertionError("the service has no workers")


def _kill_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return  # everybody is gone already


def _shown(database: str) -> str:
    store = Store.open_readonly(database)
    try:
        with store.reading() as reader:
            return next(one.uid for one in reader.export() if one.representative and one.shown)
    finally:
        store.close()


def _reports(database: str) -> int:
    store = Store.open_readonly(database)
    try:
        with store.reading() as reader:
            total = reader.connection.execute(select(func.sum(REPORTS.c.count))).scalar()
            return int(total or 0)
    finally:
        store.close()
