"""How much each bare line reads like another page's title: a sum of weighed traits of its words.

One trait alone tells little: an article's own items speak of the trade, too, and titles need
no mark. The weights are those of a logistic regression, so that a value is the logarithm of the
odds; above nought a title is likelier.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from operator import mul

from crawler.linklists.above import ASKING, LONGEST_HEADING, speaks_of_text, weigh_before
from crawler.linklists.context import Context, grams_of, share_of
from crawler.linklists.few import is_marked
from crawler.linklists.headings import is_list_heading
from crawler.linklists.lenders import are_deeds, find_names, weigh_names
from crawler.linklists.line import Line, style_of
from crawler.linklists.runs import is_apart
from crawler.linklists.shapes import find_titles, is_date, is_title_like
from crawler.linklists.wording import weigh_wording
from crawler.model import BlockType, RemovalReason

NEIGHBOURS = 3  # lines on either side whose words tell of a line, too
STRANGE = 0.1  # share of the pairs of characters of a line, and of its neighbours, or less
SHORT_LINE = 7  # code points without punctuation, or less
ANNOUNCED_LINES = 9  # below what announces a list
SAID_BELOW = 300  # code points of the text below a line that may be its heading
SEVERAL_ALIKE = 2  # further lines that look like one and stand alone above text, too
MOST_WORDING = 3.0  # of what the wording of one line tells
# From these values on a line is dropped that all other rules kept: alone, and beside dropped ones.
TITLE, TITLE_BESIDE = 4.0, 1.5

# In the order of ``find_traits``. tests/quality/extraction/train_likeness.py fits them, on 47,000
# lines of 3,200 generated dumps and pages. On articles, titles and forms of lists that were kept
# apart the mean log loss is .054, on those fitted to .034. Fit again after a change to a trait or a
# list of words, and re-measure on tests/quality and the shared pages.
WEIGHTS = (
    1.0,
    1.3,
    -4.2,
    -0.9,
    -2.3,
    -1.0,
    -1.9,
    1.0,
    0.5,
    -1.6,
    0.7,
    0.6,
    -2.2,
    0.9,
    -0.7,
    -2.2,
    -0.9,
    -0.2,
    1.8,
    1.6,
    2.0,
    -1.7,
)
BIAS = -1.5

# A number to call or to add says whose page it is, whatever the words around it.
_TO_CALL = re.compile(
    r"(?<!\d)(?:1[3-9]\d(?:[ -]?\d{4}){2}|0\d{2,3}[ -]?\d{7,8}|[48]00(?:[ -]?\d){7})(?!\d)"
)
_NUMBERED = re.compile(r"[\s(（]{0,2}(\d{1,3}|[①-⑳])(?=[\s、．.)）:：]|(?<=[①-⑳]))")
_PUNCTUATION = re.compile("[。！？?!，,；;：:、]")


def find_likeness(lines: Sequence[Line], context: Context, body: str) -> dict[int, float]:
    """The value of each bare line that could be a title, by its index.

    ``body`` is the bared text of the article as far as it is known.
    """
    values: dict[int, float] = {}
    names = cache(body.__contains__)  # a page may say one name thousands of times
    stretches = _find_stretches(lines, context)
    alone = (begin for begin, end in stretches if _is_over_text(lines, begin, end, context))
    context.alone.update(style_of(lines[at]) for at in alone)
    for begin, end in stretches:
        for at, traits in enumerate(find_traits(lines, begin, end, context, names), begin):
            values[at] = BIAS + sum(map(mul, WEIGHTS, traits))
            if traits[-1]:  # what the text announces is not dropped for its words alone
                values[at] = min(values[at], TITLE)
        stretch = range(begin, end)
        named = any(context.named[at] for at in stretch)
        if named and are_deeds(stretch, context, find_marked(stretch, context)):
            values.update((at, min(values[at], TITLE)) for at in stretch)
    return values


def find_marked(entries: Sequence[int], context: Context) -> float:
    """The share, 0 to 1, of the lines that have the marks of titles."""
    return sum(is_marked(context.bared[at], context.words) for at in entries) / len(entries)


def value_of(titles: Sequence[str], context: Context, body: str = "") -> list[float]:
    """The values of bared titles beside each other amid the text, whatever line they stand in."""
    alone = replace(
        context,
        bared=titles,
        begins={},
        named={},
        alone=Counter(),
        first_text=-1,
        last_text=len(titles),
    )
    lines = [Line(title) for title in titles]
    traits = find_traits(lines, 0, len(lines), alone, body.__contains__)
    return [BIAS + sum(map(mul, WEIGHTS, one)) for one in traits]


def _find_stretches(lines: Sequence[Line], context: Context) -> list[tuple[int, int]]:
    """The bounds of the neighbouring lines of one look that could be titles and have no links."""
    found: list[tuple[int, int]] = []
    for at, line in enumerate(lines):
        if not _is_bare(line, context.bared[at], context):
            continue
        if found and found[-1][1] == at and not is_apart(line, lines[at - 1]):
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found


def _is_over_text(lines: Sequence[Line], begin: int, end: int, context: Context) -> bool:
    """Whether one line alone stands above text of the article's, as its headings do."""
    if end > begin + 1 or end > context.last_text or is_title_like(lines[end]):
        return False
    return len(find_titles(lines[begin])) == 1


def _is_bare(line: Line, bared: str, context: Context) -> bool:
    return (
        not line.links
        and line.type is not BlockType.TABLE_ROW
        and len(bared) > 1
        and is_title_like(line)
        and not is_date(line)
        and not is_list_heading(line, bared, context.words)
        and _TO_CALL.search(line.text) is None
    )


def find_traits(
    lines: Sequence[Line], begin: int, end: int, context: Context, names: Callable[[str], bool]
) -> list[tuple[float, ...]]:
    """The traits of the neighbouring lines from ``begin`` to ``end`` (half-open), 0 to 1 each.

    ``names`` tells whether the article names a lender.

    In order: the wording of the line, and the mean of its neighbours'; whether it stands alone
    above text, how much of it that text says, how many others stand so and look like it, whether
    it is set off by type or in bold; the share of wording that the article has, a mark of titles,
    a word of the trade; the same in the mean of the neighbours, and how many of these ask; whether
    all is strange to the article; a pause, few letters, the beginning of an instruction, a hotline,
    a lender of whom the article says nothing; above the text, behind it, announced by what stands
    above.
    """
    words = context.words
    common = [
        (
            share_of(bared, context.grams),
            float(is_marked(bared, words)),
            float(words.trade.search(bared) is not None),
            float(lines[at].text.rstrip().endswith(ASKING)),
            max(-MOST_WORDING, min(MOST_WORDING, weigh_wording(bared))),
        )
        for at, bared in enumerate(context.bared[begin:end], begin)
    ]
    announced = weigh_before(lines, begin, context) < 0
    over = _is_over_text(lines, begin, end, context)
    traits: list[tuple[float, ...]] = []
    for place, own in enumerate(common):
        at = begin + place
        low = max(0, place - NEIGHBOURS)
        beside = common[low:place] + common[place + 1 : place + 1 + NEIGHBOURS] or [own]
        means = [sum(column) / len(beside) for column in zip(*beside, strict=True)]
        text, bared = lines[at].text, context.bared[at]
        named = find_names(bared, words.lenders)
        context.named[at] = weigh_names(bared, named, names)
        traits.append(
            (
                own[4],
                means[4],
                float(over),
                share_of(bared, grams_of(context.bared[end][:SAID_BELOW])) if over else 0.0,
                min(1.0, (context.alone[style_of(lines[at])] - 1) / SEVERAL_ALIKE) if over else 0.0,
                float(lines[at].type is BlockType.HEADING or lines[at].is_bold),
                *own[:3],
                *means[:4],
                float(max(own[0], means[0]) <= STRANGE),
                float("，" in text or "," in text),
                float(len(bared) <= SHORT_LINE),
                float(bared.lstrip("0123456789").startswith(words.own_starts)),
                float(words.hotlines.search(text) is not None),
                float(not all(map(names, named))),
                float(at < context.first_text),
                float(at > context.last_text),
                float(announced and place < ANNOUNCED_LINES),
            )
        )
    return traits


def look_again(lines: Sequence[Line], context: Context) -> None:
    """Drops the bare lines kept so far that read like titles, those beside dropped ones sooner."""
    found, values = context.found, context.likeness
    for at in (*values, *reversed(values)):
        if at in found or values[at] <= TITLE_BESIDE or _may_head(lines, at, context):
            continue
        if any(_TO_CALL.search(one.text) for one in lines[max(0, at - 1) : at + 2]):
            continue  # how to reach somebody, over several lines: an address, too
        if _counts_on(lines, at, context):
            continue
        beside = any(
            found.get(one) is RemovalReason.LINK_LIST and not is_apart(lines[one], lines[at])
            for one in (at - 1, at + 1)
        )
        if beside or values[at] > TITLE:
            found[at] = RemovalReason.LINK_LIST
    last = max((at for at in values if at not in found), default=0)
    if last and _ends_asking(lines, last, context):
        found[last] = RemovalReason.LINK_LIST


def _counts_on(lines: Sequence[Line], at: int, context: Context) -> bool:
    """Whether a line is the next item of a list that stays, or the one before an item that does.

    Those on both sides stay, and the numbers do not break off.
    """
    own = _number_of(lines[at].text)
    if own is None:
        return False
    beside = [one for one in (at - 1, at + 1) if 0 <= one < len(lines) and one not in context.found]
    return sum(_number_of(lines[one].text) == own + one - at for one in beside) == 2


def _number_of(text: str) -> int | None:
    """The number with which an item begins."""
    found = _NUMBERED.match(text)
    return int(unicodedata.normalize("NFKC", found[1])) if found else None


def _ends_asking(lines: Sequence[Line], at: int, context: Context) -> bool:
    """Whether a question of the trade stands behind the text below a bare heading, unanswered."""
    above = at - 1
    heading = (
        above > context.last_text
        and above not in context.found
        and len(context.bared[above]) <= LONGEST_HEADING
        and _PUNCTUATION.search(lines[above].text) is None
    )
    words = context.words
    named = is_marked(context.bared[at], words) or words.trade.search(context.bared[at])
    return heading and lines[at].text.endswith(ASKING) and bool(named)


def _may_head(lines: Sequence[Line], at: int, context: Context) -> bool:
    """Whether the line asks what the text right below it may answer, or what that above says.

    A heading between two parts of the text, by its type or in bold, needs no question mark.
    """
    line, below = lines[at], at + 1
    answered = below < len(lines) and below not in context.likeness and below not in context.found
    if line.text.endswith(ASKING):
        return answered or speaks_of_text(lines, at, context)
    alone = answered and at - 1 not in context.likeness and at - 1 not in context.found
    set_off = line.type is BlockType.HEADING or line.is_bold
    if alone and set_off and context.first_text < at < context.last_text:
        return True
    # Like the headings above text, and what stands below it stays: it may be a list of items.
    stays = below < len(lines) and below not in context.found and is_apart(line, lines[below])
    return stays and set_off and context.alone[style_of(line)] >= SEVERAL_ALIKE
