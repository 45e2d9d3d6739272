"""Weighs what speaks for a run being a list of other pages, and what for the article's own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.linklists.above import (
    ANNOUNCED,
    ASKING,
    INTRODUCED,
    points_away,
    weigh_before,
)
from crawler.linklists.context import Context
from crawler.linklists.few import (
    ALIEN,
    FEWEST_BARE,
    STRAY_COHESION,
    are_titles,
    find_least,
    is_marked,
)
from crawler.linklists.hosts import host_of, leads_away
from crawler.linklists.interposed import is_interposed
from crawler.linklists.lenders import are_deeds, weigh_named
from crawler.linklists.line import Line
from crawler.linklists.runs import Run
from crawler.linklists.shapes import (
    NUMBER,
    are_columns,
    are_rows,
    ends_in_day,
    find_titles,
    has_counter,
    has_telephone,
    is_linked,
)
from crawler.linklists.stray import (
    LONG_ITEM,
    are_keywords,
    are_unspoken,
    find_share,
    is_announced,
    is_stray,
)
from crawler.linklists.told import are_told, are_told_in_cells
from crawler.model import BlockType
from crawler.pagewords import PageWords, bare
from crawler.text import fold_each

# Weights of the evidence for a list of other pages, in one unit; ``judging`` says how much is
# enough. Re-measure on the spliced and handmade pages and on tests/quality after a change.
HEADED = 3.0
TOLD = 4.0  # by the words of bare lines alone, whatever else there is
LINKED = 1.8
ELSEWHERE = -2.5
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
UNSPOKEN = 2.5
AT_END = 0.6
AT_TOP = 1.2  # titles above the text, where articles seldom have a list of their own
CARDS = 2.2
LIKENESS, LEAST_LIKENESS, MOST_LIKENESS = 2.6, -3.0, 2.0  # of bare lines' mean value; its bounds
ELLIPTIC = -1.8  # questions few of which say what they speak of: the text around them does
KEYWORDS = 4.5  # words of the trade in a row, as nothing but a site's own boxes have them
LEAST_NAMED = -1.0  # of that value where the lines name lenders
IN_LINE = 1.4  # titles that fill one line; an article's own items seldom do
DATED = 1.5  # bare titles that all end with a day or a counter, as only lists of pages have it

BETWEEN = 2.2  # between what announces a list and that list
ARROWED = 2.0  # lines that begin like links to other pages: >>
# What is left of the evidence from numbers where nothing announces a list, and the share of its
# lines with marks of titles from which on.
UNANNOUNCED, UNTOLD = 0.6, 0.55

# From so many titles below a section's heading, and that share of them with marks, the heading
# says so much less about them. Fewer have no marks of own items, and are foreign or marked all
# the more.
OVERLONG, TELLING, TELLING_FEW, DOUBTED = 10, 0.7, 0.9, 0.5
# Shares of the questions that name a thing of the trade: where the text speaks for them; most.
NAMED_SHARE, NAMED_MOST = 0.25, 0.75
ASKED_SHARE = 0.8  # of the entries end so: a list of questions
OWN_SHARE = 0.34

IN_LINE_MARKED = 0.34  # of the titles in one line have the marks of titles
TOP_MARKED = 0.5  # of titles above the text have the marks of titles
TABLE_MARKED = 0.4  # of the titles that fill a table without links have the marks of titles
LINKED_SHARE = 0.7  # of the entries are links
LOW_COHESION = 0.35
HIGH_COHESION = 0.70
LONGEST_POINTING = 6  # code points of what each line's link says
STRAY_RUN = 5  # fewer bare lines may be anything
BARE_RUN = 4  # fewer lines without links, headings or cards are seldom a list

_OWN_MARK = re.compile(rf"^{NUMBER.pattern}|[？?]$")
_ARROWED = re.compile(r"\s*(?:>{1,3}|»|☞|＞{1,3})\s*\w")
_QUOTED = re.compile(r"《([^《》]{2,60})》")


def weigh(
    lines: Sequence[Line],
    run: Run,
    entries: list[int],
    context: Context,
    *,
    headed: bool,
    between: bool,
) -> float:
    words = context.words
    titles = [title for at in entries for title in _fold_titles(lines[at], context.bared[at])]
    count = len(titles)
    linked = sum(is_linked(lines[at]) for at in entries) / len(entries)
    marked = sum(is_marked(title, words) for title in titles) / count
    official = not headed and all(leads_away(lines[at], words, context.host) for at in entries)
    if official and linked < LINKED_SHARE:
        return ELSEWHERE  # official sites, however little of each line its link is
    share = find_share(entries, context)
    if lines[entries[0]].type is BlockType.TABLE_ROW and not linked and not headed:
        least = TABLE_MARKED if share <= LOW_COHESION else TELLING
        if share <= STRAY_COHESION and all(ends_in_day(lines[at].text) for at in entries):
            least = 0.0
        in_cells = marked < least and are_told_in_cells(titles, context)
        if (marked < least and not in_cells) or not _is_whole(lines, run, context):
            return 0.0
        if in_cells:
            return TOLD
    bare = linked < LINKED_SHARE and not headed and not run.cards
    evidence = HEADED if headed else 0.0 if between else weigh_before(lines, run.start, context)
    away = evidence < 0 and share <= LOW_COHESION and run.start > 0
    if away and points_away(lines[run.start - 1], context.bared[run.start - 1], words):
        evidence = 0.0
    deeds = bare and are_deeds(entries, context, marked)
    if bare and not deeds and are_told(lines, entries, context):
        return TOLD
    loose = not run.cards and not deeds
    unspoken = bare and not evidence and are_unspoken(lines, entries, context, share)
    unspoken = unspoken and not deeds and (away or not is_announced(lines, run, context))
    arrowed = all(_ARROWED.match(lines[at].text) for at in entries)
    few = bare and count < BARE_RUN and not (arrowed and len(entries) >= FEWEST_BARE)
    if (
        few
        and not unspoken
        and not between
        and (evidence < 0 or not are_titles(lines, entries, marked, share))
    ):
        return 0.0
    asked = not headed and linked < LINKED_SHARE and _are_questions(lines, run, context)
    plain = marked >= TELLING_FEW and share <= STRAY_COHESION and not asked
    if evidence <= INTRODUCED and marked >= 0.5 and is_interposed(lines, run, context, plain=plain):
        evidence = 0.0
    strange = _cohesion(share)
    if INTRODUCED < evidence < 0 and marked >= TOP_MARKED and share <= STRAY_COHESION and not asked:
        evidence = 0.0  # the heading is of the text below them
    names = 0.0
    if bare and not asked and evidence > ANNOUNCED:
        names = weigh_named(lines, entries, context, marked, titles)
    evidence *= DOUBTED if names and evidence < 0 else 1.0
    opens = run.start == 1 and run.end <= context.first_text
    if evidence == INTRODUCED and opens and linked >= LINKED_SHARE and strange == FOREIGN:
        evidence = 0.0  # an article hardly begins with a word and links: MORE:
    least = find_least(lines, entries, count, share)
    fewest = FEWEST_BARE if marked >= least else STRAY_RUN
    most = 0.0 if evidence < 0 else MOST_LIKENESS  # the text announces a list
    stray = False
    # Questions amid the text: that they ask tells nothing of whose they are.
    foreign = False
    if asked:
        named = sum(words.trade.search(context.bared[at]) is not None for at in entries)
        if evidence < 0 and named <= NAMED_MOST * len(entries):
            evidence = min(evidence, INTRODUCED)
        foreign = share <= STRAY_COHESION and named >= 0.5 * len(entries)
        evidence += ELLIPTIC if named <= NAMED_SHARE * len(entries) else 0.0
    if evidence == INTRODUCED and strange == FOREIGN and not asked:
        evidence *= DOUBTED if _are_many(lines, entries, count, marked, share) else 1.0
    evidence += CARDS if run.cards else 0.0
    elsewhere = False
    if linked >= LINKED_SHARE:
        elsewhere = _is_elsewhere(lines, entries, context, marked)
        evidence += ELSEWHERE if elsewhere else LINKED
        if count >= 3:
            evidence += SEVERAL
        elif not headed:
            evidence += LONELY
    else:
        told = 0.0 if asked and not foreign else marked
        if (
            bare
            and _are_pointing(lines, entries)
            and not _is_elsewhere(lines, entries, context, marked)
        ):
            evidence += LINKED
        unannounced = evidence == 0 and len(entries) >= STRAY_RUN and told >= UNTOLD
        looks = _weigh_bare([lines[at] for at in entries], told, share)
        evidence += UNANNOUNCED * looks if unannounced and looks < 0 else looks
        stray = unannounced and loose and is_stray(run, lines, entries, context, fewest)
    if sum(_names_paper(lines[at], words) for at in entries) >= 0.5 * len(entries):
        evidence += ANNOUNCED
    if stray or (not evidence and loose and is_stray(run, lines, entries, context, fewest)):
        evidence += STRAY
    evidence += UNSPOKEN if unspoken and not asked else 0.0
    evidence += BETWEEN if between else 0.0
    evidence += ARROWED if arrowed and not headed else 0.0
    if len(entries) == 1 and count >= BARE_RUN and marked >= IN_LINE_MARKED:
        evidence += IN_LINE if strange == FOREIGN else 0.0
    if bare and not evidence and are_keywords(lines, run, entries, context, share):
        evidence += KEYWORDS
    evidence += names + strange
    evidence += 0.0 if official else MARKED * marked  # a service's name has words of titles: 查询
    known = 0.0 if between else _find_likeness(entries, context)  # it took them for announced
    most = 0.0 if deeds else most
    if names:
        known = max(known, LEAST_NAMED)  # the article shares the names
    evidence += LIKENESS * min(most, known) if bare else 0.0
    evidence += LONG * sum(count >= bound for bound in (8, 15, 30))
    if (
        count >= (BARE_RUN if marked >= TOP_MARKED else FEWEST_BARE)
        and not headed
        and run.end <= context.first_text
        and (
            marked >= TOP_MARKED
            or _are_alien(entries, context, share)
            or (linked >= LINKED_SHARE and not elsewhere and strange == FOREIGN)
        )
    ):
        evidence += AT_TOP
    return evidence + (AT_END if run.end > context.last_text else 0.0)


def _are_alien(entries: list[int], context: Context, share: float) -> bool:
    """Whether lines as long as titles say next to nothing that the article speaks of."""
    size = sum(len(context.bared[at]) for at in entries)
    return share <= ALIEN and size >= LONG_ITEM * len(entries)


def _find_likeness(entries: list[int], context: Context) -> float:
    """The mean of what the lines' words tell; nought where nothing is known."""
    known = [context.likeness[at] for at in entries if at in context.likeness]
    mean = sum(known) / len(known) if known else 0.0
    return max(LEAST_LIKENESS, mean)


def _weigh_bare(lines: list[Line], marked: float, share: float) -> float:
    """Evidence from the forms that lines without links have in common."""
    evidence = 0.0
    texts = [line.text for line in lines]
    numbered = sum(NUMBER.match(text) is not None for text in texts)
    if numbered >= 0.6 * len(texts):
        forgiven = STRANGE_NUMBERS if share <= STRAY_COHESION else MARKED_NUMBERS
        evidence += NUMBERED * (1 - forgiven * marked)
    if all(ends_in_day(text) or has_counter(text) for text in texts):
        evidence += DATED if len(texts) >= BARE_RUN else 0.0
    elif all(map(has_telephone, texts)):
        evidence += CONTACTS
    rows = lines[0].type is not BlockType.TABLE_ROW and are_rows(texts)
    return evidence + (ANNOUNCED if rows else 0.0)


def _are_pointing(lines: Sequence[Line], entries: list[int]) -> bool:
    """Whether each line ends with a link that says the same few letters: [详细]."""
    last = {lines[at].links[-1].text if lines[at].links else "" for at in entries}
    text = last.pop()
    return not last and 0 < len(text) <= LONGEST_POINTING and len(entries) >= FEWEST_BARE


def _is_whole(lines: Sequence[Line], run: Run, context: Context) -> bool:
    """Whether no row of a table stands beside the run: a head, or cells unlike titles."""
    beside = [at for at in (run.start - 1, run.end) if 0 <= at < len(lines)]
    return all(
        lines[at].type is not BlockType.TABLE_ROW
        or lines[at].links
        or at in context.found
        or are_columns(lines[at], context.words)
        for at in beside
    )


def _are_questions(lines: Sequence[Line], run: Run, context: Context) -> bool:
    """Whether the run consists of questions and has the article's text on both sides."""
    if not context.first_text < run.start < run.end <= context.last_text:
        return False
    asking = sum(lines[at].text.endswith(ASKING) for at in run.entries)
    return asking >= ASKED_SHARE * len(run.entries)


def _are_many(
    lines: Sequence[Line], entries: list[int], count: int, marked: float, share: float
) -> bool:
    """Whether so many titles are in the lines that the heading above them may not be theirs."""
    if count >= OVERLONG:
        return marked >= TELLING
    own = sum(_OWN_MARK.search(lines[at].text) is not None for at in entries)
    telling = TELLING if share <= STRAY_COHESION else TELLING_FEW
    return count >= BARE_RUN and marked >= telling and own <= OWN_SHARE * len(entries)


def _names_paper(line: Line, words: PageWords) -> bool:
    """Whether the line begins with a statute or a form in book marks, and no title is in them.

    A heading may stand before several names in one line.
    """
    names = _QUOTED.findall(line.text)
    if not names or (not line.text.startswith("《") and len(find_titles(line)) != len(names)):
        return False
    papers = sum(words.paper_end.search(bare(name)) is not None for name in names)
    return 2 * papers >= len(names)


def _fold_titles(line: Line, bared: str) -> list[str]:
    """The titles in a line, folded as the words are that they are compared with."""
    titles = find_titles(line)
    return [bared] if len(titles) == 1 else fold_each(titles)


def _cohesion(share: float) -> float:
    """Evidence from the share of the entries' wording that the article has, too."""
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
