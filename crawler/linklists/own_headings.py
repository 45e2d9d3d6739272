"""Tells the headings of an article's own parts by how they look beside each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from crawler.linklists.context import Context, share_of
from crawler.linklists.few import is_marked
from crawler.linklists.line import Line, Style, style_of
from crawler.linklists.shapes import ITEMS, NUMBER, is_title_like
from crawler.model import RemovalReason

LONGEST = 16  # code points without punctuation of a heading
# Share of the pairs of characters of a heading above titles that the article has, too, at least;
# of the titles' as much at most.
SPOKEN_SHARE, STRANGE_SHARE = 0.15, 0.06
TITLES_READ = 4  # below such a heading


def find_styles(lines: Sequence[Line], found: dict[int, RemovalReason]) -> Counter[Style]:
    """How the lines look that stand as headings do, and how often each kind does."""
    return Counter(
        style_of(line)
        for at, line in enumerate(lines)
        if at not in found and _stands_alone(lines, at)
    )


def _stands_alone(lines: Sequence[Line], at: int) -> bool:
    """Whether a short line that is no sentence stands between two that are, as headings do."""
    if not 0 < at < len(lines) - 1 or lines[at].type in ITEMS or not is_title_like(lines[at]):
        return False
    return not is_title_like(lines[at - 1]) and not is_title_like(lines[at + 1])


def keep_headings(lines: Sequence[Line], context: Context, found: dict[int, RemovalReason]) -> None:
    """Gives back headings that went as the first lines of lists put right below them.

    In plain text they look like the titles. They have no marks of titles, and the article speaks
    of them but not of the titles.
    """
    styles = find_styles(lines, found)
    for at in range(1, context.last_text):
        line, bared = lines[at], context.bared[at]
        if (
            found.get(at) is RemovalReason.LINK_LIST
            and at - 1 not in found
            and styles[style_of(line)]
            and len(bared) <= LONGEST
            and line.type not in ITEMS
            and not (line.links or NUMBER.match(line.text) or is_title_like(lines[at - 1]))
            and not (is_marked(bared, context.words) or context.words.trade.search(bared))
            and share_of(bared, context.grams) >= SPOKEN_SHARE
            and _are_strange(at + 1, context, found)
        ):
            del found[at]


def _are_strange(start: int, context: Context, found: dict[int, RemovalReason]) -> bool:
    """Whether the lines from there on went, and the article says next to nothing of them."""
    below = range(start, start + TITLES_READ)
    shares = [share_of(context.bared[at], context.grams) for at in below if at in found]
    return bool(shares) and start in found and sum(shares) <= STRANGE_SHARE * len(shares)
