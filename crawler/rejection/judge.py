"""Whether an article deserves publication, and if not, why."""

from __future__ import annotations

from dataclasses import dataclass, replace

from crawler.model import Article, RejectionReason, RemovalReason
from crawler.rejection.reading import Reader, Reading
from crawler.text import fold
from crawler.topics import Ranking
from crawler.vocabulary import References
from crawler.wording import Wording

MIN_CHARACTERS = 80
"""A shorter article cannot state a right and how to use it: the shortest useful answers of
tests/quality/topics have 104 code points, and hints of one sentence fewer than 60."""

MIN_LENDING_SHARE = 0.006
"""Words of lending for each code point. Articles for borrowers have 0.007 and more, news of
other matters that touch upon debt 0.003 and less; re-measure with tests/quality/topics."""

MOST_NAMED = 3
"""Names of lenders that count as words of lending: who tells of a dispute with one, or of a phone
rented from one, may hardly use another."""

ADVERT_LENDING_SHARE = 0.02  # of a refused article without words of rights or of other matters
MIN_KINDS = 3  # different words of lending and rights, a lender's name; at least one of rights
CLEAR_TOPIC = 12.0  # a topic with this score (its word in the title) needs no word of rights
CERTAIN_TOPIC = 20.0  # with this score and clear wording, words of other matters do not count
FAIR_TOPIC, FAIR_HELP = 6.0, 3  # with half of it, so many words of rights or help do
CRISIS = "crisis"
"""The topic that needs least: what keeps somebody alive rarely speaks of rights."""

TOLD_TOPIC, TOLD_WORDING = 4.0, 0.6
"""A topic with one of its words in the lead, worded so much like guidance: enough without any
luring word or word of other matters. Who tells a story uses few words that lists know: of 1,236
labelled articles, scored by weights that never saw them, 3 more are kept, all rightly."""

MIN_FOREIGN = 2  # different words of other matters, unless words of rights outweigh them
RIGHTS_PER_FOREIGN = 2

MIN_LENDING = 2  # words of lending in an advert or a lure; others are off the topic

MIN_TOTAL = 2  # different luring words of any kind, more of them than words that help
CLEAR_LURES = 5  # so many luring words need only one word of lending beside them
CLEAR_UNSAFE = 3
"""Unsafe words that need no word of lending beside them: who forges papers for a bank or hides
from a court rarely names the debt."""


POOR_WORDING = 0.15
"""An article that says nothing else for or against it must be worded so much like guidance."""

HELP_COUNTS, CLEAR_COUNTS = 0.03, 0.015
LURE_COUNTS, FOREIGN_COUNTS = 0.1, 0.2
MOST_HELP, MOST_CLEAR, MOST_AGAINST = 10, 40, 4
"""How much less wording is asked for each word that helps and for each point of the best topic,
how much more for each luring and each foreign word, and up to how many count. Chosen by
cross-validation over the labelled articles, each scored by weights that never saw it: 10 of
874 mistaken. Re-measure after training the weights again."""

CLEAR_OF_HARM, MORE_WHEN_CLEAR = 0.6, 2
"""So much worded like guidance, an article needs so many more luring words to be harmful: what
debtors fear, and who confesses, use the words of those who mislead them."""

CLEAR_WORDING = 0.8
"""So much worded like guidance, few words of lending do; news reaches 1.3 without a topic."""

CERTAIN_WORDING = 1.6
"""So much worded like guidance, few words of lending are enough: who tells how the insurance came
with the loan, or what a screen showed, uses words of other matters. Of 1,397 labelled articles,
each set scored by weights that never saw it, 3 more are kept, all rightly; as many from 1.3 on."""

FAIR_WORDING, MOST_OF_HELP = 0.5, 4
"""So much does as well for an article of a certain topic with so many words of rights or help:
of 805 labelled articles, scored by weights that never saw them, 3 more are kept, all rightly."""


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

RIGHTS_OF_LURE = 4
"""Different words of rights from which who asks to be contacted offers help, not a loan."""

_ASIDES = frozenset({RemovalReason.SHARE})
"""What was dropped for these reasons may hold the offer for which the article was written."""


class Judge:
    """Decides by words and where they stand; holds the words and nothing of any article."""

    def __init__(self, references: References) -> None:
        self._reader = Reader(references)
        self._wording = Wording(references.wording)

    def find_rejection(
        self, article: Article, ranking: Ranking, named: int = 0
    ) -> RejectionReason | None:
        """Why the article should not be published; ``None`` when it should.

        ``named`` is how often lenders are named in it.
        """
        if not article.blocks:
            return RejectionReason.NO_MAIN_CONTENT
        title, body = fold(article.title or "").text, fold(article.text).text
        reading = replace(self._reader.read(title, body), named=min(named, MOST_NAMED))
        aside = "\n".join(one.block.text for one in article.removed if one.reason in _ASIDES)
        if aside and self._reader.read("", fold(aside).text).solicits:
            reading = replace(reading, solicits=True)
        wording = self._wording.score(f"{title}\n{body}")
        harmful = _find_harm(reading, wording)
        if harmful:
            return harmful
        if reading.length < MIN_CHARACTERS:
            return RejectionReason.TOO_SHORT
        enough = wording >= _wording_asked(reading, ranking)
        if enough and _is_on_topic(reading, ranking, wording):
            return None
        return _likely_reason(reading)


def _find_harm(reading: Reading, wording: float) -> RejectionReason | None:
    """The harm that most words speak of, the first of ``HARMS`` when several are equal."""
    words = {harm.reason: reading.luring(harm.reason.value) for harm in HARMS}
    worst = max(words, key=lambda reason: words[reason])
    total = sum(words.values())
    if not _is_about_debt(reading, total):
        return None
    if reading.invites or reading.solicits:
        sells = words[worst] >= MIN_TOTAL and reading.kinds("rights") < RIGHTS_OF_LURE
        return worst if sells else RejectionReason.CONTACT_LURE
    if reading.warns(total):
        return None
    helps = reading.kinds("help")
    doubt = MORE_WHEN_CLEAR if wording >= CLEAR_OF_HARM else 0
    if total >= MIN_TOTAL + doubt and total > helps:
        return worst
    found = [
        harm.reason
        for harm in HARMS
        if words[harm.reason] + (harm.reason.value in reading.title) >= harm.minimum + doubt
        and words[harm.reason] * harm.helps > helps
    ]
    return max(found, key=lambda reason: words[reason]) if found else None


def _is_about_debt(reading: Reading, lures: int) -> bool:
    """Whether enough is said of lending for ``lures`` luring words to be those of a lender."""
    if reading.luring(RejectionReason.UNSAFE_ADVICE.value) >= CLEAR_UNSAFE:
        return True
    least = 1 if lures >= CLEAR_LURES else MIN_LENDING_SHARE * reading.length / 2
    return reading.said >= (least if lures >= CLEAR_LURES else max(MIN_LENDING, least))


def _is_on_topic(reading: Reading, ranking: Ranking, wording: float) -> bool:
    rights = reading.kinds("rights")
    if not reading.said:
        return False  # the look at a page's bytes knows words of lending, no names
    least = MIN_LENDING_SHARE * reading.length
    if wording >= CERTAIN_WORDING and reading.spoken >= least / 2:
        return True
    certain = ranking.strength >= CERTAIN_TOPIC
    fair = wording >= FAIR_WORDING and rights + reading.kinds("help") >= MOST_OF_HELP
    clear = wording >= CLEAR_WORDING or (certain and fair)
    clear = clear and reading.spoken >= least / 2
    if clear and certain:
        return True
    foreign = reading.kinds("foreign") + len(reading.title.get("foreign", ()))
    if foreign >= MIN_FOREIGN and foreign * RIGHTS_PER_FOREIGN > rights:
        return False
    if not ranking.ids or reading.spoken < (least / 2 if clear else least):
        return False
    told = ranking.ids[0] == CRISIS or (wording >= CLEAR_WORDING and reading.spoken >= least)
    if ranking.strength >= (FAIR_TOPIC if told else CLEAR_TOPIC):
        return True
    clean = not foreign and not _lures(reading) and reading.spoken >= least
    if clean and wording >= TOLD_WORDING and ranking.strength >= TOLD_TOPIC:
        return True
    if ranking.strength >= FAIR_TOPIC and rights + reading.kinds("help") >= FAIR_HELP:
        return True
    kinds = reading.kinds("lending", "rights") + bool(reading.named)
    return rights >= 1 and kinds >= MIN_KINDS


def _wording_asked(reading: Reading, ranking: Ranking) -> float:
    """How much an article must be worded like guidance, given what else speaks for it."""
    helps = reading.kinds("rights") + reading.kinds("help")
    lures = _lures(reading)
    return (
        POOR_WORDING
        - HELP_COUNTS * min(helps, MOST_HELP)
        - CLEAR_COUNTS * min(ranking.strength, MOST_CLEAR)
        + LURE_COUNTS * min(lures, MOST_AGAINST)
        + FOREIGN_COUNTS * min(reading.kinds("foreign"), MOST_AGAINST)
    )


def _lures(reading: Reading) -> int:
    """How many different luring words of any kind there are."""
    return sum(reading.luring(harm.reason.value) for harm in HARMS)


def _likely_reason(reading: Reading) -> RejectionReason:
    """The harm that most luring words speak of; without any, an advert or off the topic."""
    words = {harm.reason: reading.luring(harm.reason.value) for harm in HARMS}
    worst = max(words, key=lambda reason: words[reason])
    clear = words[worst] and words[worst] >= reading.kinds("foreign")
    if clear and _is_about_debt(reading, sum(words.values())):
        return worst
    of_loans = reading.said >= ADVERT_LENDING_SHARE * reading.length
    if of_loans and not reading.kinds("rights") and not reading.kinds("foreign"):
        return RejectionReason.LOAN_ADVERT
    return RejectionReason.OFF_TOPIC
