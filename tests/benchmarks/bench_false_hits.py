"""False hits on two-character names: the rules against marking every occurrence.

Run by ``./dev bench false_hits``. The texts are the labelled passages of
tests/quality/mentions, where the names also stand as ordinary words, and generated ordinary
Chinese in which they come about by chance. ``check.txt`` was written after the rules were
tuned. The extension marks what the Python finder finds: both are held to the same vectors.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.mentions import MentionFinder
from crawler.seeds import load_references
from crawler.vocabulary import Lexicon

PASSAGES = Path(__file__).resolve().parents[1] / "quality" / "mentions"
SENTENCES = 40_000
SEED = 23


@dataclass(frozen=True, slots=True)
class Passage:
    """A text without marks, and the spans of the mentions in it."""

    title: str
    text: str
    spans: frozenset[tuple[int, int]]


def labelled(path: Path) -> Iterator[Passage]:
    """The passages of a file, in order."""
    for row in path.read_text("utf-8").splitlines():
        if not row or row.startswith("#"):
            continue
        title, _, marked = row.partition("\t")
        text = ""
        spans = []
        for outside, inside in re.findall("([^⟦]*)(?:⟦([^⟧]*)⟧)?", marked.replace("⏎", "\n")):
            text += outside
            if inside:
                spans.append((len(text), len(text) + len(inside)))
                text += inside
        yield Passage(title, text, frozenset(spans))


def generated(lexicon: Lexicon) -> Iterator[Passage]:
    """Sentences of characters as frequent as in ordinary Chinese; nothing in them is a name."""
    shuffler = random.Random(SEED)  # noqa: S311 - reproducible test data
    common = lexicon.frames.common
    weights = [1 / (rank + 10) for rank in range(len(common))]
    for _ in range(SENTENCES):
        signs = shuffler.choices(common, weights, k=shuffler.randint(12, 40))
        yield Passage("", "".join(signs) + "。", frozenset())


def two_character(lexicon: Lexicon) -> re.Pattern[str]:
    """Every name of two characters, and longer names so that no part of one counts."""
    surfaces = {one for lender in lexicon.lenders for one in lender.surfaces}
    return re.compile("|".join(re.escape(one) for one in sorted(surfaces, key=len)[::-1]))


def measure(label: str, passages: list[Passage], lexicon: Lexicon) -> None:
    """Prints one row: false hits both ways, and how many of the true ones are found."""
    finder = MentionFinder(lexicon)
    plainly = two_character(lexicon)
    plain_false = our_false = true = found = 0
    for passage in passages:
        plain = {one.span() for one in plainly.finditer(passage.text)}
        ours = {(one.start, one.end) for one in finder.find_mentions(passage.text, passage.title)}
        short = {span for span in plain | ours | passage.spans if span[1] - span[0] == 2}
        plain_false += len(short & plain - passage.spans)
        our_false += len(short & ours - passage.spans)
        true += len(short & passage.spans)
        found += len(short & passage.spans & ours)
    fewer = 1 - our_false / plain_false if plain_false else 0.0
    recall = f"{found / true:.1%} of {true}" if true else "no true ones"
    print(f"{label:24} {plain_false:6} -> {our_false:4} false hits (-{fewer:.1%}), recall {recall}")


def main() -> None:
    """Print the table."""
    lexicon = load_references().lexicon
    measure("check.txt", list(labelled(PASSAGES / "check.txt")), lexicon)
    measure("tuning.txt", list(labelled(PASSAGES / "tuning.txt")), lexicon)
    measure("generated sentences", list(generated(lexicon)), lexicon)


if __name__ == "__main__":
    main()
