"""How a crawl is going: bars on a terminal, a plain line now and then in a log."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from crawler.cli.messages import tell
from crawler.intake import Intake

_REFRESH = 0.25  # seconds between two looks on a terminal
_PLAIN = 10.0  # seconds between two lines in a log


@contextmanager
def watching(intakes: Sequence[Intake]) -> Iterator[None]:
    """Shows the intakes' counts on standard error while the ``with`` block runs."""
    stop = Event()
    show = _show_bars if sys.stderr.isatty() else _show_lines
    thread = Thread(target=show, args=(intakes, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _show_bars(intakes: Sequence[Intake], stop: Event) -> None:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[state]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bars = [progress.add_task(one.source.id, state="") for one in intakes]
        ended = False
        while not ended:
            ended = stop.wait(_REFRESH)
            for bar, one in zip(bars, intakes, strict=True):
                done = one.outcomes.total()
                progress.update(bar, completed=done, total=one.known, state=_state(one))


def _show_lines(intakes: Sequence[Intake], stop: Event) -> None:
    while not stop.wait(_PLAIN):
        for one in intakes:
            done = one.outcomes.total()
            tell(f"{one.source.id}: {done} of {one.known} addresses; {_state(one)}")


def _state(intake: Intake) -> str:
    outcomes = dict(intake.outcomes)
    return ", ".join(f"{count} {what}" for what, count in sorted(outcomes.items()))
