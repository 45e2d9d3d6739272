"""An article's own title, agreed on by the parts of its page that repeat it.

The document title usually is the article's title with the names of section and site
around it; headings, meta elements and JSON-LD repeat the title alone, or the site alone.
Each part votes for the reading it supports, and the reading with most votes wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.ballot import (
    FOREIGN,
    LATER_START,
    LONGEST_TITLE,
    PARTLY,
    VOTE_BEGINS,
    VOTE_CLASSED,
    VOTE_DOCUMENT,
    VOTE_ENDS,
    VOTE_H1,
    VOTE_H2,
    VOTE_H3,
    VOTE_OTHER_CUT,
    VOTE_SECOND_H1,
    VOTE_SHOWN,
    VOTE_SITE_CUT,
    VOTE_SITE_KEPT,
    VOTE_STATED,
    VOTE_UNREPEATED,
    VOTE_UNSUPPORTED,
    Ballot,
    Reading,
)
from crawler.extraction.dates import find_dates, fold_line
from crawler.extraction.head import Head
from crawler.extraction.lines import (
    find_nodes,
    is_banner,
    is_foreign,
    lines_in,
    short_text,
    words_of,
)
from crawler.extraction.meta_words import meta_words
from crawler.extraction.shown import find_begun, find_shown
from crawler.extraction.title_segments import (
    SHORTEST_TITLE,
    SITE_LENGTH,
    Segment,
    is_site,
    letters,
    split_title,
)

MOST_HEADINGS = 40  # headings looked at
MOST_INSIDE = 300  # elements in one of them
MOST_STATED = 30  # titles in meta elements, and as many in JSON-LD, that are looked at
MOST_SHOWN = 3  # parts of a document title that are looked for in the page
SHORTEST_SHOWN = 8  # letters of such a part; shorter ones are names of sections

_OUTER = " :：|_"  # what frames a whole document title: ::…::
_MARKUP = re.compile(r"<[^<>]{0,200}>")
# As in a title that ends with [图] in one place and without in another.
_MARK = re.compile(r"\s*[【\[(（〔].{1,4}[】\])）〕]")
_FIRST_MARK = re.compile(r"\s*[【\[][^【】\[\]]{1,8}[】\]]\s*")
_ELLIPSIS = ("...", "…", "..")
_CLASSED = ("div", "p", "span", "td", "strong", "b", "font", "center", "h4", "h5", "section")
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
    headings: list[_Heading] = []
    is_agreed = False
    for kind in ("h1", "h2", "h3", "classed"):
        found = [_unmarked(ballot, one) for one in _headings(tree, kind, sites)]
        _vote_headings(ballot, found)
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
    whole = _shown_whole(ballot, key, headings)
    if whole is not None:
        return Title(whole.text, whole.element), is_agreed
    text = _as_shown(reading.text, key, headings)
    element = reading.element if reading.element is not None else find_shown(tree, reading.text)
    return Title(text, element), is_agreed


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
    site = next((one for one in segments[1:] if _names_site(document, one, ballot)), None)
    begun = find_begun(tree, document[: len(document) if site is None else site.start])
    if begun is not None:
        ballot.vote(begun[0], VOTE_SHOWN + VOTE_BEGINS, begun[1])
        return
    parts = [document[one.start : one.end] for one in segments]
    if len(parts) == 1:
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


def _names_site(document: str, segment: Segment, ballot: Ballot) -> bool:
    """Whether the segment names a site by its words, not by its place and length alone."""
    return segment.is_site and is_site(document[segment.start : segment.end], ballot.sites)


@dataclass(frozen=True, slots=True)
class _Heading:
    """A visible heading: its text, letters, element and kind (h1, h2, h3 or classed)."""

    text: str
    key: str
    element: HtmlElement
    kind: str


def _headings(tree: HtmlElement, kind: str, sites: frozenset[str]) -> Iterator[_Heading]:
    """The page's headings of one kind that can be a title, in document order."""
    elements: Iterable[HtmlElement] = tree.iter(kind)
    if kind == "classed":
        elements = filter(_is_classed, _inside(tree))
    for element in islice(elements, MOST_HEADINGS):
        text = _text_of(element)
        key = letters(text)
        if not key or key in meta_words().generic_titles or key in sites:
            continue
        yield _Heading(text, key, element, kind)


def _unmarked(ballot: Ballot, heading: _Heading) -> _Heading:
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


def _vote_headings(ballot: Ballot, headings: list[_Heading]) -> None:
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


def _give_away(
    ballot: Ballot, stated: dict[str, Reading], heading: _Heading, votes: float
) -> float:
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


def _heading_votes(ballot: Ballot, heading: _Heading, *, is_first: bool) -> float:
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


def _shown_whole(ballot: Ballot, key: str, headings: list[_Heading]) -> _Heading | None:
    """The heading that shows the elected title with more behind it, where none shows it alone.

    What it adds stands in the document title, too, and names no site or section: 以案说法 | ….
    """
    found: _Heading | None = None
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


def _as_shown(text: str, key: str, headings: list[_Heading]) -> str:
    """The title in the spelling of the heading that shows it."""
    return next((heading.text for heading in headings if heading.key == key), text)
