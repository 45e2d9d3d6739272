"""What the whole path of a page makes of the exam, in one ratio a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from exam_pages import ExamPage

from crawler.curation import Curator
from crawler.model import Citation, CitationKind, CitationStatus, ContactStatus, CuratedArticle
from crawler.text import fold
from crawler.vocabulary import Lexicon, References

ON = date(2026, 11, 22)


@dataclass(slots=True)
class Marks:
    """Counts of right and wrong answers, and a line for a person about each wrong one."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, question: str, right: bool, fault: str) -> None:
        self.counts[f"{question} {'right' if right else 'wrong'}"] += 1
        if not right:
            self.faults.append(f"{question}: {fault}")

    def share(self, question: str) -> float:
        """The share of right answers, 1 when nothing was asked."""
        right, wrong = self.counts[f"{question} right"], self.counts[f"{question} wrong"]
        return right / (right + wrong) if right + wrong else 1.0


def mark_exam(pages: list[ExamPage], references: References) -> Marks:
    """The marks for all pages."""
    curator, marks = Curator(references), Marks()
    for place, page in enumerate(pages):
        _mark_page(page, curator.curate(page.as_page(place), ON), references.lexicon, marks)
    return marks


def _mark_page(page: ExamPage, got: CuratedArticle, lexicon: Lexicon, marks: Marks) -> None:
    kept = got.rejected is None
    marks.add("decision", kept == page.kept, f"{page.title}: {got.rejected or 'kept'}")
    if page.kept:
        marks.add("topic", bool({*got.topics[:2]} & {*page.labels}), f"{page.title}: {got.topics}")
    elif not kept:
        marks.add("reason", got.rejected in page.labels, f"{page.title}: {got.rejected}")
    _mark_lenders(page, got, lexicon, marks)
    _mark_citations(page, got, marks)
    found = {re.sub(r"\D", "", one.number): one.status for one in got.contacts}
    for number in page.numbers:
        status = found.get(re.sub(r"\D", "", number))
        marks.add("number", status is ContactStatus.UNVERIFIED, f"{page.title}: {number} {status}")
    listed = {re.sub(r"\D", "", one) for one in page.numbers}
    for number, status in found.items():
        extra = status is ContactStatus.UNVERIFIED and number not in listed
        marks.add("number", not extra, f"{page.title}: {number} is no number to call")


def _mark_lenders(page: ExamPage, got: CuratedArticle, lexicon: Lexicon, marks: Marks) -> None:
    owners = {fold(name).text: one.id for one in lexicon.lenders[::-1] for name in one.surfaces}
    text = fold(got.article.text).text
    about, either, mentioned = set[str](), set[str](), set[str]()
    for one in page.lenders:
        lender = owners[fold(one.canonical or one.surface).text]
        surfaces = {name for name, owner in owners.items() if owner == lender}
        if any(name in text for name in (*surfaces, fold(one.surface).text)):
            mentioned.add(lender)
        if one.about is None:
            either.add(lender)
        elif one.about:
            about.add(lender)
    _mark_sets("about", about, set(got.lenders) - either, page, marks)
    _mark_sets("mentioned", mentioned, {one.lender for one in got.mentions}, page, marks)
    inside = list(_ordinary_places(page, got.article.text))
    for one in got.mentions:
        ordinary = any(start <= one.start and one.end <= end for start, end in inside)
        marks.add("ordinary", not ordinary, f"{page.title}: {one.surface} is an ordinary word")


def _ordinary_places(page: ExamPage, text: str) -> Iterator[tuple[int, int]]:
    """Where a labelled word or phrase stands in which nobody may find a lender.

    A word that is also part of a lender's name as labelled is ordinary in some places only,
    and says nothing about any of them.
    """
    named = [one.surface for one in page.lenders]
    for phrase in page.ordinary:
        if not any(phrase in name for name in named):
            yield from (found.span() for found in re.finditer(re.escape(phrase), text))


def _mark_sets(question: str, right: set[str], got: set[str], page: ExamPage, marks: Marks) -> None:
    for one in sorted(right | got):
        if one in got:
            marks.add(f"{question} precision", one in right, f"{page.title}: {one} too much")
        if one in right:
            marks.add(f"{question} recall", one in got, f"{page.title}: {one} missed")


def _mark_citations(page: ExamPage, got: CuratedArticle, marks: Marks) -> None:
    text, met = got.article.text, set[int]()
    for start, end, surface, status in _expected(page, text):
        inside = [one for one in got.citations if one.start < end and start < one.end]
        marks.add("citation recall", bool(inside), f"{page.title}: {surface} missed")
        met.update(one.start for one in inside)
        if inside and status != "any":
            best = max(inside, key=lambda one: min(end, one.end) - max(start, one.start))
            right = best.status == status
            marks.add("status", right, f"{page.title}: {surface} is {status}, not {best.status}")
    for one in got.citations:
        right = one.start in met or _is_present_body(one)
        marks.add("citation precision", right, f"{page.title}: {one.text} too much")


def _expected(page: ExamPage, text: str) -> Iterator[tuple[int, int, str, str]]:
    """Each place where a labelled citation stands, the longer labels first."""
    taken: set[int] = set()
    for surface, status in sorted(page.cited, key=lambda one: -len(one[0])):
        edge = r"\d" if surface.isdigit() else "$^"
        for found in re.finditer(rf"(?<!{edge}){re.escape(surface)}(?!{edge})", text):
            if taken.isdisjoint(range(*found.span())):
                taken.update(range(*found.span()))
                yield *found.span(), surface, status


def _is_present_body(citation: Citation) -> bool:
    """Whether it is a body's present name or a hotline, which the labels leave out."""
    return citation.kind is not CitationKind.STATUTE and citation.status is CitationStatus.CURRENT
