"""Judges runs of title-like lines: lists of other pages, or the article's own lists."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from crawler.linklists.above import (
    ASKING,
    LONGEST_LABEL,
    ends_in_colon,
    is_content,
    speaks_of_text,
    weigh_before,
)
from crawler.linklists.between import find_between
from crawler.linklists.cards import find_cards, find_teasers
from crawler.linklists.context import Context, grams_of, share_of
from crawler.linklists.evidence import BARE_RUN, weigh
from crawler.linklists.few import FEWEST_BARE, STRAY_COHESION, is_marked
from crawler.linklists.headed import find_headed
from crawler.linklists.headings import (
    drop_headings,
    find_headings,
    heads,
    heads_official,
    is_list_heading,
)
from crawler.linklists.interposed import is_put_between
from crawler.linklists.likeness import find_likeness, look_again
from crawler.linklists.line import Line
from crawler.linklists.mixed import find_mixed
from crawler.linklists.pointers import find_pointers, find_tagged
from crawler.linklists.promised import find_promised
from crawler.linklists.runs import Run, find_runs
from crawler.linklists.semicolons import without_stops
from crawler.linklists.sentences import find_candidates, find_sentences
from crawler.linklists.shapes import is_excerpt, is_linked, is_title_like, is_unanswered
from crawler.linklists.stray import LONG_ITEM
from crawler.linklists.stretches import (
    FEWEST_OWN,
    find_asked,
    find_counted,
    find_stretch,
    find_turns,
)
from crawler.linklists.taken import find_taken
from crawler.model import BlockType, RemovalReason, SiteKnowledge
from crawler.pagewords import PageWords, bare, bare_lines
from crawler.text import fold

ENOUGH = 2.5  # the evidence at which a run counts as a list of other pages
OWN_MARKED = 0.34  # share of an article's own items that may have the marks of titles
TITLES_MARKED = 0.5  # of the titles behind them have these marks, or more
OWN_LIKELY = -0.5  # the mean likeness of own items to titles, at most


def find_link_lists(
    lines: Sequence[Line],
    title: str | None,
    words: PageWords,
    site: SiteKnowledge | None = None,
    host: str | None = None,
    *,
    bared: Sequence[str] | None = None,
) -> dict[int, RemovalReason]:
    """The indices of the lines that belong to lists of other pages, each with its reason.

    ``lines`` are the candidates for an article in reading order, from a document tree or a
    plain-text dump alike; ``bared`` are their bared texts, where these are known.
    """
    if bared is None:
        _, bared = bare_lines([line.text for line in lines])
    lines = without_stops(lines, bared, words)
    cards = find_cards(lines)
    sentences = find_candidates(lines, words)
    texts = [at for at in _find_texts(lines, bared, cards) if at not in sentences]
    body = "".join(bared[at] for at in texts) + bare(title or "")
    found: dict[int, RemovalReason] = {}
    begun = (at for at in texts if not is_list_heading(lines[at], bared[at], words))
    first, last = next(begun, -1), texts[-1] if texts else -1
    context = Context(words, bared, grams_of(body), host, last, found, first_text=first)
    context.likeness.update(find_likeness(lines, context, body))
    pointers = (*find_pointers(lines, context), *find_sentences(lines, sentences, context, body))
    for at in sorted(set(pointers)):
        found[at] = RemovalReason.LINK_LIST
        context.begins[at + 1] = context.find_begin(at)
    found.update(dict.fromkeys(find_teasers(lines), RemovalReason.CARDS))
    for run in cards:
        _judge_run(lines, run, context, found)
    taken = find_taken(lines, context) | find_promised(lines, title, context)
    for at in taken:
        context.likeness.pop(at, None)  # whatever its words tell
    for run in find_runs(lines, frozenset(found) | taken):
        _judge_run(lines, run, context, found)
    for at in (*find_tagged(lines, found), *find_headed(lines, context)):
        found.setdefault(at, RemovalReason.LINK_LIST)
    found.update(dict.fromkeys(find_between(lines, context), RemovalReason.LINK_LIST))
    found.update(dict.fromkeys(find_mixed(lines, context), RemovalReason.LINK_LIST))
    look_again(lines, context)
    for at in (*range(1, first), *range(first - 2, -1, -1)):
        if at not in found and _goes_on_above(lines, at, context):
            found[at] = RemovalReason.LINK_LIST
    drop_headings(lines, context, found)
    if site is not None:
        _drop_repeats(lines, bared, title, site, found)
    return found


def _is_label(line: Line, bared: str) -> bool:
    """Whether the line is a word or two before a colon, which say nothing of the text."""
    return len(bared) <= LONGEST_LABEL and ends_in_colon(line)


def _find_texts(lines: Sequence[Line], bared: Sequence[str], cards: Sequence[Run]) -> list[int]:
    """The indices of the lines that are the article's text, as far as one can tell.

    Whole sentences in cards say what their titles say, not what the article does, unless cards
    are all there is.
    """
    texts = [
        at
        for at, line in enumerate(lines)
        if not is_title_like(line)
        and not is_excerpt(line)
        and not is_unanswered(lines, at)
        and not _is_label(line, bared[at])
    ]
    inside = {at for run in cards for at in range(run.start, run.end)}
    return [at for at in texts if at not in inside] or texts


def _judge_run(
    lines: Sequence[Line], run: Run, context: Context, found: dict[int, RemovalReason]
) -> None:
    start = run.start
    # Headings inside the stretch begin lists of their own.
    places = find_headings(lines, run, context)
    bounds = [start, *[at for at in places if start < at < run.end], run.end]
    for begin, end in pairwise(bounds):
        entries = run.entries[bisect_left(run.entries, begin) : bisect_left(run.entries, end)]
        _judge_part(lines, Run(begin, end, entries, run.cards), context, found)


def _judge_part(
    lines: Sequence[Line], run: Run, context: Context, found: dict[int, RemovalReason]
) -> None:
    headed = False
    start = run.start
    if not run.cards and heads_official(lines, run, context):
        return
    if heads(lines, start, run, context):
        headed = True
        start += 1
    elif run.start > 0 and run.start - 1 not in found:
        headed = heads(lines, run.start - 1, run, context)
    entries = [at for at in run.entries if at >= start]
    if not entries:
        return
    if not headed and not run.cards and speaks_of_text(lines, entries[0], context):
        rest = Run(entries[0] + 1, run.end, tuple(entries[1:]), cards=False)
        if rest.entries:
            _judge_part(lines, rest, context, found)
        return
    between = not headed and is_put_between(lines, run, context)
    own = 0 if headed or between else _count_own(lines, run, entries, context)
    if own:
        rest = Run(run.start + own, run.end, tuple(entries[own:]), cards=False)
        _judge_part(lines, rest, context, found)
        return
    pieces = None if between else _find_pieces(lines, run, entries, context, headed=headed)
    if pieces is not None:
        for low, high in pieces:
            inner = run.entries[bisect_left(run.entries, low) : bisect_left(run.entries, high)]
            if inner:
                _judge_part(lines, Run(low, high, inner, cards=False), context, found)
        return
    evidence = weigh(lines, run, entries, context, headed=headed, between=between)
    if evidence >= ENOUGH:
        reason = RemovalReason.CARDS if run.cards else RemovalReason.LINK_LIST
        for at in range(start, run.end):
            found[at] = reason
        if start > run.start:
            found[run.start] = RemovalReason.LIST_HEADING
        above = headed or weigh_before(lines, run.start, context) > 0
        begin = run.start - 1 if above and start == run.start else run.start
        context.begins[run.end] = context.find_begin(begin)


def _find_pieces(
    lines: Sequence[Line], run: Run, entries: list[int], context: Context, *, headed: bool
) -> list[tuple[int, int]] | None:
    """The parts of a run that are to be judged each for itself; ``None`` when it is of one kind.

    Items of the article's own that are sure stand in none of them.
    """
    if run.cards:
        return None
    counted = find_counted(lines, entries, context) or find_asked(lines, entries, context)
    if counted:
        begins, ends = zip(*counted, strict=True)
        return list(zip((run.start, *ends), (*begins, run.end), strict=True))
    if is_content(lines, run.start, context):
        return None
    bounds = find_turns(lines, entries, context)
    bounds = bounds or find_stretch(lines, entries, context, headed=headed)
    return list(pairwise((run.start, *bounds, run.end))) if bounds else None


def _count_own(lines: Sequence[Line], run: Run, entries: list[int], context: Context) -> int:
    """How many items of an announced list stand before bare titles of the same shape."""
    if run.cards or run.start == 0 or any(is_linked(lines[at]) for at in entries):
        return 0
    if weigh_before(lines, run.start, context) >= 0:
        return 0
    asking = [lines[at].text.endswith(ASKING) for at in entries]
    asked = asking.index(False) if False in asking else 0
    if FEWEST_OWN <= asked <= len(entries) - FEWEST_BARE and not any(asking[asked:]):
        return asked  # questions were announced
    marked = [is_marked(context.bared[at], context.words) for at in entries]
    best, most = 0, 0.0
    behind, before = sum(marked), 0
    for own in range(len(entries) - BARE_RUN + 1):
        if own >= FEWEST_OWN and marked[own] and before <= OWN_MARKED * own:
            share = behind / (len(entries) - own)
            contrast = share - before / own
            if share >= TITLES_MARKED and contrast > most:
                best, most = own, contrast
        before, behind = before + marked[own], behind - marked[own]
    known = [context.likeness[at] for at in entries[:best] if at in context.likeness]
    return best if sum(known) <= OWN_LIKELY * len(known) else 0


def _goes_on_above(lines: Sequence[Line], at: int, context: Context) -> bool:
    """Whether a strange line above the text stands beside titles that went, and looks like them."""
    return (
        is_title_like(lines[at])
        and lines[at].type is not BlockType.HEADING
        and len(context.bared[at]) >= LONG_ITEM
        and share_of(context.bared[at], context.grams) <= STRAY_COHESION
        and any(
            context.found.get(one) is RemovalReason.LINK_LIST
            and lines[one].shape == lines[at].shape
            for one in (at - 1, at + 1)
        )
    )


def _drop_repeats(
    lines: Sequence[Line],
    bared: Sequence[str],
    title: str | None,
    site: SiteKnowledge,
    found: dict[int, RemovalReason],
) -> None:
    own = bare(title or "")
    known = site.titles | site.repeated
    for at, text in enumerate(bared):
        if at in found or not text or text == own:
            continue
        spellings = {text, fold(lines[at].text).text}
        if is_title_like(lines[at]) and not spellings.isdisjoint(known):
            found[at] = RemovalReason.SITE_REPEAT
