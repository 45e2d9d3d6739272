"""Finds the site's own words at the edges of a text: what speaks of its service, tools and rights.

No phrase tells them, for every site has its own. What tells them is that nearly all of such a line
is made of words about the site and of requests to the reader, and none of it of what the article
speaks of. Each trait is weighed, the weights are those of a logistic regression, so that a value
is the logarithm of the odds; above nought the line is likelier the site's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import inf
from operator import mul

from crawler.extraction.texts import SENTENCE_END, SHORT_LINE, Texts, is_text
from crawler.linklists.hosts import leads_away
from crawler.linklists.line import Line
from crawler.linklists.shapes import NUMBER
from crawler.model import BlockType, RemovalReason
from crawler.pagewords import PageWords, bare
from crawler.wordlists import load_table

KINDS = (
    *("site", "service", "tools", "rights", "disclaimers", "calls", "haste", "labels"),
    *("publishing", "reader", "own"),
)
NO_COVER = frozenset(("reader", "own"))  # kinds whose words make no line the site's
ENOUGH = 2  # words of one kind that tell all that these can tell
ENOUGH_OWN = 3  # the same of words of the article's own matter
ENOUGH_RIGHTS = 2  # so many words of rights tell a number to call for the site's
LONG_LINE = 60  # code points; longer lines are equally long
SHORTEST_LINE, LONGEST_LINE = 4, 240  # code points of what may be such a line
LEAST_COVER = 0.3  # of such a line's letters are in words about the site
ITEMS = 5  # short lines on either side that tell whether a line is one of a list
REACH = 3  # lines like none of these between the edge and one of them

# In the order of ``find_traits``. tests/quality/extraction/train_edges.py fits them.
WEIGHTS = (6.3, 0.9, 1.1, 1.2, 1.6, 0.4, 1.4, 0.4, 0.8, -0.5, 1.1, -1.6, -0.7, -2.2, -0.8)
BIAS = -2.4
# From this value on a line is the site's: one that looks like the sentences of the text, and one
# in an element that none of them stands in.
ALIKE, APART = 0.4, -0.4

_EMAIL = re.compile(r"[A-Za-z\d._-]{1,40}@[A-Za-z\d.-]{1,60}")
_OFFICIAL = (".gov.cn", ".org.cn")  # where an article sends its reader
_STOPS = ("。", "！", "？")
_QUOTES = "”’」』"
_ITEM_ENDS = ("；", ";")
_ANNOUNCES = (":", "：")
_NUMBER_TO_CALL = re.compile(r"(?:热线|電話|电话|拨打|致电|联系|咨询)[^\d\n]{0,6}\d[\d-]{6}")


@dataclass(frozen=True, slots=True)
class _EdgeWords:
    """The words of ``seeds/edges.toml``, bared, with the kind of each, and the labels of them."""

    kinds: dict[str, str]
    longest: dict[str, int]  # code points of the longest word that begins with the character
    labels: frozenset[str]

    def find(self, bared: str) -> list[str]:
        """The words in a bared line, from left to right, the longest at each place.

        With so many words a pattern would try each of them at each place.
        """
        found: list[str] = []
        start = 0
        while start < len(bared):
            longest = self.longest.get(bared[start], 0)
            for end in range(min(len(bared), start + longest), start, -1):
                if bared[start:end] in self.kinds:
                    found.append(bared[start:end])
                    start = end
                    break
            else:
                start += 1
        return found

    def count(self, bared: str) -> Counter[str]:
        """How many words of each kind a bared line has."""
        return Counter(self.kinds[word] for word in self.find(bared))


@cache
def _edge_words() -> _EdgeWords:
    table = load_table("edges")
    kinds: dict[str, str] = {}
    for kind in KINDS:
        for word in table[kind]:
            kinds.setdefault(bare(word), kind)
    longest: dict[str, int] = {}
    for word in kinds:
        longest[word[0]] = max(len(word), longest.get(word[0], 0))
    return _EdgeWords(kinds, longest, frozenset(map(bare, table["labels"])))


def find_edges(
    texts: Texts, dropped: Container[int], words: PageWords, signed: Container[int] = ()
) -> dict[int, RemovalReason]:
    """The lines of the site above the first sentence of the text and behind the last one.

    Nothing where no sentence would be left, or where the text is not known to end there. Those
    in ``signed`` are an article's own signature.
    """
    kept = [at for at in range(len(texts.lines)) if at not in dropped]
    shapes = Counter(
        line.shape
        for line in (texts.lines[at] for at in kept)
        if is_text(line) and SENTENCE_END.search(line.text)
    )
    above = _find_side(texts, kept, shapes, words, above=True)
    below = _find_side(texts, kept[::-1], shapes, words, above=False)
    if above is None or below is None:
        return {}
    _add_labels(texts, kept, below)
    found = (at for at in (*above, *below) if at not in signed)
    return {at: _reason_of(texts.bared[at]) for at in found}


def _find_side(
    texts: Texts, order: Sequence[int], shapes: Counter[str], words: PageWords, *, above: bool
) -> list[int] | None:
    """The site's lines from an edge to the first own sentence; ``None`` where there is none."""
    found: list[int] = []
    kept = frozenset(order)
    passed = 0
    for at in order:
        line = texts.lines[at]
        # The one line of its look stands apart from the text's.
        least = ALIKE if shapes[line.shape] > 1 else APART
        if (
            _may_be_site(line, texts.bared[at], words)
            and value_of(texts.bared[at], line.text, above=above) > least
            and not _is_item(texts, at, kept)
        ):
            found.append(at)
        elif is_text(line) and SENTENCE_END.search(line.text):
            return found
        else:
            passed += 1
            if passed > REACH:
                return found
    return None


def _may_be_site(line: Line, bared: str, words: PageWords) -> bool:
    """Whether a line has the form of such lines: no item, heading, name or number to call."""
    is_name = bared.endswith(words.bodies) and len(bared) == len(line.text)
    return (
        not is_name
        and line.type is BlockType.PARAGRAPH
        and SHORTEST_LINE <= len(line.text) <= LONGEST_LINE
        and not line.text.endswith(_ANNOUNCES)
        and words.hotlines.search(line.text) is None
        and not _is_called(line.text, bared)
        and not leads_away(line, words, None)
    )


def _is_called(text: str, bared: str) -> bool:
    """Whether a line gives a number to call about anything but rights in the text.

    The reader is told that it is unverified, be it the article's, an advert's or the site's.
    """
    if _NUMBER_TO_CALL.search(text) is None:
        return False
    return _edge_words().count(bared)["rights"] < ENOUGH_RIGHTS


def _is_item(texts: Texts, at: int, kept: Container[int]) -> bool:
    """Whether a line is an item: by its form, or by short lines beside it that are no site's.

    A list is the site's as a whole, or the article's.
    """
    line = texts.lines[at]
    if NUMBER.match(line.text) or line.text.endswith(_ITEM_ENDS):
        return True
    if not _is_short(line):
        return False
    for step in (-1, 1):
        for one in range(at + step, at + step * (ITEMS + 1), step):
            if one not in kept or texts.lines[one].shape != line.shape:
                break
            if not _is_short(texts.lines[one]):
                break
            if value_of(texts.bared[one], texts.lines[one].text, above=False) < APART:
                return True
    return False


def _is_short(line: Line) -> bool:
    """Whether a line is a few words that do not end like a sentence."""
    return len(line.text) <= SHORT_LINE and not line.text.endswith(_STOPS)


def _add_labels(texts: Texts, kept: list[int], found: list[int]) -> None:
    """Adds the lines that are only a label of such a line right below: 声明."""
    for before, at in pairwise(kept):
        if at in found and texts.bared[before] in _edge_words().labels:
            found.append(before)


def value_of(bared: str, text: str, *, above: bool) -> float:
    """How likely a line is the site's, as the logarithm of the odds."""
    traits = find_traits(bared, text, above=above)
    # A long paragraph has some words of each kind, and says something else.
    return BIAS + sum(map(mul, WEIGHTS, traits)) if traits[0] >= LEAST_COVER else -inf


def find_traits(bared: str, text: str, *, above: bool) -> tuple[float, ...]:
    """The traits of a line, 0 to 1 each.

    In order: the share of its letters in words about the site; how many words of each of
    ``KINDS``; its length, whether it ends like a sentence, and whether it stands above the text.
    """
    words = _edge_words()
    address = _EMAIL.search(text) if "@" in text else None
    if address:  # to write to: no words of the line's
        bared = bared.replace(bare(address[0]), "")
    found = words.find(bared)
    counts = Counter(words.kinds[word] for word in found)
    covered = sum(len(word) for word in found if words.kinds[word] not in NO_COVER)
    size = len(bared) - sum(map(str.isdecimal, bared))
    if address and not address[0].endswith(_OFFICIAL):
        size, covered = size + len(address[0]), covered + len(address[0])
    return (
        covered / max(1, size),
        *(min(counts[kind], ENOUGH) / ENOUGH for kind in KINDS[:-1]),
        min(counts["own"], ENOUGH_OWN) / ENOUGH_OWN,
        min(len(bared), LONG_LINE) / LONG_LINE,
        float(text.rstrip(_QUOTES).endswith(_STOPS)),
        float(above),
    )


def _reason_of(bared: str) -> RemovalReason:
    """What such a line mostly speaks of: rights, or something to do."""
    counts = _edge_words().count(bared)
    rights = counts["rights"] + counts["disclaimers"]
    return (
        RemovalReason.COPYRIGHT
        if rights > counts["tools"] + counts["service"]
        else RemovalReason.SHARE
    )
