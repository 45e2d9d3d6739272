"""Weighs what speaks for a run being a list of other pages, and what for the article's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from crawler.linklists.hosts import host_of
from crawler.linklists.line import Line
from crawler.linklists.runs import (
    SECTION_NUMBER,
    Run,
    ends_in_day,
    ends_in_telephone,
    find_titles,
    is_linked,
)
from crawler.model import BlockType, RemovalReason
from crawler.pagewords import PageWords
from crawler.text import fold

# Weights of the evidence for a list of other pages, in one unit; ``judging`` says how much is
# enough. Re-measure on the spliced and handmade pages and on tests/quality after a change.
HEADED = 3.0
LINKED = 1.8
ELSEWHERE = -2.5
ANNOUNCED = -3.0
INTRODUCED = -2.4
TEMPTING = 1.8
LONELY = -1.5
NUMBERED = -2.5
CONTACTS = -2.5
MARKED_NUMBERS = 0.65  # of that is forgiven when all have the marks of titles
STRANGE_NUMBERS = 1.0  # the same for lines that say nothing which the article speaks of
SEVERAL = 0.5
MARKED = 3.0
FOREIGN = 1.2
COHESIVE = -1.5
LONG = 0.7
STRAY = 1.4
AT_END = 0.6
CARDS = 2.2
DATED = 1.5  # bare titles that all end with a day, as only lists of pages have it

OVERLONG, TELLING = 10, 0.7  # titles below a section's heading, and the share with marks,
DOUBTED = 0.5  # from which the heading says so much less about them

LONGEST_HEADING = 16  # code points without punctuation
LINKED_SHARE = 0.7  # of the entries are links
LOW_COHESION = 0.35
HIGH_COHESION = 0.70
ITEMS_BELOW = 2  # lines of a list that was announced above a run put in between
LONGEST_ITEM = 45  # code points
STRAY_RUN = 5  # fewer bare lines may be anything
SHORTEST_STRAY = 6  # code points; names of papers and fees are shorter
LEAD_REACH = 24  # code points at the end of the line above in which a list is announced
STRAY_COHESION = 0.12  # share of pairs of characters that the article has, too
BARE_RUN = 4  # fewer lines without links, headings or cards are no list

NUMBER = re.compile(
    r"\s*(?:[\d０-９]{1,3}\s*[.、．)）:：]|[一二三四五六七八九十]{1,3}、|[(（][\d一二三四五六七八九十]{1,3}[)）]|[①-⑳]"
    r"|第[\d一二三四五六七八九十]{1,4}[条章节款步点项])"
)
_SENTENCE_ENDS = ("。", "！", "：", ":")
_SPEECH = re.compile(r"\s*[-–—“”\"「『]")
_STATUTE = re.compile(r"《[^》]{2,40}》")


@dataclass(frozen=True, slots=True)
class Context:
    """What the runs are judged against."""

    words: PageWords
    bared: tuple[str, ...]
    grams: frozenset[str]  # pairs of characters of the article's sentences and title
    host: str | None
    last_text: int  # index of the last line that is text
    found: dict[int, RemovalReason]  # the lines judged so far to belong to such lists
    begins: dict[int, int] = field(default_factory=dict)  # of each stretch in ``found``, by its end
    first_text: int = -1  # index of the first line that is text

    def find_begin(self, end: int) -> int:
        """Where the stretches of lists that end at ``end`` begin; ``end`` itself without any."""
        place = end
        while place in self.begins:
            place = self.begins[place]
        return place


def grams_of(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def weigh(
    lines: Sequence[Line], run: Run, entries: list[int], context: Context, headed: bool
) -> float:
    words = context.words
    titles = [title for at in entries for title in _fold_titles(lines[at], context.bared[at])]
    count = len(titles)
    linked = sum(is_linked(lines[at]) for at in entries) / len(entries)
    if linked < LINKED_SHARE and not headed and not run.cards and count < BARE_RUN:
        return 0.0
    marked = sum(is_marked(title, words) for title in titles) / count
    evidence = HEADED if headed else weigh_before(lines, run.start, context)
    if evidence <= INTRODUCED and marked >= 0.5 and _is_interposed(lines, run, context):
        evidence = 0.0
    share = _find_share(entries, context)
    strange = _cohesion(share)
    if evidence == INTRODUCED and count >= OVERLONG and marked >= TELLING and strange == FOREIGN:
        evidence *= DOUBTED
    evidence += CARDS if run.cards else 0.0
    if linked >= LINKED_SHARE:
        elsewhere = _is_elsewhere(lines, entries, context, marked)
        evidence += ELSEWHERE if elsewhere else LINKED
        if count >= 3:
            evidence += SEVERAL
        elif not headed:
            evidence += LONELY
    else:
        numbered = sum(NUMBER.match(lines[at].text) is not None for at in entries)
        if numbered >= 0.6 * len(entries):
            forgiven = STRANGE_NUMBERS if share <= STRAY_COHESION else MARKED_NUMBERS
            evidence += NUMBERED * (1 - forgiven * marked)
        if all(ends_in_day(lines[at].text) for at in entries):
            evidence += DATED if count >= BARE_RUN else 0.0
        elif all(ends_in_telephone(lines[at].text) for at in entries):
            evidence += CONTACTS
    if sum(_STATUTE.match(lines[at].text) is not None for at in entries) >= 0.5 * len(entries):
        evidence += ANNOUNCED
    if not evidence and not run.cards and _is_stray(run, lines, entries, context):
        evidence += STRAY
    evidence += MARKED * marked + strange
    evidence += LONG * sum(count >= bound for bound in (8, 15, 30))
    return evidence + (AT_END if run.end > context.last_text else 0.0)


def is_marked(title: str, words: PageWords) -> bool:
    """Whether a title has a mark of titles, apart from the end of a body's name."""
    return words.title_mark.search(words.name_end.sub(r"\1", title)) is not None


def _fold_titles(line: Line, bared: str) -> list[str]:
    """The titles in a line, folded as the words are that they are compared with."""
    titles = find_titles(line)
    return [bared] if len(titles) == 1 else [fold(title).text for title in titles]


def _is_interposed(lines: Sequence[Line], run: Run, context: Context) -> bool:
    """Whether what is announced above the run stands below it: a table, or items unlike titles.

    Such a run was put between an announcement and its list.
    """
    below = lines[run.end : run.end + ITEMS_BELOW]
    first = lines[run.start]
    if run.cards or len(below) < ITEMS_BELOW:
        return False
    if first.type is BlockType.LIST_ITEM and not is_linked(first):
        return False
    if all(line.type is BlockType.TABLE_ROW for line in below):
        return first.type is not BlockType.TABLE_ROW
    return (
        all(
            line.shape != first.shape
            and len(line.text) <= LONGEST_ITEM
            and line.type is not BlockType.HEADING
            and (line.type is BlockType.LIST_ITEM or not line.text.endswith(_SENTENCE_ENDS))
            and not context.words.title_mark.search(context.bared[run.end + at])
            for at, line in enumerate(below)
        )
        and below[0].shape == below[1].shape
    )


def _cohesion(share: float) -> float:
    """Evidence from the share of the entries' wording that the article has, too."""
    if share <= LOW_COHESION:
        return FOREIGN
    return COHESIVE if share >= HIGH_COHESION else 0.0


def _find_share(entries: list[int], context: Context) -> float:
    """The share, 0 to 1, of the entries' pairs of characters that the article has, too."""
    grams = shared = 0
    for at in entries:
        own = grams_of(context.bared[at])
        grams += len(own)
        shared += len(own & context.grams)
    return shared / grams if grams else 0.5


def _is_stray(run: Run, lines: Sequence[Line], entries: list[int], context: Context) -> bool:
    """Whether bare lines, no items by their marks, say nothing that the article speaks of."""
    if len(entries) < STRAY_RUN or any(
        lines[at].links
        or lines[at].type is not BlockType.PARAGRAPH
        or len(context.bared[at]) < SHORTEST_STRAY
        or _SPEECH.match(lines[at].text)
        for at in entries
    ):
        return False
    begin = context.find_begin(run.start)
    above = context.bared[begin - 1][-LEAD_REACH:] if begin else ""
    below = context.bared[run.end] if run.end < len(lines) else ""
    if context.words.lead_in.search(above) or below.startswith(context.words.backs):
        return False
    grams = [gram for at in entries for gram in grams_of(context.bared[at])]
    return sum(gram in context.grams for gram in grams) <= STRAY_COHESION * len(grams)


def _is_elsewhere(
    lines: Sequence[Line], entries: list[int], context: Context, marked: float
) -> bool:
    """Whether the links lead to several other sites, as lists of official channels do."""
    away: list[str] = []
    total = 0
    for at in entries:
        for link in lines[at].links:
            total += 1
            host = host_of(link.url)
            if host and host != context.host:
                away.append(host)
    if not total or len(away) < 0.6 * total:
        return False
    official = sum(host.endswith(context.words.official_hosts) for host in away)
    if official >= 0.6 * len(away):
        return True
    return marked < 0.5 and len(set(away)) >= max(2, 0.6 * len(away))


def is_away(line: Line, context: Context) -> bool:
    """Whether the line's links lead to official sites, none of them the page's own."""
    hosts = [host_of(link.url) for link in line.links]
    return bool(hosts) and all(
        host and host != context.host and host.endswith(context.words.official_hosts)
        for host in hosts
    )


def weigh_before(lines: Sequence[Line], start: int, context: Context) -> float:
    """Evidence from the line right before a run: an announcement, or a heading.

    Lists of other pages in between do not count.
    """
    place = context.find_begin(start)
    if place == 0:
        return 0.0
    if place > 1 and _is_item(lines[place - 1], lines[place - 2]):
        return 0.0
    evidence = _weigh_above(lines[place - 1], context.bared[place - 1], context)
    # A heading above lists that went was theirs.
    return evidence if place == start else min(0.0, evidence)


def _is_item(line: Line, before: Line) -> bool:
    """Whether the line is the last of a list rather than what announces the next one.

    It has the shape of the short line before it, no mark of a heading, and no colon.
    """
    return (
        line.shape == before.shape
        and line.type is before.type
        and line.type is not BlockType.HEADING
        and not line.text.rstrip().endswith(_SENTENCE_ENDS)
        and not SECTION_NUMBER.match(line.text)
        and len(line.text) <= LONGEST_ITEM
        and len(before.text) <= LONGEST_ITEM
        and not before.text.rstrip().endswith(_SENTENCE_ENDS)
    )


def _weigh_above(line: Line, bared: str, context: Context) -> float:
    words = context.words
    text = line.text.rstrip()
    tempting = len(bared) <= LONGEST_HEADING and words.heading_mark.search(bared) is not None
    announcing = words.lead_in.search(bared) is not None
    if text.endswith(("：", ":")):
        return TEMPTING if tempting and not announcing else ANNOUNCED
    if _is_own_heading(line):
        if SECTION_NUMBER.match(text) or announcing:
            return INTRODUCED
        if tempting:
            return TEMPTING
        share = share_of(bared, context.grams)
        return INTRODUCED if share >= 0.5 else INTRODUCED / 3
    if announcing and len(text) <= 40 and "。" not in text:
        return INTRODUCED
    return 0.0


def _is_own_heading(line: Line) -> bool:
    if line.type is BlockType.HEADING or SECTION_NUMBER.match(line.text):
        return True
    return len(line.text) <= 30 and line.bold_size * 10 > len(line.text) * 9


def share_of(text: str, known: frozenset[str]) -> float:
    """The share, 0 to 1, of a bared text's pairs of characters that are known."""
    grams = grams_of(text)
    return len(grams & known) / len(grams) if grams else 0.0
