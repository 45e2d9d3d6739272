"""What finding names is measured with: texts of the house guidance, a large lexicon, a rate."""

from __future__ import annotations

import dataclasses
import random
import re
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from crawler.vocabulary import Lexicon

ROOT = Path(__file__).resolve().parents[2]
_GUIDANCE = ROOT / "seeds" / "guidance"
_LENGTH = 1500  # code points of an article
_NAMES = 20_000
_RUNS = 3


def make_articles(passages: Sequence[str], each: int, megabytes: float) -> list[str]:
    """Articles of about 1,500 characters with ``each`` of the passages; so much UTF-8 in all."""
    shuffler = random.Random(7)  # noqa: S311 - reproducible test data
    sentences = [
        sentence
        for path in sorted(_GUIDANCE.glob("*.toml"))
        for sentence in re.findall(r"[\u4e00-\u9fff][^\"\n{}]{12,}", path.read_text("utf-8"))
    ]
    made: list[str] = []
    size = 0
    while size < megabytes * 1_000_000:
        lines = shuffler.choices(passages, k=each)
        while sum(map(len, lines)) < _LENGTH:
            lines.append(shuffler.choice(sentences))
        shuffler.shuffle(lines)
        made.append("\n".join(lines))
        size += len(made[-1].encode())
    return made


def read_passages(kind: str) -> Iterator[str]:
    """The lines of labelled passages of ``tests/quality/KIND``, with their marks."""
    for path in sorted((ROOT / "tests" / "quality" / kind).glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                yield line


def enlarged(lexicon: Lexicon, characters: int, endings: Sequence[str]) -> Lexicon:
    """The lexicon with made-up lenders added until it holds 20,000 names.

    Each is so many characters and one of the endings.
    """
    shuffler = random.Random(3)  # noqa: S311 - reproducible test data
    signs = [chr(code) for code in range(0x4E00, 0x5E00)]
    model = lexicon.lenders[0]
    missing = _NAMES - sum(len(lender.surfaces) for lender in lexicon.lenders)
    added = tuple(
        dataclasses.replace(
            model,
            id=f"made-up-{number}",
            name="".join(shuffler.choices(signs, k=characters)) + shuffler.choice(endings),
            aliases=(),
            context_forms=(),
            blocked_in=(),
        )
        for number in range(missing)
    )
    return dataclasses.replace(lexicon, lenders=lexicon.lenders + added)


def rate(work: Callable[[str], object], documents: Sequence[str]) -> float:
    """Megabytes of UTF-8 per CPU-second, the median of three runs."""
    megabytes = sum(len(text.encode()) for text in documents) / 1_000_000
    seconds = []
    for _ in range(_RUNS):
        start = time.process_time()
        for text in documents:
            work(text)
        seconds.append(time.process_time() - start)
    return megabytes / statistics.median(seconds)
