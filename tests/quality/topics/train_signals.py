"""Trains what each signal weighs in ``seeds/signals.toml``, on the labelled articles.

Run ``python -m tests.quality.topics.train_signals`` from the project's root after
``train_wording``, or after a change of the words in seeds/curation.toml. Logistic regression on
the values of ``rejection.signals``; the wording of each article is scored by weights trained on
the others of ``FOLDS`` parts, since those that saw it would be trusted too much. Deterministic.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(HERE), str(ROOT)]

from topic_pages import LabelledArticle, load_training  # noqa: E402 - the path is set above
from train_wording import train  # noqa: E402

from crawler.mentions import Headings, MentionFinder  # noqa: E402
from crawler.rejection.judge import MIN_CHARACTERS, MOST_NAMED  # noqa: E402
from crawler.rejection.reading import Reader, Reading  # noqa: E402
from crawler.rejection.signals import SCALE, find_signals  # noqa: E402
from crawler.seeds import load_references  # noqa: E402
from crawler.text import fold  # noqa: E402
from crawler.topics import TopicClassifier  # noqa: E402
from crawler.vocabulary import References, SignalWeights  # noqa: E402
from crawler.wording import Wording  # noqa: E402

FILE = ROOT / "seeds" / "signals.toml"
FOLDS = 8
BLOCK = 10
"""Neighbours in a file were written together and are alike, so they share a fold."""

PENALTY = 0.5  # between a fifth and twice as much the same articles are mistaken
REFUSED_COUNTS = 1.3
"""What an article to refuse weighs against one to keep: of 1,701 articles scored by weights that
never saw them fewest are mistaken, of stories told in few words of debts as many of either kind."""

ROUNDS = 40  # of Newton's method
_Numbers = npt.NDArray[np.float64]
_HEAD = """\
# 判断一篇文章该不该留时,各个信号占多少分量;每个信号怎样取值见 crawler/rejection/signals.py。
# 由 tests/quality/topics/train_signals.py 训练而来,不要手改。
# 单位是 crawler/rejection/signals.py 的 SCALE 分之一。
"""


def main() -> None:
    """Write the file."""
    kept, refused = load_training()
    weights = train_signals(kept, refused, load_references())
    lines = [_HEAD + f"bias = {weights.bias}"]
    lines += [f'[[signal]]\nid = "{one}"\nweight = {weight}' for one, weight in weights.weights]
    FILE.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    print(weights)


def train_signals(
    kept: Sequence[LabelledArticle], refused: Sequence[LabelledArticle], references: References
) -> SignalWeights:
    """What each signal weighs, and the bias."""
    values = _Values(references)
    rows: list[dict[str, float]] = []
    wanted: list[bool] = []
    for fold_number in range(FOLDS):
        parts = [
            [split(some, fold_number, inside) for some in (kept, refused)] for inside in (0, 1)
        ]
        wording = Wording(train(*parts[0]))
        for keeps, entries in zip((True, False), parts[1], strict=True):
            longer = [one for one in entries if len(one.article.text) >= MIN_CHARACTERS]
            rows += [values.of(one, wording) for one in longer]
            wanted += [keeps] * len(longer)
    names = list(rows[0])
    found = _fit(np.array([[row[name] for name in names] for row in rows]), np.array(wanted, float))
    steps = [round(one * SCALE) for one in found.tolist()]
    return SignalWeights(steps[-1], tuple(zip(names, steps[:-1], strict=True)))


def split(entries: Sequence[LabelledArticle], number: int, inside: int) -> list[LabelledArticle]:
    """Those inside the fold of this number, or outside."""
    return [
        one for at, one in enumerate(entries) if (at // BLOCK % FOLDS == number) == bool(inside)
    ]


class Readings:
    """Reads articles as the whole path of a page does."""

    def __init__(self, references: References) -> None:
        self._reader = Reader(references)
        self._mentions = MentionFinder(references.lexicon)
        self._headings = Headings(references.lexicon)

    def of(self, entry: LabelledArticle) -> tuple[str, Reading]:
        """The folded text, title first, and what the judge counts in it."""
        article = entry.article
        heading = self._headings.find(article.title, article.text)
        named = len(self._mentions.find_mentions(article.text, heading))
        title, body = fold(article.title or "").text, fold(article.text).text
        return f"{title}\n{body}", self._reader.read(title, body, min(named, MOST_NAMED))


class _Values:
    """Finds signals as the whole path of a page does."""

    def __init__(self, references: References) -> None:
        self._readings = Readings(references)
        self._classifier = TopicClassifier(references)

    def of(self, entry: LabelledArticle, wording: Wording) -> dict[str, float]:
        article = entry.article
        text, reading = self._readings.of(entry)
        scores = self._classifier.find_scores(article.title, article.blocks)
        strength = max(scores.values(), default=0.0)
        return find_signals(reading, strength, wording.score(text))


def _fit(values: _Numbers, wanted: _Numbers) -> _Numbers:
    """Weights and, last, the bias."""
    counts = np.where(wanted == 1, 1.0, REFUSED_COUNTS)
    rows = np.hstack([values, np.ones((len(values), 1))])
    shrink = np.diag([PENALTY] * values.shape[1] + [0.0])
    found = np.zeros(rows.shape[1])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-rows @ found))
        slope = (rows * (counts * (chance * (1 - chance) + 1e-9))[:, None]).T @ rows + shrink
        found += np.linalg.solve(slope, rows.T @ (counts * (wanted - chance)) - shrink @ found)
    return found


if __name__ == "__main__":
    main()
