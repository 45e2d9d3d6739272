"""Tells lists that were put between what announces an article's list and that list itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.linklists.above import ASKING, LONGEST_ITEM, SENTENCE_ENDS, ends_in_colon
from crawler.linklists.context import Context
from crawler.linklists.few import FEWEST_BARE, STRAY_COHESION, is_marked
from crawler.linklists.hosts import leads_away
from crawler.linklists.line import Line
from crawler.linklists.runs import BULLETS, Run, is_apart
from crawler.linklists.shapes import find_titles, is_linked, is_title_like
from crawler.linklists.stray import find_share
from crawler.model import BlockType
from crawler.pagewords import PageWords, bare

ITEMS_BELOW = 2  # lines of a list that was announced above a run put in between
MOST_BELOW = 8  # lines below that are looked at
_ASKED = re.compile(r"\s*(?:问|Q|[^\W\d_]{0,4}提问|咨询)\s?\d{0,2}\s*[:：].*[？?]\s*$")
_ANSWERED = re.compile(r"\s*(?:答|A|[^\W\d_]{0,4}(?:回答|解答|回复|答复))\s?\d{0,2}\s*[:：]")
_ITEM_ENDS = ("；", ";")
_FIRST = re.compile(
    r"\s*(?:[1１一]\s*[.、．)）:：]|[(（][1一][)）]|①|第一|首先|其一|一是|[AaＡ][.、．)）])"
)


def is_put_between(lines: Sequence[Line], run: Run, context: Context) -> bool:
    """Whether strange lines stand between an announcement and a list of another kind.

    Or between a question and its answer. What a colon announces is then the list below: items
    numbered from one on, or with bullets or in elements of their own, a table's rows, questions,
    or links to official sites.
    """
    place = context.find_begin(run.start)
    if place == 0 or run.end >= len(lines):
        return False
    count = sum(len(find_titles(lines[at])) for at in run.entries)
    if count < FEWEST_BARE:
        return False
    if _ASKED.match(lines[place - 1].text) and _ANSWERED.match(lines[run.end].text):
        return True
    if not ends_in_colon(lines[place - 1]):
        return False
    if _is_before_sentence(lines, run, context, context.bared[place - 1]):
        return True
    if run.end + ITEMS_BELOW > len(lines):
        return False
    first, below = lines[run.entries[0]], lines[run.end : run.end + ITEMS_BELOW]
    if first.type is BlockType.TABLE_ROW or any(
        leads_away(lines[at], context.words, context.host) for at in run.entries
    ):
        return False
    if find_share(run.entries, context) > STRAY_COHESION:
        return False
    return _is_list(below, first, run, lines, context) and (
        run.cards or _are_plainer(lines, run, context)
    )


def _is_before_sentence(lines: Sequence[Line], run: Run, context: Context, announced: str) -> bool:
    """Whether titles stand between a colon that announces no list and the sentence it does."""
    if not lines[run.end].text.endswith("。"):
        return False
    if context.words.lead_in.search(announced) or any(lines[at].links for at in run.entries):
        return False
    titles = [title for at in run.entries for title in find_titles(lines[at])]
    half = 0.5 * len(titles)
    marked = sum(is_marked(bare(title), context.words) for title in titles)
    asking = sum(title.endswith(ASKING) for title in titles)
    return marked >= half > asking and find_share(run.entries, context) <= STRAY_COHESION


def _are_plainer(lines: Sequence[Line], run: Run, context: Context) -> bool:
    """Whether fewer of the lines below have marks of titles than of the run, or some are text.

    Else it may be the other way round: titles of other pages behind an article's own items.
    """
    below = range(run.end, min(len(lines), run.end + MOST_BELOW))
    if not all(map(is_title_like, lines[run.end : run.end + ITEMS_BELOW])):
        return True
    if all(leads_away(lines[at], context.words, context.host) for at in below[:ITEMS_BELOW]):
        return True
    if all(is_linked(lines[at]) for at in run.entries) and not lines[run.end].links:
        return True
    shape = lines[run.end].shape
    alike = [at for at in below if lines[at].shape == shape]
    mine, theirs = (
        sum(is_marked(context.bared[at], context.words) for at in places) / len(places)
        for places in (run.entries, alike)
    )
    return mine > theirs


def _is_list(
    below: Sequence[Line], first: Line, run: Run, lines: Sequence[Line], context: Context
) -> bool:
    """Whether the lines below begin a list that differs from the run."""
    one, other = below
    if one.type is not other.type or any(line.type is BlockType.HEADING for line in below):
        return False
    if one.type is BlockType.TABLE_ROW:
        return True
    if any(map(is_linked, below)) and not is_linked(first):
        return all(leads_away(line, context.words, context.host) for line in below)
    if _FIRST.match(one.text):
        return _FIRST.match(first.text) is None or one.text[:1] != first.text[:1]
    if all(leads_away(line, context.words, context.host) for line in below):
        return True
    if any(map(is_linked, below)):
        return False
    if one.text.startswith(BULLETS) and one.text[:1] == other.text[:1] != first.text[:1]:
        return True
    if all(line.text.endswith(ASKING) for line in below):
        return not any(lines[at].text.endswith(ASKING) for at in run.entries)
    return (
        one.type is BlockType.LIST_ITEM
        and one.shape == other.shape != first.shape
        and is_apart(one, first)
    )


def is_interposed(
    lines: Sequence[Line], run: Run, context: Context, *, plain: bool = False
) -> bool:
    """Whether what is announced above the run stands below it: a table, or items unlike titles.

    Such a run was put between an announcement and its list. Items of a list are no such run,
    unless it is ``plain`` that they are titles.
    """
    below = lines[run.end : run.end + ITEMS_BELOW]
    first = lines[run.start]
    if run.cards or len(below) < ITEMS_BELOW:
        return False
    if first.type is BlockType.LIST_ITEM and not is_linked(first) and not plain:
        return False
    if all(line.type is BlockType.TABLE_ROW for line in below):
        return first.type is not BlockType.TABLE_ROW
    return (
        all(
            is_apart(line, first)
            and len(line.text) <= LONGEST_ITEM
            and line.type is not BlockType.HEADING
            and (line.type is BlockType.LIST_ITEM or not line.text.endswith(SENTENCE_ENDS))
            and _is_unlike(line, first, context.bared[run.end + at], context.words)
            for at, line in enumerate(below)
        )
        and below[0].shape == below[1].shape
    )


def _is_unlike(line: Line, title: Line, bared: str, words: PageWords) -> bool:
    """Whether the line has no marks of titles, ends as items do, or asks as the title does not."""
    asks = line.text.endswith(ASKING) and not title.text.endswith(ASKING)
    return asks or line.text.endswith(_ITEM_ENDS) or not words.title_mark.search(bared)
