"""Finding lenders' names with all their rules, against bare ways to find the same surfaces.

Run by ``./dev bench mentions``. Megabytes of UTF-8 per CPU-second on one core, medians, on
articles of about 1,500 characters with six labelled passages in each; 20,000 names; every way
reads the same texts in the same run. The peers only find surfaces as they are written: one
regular-expression alternation and pyahocorasick, both without folding, offsets or context.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import ahocorasick
from articles import enlarged, make_articles, rate, read_passages

from crawler.mentions import MentionFinder
from crawler.seeds import load_references
from crawler.text import fold

MEGABYTES = 6
ENDINGS = ("贷", "花", "借款", "钱包", "金融", "消费金融", "小贷", "分期")


def articles() -> list[str]:
    """Texts of house guidance with six labelled passages in each."""
    passages = [
        re.sub("[⟦⟧]", "", line.partition("\t")[2]).replace("⏎", "\n")
        for line in read_passages("mentions")
    ]
    return make_articles(passages, 6, MEGABYTES)


def main() -> None:
    """Print the table of rates and ratios."""
    documents = articles()
    lexicon = enlarged(load_references().lexicon, 2, ENDINGS)
    start = time.process_time()
    finder = MentionFinder(lexicon)
    built = time.process_time() - start
    names = sorted({one for lender in lexicon.lenders for one in lender.surfaces}, key=len)[::-1]
    alternation = re.compile("|".join(map(re.escape, names)))
    automaton = ahocorasick.Automaton()
    for name in names:
        automaton.add_word(name, name)
    automaton.make_automaton()
    found = sum(len(finder.find_mentions(text)) for text in documents)
    print(
        f"{len(documents)} articles, {len(names)} names, {found} mentions, built in {built:.1f} s"
    )
    mine = rate(finder.find_mentions, documents)
    print(f"{'names with all rules':28} {mine:7.1f} MB per CPU-second")
    rows: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("folding alone", fold),
        ("pyahocorasick, bare", lambda text: list(automaton.iter_long(text))),
    )
    for label, work in rows:
        other = rate(work, documents)
        print(f"{label:28} {other:7.1f}   names with all rules are {mine / other:.2f} x")
    few = documents[: max(1, len(documents) // 400)]
    other = rate(alternation.findall, few)
    print(f"{'one alternation':28} {other:7.3f}   names with all rules are {mine / other:.0f} x")


if __name__ == "__main__":
    main()
