"""An article's own title, agreed on by the parts of its page that repeat it.

The document title usually is the article's title with the names of section and site
around it; headings, meta elements and JSON-LD repeat the title alone, or the site alone.
Each part votes for the reading it supports, and the reading with most votes wins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.ballot import (
    LATER_START,
    LONGEST_TITLE,
    VOTE_BEGINS,
    VOTE_DOCUMENT,
    VOTE_OTHER_CUT,
    VOTE_SHOWN,
    VOTE_SITE_CUT,
    VOTE_SITE_KEPT,
    VOTE_STATED,
    VOTE_UNREPEATED,
    VOTE_WHOLE,
    Ballot,
    Reading,
)
from crawler.extraction.head import Head
from crawler.extraction.lines import find_nodes, short_text
from crawler.extraction.meta_words import meta_words
from crawler.extraction.shown import find_above_date, find_begun, find_shown
from crawler.extraction.title_headings import (
    Heading,
    as_shown,
    find_headings,
    shown_whole,
    unmarked,
    vote_headings,
)
from crawler.extraction.title_segments import (
    SHORTEST_TITLE,
    SITE_LENGTH,
    Segment,
    is_site,
    letters,
    split_title,
)

MOST_STATED = 30  # titles in meta elements, and as many in JSON-LD, that are looked at
MOST_SHOWN = 3  # parts of a document title that are looked for in the page
MOST_RUNS, SHORTEST_RUN = 5, 6  # of several parts together; letters
SHORTEST_SHOWN = 8  # letters of such a part; shorter ones are names of sections

_OUTER = " :：|_"  # what frames a whole document title: ::…::
_MARKUP = re.compile(r"<[^<>]{0,200}>")
_LOGO = etree.XPath(
    "//body//*[@class or @id][contains(@class, 'logo') or contains(@id, 'logo')"
    " or contains(@class, 'site-') or contains(@class, 'brand')]"
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title as written, and the element in the body that shows it, when there is one."""

    text: str
    element: HtmlElement | None


def find_title(tree: HtmlElement, head: Head) -> Title | None:
    """The article's own title, ``None`` when the page has none."""
    stated = frozenset(letters(name) for name in (*head.meta["site"], *head.publishers)) - {""}
    title, is_agreed = _hold_vote(tree, head, stated)
    if is_agreed:
        return title
    # Only pages whose parts disagree are worth a look for the site's name in its logo.
    shown = _logo_names(tree)
    return title if shown <= stated else _hold_vote(tree, head, stated | shown)[0]


def _hold_vote(tree: HtmlElement, head: Head, sites: frozenset[str]) -> tuple[Title | None, bool]:
    """The elected title, and whether the document title and a heading agree on it."""
    document = document_title(tree)
    ballot = Ballot(letters(document), sites)
    _vote_segments(ballot, document, VOTE_DOCUMENT)
    said = (*head.meta["title"][:MOST_STATED], *head.headlines[:MOST_STATED])
    stated = {_without_markup(text) for text in said}
    for text in sorted(stated - {document}):
        _vote_segments(ballot, text, _stated_votes(ballot, text))
        if _begins_document(ballot, text):
            ballot.vote(text, VOTE_WHOLE)
    headings: list[Heading] = []
    is_agreed = False
    for kind in ("h1", "h2", "h3", "classed"):
        found = [unmarked(ballot, one) for one in find_headings(tree, kind, sites)]
        vote_headings(ballot, found)
        headings.extend(found)
        # Once the document title and a heading agree, lesser headings cannot change much.
        is_agreed = any(ballot.is_agreed(heading.key) for heading in found)
        if is_agreed:
            break
    else:
        _vote_shown(tree, ballot, document)
    best = max(ballot.readings.items(), key=_rank, default=None)
    if best is None or best[1].votes <= 0:
        return None, is_agreed
    key, reading = best
    whole = shown_whole(ballot, key, headings)
    if whole is not None:
        return Title(whole.text, whole.element), is_agreed
    text = as_shown(reading.text, key, headings)
    element = reading.element if reading.element is not None else find_shown(tree, reading.text)
    return Title(text, element), is_agreed


def _begins_document(ballot: Ballot, text: str) -> bool:
    """Whether the document title goes on behind a statement that no name of a section ends."""
    key = letters(text)
    if not key or key == ballot.document or not ballot.document.startswith(key):
        return False
    segments = split_title(text, ballot.sites)
    return len(segments) > 1 and not segments[-1].is_site


def _without_markup(text: str) -> str:
    return " ".join(_MARKUP.sub(" ", text).split())


def _stated_votes(ballot: Ballot, text: str) -> float:
    """Statements that nothing else repeats are often descriptions."""
    key = letters(text)
    is_repeated = key in ballot.document or any(
        one in key for one in ballot.readings if len(one) >= SHORTEST_TITLE
    )
    return VOTE_STATED if is_repeated or not ballot.document else VOTE_UNREPEATED


def _rank(item: tuple[str, Reading]) -> tuple[float, bool, int]:
    key, reading = item
    is_weak = len(key) < SHORTEST_TITLE or key in meta_words().generic_titles
    return (reading.votes - (3.0 if is_weak else 0.0), reading.element is not None, len(key))


def document_title(tree: HtmlElement) -> str:
    """The text of the page's title element, empty where it has none."""
    for element in tree.iter("title"):
        parent = element.getparent()
        text = " ".join("".join(element.itertext()).split()).strip(_OUTER)
        if text and (parent is None or parent.tag != "svg"):
            return text[: LONGEST_TITLE * 2]
    return ""


def _logo_names(tree: HtmlElement) -> frozenset[str]:
    """The letters of names that stand in the page's logo."""
    names: list[str] = []
    for element in find_nodes(_LOGO, tree)[:6]:
        names.append(" ".join((short_text(element, SITE_LENGTH * 8) or "").split()))
        names.extend(str(image.get("alt") or "") for image in element.iter("img"))
    return frozenset(letters(name) for name in names if len(name) <= SITE_LENGTH) - {""}


def _vote_segments(ballot: Ballot, text: str, base: float) -> None:
    """Vote for every run of a stated title's segments."""
    segments = split_title(text, ballot.sites)
    if len(segments) > 1:
        ballot.named.update(letters(text[one.start : one.end]) for one in segments if one.is_site)
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


def _vote_shown(tree: HtmlElement, ballot: Ballot, document: str) -> None:
    """Vote for the longest part of the document title that the page shows as a line."""
    segments = split_title(document, ballot.sites)
    if is_site(document, ballot.sites):
        above = find_above_date(tree)
        if above is not None:
            ballot.vote(above[0], VOTE_SHOWN, above[1])
        return
    site = next((one for one in segments[1:] if _names_site(document, one, ballot)), None)
    begun = find_begun(tree, document[: len(document) if site is None else site.start])
    if begun is not None:
        ballot.vote(begun[0], VOTE_SHOWN + VOTE_BEGINS, begun[1])
        return
    parts = [document[one.start : one.end] for one in segments]
    if len(parts) > 1:
        runs = _runs_of(document, segments)
        shown = ((run, find_shown(tree, run, linked=False)) for run in runs[:MOST_RUNS])
        run, element = next((one for one in shown if one[1] is not None), ("", None))
        if element is not None:
            ballot.vote(run, VOTE_SHOWN + VOTE_BEGINS, element)
            return
    else:
        # A site's name before a colon, where the page shows the rest alone.
        head, _, rest = document.replace("：", ":", 1).partition(":")
        if not rest or len(head) > SITE_LENGTH:
            return
        if find_shown(tree, document, linked=False) is not None:
            return
        parts = [rest.strip()]
    for part in sorted(parts, key=len, reverse=True)[:MOST_SHOWN]:
        key = letters(part)
        if len(key) < SHORTEST_SHOWN or key in ballot.sites:
            return
        element = find_shown(tree, part, linked=False)
        if element is not None:
            ballot.vote(part, VOTE_SHOWN, element)
            return


def _runs_of(document: str, segments: list[Segment]) -> list[str]:
    """The neighbouring segments of a document title together, those of most letters first.

    Of the first one what stands behind a colon may be meant: 借条：网贷仲裁裁决书寄到家.
    """
    runs = [
        document[segments[first].start : segments[last].end]
        for first in range(len(segments))
        for last in range(first + 1, len(segments))
        if not segments[last].is_site and (first, last) != (0, len(segments) - 1)
    ]
    head, colon, rest = document[: segments[0].end].replace("：", ":", 1).partition(":")
    if colon and len(head) <= SITE_LENGTH:
        runs.append(rest.strip())
    return sorted((run for run in runs if len(letters(run)) >= SHORTEST_RUN), key=len, reverse=True)


def _names_site(document: str, segment: Segment, ballot: Ballot) -> bool:
    """Whether the segment names a site by its words, not by its place and length alone."""
    return segment.is_site and is_site(document[segment.start : segment.end], ballot.sites)
