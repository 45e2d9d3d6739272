"""Fits the weights of crawler/extraction/edges.py on labelled lines and the lines of own articles.

Run ``python -m tests.quality.extraction.train_edges`` from the project's root after a change of a
trait, of seeds/edges.toml or of edges.toml beside this; it takes seconds and prints what to write
there, and how many lines of either kind these weights tell right. Deterministic.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(ROOT), str(HERE.parent)]

from logistic import fit_logistic  # noqa: E402 - stands beside this folder

from crawler.extraction.edges import find_traits  # noqa: E402
from crawler.pagewords import bare  # noqa: E402

PENALTY = 0.3  # on the squares of the weights
EVERY = 7  # of the articles' lines one in so many is an example
OWN_SHARE = 60.0  # labelled lines that all of these together weigh as much as
SHORTEST = 8  # code points of such a line


@dataclass(frozen=True, slots=True)
class EdgeLine:
    """A line, the element that holds it, where it stands, and whether it is the site's."""

    text: str
    tag: str
    above: bool
    site: bool


def load_lines(half: str) -> list[EdgeLine]:
    """The labelled lines of one half of ``edges.toml``."""
    table = tomllib.loads((HERE / "edges.toml").read_text("utf-8"))[half]
    return [
        EdgeLine(text, tag, name.startswith("above"), name.endswith("site"))
        for name, lines in table.items()
        for tag, text in lines
    ]


def load_own() -> list[str]:
    """Every line of the own articles that topics are learnt from."""
    folder = HERE.parent / "topics"
    lines = (
        line.strip()
        for file in sorted(folder.glob("kept_*.txt"))
        for line in file.read_text("utf-8").splitlines()
    )
    return [line for line in lines if len(line) > SHORTEST and not line.startswith("#")]


def fit() -> tuple[tuple[float, ...], float]:
    """The weights and the bias."""
    own = load_own()[::EVERY]
    labelled = load_lines("tuning")
    rows = [find_traits(bare(one.text), one.text, above=one.above) for one in labelled]
    rows += [find_traits(bare(text), text, above=bool(place % 2)) for place, text in enumerate(own)]
    wanted = np.array([float(one.site) for one in labelled] + [0.0] * len(own))
    shares = np.array([1.0] * len(labelled) + [OWN_SHARE / len(own)] * len(own))
    traits = np.array(rows)
    found, bias = fit_logistic(traits @ traits.T, wanted, PENALTY / shares)
    return tuple(round(float(one), 1) for one in found @ traits), round(bias, 1)


def main() -> None:
    weights, bias = fit()
    print(f"WEIGHTS = {weights}\nBIAS = {bias}")


if __name__ == "__main__":
    main()
