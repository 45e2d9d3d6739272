"""An article's own title, agreed on by the parts of its page that repeat it.

The document title usually is the article's title with the names of section and site
around it; headings, meta elements and JSON-LD repeat the title alone, or the site alone.
Each part votes for the reading it supports, and the reading with most votes wins.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.head import Head
from crawler.extraction.lines import class_words, is_foreign, lines_in
from crawler.extraction.page_words import page_words

LONGEST_TITLE = 120  # code points: longer headings hold more than a title
SHORTEST_TITLE = 4  # letters: shorter headings rarely are an article's title
MOST_HEADINGS = 40  # headings looked at
MOST_CLASSED = 60  # elements with a title-like class looked at

# Votes, in arbitrary units; measured together on the labelled pages and the shared corpora.
VOTE_DOCUMENT = 3.0  # the document title holds it
VOTE_STATED = 4.0  # a meta element or JSON-LD says it
VOTE_H1 = 4.0
VOTE_SECOND_H1 = 1.0
VOTE_H2 = 3.0
VOTE_H3 = 2.0
VOTE_CLASSED = 2.0  # an element whose class or id means title
VOTE_UNSUPPORTED = 1.0  # a lesser heading that no other part of the page repeats
VOTE_BEGINS = 2.0  # a heading that the document title begins with
VOTE_SITE_CUT = 1.5  # for each name of a site or section that the reading leaves out
VOTE_OTHER_CUT = -1.0  # for each other segment that it leaves out
VOTE_SITE_KEPT = -2.5  # for each name of a site or section that it still holds
LATER_START = 0.6  # weight of a reading that does not begin its text
PARTLY = 0.4  # weight of a heading for a reading that begins it
FOREIGN = 0.2  # weight of a heading in a header, list or side column

SHORT_SEGMENT = 6  # code points: behind a strong separator so short a segment is a section
SITE_LENGTH = 16  # code points of a site's name at most
MOST_SEGMENTS = 8

# Strong separators hardly stand inside a title; bare ones do.
_SEPARATOR = re.compile(
    r"(?P<strong>\s*(?:_+|\|+|｜|»|>{1,2}|<{1,2}|::|•)\s*|\s+[-–—―·丨－~]+\s+|\s*--+\s*)"
    r"|(?P<bare>\s*(?:—+|[-–―·丨－])\s*)"
)
_GAP = re.compile(r"\s+")
_NOT_LETTER = re.compile(r"[\W_]+")
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")
_ELLIPSIS = ("...", "…", "..")
_CLASSED = etree.XPath(
    "//body//*[self::div or self::p or self::span or self::td or self::strong or self::b"
    " or self::font or self::center or self::h4 or self::h5 or self::section]"
    "[contains(@class, 'it') or contains(@id, 'it') or contains(@class, 'bt')"
    " or contains(@id, 'bt') or contains(@class, 'headline') or contains(@class, 'subject')]"
)
_LOGO = etree.XPath(
    "//body//*[contains(@class, 'logo') or contains(@id, 'logo') or contains(@class, 'site-')"
    " or contains(@class, 'brand')]"
)
_SHOWN = etree.XPath("//body//text()[contains(., $start) and string-length(.) < 400]")


@dataclass(frozen=True, slots=True)
class Title:
    """A title as written, and the element in the body that shows it, when there is one."""

    text: str
    element: HtmlElement | None


@dataclass(slots=True)
class _Reading:
    """A candidate, its votes, and where the page shows it."""

    text: str
    votes: float = 0.0
    element: HtmlElement | None = None


@dataclass(frozen=True, slots=True)
class _Segment:
    """A part of a document title, where it stands, and whether it names a site or section."""

    start: int
    end: int
    is_site: bool


@dataclass(slots=True)
class _Ballot:
    """All readings by their letters, and the document title's letters."""

    document: str
    readings: dict[str, _Reading] = field(default_factory=dict)

    def vote(self, text: str, votes: float, element: HtmlElement | None = None) -> None:
        """Count ``votes`` for a reading."""
        key = letters(text)
        if not key or len(text) > LONGEST_TITLE:
            return
        reading = self.readings.setdefault(key, _Reading(text))
        reading.votes += votes
        if element is not None and reading.element is None:
            reading.element = element

    def supports(self, key: str) -> bool:
        """Whether the document title or a statement repeats these letters."""
        return key in self.readings or (len(key) >= SHORTEST_TITLE and key in self.document)


def letters(text: str) -> str:
    """The text's letters and digits, folded for comparison."""
    return _NOT_LETTER.sub("", unicodedata.normalize("NFKC", text)).lower()


def find_title(tree: HtmlElement, head: Head) -> Title | None:
    """The article's own title, ``None`` when the page has none."""
    document = _document_title(tree)
    sites = _site_names(tree, head)
    ballot = _Ballot(letters(document))
    _vote_segments(ballot, document, VOTE_DOCUMENT, sites)
    stated = {" ".join(text.split()) for text in (*head.meta["title"], *head.headlines)}
    for text in sorted(stated - {document}):
        _vote_segments(ballot, text, VOTE_STATED, sites)
    headings = list(_headings(tree, sites))
    _vote_headings(ballot, headings)
    best = max(ballot.readings.items(), key=_rank, default=None)
    if best is None or best[1].votes <= 0:
        return None
    key, reading = best
    text = _as_shown(reading.text, key, headings)
    return Title(text, reading.element if reading.element is not None else _find_shown(tree, key))


def _rank(item: tuple[str, _Reading]) -> tuple[float, int]:
    key, reading = item
    is_weak = len(key) < SHORTEST_TITLE or key in page_words().generic_titles
    return (reading.votes - (3.0 if is_weak else 0.0), len(key))


def _document_title(tree: HtmlElement) -> str:
    for element in tree.iter("title"):
        parent = element.getparent()
        text = " ".join(element.text_content().split())
        if text and (parent is None or parent.tag != "svg"):
            return text[: LONGEST_TITLE * 2]
    return ""


def _site_names(tree: HtmlElement, head: Head) -> frozenset[str]:
    """The letters of names by which the page calls its site."""
    names = [*head.meta["site"], *head.publishers]
    for element in _LOGO(tree)[:6]:
        text = " ".join(element.text_content().split())
        if len(text) <= SITE_LENGTH:
            names.append(text)
        names.extend(str(image.get("alt") or "") for image in element.iter("img"))
    return frozenset(letters(name) for name in names if len(name) <= SITE_LENGTH * 2) - {""}


def _vote_segments(ballot: _Ballot, text: str, base: float, sites: frozenset[str]) -> None:
    """Vote for every run of a stated title's segments."""
    segments = _segments(text, sites)
    for first in range(len(segments)):
        for last in range(first, len(segments)):
            kept = segments[first : last + 1]
            cut = segments[:first] + segments[last + 1 :]
            votes = base if first == 0 or all(one.is_site for one in cut[:first]) else 0.0
            if first > 0:
                votes *= LATER_START
            for one in cut:
                votes += VOTE_SITE_CUT if one.is_site else VOTE_OTHER_CUT
            for one in kept:
                votes += VOTE_SITE_KEPT if one.is_site else 0.0
            ballot.vote(text[kept[0].start : kept[-1].end], votes)


def _segments(text: str, sites: frozenset[str]) -> list[_Segment]:
    """The parts between separators; a name of the site after a mere space is one too."""
    if not text:
        return []
    cuts: list[tuple[int, int, bool]] = []
    for match in _SEPARATOR.finditer(text):
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        is_strong = match["strong"] is not None
        is_joint = not is_strong and before.isascii() and after.isascii()
        if before and after and not (is_joint and before.isalnum() and after.isalnum()):
            cuts.append((match.start(), match.end(), is_strong))
    for match in _GAP.finditer(text):
        key = letters(text[match.end() :])
        if key in sites and not any(start <= match.start() < end for start, end, _ in cuts):
            cuts.append((match.start(), match.end(), True))
    cuts = sorted(cuts)[-(MOST_SEGMENTS - 1) :]
    starts = [0] + [end for _, end, _ in cuts]
    ends = [start for start, _, _ in cuts] + [len(text)]
    strengths = [False] + [is_strong for _, _, is_strong in cuts]
    return (
        [
            _Segment(
                start, end, _is_site(text[start:end], sites, is_short_enough=strong and at > 0)
            )
            for at, (start, end, strong) in enumerate(zip(starts, ends, strengths, strict=True))
        ]
        if cuts
        else [_Segment(0, len(text), False)]
    )


def _is_site(segment: str, sites: frozenset[str], *, is_short_enough: bool) -> bool:
    key = letters(segment)
    words = page_words()
    if not key or key in sites or key in words.generic_titles or _DOMAIN.fullmatch(segment.lower()):
        return True
    if key.startswith("poweredby"):
        return True
    if is_short_enough and len(segment) <= SHORT_SEGMENT:
        return True
    return len(segment) <= SITE_LENGTH and key.endswith(words.site_endings)


@dataclass(frozen=True, slots=True)
class _Heading:
    """A visible heading: its text, letters, element and kind (h1, h2, h3 or classed)."""

    text: str
    key: str
    element: HtmlElement
    kind: str


def _headings(tree: HtmlElement, sites: frozenset[str]) -> Iterator[_Heading]:
    elements: list[tuple[HtmlElement, str]] = [
        (element, element.tag) for element in islice(tree.iter("h1", "h2", "h3"), MOST_HEADINGS)
    ]
    wanted = page_words().title_classes
    for element in _CLASSED(tree)[: MOST_CLASSED * 4]:
        if not wanted.isdisjoint(class_words(element)):
            elements.append((element, "classed"))
    for element, kind in elements[: MOST_HEADINGS + MOST_CLASSED]:
        text = " ".join(line.text for line in islice(lines_in(element), 8))
        key = letters(text)
        if not key or len(text) > LONGEST_TITLE or key in page_words().generic_titles:
            continue
        if key in sites:
            continue
        yield _Heading(text, key, element, kind)


def _vote_headings(ballot: _Ballot, headings: list[_Heading]) -> None:
    stated = dict(ballot.readings)
    seen: set[str] = set()
    kinds: set[str] = set()
    for heading in headings:
        votes = _heading_votes(ballot, heading, is_first=heading.kind not in kinds)
        kinds.add(heading.kind)
        if heading.key in seen:
            votes *= LATER_START
        seen.add(heading.key)
        if votes and is_foreign(heading.element, None):
            votes *= FOREIGN
        if votes:
            ballot.vote(heading.text, votes, heading.element)
        for key, reading in stated.items():
            # A heading with a subtitle or a byline in it; a document title cut short.
            if (
                len(key) >= SHORTEST_TITLE * 2
                and key != heading.key
                and heading.key.startswith(key)
            ):
                is_cut_short = reading.text.endswith(_ELLIPSIS)
                ballot.vote(heading.text if is_cut_short else reading.text, PARTLY * votes)
                if is_cut_short:
                    ballot.vote(heading.text, reading.votes)


def _heading_votes(ballot: _Ballot, heading: _Heading, *, is_first: bool) -> float:
    """How much a heading counts before its place is looked at."""
    is_supported = ballot.supports(heading.key)
    bonus = 0.0
    if is_supported and heading.key not in ballot.readings:
        is_beginning = ballot.document.startswith(heading.key)
        is_most = 2 * len(heading.key) >= len(ballot.document)
        bonus = VOTE_BEGINS if is_beginning and is_most else 0.0
    if heading.kind == "h1":
        return (VOTE_H1 if is_first or is_supported else VOTE_SECOND_H1) + bonus
    if not is_supported:
        return VOTE_UNSUPPORTED if is_first else 0.0
    votes = {"h2": VOTE_H2, "h3": VOTE_H3, "classed": VOTE_CLASSED}[heading.kind]
    return votes + bonus


def _as_shown(text: str, key: str, headings: list[_Heading]) -> str:
    """The title in the spelling of the heading that shows it."""
    return next((heading.text for heading in headings if heading.key == key), text)


def _find_shown(tree: HtmlElement, key: str) -> HtmlElement | None:
    """The element whose own text is the title, a link or list entry only for want of others."""
    fallback: HtmlElement | None = None
    for text in _SHOWN(tree, start=key[:3])[:20]:
        owner = text.getparent()
        element = owner.getparent() if text.is_tail else owner
        if element is None or element.tag in ("script", "style", "option"):
            continue
        if letters(str(text)) != key:
            continue
        is_linked = any(one.tag == "a" for one in (element, *element.iterancestors()))
        if not is_linked and not is_foreign(element, None):
            return element
        fallback = fallback if fallback is not None else element
    return fallback
