"""Readings of a page's title and the votes that the page's parts give them."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.html import HtmlElement

from crawler.extraction.title_segments import SHORTEST_TITLE, letters

LONGEST_TITLE = 120  # code points: longer headings hold more than a title

# Votes, in arbitrary units; measured together on the labelled pages and the shared corpora.
VOTE_DOCUMENT = 3.0  # the document title holds it
VOTE_STATED = 4.0  # a meta element or JSON-LD says it
VOTE_WHOLE = 6.0  # a statement of several segments that the document title begins with
VOTE_UNREPEATED = 2.0  # a meta element or JSON-LD says it, the document title something else
VOTE_H1 = 4.0
VOTE_SECOND_H1 = 1.0
VOTE_H2 = 3.0
VOTE_H3 = 2.0
VOTE_CLASSED = 2.0  # an element whose class or id means title
VOTE_SHOWN = 4.5  # a part of the document title that stands in a line of its own
VOTE_UNSUPPORTED = 1.0  # a lesser heading that no other part of the page repeats
VOTE_BEGINS = 2.0  # a heading that the document title begins with
VOTE_ENDS = 1.0  # the first heading, when the document title ends with it and is hardly longer
VOTE_SITE_CUT = 1.5  # for each name of a site or section that the reading leaves out
VOTE_OTHER_CUT = -1.0  # for each other segment that it leaves out
VOTE_SITE_KEPT = -2.5  # for each name of a site or section that it still holds
LATER_START = 0.6  # weight of a reading that does not begin its text
AGREED_SHARE = 1 / 3  # of the document title's letters are in a heading that settles the vote
LONGEST_MARK = 4  # letters before a title that say of what kind the page is: 【图片】
PARTLY = 0.4  # weight of a heading for a reading that begins it
FOREIGN = 0.2  # weight of a heading in a header, list or side column


@dataclass(slots=True)
class Reading:
    """A candidate, its votes, and where the page shows it."""

    text: str
    votes: float = 0.0
    element: HtmlElement | None = None


@dataclass(slots=True)
class Ballot:
    """All readings by their letters, and the document title's letters."""

    document: str
    sites: frozenset[str]
    readings: dict[str, Reading] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)  # segments that look like a site's name

    def vote(self, text: str, votes: float, element: HtmlElement | None = None) -> None:
        """Count ``votes`` for a reading, which is spelt as the first element shows it."""
        key = letters(text)
        if not key or len(text) > LONGEST_TITLE:
            return
        reading = self.readings.setdefault(key, Reading(text))
        reading.votes += votes
        if element is not None and reading.element is None:
            reading.element, reading.text = element, text

    def is_agreed(self, key: str) -> bool:
        """Whether this heading is a reading of the document title, and the leading one."""
        reading = self.readings.get(key)
        return (
            reading is not None
            and len(key) >= max(SHORTEST_TITLE, AGREED_SHARE * len(self.document))
            and key in self.document
            and reading.votes > VOTE_DOCUMENT
            and reading.votes >= max(one.votes for one in self.readings.values())
        )

    def holds_segment(self, key: str) -> bool:
        """Whether it ends with a segment that only looks like the name of a site or section."""
        ends = any(key.endswith(one) and key != one for one in self.named)
        return ends and not any(key.endswith(site) for site in self.sites)

    def begins(self, key: str) -> bool:
        """Whether the document title begins with these letters, or with a mark before them."""
        return 0 <= self.document.find(key) <= LONGEST_MARK

    def supports(self, key: str) -> bool:
        """Whether the document title or a statement repeats these letters."""
        return key in self.readings or (len(key) >= SHORTEST_TITLE and key in self.document)
