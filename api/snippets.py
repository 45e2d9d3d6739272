"""The passage of a text that shows why it was found, and what to highlight in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.text import fold

_LENGTH = 96  # code points: three lines on a phone
_LEAD = 24  # code points before the first hit


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage, and the half-open spans (code points) of the terms in it."""

    text: str
    highlights: tuple[tuple[int, int], ...]


def find_highlights(text: str, terms: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """The spans of the folded terms in ``text``, in order and without overlap."""
    folded = fold(text)
    spans: list[tuple[int, int]] = []
    for term in terms:
        at = folded.text.find(term)
        while at >= 0:
            spans.append(folded.span(at, at + len(term)))
            at = folded.text.find(term, at + len(term))
    return _without_overlap(spans)


def make_snippet(texts: Sequence[str], terms: Sequence[str]) -> Snippet:
    """The passage around the first hit of the longest term; the beginning when none hits."""
    by_length = sorted(dict.fromkeys(terms), key=lambda term: (-len(term), term))
    for term in by_length:
        for text in texts:
            spans = find_highlights(text, [term])
            if spans:
                return _cut(text, spans[0][0], by_length)
    return _cut(next(iter(texts), ""), 0, by_length)


def _cut(text: str, hit: int, terms: Sequence[str]) -> Snippet:
    start = max(0, min(hit - _LEAD, len(text) - _LENGTH))
    end = min(len(text), start + _LENGTH)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    passage = f"{before}{text[start:end]}{after}"
    return Snippet(passage, find_highlights(passage, terms))


def _without_overlap(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)
