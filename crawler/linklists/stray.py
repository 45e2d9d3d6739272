"""Tells bare lines of which the article says nothing from a list of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.linklists.above import LONGEST_HEADING
from crawler.linklists.context import Context, grams_of, share_of
from crawler.linklists.few import ALIEN, FEWEST_BARE, STRAY_COHESION, are_set_apart, is_marked
from crawler.linklists.line import Line
from crawler.linklists.runs import Run
from crawler.linklists.shapes import ends_in_day, has_telephone
from crawler.model import BlockType

FAMILIAR = 0.3  # share of one line's pairs of characters that the article has, too
FEWEST_UNSPOKEN = 4  # lines; one less in elements unlike those around
FEWEST_IN_DUMP = 5
LONG_ITEM = 9  # code points in the mean; own items that share nothing with the text are shorter
SHORTEST_STRAY = 6  # code points; names of papers and fees are shorter
HEADS_LOOKED_AT = 20  # short lines above stray ones
PARALLEL = 0.4  # share of a heading's pairs of characters that earlier short lines have, too
# Short words in a row, and the share of them that name what such sites sell.
FEWEST_KEYWORDS, LONGEST_KEYWORD, KEYWORDS_NAMED = 5, 6, 0.3
LEAD_REACH = 24  # code points at the end of the line above in which a list is announced
# So few lines, each of so many code points, may share this with the article and be strange to it.
FEWEST_ALIENS, SHORTEST_ALIEN, ALIEN_FEW = 2, 8, 0.03
# Captions, names and quotations have one of these.
_ASIDE = re.compile('[，,、；：:。（）()“”"「」『』|｜©#…—]|\\d{5}')
_SPEECH = re.compile(r"\s*[-–—“”\"「『]")


def find_share(entries: Sequence[int], context: Context) -> float:
    """The share, 0 to 1, of the entries' pairs of characters that the article has, too."""
    grams = shared = 0
    for at in entries:
        own = grams_of(context.bared[at])
        grams += len(own)
        shared += len(own & context.grams)
    return shared / grams if grams else 0.5


def is_stray(
    run: Run, lines: Sequence[Line], entries: list[int], context: Context, fewest: int
) -> bool:
    """Whether ``fewest`` bare paragraphs or more say nothing that the article speaks of.

    Items by their marks are no such lines.
    """
    if len(entries) < fewest or any(
        lines[at].links
        or lines[at].type is not BlockType.PARAGRAPH
        or len(context.bared[at]) < SHORTEST_STRAY
        or _SPEECH.match(lines[at].text)
        for at in entries
    ):
        return False
    # A heading like an earlier one begins a further list of the article's own.
    top = context.bared[run.start]
    if context.words.lead_in.search(top) and not is_marked(top, context.words):
        return False  # it announces those behind it
    heads = [
        one
        for at, one in enumerate(context.bared[: run.start])
        if len(one) <= LONGEST_HEADING and at not in context.found
    ][-HEADS_LOOKED_AT:]
    if share_of(top, frozenset(grams_of("\n".join(heads)))) >= PARALLEL:
        return False
    if is_announced(lines, run, context):
        return False
    grams = [gram for at in entries for gram in grams_of(context.bared[at])]
    return sum(gram in context.grams for gram in grams) <= STRAY_COHESION * len(grams)


def are_unspoken(
    lines: Sequence[Line], entries: Sequence[int], context: Context, share: float
) -> bool:
    """Whether several long lines say next to nothing that the article speaks of.

    ``share`` of their pairs of characters stands in the article, too.
    """
    fewest = FEWEST_BARE if are_set_apart(lines, entries) else FEWEST_UNSPOKEN
    first = entries[0]
    if lines[first].node < 0:  # in a dump a short line may be the heading of the others
        heading = len(context.bared[first]) < SHORTEST_ALIEN
        fewest = FEWEST_IN_DUMP if not heading else len(entries) + 1
    if share > ALIEN or (
        len(entries) < fewest and not _are_few_aliens(lines, entries, context, share)
    ):
        return False
    if sum(len(context.bared[at]) for at in entries) < LONG_ITEM * len(entries):
        return False
    if any(share_of(context.bared[at], context.grams) > FAMILIAR for at in entries):
        return False  # one of them may head the article's next part
    return not any(
        (has_telephone(text) and not ends_in_day(text)) or "://" in text
        for text in (lines[at].text for at in entries)
    )


def _are_few_aliens(
    lines: Sequence[Line], entries: Sequence[int], context: Context, share: float
) -> bool:
    """Whether a few plain lines as long as titles say nothing that the article speaks of.

    Of 299 real pages one has such neighbours of its own: topics with the number of their readers.
    """
    return (
        len(entries) >= FEWEST_ALIENS
        and share <= ALIEN_FEW
        and all(
            len(context.bared[at]) >= SHORTEST_ALIEN
            and not _ASIDE.search(lines[at].text)
            and not context.bared[at].startswith(context.words.own_starts)
            for at in entries
        )
    )


def are_keywords(
    lines: Sequence[Line], run: Run, entries: Sequence[int], context: Context, share: float
) -> bool:
    """Whether short words of the trade stand in paragraphs, of which the article says nothing.

    ``share`` of their pairs of characters stands in the article, too.
    """
    words = context.words
    if (
        share > STRAY_COHESION
        or len(entries) < FEWEST_KEYWORDS
        or is_announced(lines, run, context)
    ):
        return False
    if any(
        lines[at].links
        or lines[at].type is not BlockType.PARAGRAPH
        or not 1 < len(context.bared[at]) <= LONGEST_KEYWORD
        for at in entries
    ):
        return False
    named = sum(
        words.trade.search(context.bared[at]) is not None or is_marked(context.bared[at], words)
        for at in entries
    )
    return named >= KEYWORDS_NAMED * len(entries)


def is_announced(lines: Sequence[Line], run: Run, context: Context) -> bool:
    """Whether the text above ends with what announces a list, or that below speaks of one."""
    begin = context.find_begin(run.start)
    if begin:
        ended = lines[begin - 1].text.endswith("。")
        leads = context.words.promise if ended else context.words.lead_in
        if leads.search(context.bared[begin - 1][-LEAD_REACH:]):
            return True
    below = context.bared[run.end] if run.end < len(lines) else ""
    return below.startswith(context.words.backs)
