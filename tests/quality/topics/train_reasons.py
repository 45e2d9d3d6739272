"""Trains what each signal says for each reason in ``seeds/reasons.toml``, on refused articles.

Run ``python -m tests.quality.topics.train_reasons`` from the project's root after
``train_topics``, or after a change of the words in seeds/curation.toml. Multinomial logistic
regression; the wording of each article is scored by weights trained on the others of ``FOLDS``
parts, since those that saw it would be trusted too much. Deterministic.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(HERE), str(ROOT)]

from topic_pages import LabelledArticle, load_training  # noqa: E402 - the path is set above
from train_signals import FOLDS, Readings, split  # noqa: E402
from train_topics import REASON_PAIRS, train_topics, worded  # noqa: E402

from crawler.rejection.reasons import REASONS, SCALE, Reasons  # noqa: E402
from crawler.seeds import load_references  # noqa: E402
from crawler.vocabulary import References, SignalWeights  # noqa: E402

FILE = ROOT / "seeds" / "reasons.toml"
PENALTY = 1.0  # a tenth of it names one reason in 622 otherwise
ROUNDS, PACE = 300, 3.0  # of steepest descent, and its step for each article
_Numbers = npt.NDArray[np.float64]
_HEAD = """\
# 一篇文章被拒绝时,各个信号对每种理由说多少;每个信号怎样取值见 crawler/rejection/reasons.py。
# 由 tests/quality/topics/train_reasons.py 训练而来,不要手改。每行先写权重,再写信号。
# 单位是 crawler/rejection/reasons.py 的 SCALE 分之一。
"""


def main() -> None:
    """Write the file."""
    entries = worded(load_training()[1])
    weights = train_reasons(entries, load_references())
    FILE.write_text(_HEAD + "".join(_toml(*one) for one in weights), encoding="utf-8")
    print(f"{len(entries)} articles")


def train_reasons(
    entries: list[LabelledArticle], references: References
) -> tuple[tuple[str, SignalWeights], ...]:
    """What the signals say for each reason."""
    names = [one.value for one in REASONS]
    readings = Readings(references)
    rows: list[dict[str, float]] = []
    wanted: list[int] = []
    for fold_number in range(FOLDS):
        outside, inside = (split(entries, fold_number, part) for part in (0, 1))
        wording = train_topics(outside, REASON_PAIRS)
        reasons = Reasons(replace(references, reason_wording=wording))
        for one in inside:
            if label := next((label for label in one.labels if label in names), None):
                rows.append(reasons.find_signals(*readings.of(one)))
                wanted.append(names.index(label))
    signals = list(rows[0])
    found = _fit(np.array([[row[one] for one in signals] for row in rows]), np.array(wanted))
    steps = np.round(found * SCALE).astype(int).T.tolist()
    return tuple(
        (name, SignalWeights(own[-1], tuple(zip(signals, own[:-1], strict=True))))
        for name, own in zip(names, steps, strict=True)
    )


def _fit(values: _Numbers, wanted: npt.NDArray[np.int64]) -> _Numbers:
    """For each signal and, last, the bias what it says for each reason."""
    rows = np.hstack([values, np.ones((len(values), 1))])
    right = np.eye(len(REASONS))[wanted]
    found = np.zeros((rows.shape[1], len(REASONS)))
    for _ in range(ROUNDS):
        scores = rows @ found
        chance = np.exp(scores - scores.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        found -= PACE / len(rows) * (rows.T @ (chance - right) + PENALTY * found)
    return found


def _toml(reason: str, weights: SignalWeights) -> str:
    lines = ["", "[[reason]]", f'id = "{reason}"', f"bias = {weights.bias}", "weights = ["]
    lines += [f'  "{weight} {signal}",' for signal, weight in weights.weights]
    return "\n".join([*lines, "]", ""])


if __name__ == "__main__":
    main()
