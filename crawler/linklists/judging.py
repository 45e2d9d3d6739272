"""Judges runs of title-like lines: lists of other pages, or the article's own lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.linklists.cards import find_cards
from crawler.linklists.hosts import host_of
from crawler.linklists.line import Line
from crawler.linklists.runs import (
    SECTION_NUMBER,
    Run,
    find_runs,
    find_titles,
    is_excerpt,
    is_linked,
    is_title_like,
    width,
)
from crawler.model import BlockType, RemovalReason, SiteKnowledge
from crawler.pagewords import PageWords, bare, bare_lines

# The evidence at which a run counts as a list of other pages. The weights below are in the
# same unit; re-measure on the spliced and handmade pages and on tests/quality after a change.
ENOUGH = 2.5
HEADED = 3.0
LINKED = 1.8
ELSEWHERE = -2.5
ANNOUNCED = -3.0
INTRODUCED = -2.4
TEMPTING = 1.8
LONELY = -1.5
NUMBERED = -2.5
MARKED_NUMBERS = 0.6  # of that is forgiven when all have the marks of titles
SEVERAL = 0.5
MARKED = 3.0
FOREIGN = 1.2
COHESIVE = -1.5
LONG = 0.7
AT_END = 0.6
CARDS = 2.2

LINKED_SHARE = 0.7  # of the entries are links
LOW_COHESION = 0.35
HIGH_COHESION = 0.70
LONGEST_HEADING = 16  # code points without punctuation
LONGEST_SCRAP = 8  # code points
BARE_RUN = 4  # fewer lines without links, headings or cards are no list

_NUMBER = re.compile(
    r"\s*(?:[\d０-９]{1,3}\s*[.、．)）:：]|[一二三四五六七八九十]{1,3}、|[(（][\d一二三四五六七八九十]{1,3}[)）]|[①-⑳]"
    r"|第[\d一二三四五六七八九十]{1,4}[条章节款步点项])"
)
_SECTION = SECTION_NUMBER
_STATUTE = re.compile(r"《[^》]{2,40}》")


@dataclass(frozen=True, slots=True)
class Context:
    """What the runs are judged against."""

    words: PageWords
    bared: tuple[str, ...]
    grams: frozenset[str]  # pairs of characters of the article's sentences and title
    host: str | None
    last_text: int  # index of the last line that is text


def find_link_lists(
    lines: Sequence[Line],
    title: str | None,
    words: PageWords,
    site: SiteKnowledge | None = None,
    host: str | None = None,
) -> dict[int, RemovalReason]:
    """The indices of the lines that belong to lists of other pages, each with its reason.

    ``lines`` are the candidates for an article in reading order, from a document tree or a
    plain-text dump alike.
    """
    _, bared = bare_lines([line.text for line in lines])
    texts = [
        at for at, line in enumerate(lines) if not is_title_like(line) and not is_excerpt(line)
    ]
    body = "".join(bared[at] for at in texts) + bare(title or "")
    context = Context(words, bared, frozenset(_grams(body)), host, texts[-1] if texts else -1)
    found: dict[int, RemovalReason] = {}
    for run in find_cards(lines):
        _judge_run(lines, run, context, found)
    for run in find_runs(lines, frozenset(found)):
        _judge_run(lines, run, context, found)
    _drop_headings(lines, context, found)
    if site is not None:
        _drop_repeats(lines, bared, title, site, found)
    return found


def is_list_heading(line: Line, bared: str, words: PageWords) -> bool:
    """Whether the line is a heading that such lists have."""
    if len(line.text) > 24:
        return False
    return bared in words.heading_whole or (
        len(bared) <= 14 and bared.startswith(words.heading_starts)
    )


def _grams(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _judge_run(
    lines: Sequence[Line], run: Run, context: Context, found: dict[int, RemovalReason]
) -> None:
    start = run.start
    # Headings inside the stretch begin lists of their own.
    headings = [
        at
        for at in range(run.start, run.end)
        if is_list_heading(lines[at], context.bared[at], context.words)
    ]
    bounds = [start, *[at for at in headings if at > start], run.end]
    for begin, end in pairwise(bounds):
        _judge_part(
            lines,
            Run(begin, end, tuple(at for at in run.entries if begin <= at < end), run.cards),
            context,
            found,
        )


def _judge_part(
    lines: Sequence[Line], run: Run, context: Context, found: dict[int, RemovalReason]
) -> None:
    headed = False
    start = run.start
    if is_list_heading(lines[start], context.bared[start], context.words):
        headed = True
        start += 1
    elif run.start > 0 and is_list_heading(
        lines[run.start - 1], context.bared[run.start - 1], context.words
    ):
        headed = True
    entries = [at for at in run.entries if at >= start]
    if not entries:
        return
    own = 0 if headed else _count_own(lines, run, entries, context)
    if own:
        rest = Run(run.start + own, run.end, tuple(entries[own:]), cards=False)
        _judge_part(lines, rest, context, found)
        return
    evidence = _weigh(lines, run, entries, context, headed)
    if evidence >= ENOUGH:
        run, entries = _peel(lines, run, entries, context)
        reason = RemovalReason.CARDS if run.cards else RemovalReason.LINK_LIST
        for at in range(start, run.end):
            found[at] = reason
        if start > run.start:
            found[run.start] = RemovalReason.LIST_HEADING


def _count_own(lines: Sequence[Line], run: Run, entries: list[int], context: Context) -> int:
    """How many items of an announced list stand before bare titles of the same shape."""
    if run.cards or run.start == 0 or any(is_linked(lines[at]) for at in entries):
        return 0
    if _weigh_before(lines, run.start, context) >= 0:
        return 0
    mark = context.words.title_mark
    own = next((n for n, at in enumerate(entries) if mark.search(lines[at].text)), len(entries))
    return own if own >= 2 and len(entries) - own >= BARE_RUN else 0


def _peel(
    lines: Sequence[Line], run: Run, entries: list[int], context: Context
) -> tuple[Run, list[int]]:
    """The run without the article's own scraps at its end, which have its shape by chance.

    Such are the first items of a checklist or a heading right behind a list of bare titles:
    short, without the marks of titles, and followed by the article's text.
    """
    end = run.end
    if run.cards or end > context.last_text or any(is_linked(lines[at]) for at in entries):
        return run, entries
    while end - run.start > BARE_RUN and _is_scrap(lines[end - 1], context):
        end -= 1
    if run.end - end > (run.end - run.start) // 2 + 1:
        return run, entries
    return Run(run.start, end, tuple(at for at in entries if at < end), cards=False), [
        at for at in entries if at < end
    ]


def _is_scrap(line: Line, context: Context) -> bool:
    return width(line.text) <= LONGEST_SCRAP and not context.words.title_mark.search(line.text)


def _weigh(
    lines: Sequence[Line], run: Run, entries: list[int], context: Context, headed: bool
) -> float:
    words = context.words
    titles = [title for at in entries for title in find_titles(lines[at])]
    count = len(titles)
    linked = sum(is_linked(lines[at]) for at in entries) / len(entries)
    if linked < LINKED_SHARE and not headed and not run.cards and count < BARE_RUN:
        return 0.0
    marked = sum(words.title_mark.search(title) is not None for title in titles) / count
    evidence = HEADED if headed else _weigh_before(lines, run.start, context)
    evidence += CARDS if run.cards else 0.0
    if linked >= LINKED_SHARE:
        elsewhere = _is_elsewhere(lines, entries, context, marked)
        evidence += ELSEWHERE if elsewhere else LINKED
        if count >= 3:
            evidence += SEVERAL
        elif not headed:
            evidence += LONELY
    else:
        numbered = sum(_NUMBER.match(lines[at].text) is not None for at in entries)
        if numbered >= 0.6 * len(entries):
            evidence += NUMBERED * (1 - MARKED_NUMBERS * marked)
    if sum(_STATUTE.match(title) is not None for title in titles) >= 0.5 * count:
        evidence += ANNOUNCED
    evidence += MARKED * marked + _cohesion(entries, context)
    evidence += LONG * sum(count >= bound for bound in (8, 15, 30))
    return evidence + (AT_END if run.end > context.last_text else 0.0)


def _cohesion(entries: list[int], context: Context) -> float:
    """Evidence from how much of the entries' wording the article shares."""
    grams = shared = 0
    for at in entries:
        own = _grams(context.bared[at])
        grams += len(own)
        shared += len(own & context.grams)
    if not grams:
        return 0.0
    share = shared / grams
    if share <= LOW_COHESION:
        return FOREIGN
    return COHESIVE if share >= HIGH_COHESION else 0.0


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


def _weigh_before(lines: Sequence[Line], start: int, context: Context) -> float:
    """Evidence from the line right before a run: an announcement, or a heading."""
    if start == 0:
        return 0.0
    line, bared, words = lines[start - 1], context.bared[start - 1], context.words
    text = line.text.rstrip()
    tempting = len(bared) <= LONGEST_HEADING and words.heading_mark.search(bared) is not None
    announcing = words.lead_in.search(bared) is not None
    if text.endswith(("：", ":")):
        return TEMPTING if tempting and not announcing else ANNOUNCED
    if _is_own_heading(line):
        if _SECTION.match(text) or announcing:
            return INTRODUCED
        if tempting:
            return TEMPTING
        share = _share(_grams(bared), context.grams)
        return INTRODUCED if share >= 0.5 else INTRODUCED / 3
    if announcing and len(text) <= 40 and "。" not in text:
        return INTRODUCED
    return 0.0


def _is_own_heading(line: Line) -> bool:
    if line.type is BlockType.HEADING or _SECTION.match(line.text):
        return True
    return len(line.text) <= 30 and line.bold_size * 10 > len(line.text) * 9


def _share(grams: set[str], known: frozenset[str]) -> float:
    return len(grams & known) / len(grams) if grams else 0.0


def _drop_headings(
    lines: Sequence[Line], context: Context, found: dict[int, RemovalReason]
) -> None:
    """Headings of such lists go with them; those that say so plainly go alone, too."""
    for at, line in enumerate(lines):
        if at in found:
            continue
        bared = context.bared[at]
        above = at + 1 in found and found[at + 1] is not RemovalReason.LIST_HEADING
        if bared in context.words.heading_whole or (
            above and _may_head(line, bared, context.words)
        ):
            found[at] = RemovalReason.LIST_HEADING


def _may_head(line: Line, bared: str, words: PageWords) -> bool:
    """Whether a line right above a list of other pages is its heading."""
    if is_list_heading(line, bared, words):
        return True
    return (
        len(bared) <= LONGEST_HEADING
        and words.heading_mark.search(bared) is not None
        and _NUMBER.match(line.text) is None
    )


def _drop_repeats(
    lines: Sequence[Line],
    bared: tuple[str, ...],
    title: str | None,
    site: SiteKnowledge,
    found: dict[int, RemovalReason],
) -> None:
    own = bare(title or "")
    for at, text in enumerate(bared):
        if at in found or not text or text == own:
            continue
        if text in site.repeated or (text in site.titles and is_title_like(lines[at])):
            found[at] = RemovalReason.SITE_REPEAT
