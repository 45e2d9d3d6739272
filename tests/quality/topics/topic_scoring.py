"""What the classifier and the judge make of the labelled articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from topic_pages import (
    KEPT,
    REJECTED,
    UNSEEN_KEPT,
    UNSEEN_REJECTED,
    LabelledArticle,
    load_articles,
    load_training,
)
from train_wording import train

from crawler.rejection import Judge
from crawler.topics import TopicClassifier
from crawler.vocabulary import References


@dataclass(frozen=True, slots=True)
class Outcome:
    """One article's label beside what was found; ``rejected`` is ``None`` for a kept one."""

    entry: LabelledArticle
    topics: tuple[str, ...]
    rejected: str | None


def find_outcomes(references: References, names: tuple[str, ...]) -> list[Outcome]:
    """What was found for each article of the files, in their order."""
    classifier, judge = TopicClassifier(references), Judge(references)
    outcomes = []
    for entry in load_articles(names):
        article = entry.article
        ranking = classifier.find_ranking(article.title, article.blocks)
        reason = judge.find_rejection(article, ranking)
        outcomes.append(Outcome(entry, ranking.ids, reason.value if reason else None))
    return outcomes


def find_unseen(references: References) -> float:
    """The share of right decisions on the checking half, by weights trained on the others."""
    kept, refused = load_articles(KEPT), load_articles(REJECTED)
    of_kept, of_refused = load_training()
    checked = (*kept[1::2], *refused[1::2])
    wording = train(
        [one for one in of_kept if one not in checked],
        [one for one in of_refused if one not in checked],
    )
    classifier, judge = TopicClassifier(references), Judge(replace(references, wording=wording))
    right = 0
    for entry in checked:
        ranking = classifier.find_ranking(entry.article.title, entry.article.blocks)
        refusal = judge.find_rejection(entry.article, ranking)
        right += (refusal is None) == (entry in kept)
    return right / len(checked)


def halves(outcomes: Sequence[Outcome]) -> dict[str, Sequence[Outcome]]:
    """The tuning half, whose misses may be looked at, and the checking half."""
    return {"tuning": outcomes[::2], "checking": outcomes[1::2]}


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares from 0 to 1. ``first`` and ``second`` are of the kept articles."""

    first: float  # the first topic is the label
    second: float  # the first or second is
    kept: float  # of the articles to keep
    refused: float  # of the articles to reject
    reason: float  # rejected for the reason labelled


def find_scores(references: References) -> dict[str, Scores]:
    """The scores of each half, and of the articles that no weights were trained on."""
    kept = halves(find_outcomes(references, KEPT))
    refused = halves(find_outcomes(references, REJECTED))
    unseen = (find_outcomes(references, names) for names in (UNSEEN_KEPT, UNSEEN_REJECTED))
    return {half: _score(kept[half], refused[half]) for half in kept} | {"unseen": _score(*unseen)}


def _score(kept: Sequence[Outcome], refused: Sequence[Outcome]) -> Scores:
    return Scores(
        first=_share([bool({*one.entry.labels} & {*one.topics[:1]}) for one in kept]),
        second=_share([bool({*one.entry.labels} & {*one.topics[:2]}) for one in kept]),
        kept=_share([one.rejected is None for one in kept]),
        refused=_share([one.rejected is not None for one in refused]),
        reason=_share([one.rejected in one.entry.labels for one in refused]),
    )


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits)
