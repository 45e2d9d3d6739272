"""Trains the weights of seeds/topic_wording.toml on the kept articles here and in the exam.

Run ``python -m tests.quality.topics.train_topics`` from the project's root after a change of
those articles. Ridge regression on which pairs of characters an article has, rare pairs with
less penalty than common ones, one target a topic; each topic keeps the pairs that matter most.
Deterministic.
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
from train_wording import FEWEST, all_pairs, matrix  # noqa: E402

from crawler.vocabulary import TopicWeights  # noqa: E402
from crawler.wording import TOPIC_SCALE  # noqa: E402

FILE = ROOT / "seeds" / "topic_wording.toml"
PAIRS = 400
"""Pairs of each topic: with 200 three more of 335 articles that weights never saw have their
topic neither first nor second, with 800 three fewer for twice the file."""

RIDGE = 0.3  # of an article's mean likeness to itself
LINE = 22  # pairs on a line of the file
_Numbers = npt.NDArray[np.float64]
_HEAD = """\
# 文章像不像谈某个主题的:每个主题各有一组相邻两字的权重,每行先写权重,再写这些字。
# 由 tests/quality/topics/train_topics.py 从该目录与 tests/quality/exam(其 EXAM 所列各篇)
# 中值得发表的标注文章训练而来,不要手改;改了标注文章就重新训练。
# 单位是 crawler/wording.py 的 TOPIC_SCALE 分之一;数字一律写作 0。
"""


def main() -> None:
    """Write the file."""
    kept, _ = load_training()
    weights = train_topics(kept)
    FILE.write_text(_HEAD + "".join(map(_toml, weights)), encoding="utf-8")
    print(f"{len(kept)} articles, {len(weights)} topics")


def topics_of(entry: LabelledArticle) -> tuple[str, ...]:
    """The topics that are right for an article, here or in the exam."""
    return tuple(entry.label.removeprefix("keep ").split("/"))


def train_topics(kept: Sequence[LabelledArticle]) -> tuple[TopicWeights, ...]:
    """The weights of each topic that has an article, in the order of their ids."""
    articles = all_pairs(kept)
    topics = sorted({topic for one in kept for topic in topics_of(one)})
    wanted = np.array([[topic in topics_of(one) for topic in topics] for one in kept], float)
    codes, times = np.unique(np.concatenate(articles), return_counts=True)
    codes, times = codes[times >= FEWEST], times[times >= FEWEST]
    rarity = np.log(len(articles) / times)
    rows = matrix(articles, codes, rarity)
    likeness = rows @ rows.T
    mean = np.trace(likeness) / len(rows)
    system = likeness / mean + RIDGE * np.eye(len(rows))
    weights = rows.T @ np.linalg.solve(system, wanted - wanted.mean(axis=0)) / mean
    names = [chr(code >> 32) + chr(code & 0xFFFF) for code in codes.tolist()]
    return tuple(
        _stored(topic, names, weights[:, number] * rarity) for number, topic in enumerate(topics)
    )


def _stored(topic: str, names: Sequence[str], weights: _Numbers) -> TopicWeights:
    groups: dict[int, list[str]] = {}
    for place in np.argsort(-np.abs(weights), kind="stable")[:PAIRS]:
        weight = round(float(weights[place]) * TOPIC_SCALE)
        if weight:
            groups.setdefault(weight, []).append(names[place])
    ordered = sorted(groups.items(), reverse=True)
    return TopicWeights(topic, tuple((weight, tuple(sorted(some))) for weight, some in ordered))


def _toml(weights: TopicWeights) -> str:
    lines = ["", "[[topic]]", f'id = "{weights.topic}"', "weights = ["]
    for weight, pairs in weights.weights:
        for at in range(0, len(pairs), LINE):
            lines.append(f'  "{weight} {" ".join(pairs[at : at + LINE])}",')
    return "\n".join([*lines, "]", ""])


if __name__ == "__main__":
    main()
