"""Which lines of two articles stand in the other one too, for people to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.dedup.alignment import align
from crawler.dedup.fingerprint import Fingerprint, bare_text, fingerprint_of
from crawler.model import CuratedArticle, Mention

_SHARED = 0.8  # share of a line's code points that makes it a shared one


@dataclass(frozen=True, slots=True)
class Passage:
    """A line of an article, and whether the other article has it too."""

    text: str
    shared: bool


def find_passages(
    text: str, mentions: Sequence[Mention], other: Fingerprint
) -> tuple[Passage, ...]:
    """The text's lines in order; lines with nothing to compare are left out."""
    passages: list[Passage] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        inside = [_moved(one, start) for one in mentions if start <= one.start and one.end <= end]
        bare = bare_text(line, inside)
        if bare:
            found = bare in other.bare or _covered(bare, other.bare) >= _SHARED * len(bare)
            passages.append(Passage(line, found))
        start = end + 1
    return tuple(passages)


def count_differences(shown: CuratedArticle, copy: CuratedArticle) -> tuple[int, int]:
    """How many lines only the copy has, and how many only the shown article has."""
    ours, theirs = fingerprint_of(shown), fingerprint_of(copy)
    extra = find_passages(copy.article.text, copy.mentions, ours)
    missing = find_passages(shown.article.text, shown.mentions, theirs)
    return sum(not one.shared for one in extra), sum(not one.shared for one in missing)


def _moved(mention: Mention, by: int) -> Mention:
    return Mention(mention.lender, mention.surface, mention.start - by, mention.end - by)


def _covered(bare: str, other: str) -> int:
    return sum(match.length for match in align(bare, other).matches)
