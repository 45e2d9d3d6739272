"""Texts to measure with: sentences of the house guidance with labelled passages among them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_GUIDANCE = ROOT / "seeds" / "guidance"
_LENGTH = 1500  # code points of an article


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
