"""A PostgreSQL server for tests and benchmarks: its own folder, user and free port."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, text

_DEBIAN = Path("/usr/lib/postgresql")
_ROLE = "zhiquan"
_SECONDS = "60"  # until a start or stop counts as failed
_QUICK = {  # nothing here has to survive a power cut
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
}


@dataclass(frozen=True, slots=True)
class _Account:
    """Whom the server runs as: PostgreSQL refuses to run as root."""

    user: int | None
    group: int | None


def find_binaries() -> Path | None:
    """The folder with ``initdb`` and ``pg_ctl``, the newest version's; ``None`` without one."""
    debian = [path for path in _DEBIAN.glob("*/bin") if (path / "initdb").exists()]
    if debian:
        return max(debian, key=lambda path: float(path.parent.name))
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@dataclass(frozen=True, slots=True)
class Server:
    """A server that can be stopped and started again; ``url`` is its database ``postgres``."""

    url: str
    _control: tuple[str, ...]
    _start: tuple[str, ...]
    _account: _Account

    def start(self) -> None:
        """Returns when it answers."""
        _run(self._account, *self._control, *self._start)

    def stop(self, mode: str = "fast") -> None:
        """Ends every connection and returns when it has stopped."""
        _run(self._account, *self._control, "-m", mode, "stop")


@contextmanager
def running_server(binaries: Path | None = None) -> Iterator[str]:
    """The address of a new, empty server's database ``postgres``; stopped and deleted after.

    It listens on a free port of 127.0.0.1 and on a socket in its temporary folder.
    Raises ``FileNotFoundError`` when no PostgreSQL is installed.
    """
    with started_server(binaries) as server:
        yield server.url


@contextmanager
def started_server(binaries: Path | None = None) -> Iterator[Server]:
    """The same, for who wants to stop it in between."""
    tools = binaries or find_binaries()
    if tools is None:
        raise FileNotFoundError("no PostgreSQL is installed: apt-get install postgresql")
    account = _account()
    with tempfile.TemporaryDirectory(prefix="zhiquan-pg-") as folder:
        if account.user is not None and account.group is not None:
            os.chown(folder, account.user, account.group)
        data = Path(folder) / "data"
        initdb = ["--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C"]
        _run(account, tools / "initdb", "-D", data, "-U", _ROLE, *initdb)
        port = _free_port()
        options = [f"-c {name}={value}" for name, value in _QUICK.items()]
        options += [f"-p {port}", "-h 127.0.0.1", f"-k {folder}"]
        control = (str(tools / "pg_ctl"), "-D", str(data), "-w", "-t", _SECONDS)
        start = ("-l", str(Path(folder) / "log"), "-o", " ".join(options), "start")
        url = f"postgresql+psycopg://{_ROLE}@127.0.0.1:{port}/postgres"
        server = Server(url, control, start, account)
        try:
            server.start()
            yield server
        finally:
            if (data / "postmaster.pid").exists():  # holds the one process pg_ctl may stop
                server.stop("immediate")  # its data go with it


@contextmanager
def new_database(server: str) -> Iterator[str]:
    """The address of a new, empty database on the server; dropped after."""
    name = f"test_{uuid4().hex[:12]}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        yield f"{server.rpartition('/')[0]}/{name}"
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        engine.dispose()


def _account() -> _Account:
    """The account for the server: our own, or an unprivileged one when we are root."""
    if os.geteuid() != 0:
        return _Account(None, None)
    known = {one.pw_name: one for one in pwd.getpwall()}
    chosen = known.get("postgres") or known["nobody"]
    return _Account(chosen.pw_uid, chosen.pw_gid)


def _run(account: _Account, *words: object) -> None:
    """Runs a command to its end; raises ``RuntimeError`` with what it said when it fails."""
    extra = [] if account.group is None else [account.group]
    done = subprocess.run(
        [str(word) for word in words],
        cwd="/",
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        user=account.user,
        group=account.group,
        extra_groups=None if account.user is None else extra,
    )
    if done.returncode:
        raise RuntimeError(f"{words[0]} failed: {done.stdout.strip()}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
