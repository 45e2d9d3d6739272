"""Deduplication against rensa and datasketch, and its cost as the store grows.

Run by ``./dev bench dedup``. All figures come from one run on one core: documents per
CPU-second for signature, index and query on the same texts; the time to add one article
to a store that already holds many; bytes a document.
"""

from __future__ import annotations

import random
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from datasketch import MinHash, MinHashLSH
from rensa import RMinHash, RMinHashLSH

from crawler.dedup import KeyIndex, find_fingerprint
from crawler.extraction import extract_article
from crawler.mentions import MentionFinder, TitleNames, find_about
from crawler.model import Article, Mention, Page
from crawler.seeds import load_references
from crawler.text import fold

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = 2000
KEYS_A_DOCUMENT = 60
SIZES = (10_000, 100_000, 1_000_000)


def texts(count: int) -> list[str]:
    """Texts of about 1,500 characters, every tenth a copy of an earlier one.

    A chain of single characters learnt from the sample site writes them: the characters'
    frequencies are those of real pages, and unrelated texts share few shingles.
    """
    shuffler = random.Random(11)  # noqa: S311 - reproducible test data
    following: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "seeds" / "site").rglob("*.html")):
        article = extract_article(Page(path.name, path.read_bytes()))
        if isinstance(article, Article):
            for one, other in pairwise(article.text):
                following[one].append(other)
    made: list[str] = []
    while len(made) < count:
        if made and len(made) % 10 == 0:
            made.append(shuffler.choice(made)[150:])
            continue
        text = ["小"]
        while len(text) < 1500:
            text.append(shuffler.choice(following.get(text[-1]) or ["的"]))
        made.append("".join(text))
    return made


def ours(documents: Sequence[str]) -> None:
    """Fingerprint, query, index, for articles whose lenders are known."""
    index = KeyIndex()
    for text, mentions in zip(documents, MENTIONS, strict=False):
        one = find_fingerprint(None, text, mentions, ())
        index.find_candidates(one.keys)
        index.add(one.keys)


def ours_with_names(documents: Sequence[str]) -> None:
    """The same with the lenders' names found in each text first."""
    index = KeyIndex()
    for text in documents:
        mentions = FINDER.find_mentions(text)
        about = find_about(mentions, None, text, NAMES)
        one = find_fingerprint(None, text, mentions, about)
        index.find_candidates(one.keys)
        index.add(one.keys)


def rensa(documents: Sequence[str]) -> None:
    """rensa's MinHash of 128 permutations over 4-grams of folded text, with its LSH."""
    index = RMinHashLSH(threshold=0.7, num_perm=128, num_bands=32)
    for number, text in enumerate(documents):
        folded = fold(text).text
        sketch = RMinHash(num_perm=128, seed=1)
        sketch.update([folded[at : at + 4] for at in range(len(folded) - 3)])
        index.query(sketch)
        index.insert(number, sketch)


def datasketch(documents: Sequence[str]) -> None:
    """datasketch's MinHash and LSH over the same grams."""
    index = MinHashLSH(threshold=0.7, num_perm=128)
    for number, text in enumerate(documents):
        folded = fold(text).text
        sketch = MinHash(num_perm=128, seed=1)
        sketch.update_batch([folded[at : at + 4].encode() for at in range(len(folded) - 3)])
        index.query(sketch)
        index.insert(number, sketch)


def rate(work: Callable[[Sequence[str]], None], documents: Sequence[str]) -> float:
    """Documents per CPU-second, the median of three runs."""
    seconds = []
    for _ in range(3):
        start = time.process_time()
        work(documents)
        seconds.append(time.process_time() - start)
    return len(documents) / statistics.median(seconds)


def growth(folder: Path, sizes: Sequence[int]) -> Iterator[tuple[int, float, float]]:
    """Stored signatures, milliseconds to look up and add one article, bytes a document.

    The look-up is the store's own statement on its own table layout.
    """
    from crawler.store.postings import _postings

    statement = str(_postings(KEYS_A_DOCUMENT))
    generator = np.random.default_rng(5)
    connection = sqlite3.connect(folder / "keys.db")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(
        "CREATE TABLE signature_keys (hash BIGINT, page_id INTEGER, PRIMARY KEY (hash, page_id))"
        " WITHOUT ROWID"
    )
    connection.execute("CREATE TABLE signatures (page_id INTEGER PRIMARY KEY, size INTEGER)")
    stored = 0
    for size in sizes:
        while stored < size:
            step = min(100_000, size - stored)
            hashes = generator.integers(-(2**63), 2**63, step * KEYS_A_DOCUMENT)
            pages = np.repeat(np.arange(stored, stored + step), KEYS_A_DOCUMENT)
            order = np.argsort(hashes)
            rows = zip(hashes[order].tolist(), pages[order].tolist(), strict=True)
            connection.executemany("INSERT INTO signature_keys VALUES (?, ?)", rows)
            sizes_of = ((page, KEYS_A_DOCUMENT) for page in range(stored, stored + step))
            connection.executemany("INSERT INTO signatures VALUES (?, ?)", sizes_of)
            connection.commit()
            stored += step
        timings = []
        for number in range(200):
            keys = generator.integers(-(2**63), 2**63, KEYS_A_DOCUMENT).tolist()
            start = time.process_time()
            connection.execute(statement, {f"k{at}": key for at, key in enumerate(keys)}).fetchall()
            rows = [(key, stored + number) for key in keys]
            connection.executemany("INSERT INTO signature_keys VALUES (?, ?)", rows)
            connection.commit()
            timings.append(1000 * (time.process_time() - start))
        bytes_each = (folder / "keys.db").stat().st_size / size
        yield size, statistics.median(timings), bytes_each
    connection.close()


def main() -> None:
    """Print the table of ratios and the growth."""
    documents = texts(DOCUMENTS)
    MENTIONS.extend(FINDER.find_mentions(text) for text in documents)
    mine = rate(ours, documents)
    print(f"zhiquan      {mine:8.0f} documents per CPU-second: signature, index, query")
    peers = (("and names", ours_with_names), ("rensa", rensa), ("datasketch", datasketch))
    for name, work in peers:
        other = rate(work, documents)
        print(f"{name:12} {other:8.0f}   zhiquan is {mine / other:.2f} x")
    sizes = SIZES if "--full" in sys.argv else SIZES[:2]
    first = None
    with tempfile.TemporaryDirectory() as folder:
        for size, milliseconds, bytes_each in growth(Path(folder), sizes):
            first = first or milliseconds
            ratio = milliseconds / first
            print(
                f"{size:>9} stored: {milliseconds:.2f} ms to add one ({ratio:.2f} x),"
                f" {bytes_each:.0f} bytes a document on disk"
            )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")


LEXICON = load_references().lexicon
FINDER = MentionFinder(LEXICON)
NAMES = TitleNames(LEXICON)
MENTIONS: list[tuple[Mention, ...]] = []

if __name__ == "__main__":
    main()
