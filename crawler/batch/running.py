"""The job on a Dask cluster: archives mapped to parts and joined, or mapped into a store."""

from __future__ import annotations

import logging
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from pathlib import Path

import duckdb
from distributed import Client, Future, LocalCluster, as_completed

from crawler.batch.filling import fill_part
from crawler.batch.joining import cluster, find_same, prepare
from crawler.batch.parts import Part, make_part
from crawler.errors import InputError, StoreError
from crawler.store import Store
from crawler.work import Task

_RETRIES = 2  # of a step whose worker died
_SILENT = logging.CRITICAL  # faults come back as exceptions
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Finished:
    """What a job brought: counts by outcome, and a line for each fault.

    ``articles`` are those written, or all that the store then has.
    """

    articles: int
    tally: dict[str, int]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A store to fill, and the folder that notes what is done, seen by all workers."""

    database: str
    notes: Path


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


def fill_store(
    task: Task, archives: Sequence[str], target: Target, place: Place, tell: Tell
) -> Finished:
    """Curate the archives into the store, which all workers must reach.

    A job that was stopped goes on with the archives that ``target.notes`` does not tell of.
    Raises ``StoreError``.
    """
    with closing(Store.open(target.database)) as store:  # migrated before the workers come
        _prepare_folder(target.notes, archives, store.name)
        with _client(place) as client:
            same = [task, target.notes, target.database]
            futures = _spread(client, fill_part, same, enumerate(archives))
            tally, faults = _gather(futures, tell)
        with store.reading() as reader:
            return Finished(reader.counts().pages, dict(tally), faults)


def _run(task: Task, archives: Sequence[str], folder: Path, place: Place, tell: Tell) -> Finished:
    _prepare_folder(folder, archives)
    with _client(place) as client:
        futures = _spread(client, make_part, [task, folder], enumerate(archives))
        tally, faults = _gather(futures, tell)
        chunks = prepare(folder)
        tell(f"{chunks} chunks of pairs to compare")
        compared = _spread(client, find_same, [task, folder], ((at,) for at in range(chunks)))
        same = [pair for pairs in client.gather(compared) for pair in pairs]
    articles = cluster(task, folder, same)
    return Finished(articles, dict(tally), faults)


def _gather(futures: list[Future[object]], tell: Tell) -> tuple[Counter[str], tuple[str, ...]]:
    """The counts and the faults of all parts."""
    tally: Counter[str] = Counter()
    faults: list[str] = []
    for done, future in enumerate(as_completed(futures), start=1):
        part: Part = future.result()
        tally.update(part.tally)
        faults += part.faults
        tell(f"{done} of {len(futures)} archives, {tally['curated']} pages curated")
    return tally, tuple(sorted(faults))


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
    # The cluster keeps its silence until it is closed, and has last words.
    for handler in logging.getLogger("distributed").handlers:
        handler.setLevel(_SILENT)
    with ExitStack() as stack:
        with _shielded():
            machine = LocalCluster(
                n_workers=place.workers,
                threads_per_worker=1,  # curating is work for the processor, and holds the GIL
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",  # its own choice collides with another job's
                memory_limit=0,
                silence_logs=_SILENT,
            )
            stack.enter_context(machine)
        yield stack.enter_context(Client(machine))


@contextmanager
def _shielded() -> Iterator[None]:
    """Ctrl-C is for this process alone, which ends those that are started here; it waits so long.

    What is blocked here stays blocked in the processes that are started meanwhile.
    """
    resource_tracker.ensure_running()  # its start would unblock Ctrl-C again
    former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


def _prepare_folder(folder: Path, archives: Sequence[str], store: str = "") -> None:
    """Make the folder; raises ``InputError`` when it belongs to other archives or a store."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = folder / "archives.txt"
    wanted = "".join(f"{archive}\n" for archive in archives)
    wanted += f"into {store}\n" if store else ""
    if listed.exists() and listed.read_text(encoding="utf-8") != wanted:
        raise InputError(
            f"{folder}: holds the result of other archives, or for another place;"
            " give an empty folder"
        )
    listed.write_text(wanted, encoding="utf-8")
