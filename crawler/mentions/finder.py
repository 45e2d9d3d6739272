"""Finds lenders' names in a text: exact matching, then one decision for each occurrence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import ahocorasick_rs

from crawler.mentions.names import Name, compile_names
from crawler.mentions.page import MANY_LENDERS, PageWords
from crawler.mentions.scoring import COMMON_NEED, Candidate, Neighbours, Scorer
from crawler.model import Mention
from crawler.text import Folded, fold
from crawler.vocabulary import Lexicon

_SAME_SURFACE = 2
_IN_TITLE = 2
_SAME_LENDER = 1
_COMPANY = 1
_LAST = 8
"""Names before one that tell what it may be short for."""


class MentionFinder:
    """Finds the mentions of one lexicon's lenders. Building it takes time: build it once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._names = compile_names(lexicon)
        self._scorer = Scorer(lexicon)
        self._page = PageWords(lexicon)
        self._automaton = ahocorasick_rs.AhoCorasick(
            [name.surface for name in self._names],
            matchkind=ahocorasick_rs.MatchKind.Standard,
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
        )

    def find_mentions(
        self, text: str, title: str | None = None, page: str = ""
    ) -> tuple[Mention, ...]:
        """The mentions in ``text``, ordered, non-overlapping, not yet marked as about.

        ``title`` helps to judge ambiguous names; mentions in it are not returned. Context
        and neighbours never reach across a line break. ``page`` is what else the page says,
        where ``text`` is a part of it: it tells whether it speaks of lending or firms at all.
        Never raises.
        """
        folded = fold(text)
        candidates = self._candidates(folded, text)
        if not candidates:
            return ()
        heading = fold(title or "")
        candidates, titles = self._allowed(
            candidates, self._candidates(heading, title or ""), [heading.text, folded.text], page
        )
        titled = self._titled(heading.text, titles)
        accepted = self._accepted(folded.text, candidates, heading.text, titled)
        return tuple(_mention(one, folded, text) for one in leftmost_longest(accepted))

    def find_possible(self, text: str) -> frozenset[str]:
        """The lenders whose names stand in a text and are no part of a longer phrase.

        Ambiguous names count without any context: for a text whose lenders are known.
        """
        candidates = self._candidates(fold(text), text)
        return frozenset(one.name.lender for one in leftmost_longest(candidates))

    def find_usage(self, text: str) -> list[tuple[Mention, frozenset[str]]]:
        """Where ambiguous names stand in no longer one, each with the signs around it."""
        folded = fold(text)
        found = self._automaton.find_matches_as_indexes(folded.text, overlapping=True)
        every = sorted(
            (Candidate(self._names[index], start, end) for index, start, end in found),
            key=lambda one: (one.start, -one.end),
        )
        usage, covered = [], -1
        for one in every:
            if one.end > covered and one.name.need:
                signs = frozenset(self._scorer.find_signs(folded.text, one))
                usage.append((_mention(one, folded, text), signs))
            covered = max(covered, one.end)
        return usage

    def _candidates(self, folded: Folded, original: str) -> list[Candidate]:
        """Every occurrence that no longer word, phrase or name rules out, in order.

        What no longer name covers is judged last: the signs around it take longest to weigh.
        """
        text = folded.text
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        candidates = [Candidate(self._names[index], start, end) for index, start, end in found]
        candidates.sort(key=lambda one: (one.start, -one.end))
        rules_out = self._scorer.is_ruled_out
        possible = [one for one in candidates if one.name.need or not rules_out(text, one)]
        return [
            one
            for one in _without_inner(possible)
            if not one.name.need or not (_is_pieced(one, folded, original) or rules_out(text, one))
        ]

    def _accepted(
        self,
        text: str,
        candidates: Sequence[Candidate],
        title: str,
        titled: Sequence[Name],
    ) -> list[Candidate]:
        sure_in_title = frozenset(name.lender for name in titled)
        subject = title.partition("\n")[0]
        around = Neighbours(candidates)
        accepted: list[Candidate] = []
        open_cases = []
        sure_lenders: set[str] = set()
        sure_surfaces: set[str] = set()
        for one in candidates:
            if one.name.need:
                is_short = _is_short_for(one.name, titled)
                if one.name.lender not in sure_in_title and (
                    is_short or _is_short_for_last(one, accepted, text)
                ):
                    continue
                in_title = bool(sure_in_title) or any(word in title for word in one.name.context)
                score = self._scorer.score(text, one, around, in_title=in_title)
                if not sure_in_title and _is_subject(one.name, subject):
                    score = replace(score, usage=min(score.usage, 0))
                # A title with 京东金条 tells what 金条 is, though it is a common noun.
                told = _IN_TITLE if is_short and score.fits else 0
                if not score.reaches(one.name.need, told):
                    if score.is_open:
                        open_cases.append((one, score))
                    continue
                sure_surfaces.add(one.name.surface)
            accepted.append(one)
            sure_lenders.add(one.name.lender)
        for one, score in open_cases:
            evidence = 0
            if one.name.lender in sure_in_title:
                evidence = _IN_TITLE
            elif one.name.surface in sure_surfaces:
                evidence = _SAME_SURFACE
            elif one.name.lender in sure_lenders:
                evidence = _SAME_LENDER
            elif len(sure_lenders) >= MANY_LENDERS and one.name.need < COMMON_NEED:
                evidence = _COMPANY
            if one.name.noun:  # an article about 白条 may well speak of an IOU
                evidence = min(evidence, _SAME_LENDER)
            if evidence and score.reaches(one.name.need, evidence):
                accepted.append(one)
        return accepted

    def _allowed(
        self,
        candidates: list[Candidate],
        titles: list[Candidate],
        texts: list[str],
        page: str,
    ) -> tuple[list[Candidate], list[Candidate]]:
        """The candidates in a text and in its title that a page of this kind can have."""
        every = [*candidates, *titles]
        allowed = self._page.allows(every, texts)
        if not allowed and page:
            allowed = self._page.allows(every, [fold(page).text])
        return (candidates, titles) if allowed else ([], [])

    def _titled(self, title: str, candidates: Sequence[Candidate]) -> tuple[Name, ...]:
        """The names that stand in a title beyond doubt."""
        accepted = self._accepted(title, candidates, title, ())
        return tuple(one.name for one in accepted)


def leftmost_longest(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that remain when each takes its place, the leftmost and longest first."""
    chosen: list[Candidate] = []
    for one in sorted(candidates, key=lambda one: (one.start, -one.end)):
        if not chosen or one.start >= chosen[-1].end:
            chosen.append(one)
    return chosen


def _is_short_for(name: Name, titled: Iterable[Name]) -> bool:
    """Whether a name is the end of one in the title: there 月付 is short for 抖音月付."""
    return any(_is_end_of(name, one) for one in titled)


def _is_short_for_last(one: Candidate, before: Sequence[Candidate], text: str) -> bool:
    """Whether the same holds of what the text named last, its own lender and brands apart."""
    for other in reversed(before[-_LAST:]):
        if other.name.lender == one.name.lender:
            return False
        if _is_end_of(one.name, other.name):
            start = max(other.end, text.rfind("\n", 0, one.start) + 1)
            return not any(brand in text[start : one.start] for brand in one.name.brands)
    return False


def _is_subject(name: Name, title: str) -> bool:
    """Whether a title speaks of the thing that a common noun means: a price of gold, not a loan.

    Weak signs do not speak for the noun as a lender's name then.
    """
    return (
        name.noun
        and any(word in title for word in name.foils)
        and not any(word in title for word in name.brands)
    )


def _is_end_of(name: Name, longer: Name) -> bool:
    return len(longer.surface) > len(name.surface) and longer.surface.endswith(name.surface)


def _without_inner(ordered: list[Candidate]) -> list[Candidate]:
    """The candidates that lie in no longer one that counts wherever it stands."""
    kept: list[Candidate] = []
    covered = -1
    for one in ordered:
        if one.end > covered:
            kept.append(one)
            if not one.name.need:
                covered = one.end
    return kept


def _is_pieced(candidate: Candidate, folded: Folded, original: str) -> bool:
    """Whether an ambiguous name has white space at some of its joints and not at others.

    「分期 乐享」 is two words; 「分 期 乐」 is one name written wide.
    """
    if folded.offsets is None or not candidate.name.need:
        return False
    start, end = folded.span(candidate.start, candidate.end)
    if end - start == candidate.end - candidate.start:
        return False
    gaps = [
        any(character.isspace() for character in original[left:right])
        for left, right in _joints(candidate, folded)
    ]
    return any(gaps) and not all(gaps)


def _joints(candidate: Candidate, folded: Folded) -> list[tuple[int, int]]:
    spans = [folded.span(at, at + 1) for at in range(candidate.start, candidate.end)]
    return [(one[1], other[0]) for one, other in pairwise(spans)]


def _mention(candidate: Candidate, folded: Folded, original: str) -> Mention:
    start, end = folded.span(candidate.start, candidate.end)
    return Mention(candidate.name.lender, original[start:end], start, end)
