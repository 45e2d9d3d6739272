"""A page's visible headings: which can be its title, and how much each counts as a vote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from crawler.extraction.ballot import (
    FOREIGN,
    LATER_START,
    LONGEST_TITLE,
    PARTLY,
    VOTE_BEGINS,
    VOTE_CLASSED,
    VOTE_ENDS,
    VOTE_H1,
    VOTE_H2,
    VOTE_H3,
    VOTE_SECOND_H1,
    VOTE_SITE_KEPT,
    VOTE_UNSUPPORTED,
    Ballot,
    Reading,
)
from crawler.extraction.dates import find_dates, fold_line
from crawler.extraction.lines import is_banner, is_foreign, lines_in, short_text, words_of
from crawler.extraction.meta_words import meta_words
from crawler.extraction.title_segments import SHORTEST_TITLE, is_site, letters, split_title

MOST_HEADINGS = 40  # headings looked at
MOST_INSIDE = 300  # elements in one of them

# As in a title that ends with [图] in one place and without in another.
_MARK = re.compile(r"\s*[【\[(（〔].{1,4}[】\])）〕]")
_HOME = re.compile(
    r"(?:https?:)?(?://[^/?#\s]{1,99})?/?(?:\.{1,2}/)?(?:(?:index|default|home)\.[a-z]{3,5})?"
)
_FIRST_MARK = re.compile(r"\s*[【\[][^【】\[\]]{1,8}[】\]]\s*")
_ELLIPSIS = ("...", "…", "..")
_CLASSED = ("div", "p", "span", "td", "strong", "b", "font", "center", "h4", "h5", "section")


@dataclass(frozen=True, slots=True)
class Heading:
    """A visible heading: its text, letters, element and kind (h1, h2, h3 or classed)."""

    text: str
    key: str
    element: HtmlElement
    kind: str


def find_headings(tree: HtmlElement, kind: str, sites: frozenset[str]) -> Iterator[Heading]:
    """The page's headings of one kind that can be a title, in document order."""
    elements: Iterable[HtmlElement] = tree.iter(kind)
    if kind == "classed":
        elements = filter(_is_classed, _inside(tree))
    for element in islice(elements, MOST_HEADINGS):
        text = _text_of(element)
        key = letters(text)
        if not key or key in meta_words().generic_titles or key in sites or _leads_home(element):
            continue
        yield Heading(text, key, element, kind)


def _leads_home(element: HtmlElement) -> bool:
    """Whether the heading is a link to the page that a site begins with, as its name is."""
    link = next(element.iter("a"), None)
    if link is None:
        link = next((one for one in islice(element.iterancestors(), 2) if one.tag == "a"), None)
    return link is not None and _HOME.fullmatch((link.get("href") or "").strip()) is not None


def unmarked(ballot: Ballot, heading: Heading) -> Heading:
    """The heading without the kind of thread before it, where the document title lacks that."""
    mark = _FIRST_MARK.match(heading.text)
    if mark is None or ballot.supports(heading.key):
        return heading
    text = heading.text[mark.end() :]
    key = letters(text)
    return replace(heading, text=text, key=key) if ballot.supports(key) else heading


def _inside(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The elements of the body that may be classed as a title, a third of a path's cost."""
    body = next(tree.iter("body"), None)
    return body.iterdescendants(*_CLASSED) if body is not None else iter(())


def _is_classed(element: HtmlElement) -> bool:
    """Whether the element's class or id says that it is a title."""
    name, own = element.get("class"), element.get("id")
    return (name is not None and _means_title(name)) or (own is not None and _means_title(own))


@lru_cache(maxsize=4096)  # pages of one site share them
def _means_title(name: str) -> bool:
    return not meta_words().title_classes.isdisjoint(words_of(name))


def _text_of(element: HtmlElement) -> str:
    """An element's visible text on one line, empty when it is longer than a title."""
    if next(islice(element.iter(), MOST_INSIDE, None), None) is not None:
        return ""
    text = " ".join((short_text(element, LONGEST_TITLE * 8) or "").split())
    if not text:
        return ""
    if next(element.iter("br", "script", "style", "p", "div"), None) is not None:
        text = " ".join(line.text for line in islice(lines_in(element), 8))
    return text if len(text) <= LONGEST_TITLE else ""


def vote_headings(ballot: Ballot, headings: list[Heading]) -> None:
    """Vote for what the headings of one kind show, and for what they show more or less of."""
    stated = dict(ballot.readings)
    seen: set[str] = set()
    kinds: set[str] = set()
    for heading in headings:
        votes = _heading_votes(ballot, heading, is_first=heading.kind not in kinds)
        kinds.add(heading.kind)
        if heading.key in seen:
            votes *= LATER_START
        seen.add(heading.key)
        votes = _give_away(ballot, stated, heading, votes)
        if heading.key in ballot.named:
            votes *= FOREIGN
        if votes and (is_foreign(heading.element) or is_banner(heading.element)):
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


def _give_away(ballot: Ballot, stated: dict[str, Reading], heading: Heading, votes: float) -> float:
    """The votes left to a heading once a byline in it, or a mark it lacks, is allowed for."""
    # The longest first: what stands behind a part of the title may be the rest of it.
    for key, reading in sorted(stated.items(), key=lambda one: -len(one[0])):
        if len(key) < SHORTEST_TITLE or key == heading.key:
            continue
        if heading.text.startswith(reading.text):
            rest = fold_line(heading.text[len(reading.text) :])
            if any(find_dates(rest)) or meta_words().label.match(rest.strip(" |-")):
                ballot.vote(reading.text, votes, heading.element)
                return 0.0
        elif reading.text.startswith(heading.text) and _MARK.fullmatch(
            reading.text, len(heading.text)
        ):
            ballot.vote(heading.text, reading.votes)
    return votes


def _heading_votes(ballot: Ballot, heading: Heading, *, is_first: bool) -> float:
    """How much a heading counts before its place is looked at."""
    is_supported = ballot.supports(heading.key)
    bonus = 0.0
    is_most = 2 * len(heading.key) >= len(ballot.document)
    if is_supported and is_most and heading.key not in ballot.readings:
        bonus = VOTE_BEGINS if ballot.begins(heading.key) else 0.0
    elif is_supported and is_most and heading.kind == "h1" and is_first:
        bonus = VOTE_ENDS if ballot.document.endswith(heading.key) else 0.0
    if is_first and is_most and ballot.begins(heading.key) and ballot.holds_segment(heading.key):
        bonus -= VOTE_SITE_KEPT  # no site shows its own name there
    if heading.kind == "h1":
        return (VOTE_H1 if is_first or is_supported else VOTE_SECOND_H1) + bonus
    if not is_supported:
        return VOTE_UNSUPPORTED if is_first else 0.0
    votes = {"h2": VOTE_H2, "h3": VOTE_H3, "classed": VOTE_CLASSED}[heading.kind]
    return votes + bonus


def shown_whole(ballot: Ballot, key: str, headings: list[Heading]) -> Heading | None:
    """The heading that shows the elected title with more behind it, where none shows it alone.

    What it adds stands in the document title, too, and names no site or section: 以案说法 | ….
    """
    found: Heading | None = None
    for heading in headings:
        if heading.key == key:
            return None
        if found is None and heading.key.startswith(key) and heading.key in ballot.readings:
            parts = split_title(heading.text, ballot.sites)
            more = [heading.text[one.start : one.end] for one in parts[1:]]
            if (
                more
                and ballot.begins(heading.key)
                and not any(is_site(one, ballot.sites) for one in more)
            ):
                found = heading
    return found


def as_shown(text: str, key: str, headings: list[Heading]) -> str:
    """The title in the spelling of the heading that shows it."""
    return next((heading.text for heading in headings if heading.key == key), text)
