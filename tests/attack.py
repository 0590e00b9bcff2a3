"""An attacker on protected figures: integer programming over everything that is shown, knowing the rules.

It knows which rows each total adds up and the whole range that a mark stands for; it does not use the code
that protects, so it does not ask why a total was made coarse. What it finds out of a masked number are the
lowest and the highest that it could be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

# More persons than any number of the tests has.
MANY = 10_000


@dataclass(frozen=True)
class View:
    """One number that can be seen: the rows that it adds up, and the least and the most that it says."""

    rows: frozenset[int]
    low: float
    high: float


def span(value: float | None, mark: str | None, *, k: int = 5, base: int = 5) -> tuple[float, float]:
    """All that a printed number can stand for, from the wording of the rule."""
    if mark is None:
        assert value is not None, "a number without a mark is exact"
        return value, value
    if mark == "※":
        return 1, MANY
    if mark.startswith("≤"):
        assert value is None, "a masked number has no number"
        return 1, float(mark[1:])
    assert mark == "约", mark
    assert value is not None, "a rounded number is one"
    found = [n for n in range(k + 1, MANY) if abs(n - value) < 3 * base and value in rounded(n, k, base)]
    return min(found), max(found)


def rounded(number: int, k: int, base: int) -> set[int]:
    """What a number over k may be printed as: to the base, or twice as coarse, never as a masked one."""
    found = set()
    for times in (1, 2):
        step, least = base * times, k * times
        if number > least:
            nearest = int(number / step + 0.5) * step
            found.add(nearest if nearest > least else (least // step + 1) * step)
    return found


def possible(target: View, views: list[View], rows: int) -> tuple[int, int]:
    """The lowest and the highest sum of the target's rows that all views allow."""
    matrix = np.array([[row in view.rows for row in range(rows)] for view in views], dtype=float)
    constraint = LinearConstraint(matrix, [view.low for view in views], [view.high for view in views])
    aim = np.array([row in target.rows for row in range(rows)], dtype=float)
    ends = []
    for sign in (1, -1):
        found = milp(sign * aim, constraints=constraint, integrality=np.ones(rows), bounds=Bounds(0, MANY))
        assert found.success, "what is shown contradicts itself"
        ends.append(sign * found.fun)
    return round(ends[0]), round(ends[1])


def narrowed(views: Mapping[object, View], masked: list[object], rows: int) -> dict[object, tuple[int, int]]:
    """The masked numbers of which fewer than three values are left, with their ends."""
    all_of_them = list(views.values())
    found = {key: possible(views[key], all_of_them, rows) for key in masked}
    return {key: ends for key, ends in found.items() if ends[1] - ends[0] < 2}
