"""Fits the weights of crawler/linklists/likeness.py on lines of generated dumps and pages.

Run ``python -m tests.quality.extraction.train_likeness`` from the project's root after a change
of a trait, of a list of words that traits ask for, or of likeness.toml; it takes half a minute and
prints what to write there, how far that is from what stands there, and the log loss of both on
articles, titles, dates and forms of lists that were kept apart. Logistic regression on the traits
as extraction finds them. Deterministic.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
import numpy.typing as npt

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(HERE), str(ROOT)]

from likeness_pages import SIDES, ListedPage, load_material, make_pages  # noqa: E402
from train_line_wording import weigh_unseen  # noqa: E402

from crawler.extraction import extract_article  # noqa: E402
from crawler.linklists import Line, likeness  # noqa: E402
from crawler.linklists.context import Context  # noqa: E402
from crawler.linklists.wording import weigh_wording  # noqa: E402

PENALTY = 4.0
"""On the squares of the weights. With 1 the loss on lines kept apart is .10 instead of .11, but on
dumps written later .16 instead of .15; with 16 it is .12 and .155."""

SURE = 6.0  # logarithm of the odds from which on a line counts no more, nor less
DIGITS = "0123456789"
ROUNDS, NEAR = 40, 1e-5  # of Newton's method, and the step that ends it

_Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rows:
    """A row of traits for each labelled line, 1 behind them; its label; how much it counts."""

    traits: _Numbers
    wanted: _Numbers
    shares: _Numbers


class Recorder:
    """Keeps the traits of the lines that could be titles, as extraction looks at a page."""

    def __init__(self) -> None:
        self.found: list[tuple[str, tuple[float, ...]]] = []
        self._find = likeness.find_traits
        self._seen: Context | None = None

    def find_traits(
        self,
        lines: Sequence[Line],
        begin: int,
        end: int,
        context: Context,
        names: Callable[[str], bool],
    ) -> list[tuple[float, ...]]:
        """What ``likeness.find_traits`` gives."""
        if context is not self._seen:  # extraction looks at the lines once more
            self._seen = context
            self.found.clear()
        traits = self._find(lines, begin, end, context, names)
        self.found += zip((line.text for line in lines[begin:end]), traits, strict=True)
        return traits


@contextmanager
def recording() -> Iterator[Recorder]:
    """A recorder of what extraction finds meanwhile."""
    recorder = Recorder()
    with patch.object(likeness, "find_traits", recorder.find_traits):
        yield recorder


@contextmanager
def unseen() -> Iterator[None]:
    """The wording of the lines that its weights are trained on, as if it had never seen them."""
    values = weigh_unseen()
    with patch.object(
        likeness,
        "weigh_wording",
        lambda bared: values.get(bared.strip(DIGITS), weigh_wording(bared)),
    ):
        yield


def main() -> None:
    """Print the weights in the order of their traits, the bias, and how well they tell."""
    with unseen():
        training, checking = (read(make_pages(load_material(side))) for side in SIDES)
    fitted = fit(training).round(1)
    stored = np.array([*likeness.WEIGHTS, likeness.BIAS])
    *weights, bias = fitted.tolist()
    print(f"WEIGHTS = ({', '.join(map(str, weights))})\nBIAS = {bias}")
    print(f"{len(training.wanted)} lines, {len(checking.wanted)} kept apart")
    print(f"farthest from the stored ones: {np.abs(fitted - stored).max():.1f}")
    for name, values in (("these", fitted), ("the stored ones", stored)):
        losses = find_loss(training, values), find_loss(checking, values)
        print("log loss of {}: {:.3f}, on those kept apart {:.3f}".format(name, *losses))


def read(pages: Iterable[ListedPage]) -> Rows:
    """The labelled lines of the pages; a text counts the less the more often it occurs."""
    texts: list[str] = []
    traits: list[tuple[float, ...]] = []
    wanted: list[bool] = []
    with recording() as recorder:
        for page in pages:
            recorder.found.clear()
            extract_article(page.page)
            for text, row in recorder.found:
                label = page.label(text)
                if label is not None:
                    texts.append(text)
                    traits.append((*row, 1.0))
                    wanted.append(label)
    times = Counter(texts)
    shares = np.array([times[text] ** -0.5 for text in texts])
    return Rows(np.array(traits), np.array(wanted, dtype=np.float64), shares)


def fit(rows: Rows) -> _Numbers:
    """The weights, the bias behind them, by Newton's method."""
    traits, shares = rows.traits, rows.shares
    penalty = np.full(traits.shape[1], PENALTY)
    penalty[-1] = 0.0  # the bias is free
    found = np.zeros(traits.shape[1])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-traits @ found))
        slope = traits.T @ (shares * (chance - rows.wanted)) + penalty * found
        bend = (traits.T * (shares * chance * (1 - chance))) @ traits + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        found = found - step
        if np.abs(step).max() < NEAR:
            break
    return found


def find_loss(rows: Rows, values: _Numbers) -> float:
    """The mean log loss of weights, the bias behind them."""
    odds = np.clip(rows.traits @ values, -SURE, SURE)
    losses = np.log1p(np.exp(-odds * (2 * rows.wanted - 1)))
    return float(rows.shares @ losses / rows.shares.sum())


if __name__ == "__main__":
    main()
