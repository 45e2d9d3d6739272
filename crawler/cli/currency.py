"""What marks out-of-date law on a page, as the extension carries it; read by extension/notes.js."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from crawler.citations import CitationFinder
from crawler.citations.bodies import BodyReader
from crawler.citations.names import Anchor, AnchorKind, Names
from crawler.citations.places import Places
from crawler.citations.status import StatuteJudge
from crawler.citations.words import Words
from crawler.model import Citation, CitationStatus
from crawler.vocabulary import References, Trust

_LAST: Final = date.max
"""Judged on the last of days, so that the document does not depend on the day it is made.

Each entry says since when it holds, and the device compares that with its own date.
"""

_OUTDATED: Final = frozenset(
    {
        CitationStatus.RENAMED,
        CitationStatus.SUPERSEDED,
        CitationStatus.REPEALED,
        CitationStatus.NEVER_IN_FORCE,
        CitationStatus.MISATTRIBUTED,
    }
)
_GROUPS: Final = (
    "lead_ins",
    "said_of_law",
    "former_before",
    "repealed_before",
    "former_after",
    "present_after",
    "changes",
    "repealed_after",
    "other_law_before",
    "word_tails",
    "word_tails_allowed",
    "chapter_tails",
    "rules_under_law",
    "local_rules",
    "books_on_law",
    "books_on_law_not",
    "office_heads",
    "office_tails",
    "phone_cues",
    "number_cues",
)
_SENTENCES: Final = {
    AnchorKind.STATUTE: "根据《{}》的规定。",
    AnchorKind.REGULATOR: "可以向{}投诉。",
    AnchorKind.PHANTOM: "根据{}的规定。",
}


def currency_document(references: References) -> dict[str, Any]:
    """The document, ready for JSON: stale names, longer names that hide them, words, numbers.

    ``names`` lists ``[surface, entry, guarded]``; a guarded name counts only in 《》, after
    a lead-in word or before what is said of a law. ``hides`` are names that hold and have a
    stale one in them (劳动合同法), ``documents`` such codes of documents (银保监发),
    which count before a number only.
    """
    words = Words(references.citation_words)
    known = Names(references, words)
    anchors = known.surfaces
    finder = CitationFinder(references)
    judge = StatuteJudge(references.statutes)
    bodies = BodyReader(known, words, Places(references.places))
    entries: list[dict[str, Any]] = []
    names: list[tuple[str, int, int]] = []
    for surface, anchor in sorted(anchors.items()):
        found = _stale(finder, surface, anchor)
        if found is None:
            continue
        entry = _entry(found, _present(anchor, judge, bodies))
        if entry not in entries:
            entries.append(entry)
        names.append((surface, entries.index(entry), int(anchor.guarded)))
    stale = {surface for surface, _, _ in names}
    hiding = set(_hiding(anchors, stale))
    named = {one for one in hiding if anchors[one].kind is not AnchorKind.DOCUMENT}
    return {
        "entries": entries,
        "names": names,
        "hides": sorted(named | set(_in_traditional(named, stale))),
        "documents": sorted(hiding - named),
        "words": {group: list(words.group(group)) for group in _GROUPS},
        "places": list(references.places),
        "numbers": dict(sorted(_verified(references))),
    }


def _stale(finder: CitationFinder, surface: str, anchor: Anchor) -> Citation | None:
    """The citation that a plain sentence with the name makes, if it no longer holds."""
    sentence = _SENTENCES.get(anchor.kind)
    if sentence is None or (anchor.kind is AnchorKind.PHANTOM and anchor.guarded):
        return None
    for one in finder.find_citations(sentence.format(surface), _LAST):
        if one.status in _OUTDATED and one.text.strip("《》") == surface:
            return one
    return None


def _entry(found: Citation, present: Iterable[str]) -> dict[str, Any]:
    return {
        "kind": found.kind.value,
        "status": found.status.value,
        "successor": found.successor,
        "since": found.since.isoformat() if found.since else None,
        "present": sorted(present),
    }


def _present(anchor: Anchor, judge: StatuteJudge, bodies: BodyReader) -> tuple[str, ...]:
    """The names that hold now; one of them nearby tells that the text explains itself."""
    if anchor.regulator is not None:
        return bodies.present_names(anchor.regulator)
    return judge.names_after(anchor.statutes) if anchor.statutes else ()


def _hiding(anchors: Iterable[str], stale: set[str]) -> Iterator[str]:
    """The names of what holds that have a stale name inside."""
    for surface in anchors:
        if surface not in stale and any(one in surface for one in stale):
            yield surface


def _in_traditional(hides: Iterable[str], stale: set[str]) -> Iterator[str]:
    """Those that keep a stale name inside in traditional characters (勞動合同法)."""
    from opencc import OpenCC

    for surface in map(OpenCC("s2t").convert, hides):
        if any(one in surface for one in stale):
            yield surface


def _verified(references: References) -> Iterator[tuple[str, str]]:
    """The numbers that were checked, as digits, each with whose it is."""
    for lender in references.lexicon.lenders:
        if lender.hotline and lender.provenance.trust is not Trust.DOUBTFUL:
            yield re.sub(r"\D", "", lender.hotline), lender.name
    for hotline in references.hotlines:
        if hotline.status == "current" and hotline.provenance.trust is not Trust.DOUBTFUL:
            yield hotline.number, hotline.operator
