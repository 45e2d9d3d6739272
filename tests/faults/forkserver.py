"""A process that runs ``zhiquan`` commands in forked children and kills them where it is told.

Loading the program takes longer than what is tested; a fork costs nothing and is as much a
process as any other. A line of JSON on standard input is a ``Job``; the answer is a line too.
"""

from __future__ import annotations

import json
import mmap
import os
import resource
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from importlib import import_module
from pathlib import Path
from typing import Any, Self

_MODULES = (
    "alembic.command",
    "api.server",
    "crawler.cli.batch",
    "crawler.cli.copying",
    "crawler.cli.crawl",
    "crawler.cli.dedup",
    "crawler.cli.extract",
    "crawler.cli.recurate",
    "crawler.cli.serve",
    "crawler.cli.store",
    "crawler.spiders.source",
    "scrapy.crawler",
)
_WORD = 8  # bytes of the number of statements


@dataclass(frozen=True, slots=True)
class Job:
    """A command, and what happens to it. Everything after ``words`` may be absent.

    ``statement`` and ``commit`` kill it with all its processes before that SQL statement, or
    ``micros`` after that commit began; ``seconds`` kills it then. ``limit`` is the longest
    file it can write, ``shift`` the days its clock is ahead, ``busy`` the seconds it waits
    for a locked database, and ``out`` the file that takes its standard output.
    """

    words: list[str]
    cwd: str = "/"
    statement: int = 0
    commit: int = 0
    micros: int = 0
    seconds: float = 0
    limit: int = 0
    shift: int = 0
    busy: float = 0
    out: str = ""


def main() -> None:
    """Load everything, then run jobs until standard input ends."""
    for name in _MODULES:
        import_module(name)
    from crawler.work import load_prefilter, load_tools

    load_tools(None)
    load_prefilter(None)
    for line in sys.stdin:
        print(json.dumps(_run(Job(**json.loads(line)))), flush=True)


def _run(job: Job) -> dict[str, object]:
    counted = mmap.mmap(-1, 2 * _WORD)
    with tempfile.TemporaryFile() as shown, tempfile.TemporaryFile() as told:
        child = os.fork()
        if child == 0:
            os.setsid()
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(os.open(job.out, os.O_WRONLY) if job.out else shown.fileno(), 1)
            os.dup2(told.fileno(), 2)
            os._exit(_command(job, counted))
        status = _await(child, job.seconds)
        shown.seek(0)
        told.seek(0)
        return {
            "status": os.waitstatus_to_exitcode(status),
            "statements": int.from_bytes(counted[:_WORD], "little"),
            "commits": int.from_bytes(counted[_WORD:], "little"),
            "shown": shown.read().decode(),
            "told": told.read().decode(),
        }


def _await(child: int, seconds: float) -> int:
    """The child's status at its end; killed with its group after ``seconds``."""
    ends = time.monotonic() + seconds
    while seconds and time.monotonic() < ends:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status
        time.sleep(0.001)
    if seconds:
        os.killpg(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def _command(job: Job, counted: mmap.mmap) -> int:
    """The exit status of the command, run in this process."""
    os.chdir(job.cwd)
    if job.limit:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # so that writing fails, as on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (job.limit, job.limit))
    if job.shift:
        _shift_clock(timedelta(days=job.shift))
    if job.busy:
        connections: Any = import_module("crawler.store.connections")
        connections.BUSY_SECONDS = job.busy
    _watch(job, counted)
    from crawler.cli import main as run

    try:
        run(job.words, prog_name="zhiquan")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    except BaseException:  # what the interpreter itself would do
        sys.excepthook(*sys.exc_info())
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def _watch(job: Job, counted: mmap.mmap) -> None:
    """Count statements and commits of all the command's processes, and kill them at one."""
    from sqlalchemy import Engine, event

    pipe = _killer(job.micros) if job.commit else -1

    def count(at: int) -> int:
        place = slice(at * _WORD, (at + 1) * _WORD)
        number = int.from_bytes(counted[place], "little") + 1
        counted[place] = number.to_bytes(_WORD, "little")
        return number

    @event.listens_for(Engine, "before_cursor_execute")
    def _before(*_of: object) -> None:
        if count(0) == job.statement:
            os.killpg(0, signal.SIGKILL)

    @event.listens_for(Engine, "commit")
    def _commit(_connection: object) -> None:
        if count(1) == job.commit:
            os.write(pipe, b"!")


def _killer(micros: int) -> int:
    """A pipe; a byte in it kills the whole group ``micros`` later, whatever it does then."""
    reads, writes = os.pipe()
    if os.fork():
        os.close(reads)
        return writes
    os.close(writes)
    if not os.read(reads, 1):
        os._exit(0)
    ends = time.monotonic_ns() + micros * 1000
    while time.monotonic_ns() < ends:
        pass
    os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _shift_clock(shift: timedelta) -> None:
    """Let this process read a clock that is wrong by ``shift``."""
    real, seconds = datetime, time.time

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls.fromtimestamp(real.now().timestamp() + shift.total_seconds(), tz)

    time.time = lambda: seconds() + shift.total_seconds()  # type: ignore[assignment]
    for name, module in list(sys.modules.items()):
        if name.startswith(("crawler", "api")) and getattr(module, "datetime", None) is real:
            module.datetime = Shifted  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main()
