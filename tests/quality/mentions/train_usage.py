"""Trains the weights of seeds/usage.toml on the labelled texts here and in the exam.

Run ``python -m tests.quality.mentions.train_usage`` from the project's root after a change of
those texts. Logistic regression on which signs stand around a name, beside the points that cues
give, so that weights say only what these leave open. Only signs that several texts have and that
matter are kept. Deterministic. ``--check`` says instead how well weights tell the texts that they
were not trained on, an eighth at a time, ``--check names`` the same for the names.
"""

from __future__ import annotations

import sys
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT)]

from crawler.mentions.usage import STEPS  # noqa: E402 - the path is set above
from crawler.seeds import load_references  # noqa: E402
from crawler.vocabulary import UsageWeights  # noqa: E402
from tests.quality.logistic import fit_few  # noqa: E402
from tests.quality.mentions.usage_examples import Example, Examples  # noqa: E402

FILE = ROOT / "seeds" / "usage.toml"
FEWEST = 2  # examples that must have a sign
FREEDOM = 5.0
"""How far weights may go for one mistaken example less; with 1 or 20 more ordinary words are taken
or more names missed, of texts and of names left out."""
POINTS = 3.0
"""Points of the cues that one unit of the logit weighs; with 2 or 4 as with 1 or 20 above."""

READINESS = 0.5
"""Points added."""

LIGHTEST = 4  # steps; lighter signs change no verdict
LINE = 90  # characters of a line of the file
PARTS = 8

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
        check(examples, by_name="names" in sys.argv[1:])
        return
    weights = train(examples)
    FILE.write_text(_HEAD + _toml(weights), encoding="utf-8")
    lenders = sum(one.is_lender for one in examples)
    ordinary = len(examples) - lenders
    print(f"{lenders} names and {ordinary} ordinary words, {len(weights.weights)} signs")


def check(examples: Sequence[Example], *, by_name: bool) -> None:
    """Print how many of those left out are mistaken, by the file they are in."""
    wrong: Counter[tuple[str, bool]] = Counter()
    number: Counter[tuple[str, bool]] = Counter()
    keys = [one.name if by_name else one.group for one in examples]
    part = [zlib.crc32(key.encode()) % PARTS for key in keys]
    for left_out in range(PARTS):
        weights = train([one for one, at in zip(examples, part, strict=True) if at != left_out])
        for one, at in zip(examples, part, strict=True):
            if at == left_out:
                steps = weights.bias + sum(weights.weights.get(sign, 0) for sign in one.signs)
                is_taken = one.margin * STEPS + steps >= 0
                for file in (one.group.rstrip("0123456789"), "~ all"):
                    number[file, one.is_lender] += 1
                    wrong[file, one.is_lender] += is_taken != one.is_lender
    for key in sorted(number):
        kind = "names missed" if key[1] else "ordinary words taken"
        print(f"{key[0]:20} {wrong[key]:4} of {number[key]:5} {kind}")


def train(examples: Sequence[Example]) -> UsageWeights:
    """The weights in the steps in which they are stored, by sign."""
    times = Counter(sign for one in examples for sign in one.signs)
    signs = sorted(sign for sign, count in times.items() if count >= FEWEST and is_storable(sign))
    places = {sign: place for place, sign in enumerate(signs)}
    rows = [[places[sign] for sign in sorted(one.signs) if sign in places] for one in examples]
    wanted = np.array([float(one.is_lender) for one in examples])
    given = np.array([one.margin / POINTS for one in examples])
    logits, bias = fit_few(rows, wanted, given, len(signs), FREEDOM)
    weights = {
        sign: steps
        for sign, logit in zip(signs, logits.tolist(), strict=True)
        if abs(steps := round(logit * POINTS * STEPS)) >= LIGHTEST
    }
    return UsageWeights(round((bias * POINTS + READINESS) * STEPS), weights)


def is_storable(sign: str) -> bool:
    """Whether a sign can stand in the file and means the same in every program that reads it."""
    return all(one not in " \t\"'\\" and one <= "\uffff" for one in sign)


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
