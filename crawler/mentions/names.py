"""Compiles a lexicon into names: one folded surface each, with all rules that hold for it.

Both matchers work on this form: the Python one directly, the JavaScript one through
crawler.lexicon_json.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from crawler.text import fold_each
from crawler.vocabulary import Cues, Frames, Lender, Lexicon, NameFrame

NEVER: Final = -99
"""Points of a cue that rules a name out whatever else speaks for it."""

APART: Final = -100
"""Points of a cue that does so even where weak signs speak for the name."""

HARD: Final = -3
"""Points of a cue that no evidence elsewhere makes up for."""

POINTS: Final[Mapping[str, int]] = {
    "apart": APART,
    "never": NEVER,
    "hard": HARD,
    "soft": -2,
    "weak": 1,
    "fair": 2,
    "firm": 3,
}
"""Points of each strength of cue. Measured on tests/quality/mentions."""

DEFAULT_NEED: Final = 2
"""Points an ambiguous surface needs: a debt word near it and a neighbour that fits."""

SHORT: Final = 2
"""Surfaces of at most this many code points are always ambiguous."""


@dataclass(frozen=True, slots=True)
class Name:
    """One folded surface of one lender.

    ``need`` is 0 for a surface that counts wherever it stands. ``blocked_before`` and
    ``blocked_after`` are texts that, standing there, make it part of a longer phrase;
    ``blocks`` are pairs that do so together. ``before`` and ``after`` hold the name's own
    cues and their points. ``brands`` hold the lender's certain names too. Where a ``noun``
    stands, what tells that something is named there counts for nothing; where a ``term`` does,
    so do the dealings in its clause. With ``page`` it counts only on pages of lending and firms.
    """

    surface: str
    lender: str
    need: int
    blocked_before: tuple[str, ...]
    blocked_after: tuple[str, ...]
    blocks: tuple[tuple[str, str], ...]
    before: Mapping[str, int]
    after: Mapping[str, int]
    brands: tuple[str, ...]
    foils: tuple[str, ...]
    context: tuple[str, ...]
    noun: bool
    term: bool
    page: bool


def compile_names(lexicon: Lexicon) -> tuple[Name, ...]:
    """A name for each surface, in the lexicon's order; the first of equal surfaces counts."""
    frames = _Frames(lexicon)
    names: dict[str, Name] = {}
    for lender in lexicon.lenders:
        if lender.generic:
            continue
        compiler = _LenderNames(lender, lexicon, frames)
        for surface in fold_all(lender.surfaces):
            if surface not in names:
                names[surface] = compiler.name(surface)
    return tuple(names.values())


def compile_cues(cues: Cues) -> dict[str, int]:
    """Each folded cue and its points."""
    return {
        folded: points
        for strength, points in POINTS.items()
        for folded in fold_all(getattr(cues, strength))
    }


def compile_after(cues: Cues) -> dict[str, int]:
    """The cues after a name; what speaks for a lender does so past a 的 as well."""
    compiled = compile_cues(cues)
    for cue, points in tuple(compiled.items()):
        if points >= POINTS["fair"]:
            compiled.setdefault(f"的{cue}", points)
    return compiled


def fold_all(words: Iterable[str]) -> tuple[str, ...]:
    """The folded words, each once, in order."""
    present = [word for word in words if word]
    return tuple(dict.fromkeys(fold_each(present))) if present else ()


def crossing_cues(frames: Frames) -> tuple[dict[str, str], dict[str, str]]:
    """By the first character of a name what makes a word with it from before, and by the last
    one what does so from after."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for word in fold_all(frames.crossing_before):
        before[word[-1]] = before.get(word[-1], "") + word[0]
    for word in fold_all(frames.crossing_after):
        after[word[0]] = after.get(word[0], "") + word[-1]
    return before, after


class _Frames:
    """The lexicon's frames, found by surface."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._crossing_before, self._crossing_after = crossing_cues(lexicon.frames)
        self._by_name: dict[str, list[NameFrame]] = {}
        self._by_ending: list[tuple[str, NameFrame]] = []
        for frame in lexicon.frames.names:
            for surface in fold_all(frame.names):
                self._by_name.setdefault(surface, []).append(frame)
            self._by_ending.extend((ending, frame) for ending in fold_all(frame.endings))

    def of(self, surface: str) -> list[NameFrame]:
        """What holds for a surface in particular; what is said of it by name comes last."""
        by_ending = [frame for ending, frame in self._by_ending if surface.endswith(ending)]
        return by_ending + self._by_name.get(surface, [])

    def crossing(self, surface: str) -> tuple[dict[str, int], dict[str, int]]:
        """The cues on each side that put a surface amid a word."""
        before = self._crossing_before.get(surface[0], "")
        after = self._crossing_after.get(surface[-1], "")
        return dict.fromkeys(before, NEVER), dict.fromkeys(after, NEVER)


class _LenderNames:
    """What the names of one lender share."""

    def __init__(self, lender: Lender, lexicon: Lexicon, frames: _Frames) -> None:
        self._lender = lender
        self._frames = frames
        self._ambiguous = frozenset(fold_all(lender.context_forms))
        self._certain = tuple(
            one
            for one in fold_all(lender.surfaces)
            if len(one) > SHORT and one not in self._ambiguous and not frames.of(one)
        )
        self._context = _context(lender.context_any, lexicon.debt_words)
        self._blocked_in = fold_all(lender.blocked_in)

    def name(self, surface: str) -> Name:
        frames = self._frames.of(surface)
        stems = self._stems(surface)
        ambiguous = surface in self._ambiguous or len(surface) <= SHORT
        needs = [frame.need for frame in frames if frame.need is not None]
        pages = [frame.page for frame in frames if frame.page is not None]
        before: dict[str, int] = {}
        after: dict[str, int] = {}
        for frame in frames:
            before |= compile_cues(frame.before)
            after |= compile_cues(frame.after)
        for stem in stems:
            own = compile_cues(Cues(never=stem.before.never))
            before |= {cue: points for cue, points in own.items() if cue not in before}
        brands = fold_all(chain.from_iterable(frame.brands for frame in frames))
        foils = fold_all(chain.from_iterable(frame.foils for frame in frames))
        for brand in brands:  # 美团月付 and 美团的月付 leave no doubt
            before.setdefault(brand, POINTS["firm"])
            before.setdefault(f"{brand}的", POINTS["firm"])
        blocks = [pair for one in self._blocked_in for pair in _around(surface, one)]
        need = needs[-1] if needs else DEFAULT_NEED if ambiguous else 0
        if need:
            amid_before, amid_after = self._frames.crossing(surface)
            before, after = amid_before | before, amid_after | after
        return Name(
            surface=surface,
            lender=self._lender.id,
            need=need,
            blocked_before=tuple(before for before, after in blocks if not after),
            blocked_after=tuple(after for before, after in blocks if not before),
            blocks=tuple(pair for pair in blocks if all(pair)),
            before=before,
            after=after,
            brands=brands + self._certain if need else (),
            foils=foils,
            context=self._context,
            noun=any(frame.noun for frame in frames),
            term=any(frame.term for frame in frames),
            page=pages[-1] if pages else need > 0,
        )

    def _stems(self, surface: str) -> list[NameFrame]:
        """The frames of ambiguous surfaces that this one continues.

        What rules out 金条 by what stands before it rules out 金条借款 too.
        """
        return [
            frame
            for stem in sorted(self._ambiguous)
            if stem != surface and surface.startswith(stem)
            for frame in self._frames.of(stem)
        ]


def _context(own: Iterable[str], general: Iterable[str]) -> tuple[str, ...]:
    """The words that make a context for a lender's ambiguous names, the general ones first.

    A lender's own list that holds a general word means any talk of lending, and what is its
    own besides; one that holds none leaves the general words out.
    """
    mine, shared = fold_all(own), fold_all(general)
    if mine and frozenset(mine).isdisjoint(shared):
        return mine
    return tuple(dict.fromkeys((*shared, *mine)))


def _around(surface: str, phrase: str) -> list[tuple[str, str]]:
    """What stands before and after each occurrence of a surface in a longer phrase.

    A phrase that adds nothing but punctuation on one side is none: 还呗? may well be the lender,
    while a clause of its own (「,还呗。」) is not.
    """
    around = []
    at = phrase.find(surface)
    while at >= 0:
        before, after = phrase[:at], phrase[at + len(surface) :]
        if (before and after) or any(character.isalnum() for character in before + after):
            around.append((before, after))
        at = phrase.find(surface, at + 1)
    return around
