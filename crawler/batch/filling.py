"""The map step into a store: one archive's pages curated and saved, grouped as they arrive.

Clusters follow from the pages alone, so the store finds in any order what the join finds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from crawler.batch.parts import Part, curate_archive, find_note, write_note
from crawler.dedup import fingerprint_of
from crawler.importing import check_address, load_grouping, own_store, store_page
from crawler.model import CuratedArticle
from crawler.reading import Fault
from crawler.work import Task

_AT_ONCE = 16  # pages in a transaction, as in a crawl: more would keep other writers waiting


def fill_part(task: Task, folder: Path, database: str, number: int, archive: str) -> Part:
    """Curate the archive's pages into the store, and note in ``folder`` that it is done.

    What a killed worker had stored is found unchanged when the archive is read again.
    Raises ``StoreError``.
    """
    if known := find_note(folder, number):
        return known
    tally: Counter[str] = Counter()
    faults: list[str] = []
    store, grouping = own_store(database), load_grouping(task.seeds)
    curated = curate_archive(task, archive, tally, faults)
    pages = _with_addresses(curated, faults)
    while batch := list(islice(pages, _AT_ONCE)):
        # Made before the transaction, in which other writers wait.
        read = [(page, fingerprint_of(page)) for page in batch]
        with store.begin() as transaction:
            tally.update([store_page(transaction, grouping, *one) for one in read])
    return write_note(folder, number, Part(dict(tally), tuple(faults)))


def _with_addresses(pages: Iterator[CuratedArticle], faults: list[str]) -> Iterator[CuratedArticle]:
    """The pages that can be stored; a line in ``faults`` for each other one."""
    for page in pages:
        checked = check_address(page)
        if isinstance(checked, Fault):
            faults.append(checked.message)
        else:
            yield checked
