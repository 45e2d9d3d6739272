"""Logistic regression by Newton's method: over the examples, where they are fewer than the signs,
or over the signs, where each example has few of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

ROUNDS, NEAR = 30, 1e-4  # of Newton's method, and the relative step that ends it
SMALL = 1e-2  # of NEAR is the share of the cost by which the last round of sparse rows lessens it
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


def fit_few(
    rows: Sequence[Sequence[int]], wanted: _Numbers, given: _Numbers, size: int, freedom: float
) -> tuple[_Numbers, float]:
    """The weights of ``size`` signs, and the bias.

    ``rows`` hold the numbers of each example's signs, ``given`` is what is known of its logit
    already, ``freedom`` says how far weights may go for one mistaken example less.
    """
    lengths = np.array([len(row) + 1 for row in rows])
    # The bias is a sign that every example has.
    signs = np.concatenate([np.array([*row, size], dtype=np.int64) for row in rows])
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    light = np.append(np.full(size, 1 / freedom), 0.0)
    found = np.zeros(size + 1)

    def over(weights: _Numbers) -> _Numbers:
        return np.add.reduceat(weights[signs], starts)

    def back(examples: _Numbers) -> _Numbers:
        return np.bincount(signs, weights=np.repeat(examples, lengths), minlength=size + 1)

    def cost(weights: _Numbers) -> float:
        scores = over(weights) + given
        missed = np.logaddexp(0.0, scores) - wanted * scores
        return float(missed.sum() + light @ weights**2 / 2)

    now = cost(found)
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-(over(found) + given)))
        certainty = np.maximum(chance * (1 - chance), NEAR**2)
        slope = back(wanted - chance) - light * found
        step = _solve(lambda way, c=certainty: back(c * over(way)) + light * way, slope)  # type: ignore[misc]
        before = now
        while (now := cost(found + step)) > before and np.abs(step).max() > NEAR**2:
            step /= 2
        found += step
        if before - now < NEAR * SMALL * before:
            break
    return found[:size], float(found[size])


def _solve(system: Callable[[_Numbers], _Numbers], goal: _Numbers) -> _Numbers:
    """What a symmetric positive system turns into the goal, by conjugate gradients."""
    found = np.zeros_like(goal)
    rest = goal.copy()
    way, size = rest.copy(), float(rest @ rest)
    least = size * NEAR**2
    for _ in range(len(goal)):
        if size <= least:
            break
        turned = system(way)
        length = size / float(way @ turned)
        found += length * way
        rest -= length * turned
        before, size = size, float(rest @ rest)
        way = rest + size / before * way
    return found
