"""Whether an article deserves publication, and if not, why."""

from __future__ import annotations

import re
from dataclasses import dataclass

import ahocorasick_rs

from crawler.model import Article, RejectionReason
from crawler.text import fold
from crawler.topics import Ranking
from crawler.vocabulary import References

MIN_CHARACTERS = 80
"""A shorter article cannot state a right and how to use it: the shortest useful answers of
tests/quality/topics have 104 code points, and hints of one sentence fewer than 60."""

MIN_LENDING_SHARE = 0.006
"""Words of lending for each code point. Articles for borrowers have 0.007 and more, news of
other matters that touch upon debt 0.003 and less; re-measure with tests/quality/topics."""

MIN_KINDS = 3  # different words of lending and of rights together, at least one of rights
CLEAR_TOPIC = 12.0  # a topic with this score (its word in the title) needs no word of rights
FAIR_TOPIC, FAIR_HELP = 6.0, 3  # with half of it, so many words of rights or help do
MIN_FOREIGN = 2  # different words of other matters, unless words of rights outweigh them
RIGHTS_PER_FOREIGN = 2

MIN_LENDING = 2  # words of lending in an advert or a lure; others are off the topic

MIN_TOTAL = 2  # different luring words of any kind, more of them than words that help
CLEAR_LURES = 5  # so many luring words need only one word of lending beside them
CLEAR_UNSAFE = 3
"""Unsafe words that need no word of lending beside them: who forges papers for a bank or hides
from a court rarely names the debt."""


@dataclass(frozen=True, slots=True)
class _Harm:
    """A reason whose luring words are the group of the same id.

    ``minimum`` of them speak for it, one less when the title has one, as long as the words
    that help are fewer than ``helps`` for each: a long guide has some luring words by chance.
    """

    reason: RejectionReason
    minimum: int
    helps: int


HARMS = (
    _Harm(RejectionReason.LOAN_CHANNELS, 2, 2),
    _Harm(RejectionReason.CONTACT_LURE, 2, 2),
    _Harm(RejectionReason.UNSAFE_ADVICE, 2, 3),
    _Harm(RejectionReason.LOAN_ADVERT, 3, 1),
)
"""Kept articles have up to 3 luring words and as many that help; refused ones 4 and more, and
rarely more than 2 that help. Re-measure with tests/quality/topics."""

_SENTENCE = re.compile(r"[。!?;\n]")
_QUOTED = re.compile(r"[“\"「『][^“”\"「」『』]{1,60}[”\"」』]")
_HANDLE = re.compile(
    r"(?:微信|薇信|威信|徽信|扣扣|企鹅|(?<![a-z])(?:v信|vx|wx|qq|加v|v(?=[::号])))"
    r"(?P<gap>(?:号|群|搜索?|添加|是|为|[::]|[ ]){0,4})(?P<handle>[a-z0-9_-]{5,20})"
)
_CALL = re.compile(r"(?:咨询|联系|拨打|热线|电话|加)[::]?[ ]?1[3-9][0-9]{9}")


@dataclass(frozen=True, slots=True)
class _Reading:
    """The words of each group, by number: in the title, anywhere, and where they may lure.

    A word may lure outside quotation marks, in a sentence that does not warn.
    """

    length: int  # of the body, in code points
    title: dict[str, set[int]]
    times: dict[str, dict[int, int]]
    lures: dict[str, set[int]]
    invites: bool  # some sentence that does not warn gives an address to get in touch at

    def kinds(self, group: str) -> int:
        return len(self.times.get(group, ()))

    @property
    def said(self) -> int:
        """How often words of lending occur."""
        return sum(self.times.get("lending", {}).values())

    def luring(self, group: str) -> int:
        return len(self.lures.get(group, ()))

    def warns(self, lures: int) -> bool:
        """Whether the article as a whole warns, having ``lures`` luring words."""
        return "warning" in self.title or self.kinds("warning") > lures


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

    def find_rejection(self, article: Article, ranking: Ranking) -> RejectionReason | None:
        """Why the article should not be published; ``None`` when it should."""
        if not article.blocks:
            return RejectionReason.NO_MAIN_CONTENT
        reading = self._read(fold(article.title or "").text, fold(article.text).text)
        harmful = _find_harm(reading)
        if harmful:
            return harmful
        if reading.length < MIN_CHARACTERS:
            return RejectionReason.TOO_SHORT
        return None if _is_on_topic(reading, ranking) else RejectionReason.OFF_TOPIC

    def _read(self, title: str, body: str) -> _Reading:
        times: dict[str, dict[int, int]] = {}
        lures: dict[str, set[int]] = {}
        invites = False
        for sentence in (title, *_SENTENCE.split(body)):
            found = self._find(sentence)
            for group, words in found.items():
                counts = times.setdefault(group, {})
                for word, number in words.items():
                    counts[word] = counts.get(word, 0) + number
            if "warning" in found:
                continue
            said = _unquote(sentence)
            invites = invites or _invites(said)
            for group, words in (found if said == sentence else self._find(said)).items():
                lures.setdefault(group, set()).update(words)
        in_title = {group: set(words) for group, words in self._find(_unquote(title)).items()}
        return _Reading(len(body), in_title, times, lures, invites)

    def _find(self, text: str) -> dict[str, dict[int, int]]:
        """Group -> word -> times."""
        found: dict[str, dict[int, int]] = {}
        for index, _start, _end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            for group in self._groups[index]:
                counts = found.setdefault(group, {})
                counts[index] = counts.get(index, 0) + 1
        return found


def _find_harm(reading: _Reading) -> RejectionReason | None:
    """The harm that most words speak of, the first of ``HARMS`` when several are equal."""
    words = {harm.reason: reading.luring(harm.reason.value) for harm in HARMS}
    worst = max(words, key=lambda reason: words[reason])
    total = sum(words.values())
    if not _is_about_debt(reading, total):
        return None
    if reading.invites:
        return worst if words[worst] >= MIN_TOTAL else RejectionReason.CONTACT_LURE
    if reading.warns(total):
        return None
    helps = reading.kinds("help")
    if total >= MIN_TOTAL and total > helps:
        return worst
    found = [
        harm.reason
        for harm in HARMS
        if words[harm.reason] + (harm.reason.value in reading.title) >= harm.minimum
        and words[harm.reason] * harm.helps > helps
    ]
    return max(found, key=lambda reason: words[reason]) if found else None


def _is_about_debt(reading: _Reading, lures: int) -> bool:
    """Whether enough is said of lending for ``lures`` luring words to be those of a lender."""
    if reading.luring(RejectionReason.UNSAFE_ADVICE.value) >= CLEAR_UNSAFE:
        return True
    least = 1 if lures >= CLEAR_LURES else MIN_LENDING_SHARE * reading.length / 2
    return reading.said >= (least if lures >= CLEAR_LURES else max(MIN_LENDING, least))


def _is_on_topic(reading: _Reading, ranking: Ranking) -> bool:
    lending, rights = reading.kinds("lending"), reading.kinds("rights")
    foreign = reading.kinds("foreign") + len(reading.title.get("foreign", ()))
    if foreign >= MIN_FOREIGN and foreign * RIGHTS_PER_FOREIGN > rights:
        return False
    if not ranking.ids or reading.said < MIN_LENDING_SHARE * reading.length:
        return False
    if ranking.strength >= CLEAR_TOPIC:
        return True
    if ranking.strength >= FAIR_TOPIC and rights + reading.kinds("help") >= FAIR_HELP:
        return True
    return rights >= 1 and lending + rights >= MIN_KINDS


def _unquote(text: str) -> str:
    return _QUOTED.sub(" ", text)


def _invites(sentence: str) -> bool:
    """Whether the sentence gives an address to get in touch at."""
    return bool(_CALL.search(sentence)) or any(map(_is_handle, _HANDLE.finditer(sentence)))


def _is_handle(found: re.Match[str]) -> bool:
    """Whether what follows the name of a messenger is somebody's name there, not a word."""
    handle = found["handle"]
    return not handle.isalpha() or any(mark in found["gap"] for mark in "::号搜添是为")
