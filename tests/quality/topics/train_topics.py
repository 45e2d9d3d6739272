"""Trains the weights of seeds/topic_wording.toml and of seeds/reason_wording.toml.

On the articles to keep, and on those to refuse, here and in the exam. Run ``python -m
tests.quality.topics.train_topics`` from the project's root after a change of those articles, then
``train_reasons``.
Ridge regression on which pairs of characters an article has, rare pairs with less penalty than
common ones, one target a topic or reason; each keeps the pairs that matter most. Deterministic.

Of 565 refused articles, each set scored by weights that never saw it, 96 % get their reason; by
counts of luring words 87 %, and of 78 that no word list was made from 94 % instead of 73.
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
REASONS = ROOT / "seeds" / "reason_wording.toml"
PAIRS = 800
"""Pairs of each topic: with 400 three more of 335 articles that weights never saw have their
topic neither first nor second, with 200 six more."""

REASON_PAIRS = 1600  # with 400 one more of 20 articles gets another reason
RIDGE = 0.3  # of an article's mean likeness to itself
LINE = 22  # pairs on a line of the file
_Numbers = npt.NDArray[np.float64]
_HEAD = """\
# 文章像不像谈某个主题的:每个主题各有一组相邻两字的权重,每行先写权重,再写这些字。
# 由 tests/quality/topics/train_topics.py 从该目录与 tests/quality/exam(其 EXAM 所列各篇)
# 中值得发表的标注文章训练而来,不要手改;改了标注文章就重新训练。
# 单位是 crawler/wording.py 的 TOPIC_SCALE 分之一;数字一律写作 0。
"""


_REASONS_HEAD = """\
# 被拒绝的文章像哪一种理由:每个理由各有一组相邻两字的权重,写法同 topic_wording.toml。
# 由 tests/quality/topics/train_topics.py 从同样这些标注文章中该拒绝的训练而来,不要手改。
"""
_UNWORDED = "too_short"  # the only reason that is not one of wording


def main() -> None:
    """Write both files."""
    kept, refused = load_training()
    for file, head, entries, pairs in (
        (FILE, _HEAD, kept, PAIRS),
        (REASONS, _REASONS_HEAD, worded(refused), REASON_PAIRS),
    ):
        weights = train_topics(entries, pairs)
        file.write_text(head + "".join(map(_toml, weights)), encoding="utf-8")
        print(f"{file.name}: {len(entries)} articles, {len(weights)} labels")


def worded(refused: Sequence[LabelledArticle]) -> list[LabelledArticle]:
    """Those refused for a reason that their wording shows."""
    return [one for one in refused if _UNWORDED not in one.labels]


def train_topics(
    entries: Sequence[LabelledArticle], pairs: int = PAIRS
) -> tuple[TopicWeights, ...]:
    """The weights of each topic or reason that has an article, in the order of their ids."""
    articles = all_pairs(entries)
    topics = sorted({topic for one in entries for topic in one.labels})
    wanted = np.array([[topic in one.labels for topic in topics] for one in entries], float)
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
        _stored(topic, names, weights[:, number] * rarity, pairs)
        for number, topic in enumerate(topics)
    )


def _stored(topic: str, names: Sequence[str], weights: _Numbers, pairs: int) -> TopicWeights:
    groups: dict[int, list[str]] = {}
    for place in np.argsort(-np.abs(weights), kind="stable")[:pairs]:
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
