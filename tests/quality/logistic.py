"""Logistic regression by Newton's method over the examples, where they are fewer than the signs."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

ROUNDS, NEAR = 30, 1e-4  # of Newton's method, and the relative step that ends it
_Numbers = npt.NDArray[np.float64]


def fit_logistic(
    likeness: _Numbers, wanted: _Numbers, penalties: _Numbers | float
) -> tuple[_Numbers, float]:
    """What each example adds to the weights, in units of its own signs, and the bias.

    ``likeness`` are the products of every two examples' signs, ``wanted`` is 1 for a yes and 0
    for a no, ``penalties`` say how little an example counts against light weights.
    """
    number = len(likeness)
    system = np.ones((number + 1, number + 1))
    system[number, number] = 0.0
    found = np.zeros(number + 1)
    for _ in range(ROUNDS):
        scores = likeness @ found[:number] + found[number]
        chance = 1 / (1 + np.exp(-scores))
        certainty = np.maximum(chance * (1 - chance), NEAR**2)
        system[:number, :number] = likeness + np.diag(penalties / certainty)
        goal = scores + (wanted - chance) / certainty
        before, found = found, np.linalg.solve(system, np.append(goal, 0.0))
        if np.abs(found - before).max() < NEAR * np.abs(found).max():
            break
    return found[:number], float(found[number])
