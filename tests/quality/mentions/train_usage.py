"""Trains the weights of seeds/usage.toml on the labelled texts here and in the exam.

Run ``python -m tests.quality.mentions.train_usage`` from the project's root after a change of
those texts. Logistic regression on which signs stand around a name. Only signs that several
texts have and that matter are kept. Deterministic. ``--check`` says instead how well weights
tell the texts that they were not trained on, an eighth at a time.
"""

from __future__ import annotations

import sys
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT)]

from crawler.mentions.usage import STEPS  # noqa: E402 - the path is set above
from crawler.seeds import load_references  # noqa: E402
from crawler.vocabulary import UsageWeights  # noqa: E402
from tests.quality.logistic import fit_logistic  # noqa: E402
from tests.quality.mentions.usage_examples import Example, Examples  # noqa: E402

FILE = ROOT / "seeds" / "usage.toml"
FEWEST = 2  # examples that must have a sign
FREEDOM = 5.0
"""How far weights may go for one mistaken example less; with 1 more ordinary words are taken, with
20 more names are missed."""
POINTS = 3.0
"""Points of the cues that one unit of the logit weighs: of 1 to 4 the best on texts that neither
the cues nor the weights had seen."""

READINESS = 1.5
"""Points added. With 3 a hundredth more names are found and half as many ordinary words more are
taken for one, with 2 one of 200 ordinary words more and no name."""

LIGHTEST = 4  # steps; lighter signs change no verdict
LINE = 90  # characters of a line of the file
PARTS = 8

_Numbers = npt.NDArray[np.float64]
_HEAD = """\
# 需要上下文的名字站得像不像放款机构:它周围每个“迹象”的权重,正数像机构,负数像普通词语。
# 迹象的写法见 crawler/mentions/usage.py 的 find_signs。
# 由 tests/quality/mentions/train_usage.py 从该目录与 tests/quality/exam 的标注文章训练而来,
# 不要手改;改了标注文章就重新训练。单位是 crawler/mentions/usage.py 的 STEPS 分之一。

"""


def main() -> None:
    """Write the file and say how many signs it holds, or check how well they tell."""
    examples = Examples(load_references().lexicon).read()
    if "--check" in sys.argv[1:]:
        check(examples)
        return
    weights = train(examples)
    FILE.write_text(_HEAD + _toml(weights), encoding="utf-8")
    lenders = sum(one.is_lender for one in examples)
    ordinary = len(examples) - lenders
    print(f"{lenders} names and {ordinary} ordinary words, {len(weights.weights)} signs")


def check(examples: Sequence[Example]) -> None:
    """Print how many of the texts left out are mistaken, by the file they are in."""
    wrong: Counter[tuple[str, bool]] = Counter()
    number: Counter[tuple[str, bool]] = Counter()
    part = [zlib.crc32(one.group.encode()) % PARTS for one in examples]
    for left_out in range(PARTS):
        weights = train([one for one, at in zip(examples, part, strict=True) if at != left_out])
        for one, at in zip(examples, part, strict=True):
            if at == left_out:
                steps = weights.bias + sum(weights.weights.get(sign, 0) for sign in one.signs)
                key = (one.group.rstrip("0123456789"), one.is_lender)
                number[key] += 1
                wrong[key] += (steps >= 0) != one.is_lender
    for key in sorted(number):
        kind = "names missed" if key[1] else "ordinary words taken"
        print(f"{key[0]:20} {wrong[key]:4} of {number[key]:5} {kind}")


def train(examples: Sequence[Example]) -> UsageWeights:
    """The weights in the steps in which they are stored, by sign."""
    times = Counter(sign for one in examples for sign in one.signs)
    signs = sorted(sign for sign, count in times.items() if count >= FEWEST and is_storable(sign))
    places = {sign: place for place, sign in enumerate(signs)}
    rows = np.zeros((len(examples), len(signs)), dtype=np.float32)
    for row, one in zip(rows, examples, strict=True):
        row[[places[sign] for sign in one.signs if sign in places]] = 1
    wanted = np.array([float(one.is_lender) for one in examples])
    logits, bias = _fit(rows, wanted)
    weights = {
        sign: steps
        for sign, logit in zip(signs, logits.tolist(), strict=True)
        if abs(steps := round(logit * POINTS * STEPS)) >= LIGHTEST
    }
    return UsageWeights(round((bias * POINTS + READINESS) * STEPS), weights)


def is_storable(sign: str) -> bool:
    """Whether a sign can stand in the file and means the same in every program that reads it."""
    return all(one not in " \t\"'\\" and one <= "\uffff" for one in sign)


def _fit(rows: npt.NDArray[np.float32], wanted: _Numbers) -> tuple[_Numbers, float]:
    """Weights and bias over the examples, fewer than the signs."""
    likeness = (rows @ rows.T).astype(np.float64)
    found, bias = fit_logistic(likeness, wanted, 1 / FREEDOM)
    return rows.T.astype(np.float64) @ found, bias


def _toml(usage: UsageWeights) -> str:
    groups: dict[int, list[str]] = {}
    for sign, weight in sorted(usage.weights.items()):
        groups.setdefault(weight, []).append(sign)
    lines = [f"bias = {usage.bias}", "weights = ["]
    for weight, signs in sorted(groups.items(), reverse=True):
        line = str(weight)
        for sign in signs:
            if len(line) + len(sign) > LINE:
                lines.append(f'  "{line}",')
                line = str(weight)
            line += f" {sign}"
        lines.append(f'  "{line}",')
    return "\n".join([*lines, "]", ""])


if __name__ == "__main__":
    main()
