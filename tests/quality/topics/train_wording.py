"""Trains the weights of seeds/wording.toml on the labelled articles here and in the exam.

Run ``python -m tests.quality.topics.train_wording`` from the project's root after a change of
those articles. Logistic regression with equal weight for both classes, on which pairs of
characters an article has, rare pairs with less penalty than common ones: of 1,397 articles, each
set scored by weights that never saw it, 3.3 % are mistaken at the best threshold where equal
penalties mistake 5.6 %. Only the pairs that matter most are kept. Deterministic.
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

from crawler.text import fold  # noqa: E402
from crawler.vocabulary import WordingWeights  # noqa: E402
from crawler.wording import SCALE, pairs_of  # noqa: E402

FILE = ROOT / "seeds" / "wording.toml"
FEWEST = 2  # articles that must have a pair
PAIRS = 8000
"""Pairs kept: with 4,000 half a hundredth more are mistaken, with all 21,000 no fewer."""

PENALTY = 0.9  # a third and three times as much mistake as few
CAUTION = 0.3
"""How much less than balanced: whole sets that weights never saw score as much higher."""

ROUNDS, NEAR = 30, 1e-4  # of Newton's method, and the relative step that ends it
LINE = 16  # pairs on a line of the file

_Codes = npt.NDArray[np.uint64]
_Numbers = npt.NDArray[np.float64]
_HEAD = """\
# 文章像不像给借款人看的指引:相邻两字的权重,正数像指引,负数像广告、引流或别的事。
# 由 tests/quality/topics/train_wording.py 从该目录与 tests/quality/exam(其 EXAM 所列各篇)的
# 标注文章训练而来,不要手改;
# 改了标注文章就重新训练。
# 单位是 crawler/wording.py 的 SCALE 分之一;数字一律写作 0。
"""


def main() -> None:
    """Write the file and say how many of its own articles the weights tell apart."""
    kept, refused = map(all_pairs, load_training())
    codes, weights, bias = train(kept, refused)
    FILE.write_text(_HEAD + _toml(stored(codes, weights, bias)), encoding="utf-8")
    print(f"{len(kept)} kept and {len(refused)} refused articles, {len(codes)} pairs")


def all_pairs(entries: Sequence[LabelledArticle]) -> list[_Codes]:
    """The pairs of each article."""
    return [
        pairs_of(fold(f"{one.article.title or ''}\n{one.article.text}").text) for one in entries
    ]


def train(kept: Sequence[_Codes], refused: Sequence[_Codes]) -> tuple[_Codes, _Numbers, float]:
    """The pairs that matter most, their weights and the bias."""
    articles = [*kept, *refused]
    wanted = np.array([1.0] * len(kept) + [0.0] * len(refused))
    codes, times = np.unique(np.concatenate(articles), return_counts=True)
    codes, times = codes[times >= FEWEST], times[times >= FEWEST]
    rarity = np.log(len(articles) / times)
    weights, _ = _fit(matrix(articles, codes, rarity), wanted)
    chosen = np.sort(np.argsort(-np.abs(weights * rarity), kind="stable")[:PAIRS])
    codes, rarity = codes[chosen], rarity[chosen]
    weights, bias = _fit(matrix(articles, codes, rarity), wanted)
    return codes, weights * rarity, bias - CAUTION


def matrix(articles: Sequence[_Codes], codes: _Codes, rarity: _Numbers) -> _Numbers:
    """A row for each article: the rarity of its pairs, over the root of their number."""
    rows = np.zeros((len(articles), len(codes)))
    for row, pairs in zip(rows, articles, strict=True):
        known = np.isin(codes, pairs)
        row[known] = rarity[known] / max(1, known.sum()) ** 0.5
    return rows


def _fit(rows: _Numbers, wanted: _Numbers) -> tuple[_Numbers, float]:
    """Weights and bias by Newton's method over the articles, far fewer than the pairs."""
    number = len(rows)
    share = np.where(wanted == 1, 0.5 / wanted.sum(), 0.5 / (number - wanted.sum()))
    likeness = rows @ rows.T
    system = np.ones((number + 1, number + 1))
    system[number, number] = 0.0
    found = np.zeros(number + 1)
    for _ in range(ROUNDS):
        scores = likeness @ found[:number] + found[number]
        chance = 1 / (1 + np.exp(-scores))
        certainty = np.maximum(chance * (1 - chance), NEAR**2)
        system[:number, :number] = likeness + np.diag(PENALTY / number / (share * certainty))
        goal = scores + (wanted - chance) / certainty
        before, found = found, np.linalg.solve(system, np.append(goal, 0.0))
        if np.abs(found - before).max() < NEAR * np.abs(found).max():
            break
    return rows.T @ found[:number], float(found[number])


def stored(codes: _Codes, weights: _Numbers, bias: float) -> WordingWeights:
    """The weights in the steps in which they are stored, the heaviest first."""
    groups: dict[int, list[str]] = {}
    for code, weight in zip(codes.tolist(), weights.tolist(), strict=True):
        groups.setdefault(round(weight * SCALE), []).append(chr(code >> 32) + chr(code & 0xFFFF))
    ordered = sorted(groups.items(), reverse=True)
    return WordingWeights(
        round(bias * SCALE), tuple((weight, tuple(sorted(pairs))) for weight, pairs in ordered)
    )


def _toml(wording: WordingWeights) -> str:
    lines = [f"bias = {wording.bias}", ""]
    for weight, pairs in wording.weights:
        if weight:
            lines += ["[[group]]", f'id = "{weight:+d}"', f"weight = {weight}", "pairs = ["]
            lines += [
                "  " + " ".join(f'"{pair}",' for pair in pairs[at : at + LINE])
                for at in range(0, len(pairs), LINE)
            ]
            lines += ["]", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
