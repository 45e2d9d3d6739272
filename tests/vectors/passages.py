"""Random passages for comparing the two matchers: names in all the ways they are disturbed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from crawler.text import simplified_characters
from crawler.vocabulary import Lexicon

_INVISIBLE = "\u200b\u200d\u2060\ufeff\xad\ufe0f"
_SPACES = " \u3000\u00a0\t"
_FILLERS = (
    "，。、！？；：\n\n“”「」《》()（）【】/|+·…—%℃㎡①㈱½ﬁ😀𠮷\u0301 \u3000"
    "的了在是和与用向被打没不一张每按月我你他还欠借贷款花钱条付信金银行业"
    "0123456789AaBbEeIi"
)


def random_passages(lexicon: Lexicon, count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Pairs of title and text; the same seed gives the same pairs."""
    rng = random.Random(seed)  # noqa: S311 - test data, not cryptography
    traditional: dict[str, list[str]] = {}
    for old, new in simplified_characters().items():
        traditional.setdefault(new, []).append(old)
    pieces = _pieces(lexicon)
    for _ in range(count):
        text = "".join(
            _disturbed(_piece(rng, pieces), rng, traditional) for _ in range(rng.randint(3, 40))
        )
        title = "".join(_piece(rng, pieces) for _ in range(rng.randint(0, 4)))
        yield title, text


def _pieces(lexicon: Lexicon) -> list[Sequence[str]]:
    """Groups of text to draw from, each group with the same likelihood."""
    frames = lexicon.frames
    sides = (frames.before, frames.after)
    cues = [
        word
        for side in sides
        for group in (side.apart, side.never, side.hard, side.soft, side.weak, side.fair, side.firm)
        for word in group
        if word != "^"
    ]
    own = [
        word
        for name in frames.names
        for side in (name.before, name.after)
        for group in (side.apart, side.never, side.hard, side.soft, side.weak, side.fair, side.firm)
        for word in group
        if word != "^"
    ]
    lenders = lexicon.lenders
    return [
        [surface for one in lenders for surface in one.surfaces],
        [form for one in lenders for form in one.context_forms],
        [phrase for one in lenders for phrase in one.blocked_in],
        [brand for name in frames.names for brand in name.brands] or ["京东"],
        cues,
        own or cues,
        lexicon.debt_words,
        frames.separators,
        frames.openers + frames.closers,
        _FILLERS,
    ]


def _piece(rng: random.Random, pieces: list[Sequence[str]]) -> str:
    return rng.choice(rng.choice([group for group in pieces if group]))


def _disturbed(piece: str, rng: random.Random, traditional: dict[str, list[str]]) -> str:
    """The piece, now and then written in a way that folding undoes."""
    way = rng.randint(0, 11)
    if way == 0:
        return "".join(rng.choice(traditional.get(one, [one])) for one in piece)
    if way == 1:
        return rng.choice(_SPACES).join(piece)
    if way == 2:
        at = rng.randint(0, len(piece))
        return piece[:at] + rng.choice(_INVISIBLE + _SPACES) + piece[at:]
    if way == 3:
        return "".join(
            chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in piece.upper()
        )
    if way == 4:
        return piece[: rng.randint(0, len(piece))]
    return piece
