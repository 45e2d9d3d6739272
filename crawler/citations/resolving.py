"""Finds what a title names, known or not."""

from __future__ import annotations

from crawler.citations.names import Anchor, AnchorKind, Names
from crawler.citations.provisions import find_provisions
from crawler.citations.titles import normal_title
from crawler.citations.words import Words

_SAID_REACH = 6_000
"""How far back 以下简称 may stand, in code points: a long article; bounds the time it takes."""

_DEFINED_REACH = 40
"""From a title to 简称 behind it, in code points; a document number may lie between."""

_DEFINED_TITLE = 120


class Titles:
    """The known titles, and the endings by which unknown ones are told."""

    def __init__(self, names: Names, words: Words) -> None:
        self._names = names
        self._words = words
        self._issuers = tuple(
            surface
            for surface, anchor in names.surfaces.items()
            if anchor.kind is AnchorKind.REGULATOR
        )
        tails = [
            (_squashed(normal_title(surface)), anchor)
            for surface, anchor in names.surfaces.items()
            if anchor.kind is AnchorKind.STATUTE and "解释" in surface
        ]
        self._interpretations = sorted(tails, key=lambda one: -len(one[0]))

    def resolve(self, inner: str) -> tuple[Anchor | None, tuple[str, ...]]:
        """What the text between 《 and 》 names, and provisions written inside the brackets."""
        anchor = self.find(inner)
        if anchor is not None:
            return anchor, ()
        at = inner.find("第")
        if at > 1:
            found = find_provisions(inner, at)
            anchor = self.find(inner[:at])
            if found is not None and found.end == len(inner) and anchor is not None:
                return anchor, found.numbers
        return None, ()

    def find(self, title: str) -> Anchor | None:
        """What a folded title names, with or without its issuer; ``None`` when unknown."""
        key = normal_title(title)
        found = self._names.titles.get(key)
        if found is not None:
            return found
        for issuer in self._issuers:
            if key.startswith(issuer):
                found = self._names.titles.get(key[len(issuer) :])
                if found is not None:
                    return found
        return self._interpretation(key) if key.endswith("解释") else None

    def find_defined(self, text: str, start: int, inner: str) -> Anchor | None:
        """What 《``inner``》 at ``start`` was said before to stand for (以下简称《办法》).

        ``None`` when nothing says it, or what stands before that is no known title.
        """
        said = text.rfind(f"称《{inner}》", max(0, start - _SAID_REACH), start)
        close = text.rfind("》", max(0, said - _DEFINED_REACH), said) if said > 0 else -1
        if close < 0:
            return None
        depth = 0
        for at in range(close, max(-1, close - _DEFINED_TITLE), -1):
            depth += (text[at] == "》") - (text[at] == "《")
            if depth == 0:
                return self.resolve(text[at + 1 : close])[0]
        return None

    def _interpretation(self, title: str) -> Anchor | None:
        """The judicial interpretation whose short name ends the title."""
        squashed = _squashed(title)
        for name, anchor in self._interpretations:
            if squashed.endswith(name):
                return anchor
        return None

    def looks_like_statute(self, inner: str) -> bool:
        """Whether an unknown title is that of a statute and not of a book or contract."""
        words = self._words
        core = normal_title(inner).removesuffix("(征求意见稿)")
        if len(core) < 2 or any(word in core for word in words.group("not_a_statute")):
            return False
        if core in words.group("statute_endings"):
            return False  # 《办法》 points back at a title named before
        if core.endswith(words.group("statute_endings")):
            return True
        return "关于" in inner and core.endswith(words.group("notice_endings"))


def _squashed(title: str) -> str:
    return title.replace("司法解释", "解释").replace("的解释", "解释")
