"""The job: archives mapped to parts, joined and clustered, on a Dask cluster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from distributed import Client, Future, LocalCluster, as_completed

from crawler.batch.joining import cluster, find_same, prepare
from crawler.batch.parts import Part, make_part
from crawler.errors import InputError, StoreError
from crawler.work import Task

_RETRIES = 2  # of a step whose worker died
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Finished:
    """What a job brought: articles written, counts by outcome, and a line for each fault."""

    articles: int
    tally: dict[str, int]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a job runs: a scheduler's address, or so many processes of this machine."""

    scheduler: str | None = None
    workers: int = 1


def run_batch(
    task: Task, archives: Sequence[str], folder: Path, place: Place, tell: Tell
) -> Finished:
    """Curate the archives and write ``folder``/articles.parquet, clusters included.

    A job that was stopped goes on with the parts that are missing. The folder must be seen
    by all workers under the same path, and so must the archives and the reference data.
    Raises ``StoreError`` when the folder cannot take what is written.
    """
    try:
        return _run(task, archives, folder, place, tell)
    except duckdb.Error as error:
        line = str(error).strip().splitlines()[0]
        raise StoreError(f"{folder}: cannot be written or read ({line})") from error


def _run(task: Task, archives: Sequence[str], folder: Path, place: Place, tell: Tell) -> Finished:
    folder.mkdir(parents=True, exist_ok=True)
    _check_same_job(folder, archives)
    tally: Counter[str] = Counter()
    faults: list[str] = []
    with _client(place) as client:
        futures = _spread(client, make_part, [task, folder], enumerate(archives))
        for done, future in enumerate(as_completed(futures), start=1):
            part: Part = future.result()
            tally.update(part.tally)
            faults += part.faults
            tell(f"{done} of {len(archives)} archives, {tally['curated']} pages curated")
        chunks = prepare(folder)
        tell(f"{chunks} chunks of pairs to compare")
        compared = _spread(client, find_same, [task, folder], ((at,) for at in range(chunks)))
        same = [pair for pairs in client.gather(compared) for pair in pairs]
    articles = cluster(task, folder, same)
    return Finished(articles, dict(tally), tuple(sorted(faults)))


def _spread(
    client: Client,
    step: Callable[..., object],
    same: list[object],
    each: Iterable[tuple[object, ...]],
) -> list[Future[object]]:
    """The step started with ``same`` and each of ``each``; again when its worker dies."""
    return [client.submit(step, *same, *one, retries=_RETRIES, pure=False) for one in each]


@contextmanager
def _client(place: Place) -> Iterator[Client]:
    if place.scheduler is not None:
        try:
            client = Client(place.scheduler, timeout=10)
        except (OSError, TimeoutError, ValueError) as error:
            raise InputError(f"{place.scheduler}: no Dask scheduler answers there") from error
        with client:
            yield client
        return
    with (
        LocalCluster(
            n_workers=place.workers,
            threads_per_worker=1,  # curating is work for the processor, and holds the interpreter
            host="127.0.0.1",
            dashboard_address=None,
            memory_limit=0,
        ) as machine,
        Client(machine) as client,
    ):
        yield client


def _check_same_job(folder: Path, archives: Sequence[str]) -> None:
    """Raises ``InputError`` when the folder holds the parts of other archives."""
    listed = folder / "archives.txt"
    wanted = "".join(f"{archive}\n" for archive in archives)
    if listed.exists() and listed.read_text(encoding="utf-8") != wanted:
        raise InputError(f"{folder}: holds the result of other archives; give an empty folder")
    listed.write_text(wanted, encoding="utf-8")
