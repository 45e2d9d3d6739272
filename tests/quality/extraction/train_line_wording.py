"""Trains the weights of seeds/line_wording.toml on labelled lines: titles, and own items.

Run ``python -m tests.quality.extraction.train_line_wording`` from the project's root after a change
to line_texts.toml or to likeness.toml; then fit the weights of likeness, too. Logistic regression
with equal weight for both kinds, on the parts that several lines have. Deterministic.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(HERE), str(ROOT)]

from likeness_forms import SHORT_LINE, Kind, Part  # noqa: E402 - the path is set above
from likeness_pages import SIDES, load_material  # noqa: E402
from likeness_pages import load_lines as load_rows  # noqa: E402

from crawler.linklists.wording import SCALE, parts_of, weigh_parts  # noqa: E402
from crawler.pagewords import bare  # noqa: E402
from tests.quality.logistic import fit_logistic  # noqa: E402

FILE = ROOT / "seeds" / "line_wording.toml"
FEWEST = 2  # lines that must have a part
PENALTY = 0.15  # a third and three times as much tell less of the lines kept apart
FOLDS = 5
_HEAD = """\
# 短行像不像别的页面的标题:单字、相邻两字、行首(^)、行尾($)与长短(=)的权重,正数像标题,负数像
# 文章自己的条目。由 tests/quality/extraction/train_line_wording.py 训练而来,不要手改。
# 单位是 crawler/linklists/wording.py 的 SCALE 分之一;数字一律写作 0。
"""


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each part, and the bias, in the steps in which they are stored."""

    parts: dict[str, int]
    bias: int

    def weigh(self, bared: str) -> float:
        """What ``wording.weigh_wording`` would give with these."""
        weights = {part: weight / SCALE for part, weight in self.parts.items()}
        return weigh_parts(parts_of(bared), weights, self.bias / SCALE)


def main() -> None:
    """Write the file, and print how many lines that were kept apart are told right."""
    titles, own = load_lines(SIDES[0])
    weights = train(titles, own)
    FILE.write_text(_HEAD + _toml(weights), encoding="utf-8")
    print(f"{len(titles)} titles, {len(own)} own lines; {len(weights.parts)} parts")
    titles, own = load_lines(SIDES[1])
    taken = sum(weights.weigh(one) > 0 for one in own)
    missed = sum(weights.weigh(one) <= 0 for one in titles)
    print(f"kept apart: {missed} of {len(titles)} titles missed, {taken} of {len(own)} own taken")


def load_lines(side: str) -> tuple[list[str], list[str]]:
    """The titles and own lines of one of the ``SIDES``, bared, each once."""
    titles: set[str] = set()
    own: set[str] = set()
    for article, near, far in load_material(side).articles:
        titles.update(map(bare, (*near, *far)))
        own.update(_find_own(article.parts))
    titles.update(_split(load_rows(side, "titles")))
    own.update(_split(load_rows(side, "own")))
    return sorted(titles - own), sorted(own)


def _split(rows: Sequence[str]) -> Iterator[str]:
    return (bare(one) for row in rows for one in row.split(" / "))


def _find_own(parts: Sequence[Part]) -> Iterator[str]:
    """An article's headings, items, and lines as short as these."""
    for part in parts:
        short = len(part.text) < SHORT_LINE and part.text[-1] not in "。:：！!"
        if part.kind in (Kind.ITEM, Kind.HEADING) or (part.kind is Kind.TEXT and short):
            yield bare(part.text)


def train(titles: Sequence[str], own: Sequence[str]) -> Weights:
    """The weights of the parts that several lines have."""
    lines = [parts_of(one) for one in (*titles, *own)]
    times = Counter(part for line in lines for part in line)
    known = sorted(part for part, count in times.items() if count >= FEWEST)
    places = {part: place for place, part in enumerate(known)}
    rows = np.zeros((len(lines), len(known)))
    for row, line in zip(rows, lines, strict=True):
        at = [places[part] for part in line if part in places]
        row[at] = 1 / len(line) ** 0.5
    wanted = np.array([1.0] * len(titles) + [0.0] * len(own))
    share = np.where(wanted == 1, 0.5 / len(titles), 0.5 / len(own))
    found, bias = fit_logistic(rows @ rows.T, wanted, PENALTY / len(rows) / share)
    weights: npt.NDArray[np.float64] = rows.T @ found
    stored = {part: round(float(one) * SCALE) for part, one in zip(known, weights, strict=True)}
    return Weights(stored, round(bias * SCALE))


def weigh_unseen() -> dict[str, float]:
    """The value of each line that is trained on, by weights that never saw it."""
    kinds = load_lines(SIDES[0])
    values: dict[str, float] = {}
    for fold in range(FOLDS):
        seen = [[one for at, one in enumerate(lines) if at % FOLDS != fold] for lines in kinds]
        weights = train(*seen)
        values.update((one, weights.weigh(one)) for lines in kinds for one in lines[fold::FOLDS])
    return values


def _toml(weights: Weights) -> str:
    groups: dict[int, list[str]] = {}
    for part, weight in weights.parts.items():
        groups.setdefault(weight, []).append(part)
    rows = [f'  "{weight} {" ".join(groups[weight])}",' for weight in sorted(groups, reverse=True)]
    return "\n".join([f"bias = {weights.bias}", "weights = [", *rows, "]", ""])


if __name__ == "__main__":
    main()
