"""Citations, phone numbers and all annotation together, against simpler ways to find names.

Run by ``./dev bench citations``. Megabytes of UTF-8 per CPU-second on one core, on articles
with one labelled passage in each, denser in citations than real pages; every way reads the
same texts in the same run. The peers only find surfaces: one regular-expression alternation
and pyahocorasick, both bare, without status, provisions, folding or context.
"""

from __future__ import annotations

import re
from datetime import date

import ahocorasick
from articles import enlarged, make_articles, rate, read_passages

from crawler.citations import CitationFinder
from crawler.contacts import ContactFinder
from crawler.mentions import MentionFinder
from crawler.seeds import load_references
from crawler.vocabulary import Lexicon, References

ON = date(2026, 11, 22)
MEGABYTES = 4


def texts() -> list[str]:
    """Articles of about 1,500 characters of house guidance, with one passage in each."""
    mark = re.compile(r"⟦[^|⟧]*\||⟧|^\d{4}-\d\d-\d\d\t")
    passages = [mark.sub("", line) for line in read_passages("citations")]
    return make_articles(passages, 1, MEGABYTES)


def surfaces(references: References, lexicon: Lexicon) -> list[str]:
    """All names that the peers look for."""
    names = {name for lender in lexicon.lenders for name in lender.surfaces}
    for statute in references.statutes:
        names.update((statute.title, *statute.aliases, *statute.guarded_aliases))
    for regulator in references.regulators:
        names.update((regulator.name, *regulator.aliases))
        names.update(name for one in regulator.former for name in (one.name, *one.aliases))
    names.update(hotline.number for hotline in references.hotlines)
    return sorted(names, key=len, reverse=True)


def main() -> None:
    """Print the table of rates and ratios."""
    references = load_references()
    documents = texts()
    lexicon = enlarged(references.lexicon, 5, ("贷",))
    citations, contacts = CitationFinder(references), ContactFinder(references)
    mentions = MentionFinder(lexicon)
    names = surfaces(references, lexicon)
    alternation = re.compile("|".join(map(re.escape, names)))
    automaton = ahocorasick.Automaton()
    for name in names:
        automaton.add_word(name, name)
    automaton.make_automaton()

    def everything(text: str) -> None:
        mentions.find_mentions(text)
        citations.find_citations(text, ON)
        contacts.find_contacts(text)

    found = sum(len(citations.find_citations(text, ON)) for text in documents)
    signs = sum(map(len, documents))
    print(f"{len(documents)} articles, {len(names)} names, a citation to {signs // found} signs")
    mine = rate(everything, documents)
    rows = (
        ("citations alone", lambda text: citations.find_citations(text, ON)),
        ("contacts alone", contacts.find_contacts),
        ("pyahocorasick, bare", lambda text: list(automaton.iter_long(text))),
    )
    print(f"{'names, citations, contacts':28} {mine:7.1f} MB per CPU-second")
    for name, work in rows:
        other = rate(work, documents)
        print(f"{name:28} {other:7.1f}   all annotation is {mine / other:.2f} x")
    some = documents[: max(1, len(documents) // 400)]
    other = rate(alternation.findall, some)
    print(f"{'one alternation':28} {other:7.3f}   all annotation is {mine / other:.0f} x")


if __name__ == "__main__":
    main()
