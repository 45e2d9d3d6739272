"""Whether an article deserves publication, and if not, why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ahocorasick_rs

from crawler.model import Article, RejectionReason
from crawler.text import fold
from crawler.vocabulary import References

MIN_CHARACTERS = 120
"""A shorter article cannot state a right and how to use it; re-measure on the seed pages."""

MIN_LENDING, MIN_RIGHTS = 2, 2
"""Different words of each kind that an article about borrowers' rights has. News of interest
rates has the first kind only, a court report about other matters the second only."""

MIN_CHANNELS = 2  # different words that recommend lenders to anyone, outside warnings
MIN_ADVERT = 3  # different words of advertising, and more of them than words of rights
MIN_LURES = 2  # different invitations to get in touch, when no address is given

_SENTENCE = re.compile(r"[。!?;\n]")
_HANDLE = re.compile(
    r"(?:微信|薇信|威信|徽信|扣扣|企鹅|(?<![a-z])(?:v信|vx|wx|qq|加v|v(?=[::号])))"
    r"(?P<gap>(?:号|群|搜索?|添加|是|为|[::]|[ ]){0,4})(?P<handle>[a-z0-9_-]{5,20})"
)
_CALL = re.compile(r"(?:咨询|联系|拨打|热线|电话|加)[::]?[ ]?1[3-9][0-9]{9}")


@dataclass(frozen=True, slots=True)
class _Found:
    """Different words of each group, those in warning sentences left out for lures."""

    words: dict[str, set[int]]

    def count(self, group: str) -> int:
        return len(self.words.get(group, ()))


class Judge:
    """Decides by words and where they stand; holds the words and nothing of any article."""

    def __init__(self, references: References) -> None:
        self._words: list[str] = []
        self._groups: list[set[str]] = []
        numbers: dict[str, int] = {}
        for group, words in references.curation_words:
            for word in words:
                folded = fold(word).text
                if folded not in numbers:
                    numbers[folded] = len(self._words)
                    self._words.append(folded)
                    self._groups.append(set())
                self._groups[numbers[folded]].add(group)
        self._automaton = ahocorasick_rs.AhoCorasick(self._words)

    def find_rejection(self, article: Article, topics: Sequence[str]) -> RejectionReason | None:
        """Why the article should not be published; ``None`` when it should."""
        if not article.blocks:
            return RejectionReason.NO_MAIN_CONTENT
        title = fold(article.title or "").text
        body = fold(article.text).text
        if len(body) < MIN_CHARACTERS:
            return RejectionReason.TOO_SHORT
        plain, lures = self._read(title, _SENTENCE.split(body))
        harmful = self._find_harm(title, body, plain, lures)
        if harmful:
            return harmful
        on_topic = plain.count("lending") >= MIN_LENDING and plain.count("rights") >= MIN_RIGHTS
        return None if topics and on_topic else RejectionReason.OFF_TOPIC

    def _find_harm(
        self, title: str, body: str, plain: _Found, lures: _Found
    ) -> RejectionReason | None:
        in_title = self._find(title)
        warns = "warning" in in_title
        rights = plain.count("rights")
        if not warns and (
            lures.count("loan_channels") >= MIN_CHANNELS
            and ("loan_channels" in in_title or lures.count("loan_channels") * 2 > rights)
        ):
            return RejectionReason.LOAN_CHANNELS
        if _invites(body, self._warned_sentences(body)) or (
            not warns and lures.count("contact_lure") >= MIN_LURES
        ):
            return RejectionReason.CONTACT_LURE
        if not warns and (
            lures.count("unsafe_advice") >= 2
            or ("unsafe_advice" in in_title and lures.count("unsafe_advice"))
        ):
            return RejectionReason.UNSAFE_ADVICE
        adverts = lures.count("loan_advert")
        if adverts >= MIN_ADVERT and adverts > rights:
            return RejectionReason.LOAN_ADVERT
        return None

    def _read(self, title: str, sentences: Iterable[str]) -> tuple[_Found, _Found]:
        """What all sentences have, and what those have that do not warn."""
        plain: dict[str, set[int]] = {}
        lures: dict[str, set[int]] = {}
        for sentence in (title, *sentences):
            found = self._find(sentence)
            targets = [plain] if "warning" in found else [plain, lures]
            for target in targets:
                for group, words in found.items():
                    target.setdefault(group, set()).update(words)
        return _Found(plain), _Found(lures)

    def _find(self, text: str) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for index, _start, _end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            for group in self._groups[index]:
                found.setdefault(group, set()).add(index)
        return found

    def _warned_sentences(self, body: str) -> set[str]:
        return {one for one in _SENTENCE.split(body) if "warning" in self._find(one)}


def _invites(body: str, warned: set[str]) -> bool:
    """Whether a sentence that does not warn gives an address to get in touch at."""
    return any(
        _CALL.search(sentence) or any(map(_is_handle, _HANDLE.finditer(sentence)))
        for sentence in _SENTENCE.split(body)
        if sentence not in warned
    )


def _is_handle(found: re.Match[str]) -> bool:
    """Whether what follows the name of a messenger is somebody's name there, not a word."""
    handle = found["handle"]
    return not handle.isalpha() or any(mark in found["gap"] for mark in "::号搜添是为")
