"""Which of the mentioned lenders an article is about, apart from those merely mentioned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation

from crawler.mentions.finder import MentionFinder
from crawler.mentions.names import fold_all
from crawler.mentions.parties import Parties
from crawler.mentions.untitled import Hints
from crawler.model import Mention
from crawler.text import fold
from crawler.vocabulary import Lender, Lexicon

LIST_LENGTH: Final = 5
"""An article that names this many lenders equally often compares; it is about none."""

LONE_LIST: Final = 3
"""So many lenders, each named once and none in the title, are a list as well."""

LEAD_SHARE: Final = 0.2
"""Share of the text, counted from its start, that is its lead."""

LEAST_COUNT: Final = 3
"""Mentions a lender needs when the title does not name it, those in lists left out."""

LEAST_ALONE: Final = 2
"""The same for the only lender of a text, and for two of which neither is named less. One
mention is enough only where ``untitled`` or ``parties`` finds more that tells."""

LIST_GAP: Final = 2
"""Code points between two lenders' names up to which they stand in a list."""

SHARE_OF_TOP: Final = 0.5
"""Share of the leading lender's mentions from which another one stands beside it."""

EQUAL_SHARE: Final = 0.7
"""Share of the most named lender of the title from which another one stands beside it."""

SHORT_LEAD: Final = 200
"""Code points that are the lead of a short text."""

SHORT_TEXT: Final = 150
"""Code points up to which a single mention, of one lender alone, can be what a text is about;
with 200, two labelled pages more are wrong and one is right."""

MENTION_SPACING: Final = 700
"""Code points for each of which a lender needs one more mention in a long text."""


@dataclass(frozen=True, slots=True)
class _Standing:
    lender: str
    in_title: bool
    count: int
    unlisted: int
    in_lead: bool
    first: int


class TitleNames:
    """Finds the lenders that titles name. Building it takes time: build it once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        owners: dict[str, list[int]] = {}
        for at, one in enumerate(lexicon.lenders):
            for form in filter(None, fold_all(one.surfaces)):
                owners.setdefault(form, []).append(at)
        self._owners = tuple(owners.values())
        self.hints = Hints(lexicon, frozenset(owners))
        self.parties = Parties()
        self._automaton = AhoCorasick(list(owners), implementation=Implementation.ContiguousNFA)
        # Titles of one site name the same lenders again and again.
        self._finder = lru_cache(maxsize=64)(self._make_finder)

    def find(self, title: str, mentions: Sequence[Mention], text: str) -> frozenset[str]:
        """The lenders a title names: beyond doubt, or possibly and mentioned in the text.

        Where the text has the name too, but as ordinary words only, so has a title that does not
        show by itself that it means the lender.
        """
        folded = fold(title).text
        found = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        named = tuple(sorted({at for form, _, _ in found for at in self._owners[form]}))
        if not named:
            return frozenset()
        finder = self._finder(named)
        mentioned = frozenset(one.lender for one in mentions)
        certain = frozenset(
            one.lender
            for one in finder.find_mentions(title, title, text)
            if one.lender in mentioned or not _is_word(one, finder, title, text)
        )
        return certain | (finder.find_possible(title) & mentioned)

    def _make_finder(self, named: tuple[int, ...]) -> MentionFinder:
        lenders = tuple(self.lexicon.lenders[at] for at in named)
        return MentionFinder(replace(self.lexicon, lenders=lenders))


def find_about(
    mentions: Sequence[Mention], title: str | None, text: str, names: TitleNames | Lexicon
) -> tuple[str, ...]:
    """The ids of the lenders the article is about, most prominent first.

    ``mentions`` are those found in ``text``. A lender in the title is what the article is
    about, and one that the text names about as often; without any in the title it takes
    frequency and position, or what ``untitled`` or ``parties`` says. The operator of a product
    that the article is about is not itself what it is about, nor is any lender of an even list.
    """
    known = names if isinstance(names, TitleNames) else TitleNames(names)
    in_title = known.find(title or "", mentions, text)
    standings = _standings(mentions, in_title, text)
    chosen = [one for one in standings if one.in_title]
    if chosen:
        chosen = _with_equals(chosen, standings, known.lexicon, len(text), title or "")
    else:
        chosen = _without_operators(_frequent(standings, len(text)), known.lexicon, "")
    if not chosen and mentions:
        return known.hints.find(title or "", mentions, text) or known.parties.find(
            title or "", mentions, text
        )
    chosen.sort(key=lambda one: (-one.count, one.first, one.lender))
    return tuple(one.lender for one in chosen)


def _is_word(one: Mention, finder: MentionFinder, title: str, text: str) -> bool:
    """Whether a name of the title is an ordinary word of the text, which names no such lender."""
    if fold(one.surface).text not in fold(text).text:
        return False
    return all(other.lender != one.lender for other in finder.find_mentions(title))


def mark_about(mentions: Iterable[Mention], about: Iterable[str]) -> tuple[Mention, ...]:
    """The same mentions, those of the lenders in ``about`` marked."""
    lenders = frozenset(about)
    return tuple(replace(one, about=one.lender in lenders) for one in mentions)


def _standings(mentions: Sequence[Mention], in_title: frozenset[str], text: str) -> list[_Standing]:
    counts = Counter(one.lender for one in mentions)
    unlisted = Counter(one.lender for one in _without_lists(mentions))
    first: dict[str, int] = {}
    for one in mentions:
        first.setdefault(one.lender, one.start)
    lead = max(SHORT_LEAD, int(len(text) * LEAD_SHARE))
    return [
        _Standing(
            lender,
            lender in in_title,
            counts[lender],
            unlisted[lender],
            lender in first and first[lender] < lead,
            first.get(lender, len(text)),
        )
        for lender in sorted(in_title | set(counts))
    ]


def _frequent(standings: list[_Standing], length: int) -> list[_Standing]:
    """The lenders that a text without one in its title keeps coming back to."""
    if not standings:
        return []
    top = max(one.count for one in standings)
    pair = len(standings) <= 2 and min(one.count for one in standings) >= LEAST_ALONE
    least = max(LEAST_ALONE if pair else LEAST_COUNT, length // MENTION_SPACING)
    beside = [one for one in standings if one.count >= max(1, top * SHARE_OF_TOP)]
    if length <= SHORT_TEXT and len(beside) == 1:
        least = 1
    if len(beside) >= (LIST_LENGTH if top > 1 else LONE_LIST):
        return []
    return [one for one in beside if one.unlisted >= least and one.in_lead]


def _with_equals(
    titled: list[_Standing],
    standings: list[_Standing],
    lexicon: Lexicon,
    length: int,
    title: str,
) -> list[_Standing]:
    """The lenders of the title, and those beside them that the text names about as often.

    Who lends under a product's name, and what a named lender's products are, say nothing new.
    """
    chosen = _without_operators(titled, lexicon, title)
    top = max(one.count for one in titled)
    least = max(LEAST_COUNT, length // MENTION_SPACING, EQUAL_SHARE * top)
    equals = [one for one in standings if not one.in_title and one.unlisted >= least]
    if top < LEAST_ALONE or not equals or len(equals) >= LIST_LENGTH:
        return chosen
    lenders = {one.id: one for one in lexicon.lenders}
    related = [lenders[one.lender] for one in titled]
    return chosen + [
        one
        for one in equals
        if not any(
            _operates(lenders[one.lender], other) or _operates(other, lenders[one.lender])
            for other in related
        )
    ]


def _without_lists(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with no other lender's name right beside them, as in 花呗、借呗."""
    in_list: set[int] = set()
    for at, (one, other) in enumerate(pairwise(mentions)):
        if one.lender != other.lender and other.start - one.end <= LIST_GAP:
            in_list.update((at, at + 1))
    return [one for at, one in enumerate(mentions) if at not in in_list]


def _without_operators(chosen: list[_Standing], lexicon: Lexicon, title: str) -> list[_Standing]:
    """Without the operators of products that are among the chosen.

    A title that names both apart from each other, and not as 微众银行微粒贷, is about both.
    """
    if len(chosen) < 2:
        return chosen
    ids = {one.lender for one in chosen}
    lenders = {one.id: one for one in lexicon.lenders if one.id in ids}
    operators = {
        operator.id
        for operator in lenders.values()
        for product in lenders.values()
        if operator.id != product.id
        and _operates(operator, product)
        and not _are_apart(operator, product, fold(title).text)
    }
    return [one for one in chosen if one.lender not in operators]


def _are_apart(operator: Lender, product: Lender, title: str) -> bool:
    """Whether a folded title names both lenders, and nowhere the one right before the other."""
    one, other = (
        [name for name in fold_all(lender.surfaces) if name in title]
        for lender in (operator, product)
    )
    joined = (
        f"{before}{joint}{after}" for before in one for joint in ("", "的") for after in other
    )
    inside = any(before in after or after in before for before in one for after in other)
    return bool(one and other) and not inside and not any(name in title for name in joined)


def _operates(operator: Lender, product: Lender) -> bool:
    """Whether a product's record names the lender as its operator."""
    if not product.operator:
        return False
    named = fold(product.operator).text
    return any(len(surface) > 2 and surface in named for surface in fold_all(operator.surfaces))
