"""Whether an article deserves publication, and if not, why.

Two questions, after length: is it harmful, by luring words and addresses where they stand; and is
it guidance or a story from which borrowers learn, by how it is worded and what it speaks of.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from crawler.model import Article, RejectionReason, RemovalReason
from crawler.rejection.reading import Reader, Reading
from crawler.rejection.reasons import Reasons
from crawler.rejection.signals import Scale, find_signals
from crawler.text import fold
from crawler.topics import Ranking
from crawler.vocabulary import References
from crawler.wording import Wording

MIN_CHARACTERS = 80
"""A shorter article can hardly state a right and how to use it: hints of one or two sentences
have fewer than 60 code points."""

LEAST_CHARACTERS, CLEAR_NOTICE = 60, 1.0
"""A notice of a court, bank or neighbourhood may do with so few, speaking of its matter alone: of
labelled articles of 60 to 80 all to refuse weigh below -3, eleven of 12 notices above 1."""

MIN_LENDING_SHARE = 0.003
"""Words of lending for each code point below which luring words are those of another trade;
news that touches upon debt has as many. Re-measure with tests/quality/topics."""

MOST_NAMED = 3
"""Names of lenders that count as words of lending: who tells of a dispute with one, or of a phone
rented from one, may hardly use another."""

MIN_LENDING = 2  # words of lending in an advert or a lure; others are off the topic

MIN_TOTAL = 2  # different luring words of any kind, more of them than words that help
CLEAR_LURES = 5  # so many luring words need only one word of lending beside them
CLEAR_UNSAFE = 3
"""Unsafe words that need no word of lending beside them: who forges papers for a bank or hides
from a court rarely names the debt."""

CLEAR_OF_HARM, MORE_WHEN_CLEAR = 0.9, 2
"""So much worded like guidance, an article needs so many more luring words to be harmful: what
debtors fear, and who confesses, use the words of those who mislead them."""


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

_ASIDES = frozenset({RemovalReason.SHARE})
"""What was dropped for these reasons may hold the offer for which the article was written."""


class Judge:
    """Decides by words and wording; holds the weights and nothing of any article."""

    def __init__(self, references: References) -> None:
        self._reader = Reader(references)
        self._wording = Wording(references.wording)
        self._scale = Scale(references.signals)
        self._reasons = Reasons(references)

    def find_rejection(
        self, article: Article, ranking: Ranking, named: int = 0
    ) -> RejectionReason | None:
        """Why the article should not be published; ``None`` when it should.

        ``named`` is how often lenders are named in it.
        """
        if not article.blocks:
            return RejectionReason.NO_MAIN_CONTENT
        title, body = fold(article.title or "").text, fold(article.text).text
        reading = self._reader.read(title, body, min(named, MOST_NAMED))
        aside = "\n".join(one.block.text for one in article.removed if one.reason in _ASIDES)
        if aside and self._reader.read("", fold(aside).text).solicits:
            reading = replace(reading, solicits=True)
        text = f"{title}\n{body}"
        wording = self._wording.score(text)
        if _is_harmful(reading, wording):
            return self._reasons.find(text, reading)
        if reading.length < LEAST_CHARACTERS:
            return RejectionReason.TOO_SHORT
        worth = self._scale.weigh(find_signals(reading, ranking.strength, wording))
        if reading.length < MIN_CHARACTERS:
            return None if worth > CLEAR_NOTICE else RejectionReason.TOO_SHORT
        return None if worth > 0 else self._reasons.find(text, reading)


def _is_harmful(reading: Reading, wording: float) -> bool:
    """Whether luring words, or an address to get in touch at, refuse it whatever else it says."""
    words = {harm.reason: reading.luring(harm.reason.value) for harm in HARMS}
    total = sum(words.values())
    if not _is_about_debt(reading, total):
        return False
    if reading.invites or reading.solicits:
        return True
    if reading.warns(total):
        return False
    helps = reading.kinds("help")
    doubt = MORE_WHEN_CLEAR if wording >= CLEAR_OF_HARM else 0
    return (total >= MIN_TOTAL + doubt and total > helps) or any(
        words[harm.reason] + (harm.reason.value in reading.title) >= harm.minimum + doubt
        and words[harm.reason] * harm.helps > helps
        for harm in HARMS
    )


def _is_about_debt(reading: Reading, lures: int) -> bool:
    """Whether enough is said of lending for ``lures`` luring words to be those of a lender."""
    if reading.luring(RejectionReason.UNSAFE_ADVICE.value) >= CLEAR_UNSAFE:
        return True
    least = MIN_LENDING_SHARE * reading.length
    return reading.said >= (1 if lures >= CLEAR_LURES else max(MIN_LENDING, least))
