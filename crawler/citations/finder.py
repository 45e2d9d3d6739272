"""Finds citations: one pass of Aho–Corasick for anchors, then a short look around each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from crawler.citations.annotations import Annotations
from crawler.citations.apart import meant_before
from crawler.citations.bodies import BodyReader
from crawler.citations.continued import ends_provision, find_continued, stands_alone
from crawler.citations.names import Anchor, AnchorKind, Names
from crawler.citations.numbers import is_called
from crawler.citations.places import Places
from crawler.citations.reading import Read, StatuteReader
from crawler.citations.status import (
    ANNOTATED,
    UNKNOWN,
    Judgement,
    StatuteJudge,
    judge_document,
    judge_hotline,
    judge_phantom,
)
from crawler.citations.versions import Times
from crawler.citations.words import Words
from crawler.model import Citation, CitationKind
from crawler.text import Folded, fold
from crawler.vocabulary import References

RULE_REACH = 30
"""How far from 24%-36% a word of law may stand, in code points; a clause, by judgement."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A citation in folded text; nothing before ``reach`` is looked at again.

    ``judgement`` is ``None`` for text that is recognised and cites nothing; ``former`` tells
    that 原 or the like stands before it, or before the list it is in.
    """

    start: int
    end: int
    reach: int
    kind: CitationKind = CitationKind.STATUTE
    judgement: Judgement | None = None
    provisions: tuple[str, ...] = ()
    former: bool = False
    anchor: Anchor | None = None
    hint: str = ""


_NONE = _Found(0, 0, 0)
_LAWS = frozenset({AnchorKind.STATUTE, AnchorKind.OPENING, AnchorKind.OTHER_LAW})
_LIST_MARKS = frozenset({"", "、", ",", "和", "与", "及", "以及", "或"})
LIST_REACH = 4
"""The longest joint between two names of one list (》以及《), in code points."""


class CitationFinder:
    """Finds statutes, regulators and public hotlines in texts.

    Holds the constant tables made from the reference data; finding changes nothing.
    """

    def __init__(self, references: References) -> None:
        self._words = Words(references.citation_words)
        names = Names(references, self._words)
        self._anchors = tuple(names.surfaces.values())
        self._automaton = AhoCorasick(
            list(names.surfaces),
            matchkind=MatchKind.Standard,
            implementation=Implementation.DFA,
        )
        self._annotations = Annotations(self._words)
        self._documents = names.documents
        self._hotlines = {one.number: judge_hotline(one) for one in references.hotlines}
        places = Places(references.places)
        self._bodies = BodyReader(names, self._words, places, references.lexicon.lenders)
        judge = StatuteJudge(references.statutes)
        self._statutes = StatuteReader(names, self._words, judge, places)

    def find_citations(
        self, text: str, on: date, published: date | None = None
    ) -> tuple[Citation, ...]:
        """The citations in ``text`` in order, none overlapping another.

        ``on`` is the day on which they are judged, ``published`` the day of the article,
        ``None`` when it is not known. Never raises.
        """
        folded = fold(text)
        matches = self._automaton.find_matches_as_indexes(folded.text, overlapping=True)
        # Leftmost first, the longer name before the shorter one.
        matches.sort(key=lambda match: (match[1], -match[2]))
        times = Times(on, published)
        found: list[Citation] = []
        reached = 0
        named: list[_Found] = []
        last = chain = _NONE
        for pattern, start, end in matches:
            if start < reached:
                continue
            anchor = self._anchors[pattern]
            if anchor.kind is AnchorKind.BACK:
                one = self._read_back(folded.text, (start, end), anchor, named, times)
            else:
                one = self._read(folded.text, (start, end), anchor, times, reached)
            if one is None:
                continue
            found += self._read_on(text, folded, chain, one.start, times)
            if one.kind is CitationKind.STATUTE and anchor.kind is not AnchorKind.PHANTOM:
                chain = one if one.anchor and ends_provision(folded.text, one.end) else _NONE
            elif chain is not _NONE:
                chain = replace(chain, reach=one.reach)
            reached = one.reach
            if one.judgement is not None:
                last = self._in_list(folded.text, last, one)
                found.append(_citation(text, folded, last))
            if anchor.kind in _LAWS and (one.judgement or anchor.kind is AnchorKind.OTHER_LAW):
                named.append(last if one.judgement else one)
        found += self._read_on(text, folded, chain, len(folded.text), times)
        return tuple(found)

    def _read_on(
        self, text: str, folded: Folded, chain: _Found, end: int, times: Times
    ) -> Iterator[Citation]:
        """The bare provisions up to ``end`` that go on from the statute of ``chain``."""
        if chain is _NONE:
            return
        title = chain.anchor.statutes[0].title if chain.anchor and chain.anchor.statutes else ""
        span = (chain.reach, end)
        for place in find_continued(folded.text, span, fold(title).text, self._words):
            one = self._read_again(folded.text, place, chain, times)
            if one is not None:
                yield _citation(text, folded, one)

    def _read_back(
        self,
        text: str,
        span: tuple[int, int],
        anchor: Anchor,
        named: list[_Found],
        times: Times,
    ) -> _Found | None:
        """The provision that 该法 or the like gives of a statute named before."""
        if anchor.guarded and not stands_alone(text, span[0], self._words):
            return None
        before = [(one.end, one.anchor) for one in named]
        position = meant_before(before, span[0], anchor.endings)
        if position is None:
            return None
        return self._read_again(text, span, named[position], times)

    def _read_again(
        self, text: str, span: tuple[int, int], meant: _Found, times: Times
    ) -> _Found | None:
        """The provision behind ``span``, of a statute cited before."""
        read = self._statutes.read_back(text, span, meant.anchor, meant.hint, times)
        if read is None:
            return None
        explained = meant.judgement is not None and meant.judgement.note == ANNOTATED
        one = _of(read)
        if explained and one.judgement is not None:
            return replace(one, judgement=one.judgement.annotated())
        return one

    def _in_list(self, text: str, last: _Found, one: _Found) -> _Found:
        """The citation, with 原 or 已废止的 before the list that it continues."""
        said = self._annotations.is_former_before(
            text, one.start, law=one.kind is CitationKind.STATUTE
        )
        goes_on = last.former and one.kind is last.kind and one.start - last.reach <= LIST_REACH
        if goes_on and text[last.reach : one.start].strip("《》") in _LIST_MARKS:
            judgement = one.judgement.annotated(one.kind) if one.judgement else None
            return replace(one, former=True, judgement=judgement)
        return replace(one, former=True) if said else one  # copying each took an eighth

    def _read(
        self, text: str, span: tuple[int, int], anchor: Anchor, times: Times, floor: int
    ) -> _Found | None:
        """The citation at an anchor; ``None`` when the anchor is no citation."""
        start, end = span
        kind = anchor.kind
        if kind is AnchorKind.OTHER_LAW:
            return _Found(start, end, end)
        if kind is AnchorKind.DOCUMENT:
            return self._document(text, start, end, times.on)
        if kind is AnchorKind.HOTLINE and anchor.hotline is not None:
            if not is_called(text, start, end, self._words):
                return None
            judgement = self._hotlines[anchor.hotline.number]
            return _Found(start, end, end, CitationKind.HOTLINE, judgement)
        if kind is AnchorKind.REGULATOR:
            return self._regulator(text, span, anchor, times, floor)
        if kind is AnchorKind.PHANTOM and anchor.phantom is not None:
            if not self._is_rule(text, span, anchor):
                return None
            return _Found(start, end, end, judgement=judge_phantom(anchor.phantom))
        read = self._statutes.read(text, span, anchor, times)
        return _of(read) if read is not None else None

    def _is_rule(self, text: str, span: tuple[int, int], anchor: Anchor) -> bool:
        """Whether a phantom stands for itself: no part of a number, a rate only as a rule."""
        start, end = span
        if text[end - 1 : end].isdecimal() and text[end : end + 1].isdecimal():
            return False
        if not anchor.guarded:
            return True
        around = text[max(0, start - RULE_REACH) : end + RULE_REACH]
        return any(word in around for word in self._words.group("rule_context"))

    def _document(self, text: str, start: int, end: int, on: date) -> _Found | None:
        number = self._documents.find_after(text, start, end)
        if number is None:
            return None
        if number.phantom is not None:
            return _Found(start, number.end, number.end, judgement=judge_phantom(number.phantom))
        provisions = self._statutes.provisions_after(text, number.end)
        last = provisions.end if provisions else number.end
        return _Found(
            start,
            last,
            last,
            judgement=judge_document(number.statute, on, living=number.living),
            provisions=provisions.numbers if provisions else (),
        )

    def _regulator(
        self, text: str, span: tuple[int, int], anchor: Anchor, times: Times, floor: int
    ) -> _Found | None:
        """A body, or the document number that begins with its name."""
        document = self._document(text, *span, times.on)
        if document is not None:
            return document
        issued = self._statutes.read_issued(text, *span, times)
        if issued is not None:
            return _of(issued)
        body = self._bodies.read(text, span, anchor, times, floor)
        if body is None:
            return None
        return _Found(body.start, body.end, body.end, CitationKind.REGULATOR, body.judgement)


def _of(read: Read) -> _Found:
    return _Found(
        read.start,
        read.end,
        read.reach,
        judgement=read.judgement,
        provisions=read.provisions,
        anchor=read.anchor,
        hint=read.hint,
    )


def _citation(text: str, folded: Folded, found: _Found) -> Citation:
    judgement = found.judgement or UNKNOWN
    start, end = folded.span(found.start, found.end)
    return Citation(
        text=text[start:end],
        kind=found.kind,
        status=judgement.status,
        start=start,
        end=end,
        target=judgement.target,
        provision="、".join(found.provisions) or None,
        successor=judgement.successor,
        since=judgement.since,
        valid_when_published=judgement.valid_when_published,
        note=judgement.note,
    )
