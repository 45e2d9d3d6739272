"""How much speaks for an occurrence of a surface being the lender's name.

The neighbours on each side count by the longest cue that fits, past quotes: ``apart`` rules
the name out, ``never`` all but does; ``hard`` -3, ``soft`` -2, ``weak`` 1, ``fair`` 2, ``firm`` 3.
To this add

- 1 for a context word near by, and a firm cue is one; or for one, or a lender, in the title;
- 2 for one of the lender's brands near by, and -2 for a foil;
- 1 for quotation marks around it;
- where that is not enough and no cue speaks against it: 2 for a word of what lenders and borrowers
  do in its clause, or 3 for one that nobody says of the ordinary thing a common noun means, 1 for
  such a one elsewhere in the sentence; 1 for cues that fit on both sides, or a fair one before it;
- on each side 2 for another lender's name beside it in a list, 1 if that one is itself
  doubtful, together at most 3;
- for the lender named beyond doubt elsewhere: 2 in the title or by the same surface, which is
  all a common noun gets where the title has a longer form of it (京东金条), 1 by
  another one; 1 in a text of several other lenders; but nothing beside a ``hard`` cue.

The name counts when the sum reaches its need. Where it falls short by no more than ``LEAST``, or
goes past it by no more than ``MOST``, what weak signs say is added (``usage``) and may outweigh it;
but for no more than ``CHECKED`` before a ``soft`` cue that nothing before a phrase makes up for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from crawler.mentions.line import Line, continues_word
from crawler.mentions.names import APART, HARD, NEVER, Name, compile_after, compile_cues, fold_all
from crawler.mentions.usage import STEPS, Usage, find_signs
from crawler.vocabulary import Lexicon

EDGE: Final = "^"
"""Stands for the edge of a line in cues."""

MOST_QUOTES: Final = 4
"""Quotation marks and brackets in a row that are looked past."""

LONGEST_CUE: Final = 8
LONGEST_BRACKET: Final = 24
"""Code points of a bracketed remark after a name past which the cue is looked for."""

NEAR: Final = 1
BRAND: Final = 2
FOIL: Final = -2
QUOTED: Final = 1
LISTED: Final = 2
LISTED_DOUBTFULLY: Final = 1
MOST_LISTED: Final = 3
DOUBTFUL_NEED: Final = 3
"""A neighbour in a list with at least this need is itself doubtful; dealings say nothing of a
common noun that needs less, such as 中行, which they may as well stand beside by chance."""
COMMON_NEED: Final = 4
"""From this need on a name is so common a phrase that evidence elsewhere does not make up for a
neighbour that does not fit."""
SOFT: Final = -2
FAIR: Final = 2
FIRM: Final = 3
DEED: Final = 2
"""For a word of dealings in the clause, which keeps the debts around an ordinary word out. With 1
a fortieth less of the names in tests/quality/mentions/sentences.txt are found."""
SIGN: Final = 3
"""The same for a common noun, of which only such dealings count as nobody has with the thing."""
HINT: Final = 1
"""For such dealings elsewhere in the sentence."""
FREE: Final = 1
OVERRULING: Final = 100  # with 80 one page of 460 more is about a wrong lender
"""Steps of usage from which on a name counts in spite of a ``never`` cue or a longer phrase."""
CHECKED: Final = 2 * STEPS
"""The most steps of usage where what follows speaks for a phrase of everyday."""
LEAST: Final = -4
MOST: Final = 3
"""So far from its need the points of a name count against what weak signs say of it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An occurrence of a name, in offsets of the folded text."""

    name: Name
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Score:
    """``points`` without the evidence elsewhere; ``has_context`` whether any context exists;
    ``fits`` whether no ``hard`` cue stands beside it, ``is_open`` whether evidence elsewhere
    counts; ``usage`` what weak signs say, in steps."""

    points: int
    has_context: bool
    fits: bool
    is_open: bool
    usage: int = 0

    def reaches(self, need: int, evidence: int = 0) -> bool:
        """Whether the name counts, given the points for evidence elsewhere."""
        margin = self.points + evidence - need
        if not (self.has_context or evidence):
            margin = min(margin, -1)
        return max(LEAST, min(margin, MOST)) * STEPS + self.usage >= 0


class Scorer:
    """Scores candidates by what stands around them."""

    def __init__(self, lexicon: Lexicon) -> None:
        frames = lexicon.frames
        before, after = compile_cues(frames.before), compile_after(frames.after)
        # Each by whether a name is a common noun.
        self._before = {True: before, False: before | compile_cues(frames.naming_before)}
        self._after = {True: after, False: after | compile_after(frames.naming_after)}
        self._separators = tuple(sorted(fold_all(frames.separators), key=len, reverse=True))
        self._openers = frozenset(fold_all(frames.openers))
        self._closers = frozenset(fold_all(frames.closers))
        self._deeds = {True: _any_of(frames.signs), False: _any_of(frames.deeds + frames.signs)}
        self._usage = Usage(lexicon.usage)
        self._reach = lexicon.context_reach
        self._window = self._reach + MOST_QUOTES + LONGEST_CUE + LONGEST_BRACKET

    def is_ruled_out(self, text: str, candidate: Candidate) -> bool:
        """Whether the candidate stands inside a longer phrase or word, as far as one can tell."""
        name = candidate.name
        if continues_word(text, candidate.start) or continues_word(text, candidate.end):
            return True
        blocked = _is_blocked(text, candidate)
        if not blocked and not (name.need or name.before or name.after):
            return False
        line = self._line(text, candidate)
        if not blocked:
            cues = self._cues(line, name)
            if APART in cues or NEVER not in cues:
                return APART in cues
        return not name.need or self._usage.steps(line, name) < OVERRULING

    def find_signs(self, text: str, candidate: Candidate) -> set[str]:
        """What may tell how a candidate is used."""
        return find_signs(self._line(text, candidate), candidate.name)

    def score(
        self, text: str, candidate: Candidate, around: Neighbours, *, in_title: bool
    ) -> Score:
        """The points of an ambiguous candidate; ``in_title`` is whether the title is context."""
        name = candidate.name
        line = self._line(text, candidate)
        before, after = self._cues(line, name)
        nearby = line.text[max(0, line.start - self._reach) : line.end + self._reach]
        firm = max(before, after) >= FIRM
        near = in_title or firm or _holds_any(nearby, name.context)
        brand = _holds_any(nearby, name.brands)
        listed = self._listed(text, candidate, around)
        if before >= FAIR and after == SOFT:  # 打开X的时候 speaks of the verb, not of X
            after = 0
        points = before + after + listed + (NEAR if near else 0) + (BRAND if brand else 0)
        if line.left_quotes and line.right_quotes:
            points += QUOTED
        if _holds_any(nearby, name.foils):
            points += FOIL
        least = min(before, after)
        has_context = near or brand or listed > 0 or max(before, after) >= FAIR
        is_enough = has_context and points >= name.need
        is_doubtful = name.need >= DOUBTFUL_NEED or not name.noun
        if least >= 0 and not is_enough and is_doubtful and not name.term:
            dealings = self._dealings(line, name)
            points += dealings
            has_context = has_context or dealings > 0
            if line.clause() and (least > 0 or before >= FAIR) and not name.noun:
                points += FREE
        fits = HARD not in (before, after)
        is_open = fits and (name.need < COMMON_NEED or least > 0)
        usage = self._usage.steps(line, name)
        if after == SOFT and not name.noun:
            usage = min(usage, CHECKED)
        return Score(points, has_context, fits, is_open, usage)

    def _dealings(self, line: Line, name: Name) -> int:
        """Points for what lenders and borrowers do in the clause, or in the sentence around it."""
        clause = line.clause()
        if self._deeds[name.noun].search(clause):
            return SIGN if name.noun else DEED
        return HINT if clause and self._deeds[True].search(line.sentence()) else 0

    def _line(self, text: str, candidate: Candidate) -> Line:
        """The candidate's line as far as any rule looks."""
        low = max(0, candidate.start - self._window)
        start = max(low, text.rfind("\n", low, candidate.start) + 1)
        high = candidate.end + self._window
        end = text.find("\n", candidate.end, high)
        line = text[start : end if end >= 0 else high]
        left, right = candidate.start - start, candidate.end - start
        return Line(line, left, right, *self._past_quotes(line, left, right))

    def _past_quotes(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Where the quotation marks around a name end."""
        left, right = start, end
        while left > 0 and start - left < MOST_QUOTES and text[left - 1] in self._openers:
            left -= 1
        while right < len(text) and right - end < MOST_QUOTES and text[right] in self._closers:
            right += 1
        return left, right

    def _cues(self, line: Line, name: Name) -> tuple[int, int]:
        """The points of the best cue on each side."""
        head = line.text[max(0, line.before - LONGEST_CUE) : line.before]
        if line.before < LONGEST_CUE:
            head = EDGE + head
        before = _longest(
            (head[-size:] for size in range(min(len(head), LONGEST_CUE), 0, -1)),
            name.before,
            self._before[name.noun],
        )
        after = self._after_points(line.text, line.after, name)
        if after <= 0 and after > NEVER and line.text.startswith("(", line.after):
            past = line.text.find(")", line.after, line.after + LONGEST_BRACKET)
            if past >= 0:
                after = max(after, self._after_points(line.text, past + 1, name))
        return before, after

    def _after_points(self, line: str, at: int, name: Name) -> int:
        tail = line[at : at + LONGEST_CUE]
        if len(tail) < LONGEST_CUE:
            tail += EDGE
        return _longest(
            (tail[:size] for size in range(min(len(tail), LONGEST_CUE), 0, -1)),
            name.after,
            self._after[name.noun],
        )

    def _listed(self, text: str, candidate: Candidate, around: Neighbours) -> int:
        """Points for standing in a list beside another lender's name."""
        start, end = self._past_quotes(text, candidate.start, candidate.end)
        points = 0
        for separator in self._separators:
            if text.endswith(separator, 0, start):
                at = start - len(separator)
                for _ in range(MOST_QUOTES):
                    at -= at > 0 and text[at - 1] in self._closers
                points = _listing(around.ending.get(at, ()), candidate)
                break
        for separator in self._separators:
            if text.startswith(separator, end):
                at = end + len(separator)
                for _ in range(MOST_QUOTES):
                    at += at < len(text) and text[at] in self._openers
                points += _listing(around.starting.get(at, ()), candidate)
                break
        return min(points, MOST_LISTED)


class Neighbours:
    """All candidates of a text by where they start and end."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self.starting: dict[int, list[Candidate]] = {}
        self.ending: dict[int, list[Candidate]] = {}
        for candidate in candidates:
            self.starting.setdefault(candidate.start, []).append(candidate)
            self.ending.setdefault(candidate.end, []).append(candidate)


def _listing(neighbours: Iterable[Candidate], candidate: Candidate) -> int:
    needs = [one.name.need for one in neighbours if one.name.lender != candidate.name.lender]
    if not needs:
        return 0
    return LISTED if min(needs) < DOUBTFUL_NEED else LISTED_DOUBTFULLY


def _longest(pieces: Iterable[str], own: Mapping[str, int], general: Mapping[str, int]) -> int:
    """The points of the first piece that is a cue; the name's own cues go first."""
    for piece in pieces:
        if piece in own:
            return own[piece]
        if piece in general:
            return general[piece]
    return 0


def _holds_any(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """What finds any of the words; nothing where there are none."""
    return re.compile("|".join(map(re.escape, fold_all(words))) or "(?!)")


def _is_blocked(text: str, candidate: Candidate) -> bool:
    """Whether the candidate is part of a phrase that its lender lists as none of its names."""
    name, start, end = candidate.name, candidate.start, candidate.end
    if text.endswith(name.blocked_before, 0, start) or text.startswith(name.blocked_after, end):
        return True
    return any(
        text.endswith(before, 0, start) and text.startswith(after, end)
        for before, after in name.blocks
    )
